"""Developments, the dated statements that everything adds up from, and the citations that earn them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from cooperation import dates, text, validators
from cooperation.choices import Basis, Channel, Credibility, Per, Qualifier, Rank, Stage
from cooperation.models.articles import Article
from cooperation.models.figures import Figure, FigureParts, figure_whole
from cooperation.models.parties import SPEAKER_IS_PUBLIC, Said, one_speaker
from cooperation.models.partnerships import Partnership
from cooperation.models.programs import Program
from cooperation.models.records import DERIVED, BinaryOrder, History, Record, RecordQuerySet, codes_only, errors_at


def position_of(column):
    """Return the place of the stage in `column` in the stage list, -1 without a stage."""
    places = (When(**{column: stage.value}, then=Value(stage.position)) for stage in Stage)
    return Case(*places, default=Value(-1), output_field=models.SmallIntegerField())


STAGE_POSITION = position_of("stage")
STAGE_SPAN = 16  # above the number of stages
LATEST_FIRST = (F("effective_day").desc(), F("reported_on").desc(), STAGE_POSITION.desc(), BinaryOrder("slug").desc())


class DevelopmentQuerySet(RecordQuerySet):
    """Verbs for developments."""

    def presentable(self):
        """Ask for a presentable subject, and for a public speaker, container and citation as well."""
        # Asked of each row's own program: an IN would list all programs, however few developments are asked about.
        program = Program.objects.presentable().filter(pk=OuterRef("program"))
        subject = Q(Exists(program)) | Q(partnership__public=True)
        cited = Citation.objects.filter(development=OuterRef("pk"), article__public=True)
        container = Q(counted_in=None) | Q(counted_in__public=True)
        return super().presentable().filter(subject, SPEAKER_IS_PUBLIC, container, Exists(cited))

    def known(self, as_of=None, known_on=None):
        """Keep what was true on the day `as_of`, and what a public article published by the day `known_on` reported."""
        rows = self
        if as_of is not None:
            rows = rows.filter(effective_day__lte=as_of)
        if known_on is not None:
            rows = rows.filter(reported_on__lte=known_on)
        return rows

    def counted(self, as_of=None, known_on=None):
        """Keep the public developments that add up on the day: all but the deprecated ones."""
        return self.known(as_of, known_on).filter(public=True).exclude(rank=Rank.DEPRECATED)

    def moving(self):
        """Keep those that set the stage of their subject."""
        return self.filter(moves=True).exclude(stage="")

    def measured(self):
        """Keep those that state a quantity or an amount, be it that none is disclosed."""
        return self.exclude(quantity_qualifier="", amount_qualifier="")

    def of_programs(self, programs):
        """Keep statements about one of `programs` (a queryset)."""
        return self.filter(program__in=programs.order_by().values("pk"))

    def of_party(self, party):
        """Keep statements about programs of `party`, and about partnerships that it belongs to."""
        programs = Program.objects.of_party(party).order_by().values("pk")
        member = Partnership.parties.through.objects.filter(partnership=OuterRef("partnership"), party=party)
        return self.filter(Q(program__in=programs) | Exists(member))

    def of_partnerships(self, partnerships):
        """Keep statements about `partnerships` and about their programs; put together so that indexes find both."""
        rows = Development.objects.order_by().values("pk")
        of_programs = rows.filter(program__partnership__in=partnerships)
        return self.filter(pk__in=rows.filter(partnership__in=partnerships).union(of_programs, all=True))

    def of_officials(self, officials):
        """Keep what one of `officials` said."""
        return self.filter(said_by_official__in=officials)

    def of_publishers(self, publishers, known_on=None):
        """Keep what a public article of one of `publishers` reports; on a day, one published by then."""
        cited = Citation.objects.known(known_on=known_on).filter(article__publisher__in=publishers)
        return self.filter(pk__in=cited.order_by().values("development"))

    def latest_first(self):
        """Order by effective day, day first reported, place in the stage list and id, the latest first."""
        return self.order_by(*LATEST_FIRST)

    def with_names(self):
        """Bring subject and speaker along."""
        return self.select_related(
            "program__partnership", "partnership", "said_by_party", "said_by_official", "counted_in"
        )

    def with_citations(self, known_on=None):
        """Bring the public citations along, as `public_citations`, the earliest article first; those known by then."""
        citations = (
            Citation.objects.known(known_on=known_on)
            .select_related("article__publisher", "article__said_by_party", "article__said_by_official")
            .defer("article__text", "article__search_text")
            .order_by("article__published", "article__slug", "start")
        )
        return self.prefetch_related(models.Prefetch("citations", queryset=citations, to_attr="public_citations"))

    def word_condition(self, word):
        """Look in the words of its program, its partnership and its systems as well."""
        programs = Program.objects.filter(Program.objects.word_condition(word))
        return Q(search_text__contains=word) | Q(program__in=programs) | Q(partnership__search_text__contains=word)


class Development(Said, Record):
    """A dated statement on a program or on a whole partnership, tied to the words that report it."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, null=True, blank=True, related_name="developments")
    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="developments",
        help_text="Instead of a program, for a statement on the whole.",
    )
    date = models.CharField(max_length=50, help_text="EDTF date, such as 2026-02-09, 2026-02 or 2025~.")
    stage = models.CharField(
        max_length=20,
        choices=Stage.choices,
        blank=True,
        help_text="The stage that the words earn; a program's needs one.",
    )
    summary = models.TextField(help_text="In our own words.")
    channel = models.CharField(max_length=20, choices=Channel.choices, blank=True)
    quantity_value = models.DecimalField(**validators.AMOUNT_DIGITS, null=True, blank=True)
    quantity_min = models.DecimalField(**validators.AMOUNT_DIGITS, null=True, blank=True)
    quantity_max = models.DecimalField(**validators.AMOUNT_DIGITS, null=True, blank=True)
    quantity_qualifier = models.CharField(max_length=15, choices=Qualifier.choices, blank=True)
    quantity_unit = models.CharField(
        max_length=40,
        blank=True,
        validators=[validators.validate_unit],
        help_text="In the singular: aircraft, battery.",
    )
    quantity_basis = models.CharField(max_length=10, choices=Basis.choices, default=Basis.SO_FAR)
    quantity_per = models.CharField(max_length=5, choices=Per.choices, blank=True, help_text="Only for a rate.")
    amount_value = models.DecimalField(**validators.AMOUNT_DIGITS, null=True, blank=True)
    amount_min = models.DecimalField(**validators.AMOUNT_DIGITS, null=True, blank=True)
    amount_max = models.DecimalField(**validators.AMOUNT_DIGITS, null=True, blank=True)
    amount_qualifier = models.CharField(max_length=15, choices=Qualifier.choices, blank=True)
    amount_currency = models.CharField(max_length=3, blank=True, validators=[validators.validate_currency])
    due = models.CharField(max_length=50, blank=True, help_text="EDTF date of the promised day.")
    credibility = models.CharField(
        max_length=1, choices=Credibility.choices, blank=True, help_text="The digit of the NATO / Admiralty code."
    )
    moves = models.BooleanField(
        default=True,
        help_text="Off for a statement that repeats, looks back or adds a tranche: it never sets the stage.",
    )
    counted_in = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contains",
        help_text="The development that already contains this one; totals skip it.",
    )
    rank = models.CharField(max_length=10, choices=Rank.choices, default=Rank.NORMAL)
    rank_reason = models.TextField(blank=True, help_text="Why it is preferred or deprecated.")

    earliest = models.DateField(null=True, editable=False)
    latest = models.DateField(null=True, editable=False)
    due_earliest = models.DateField(null=True, editable=False)
    due_latest = models.DateField(null=True, editable=False)
    reported_on = models.DateField(null=True, editable=False)
    effective_day = models.DateField(null=True, editable=False, db_index=True)
    # 0 if it does not move a program; else STAGE_SPAN × n + the position of its stage, where n = 1, 2, … is its place
    # among those that move the program, in the reverse of LATEST_FIRST. That order is the same on every day, so the
    # greatest place among those counted on a day tells the stage of that day.
    place = models.PositiveIntegerField(default=0, editable=False)

    quantity = Figure(
        "quantity",
        FigureParts(
            numbers=("value", "min", "max"),
            words=("qualifier", "unit", "basis", "per"),
            defaults=(("basis", Basis.SO_FAR),),
        ),
    )
    amount = Figure("amount", FigureParts(numbers=("value", "min", "max"), words=("qualifier", "currency")))

    objects = DevelopmentQuerySet.as_manager()
    settled = (*Record.settled, "reported_on", "effective_day", "place")
    history = History(
        excluded_fields=(
            *DERIVED,
            "earliest",
            "latest",
            "due_earliest",
            "due_latest",
            "reported_on",
            "effective_day",
            "place",
        )
    )

    class Meta:
        ordering = [F("effective_day").desc(nulls_last=True), "slug"]
        indexes = [
            models.Index(fields=["program", "-effective_day"], name="development_of_program"),
            # Covers the one question of a past day (facets.days): how far each program was, without a look at the rows.
            models.Index(
                fields=["program", "effective_day", "reported_on", "place"],
                condition=Q(public=True) & ~Q(rank=Rank.DEPRECATED),
                name="development_counted",
            ),
            models.Index(fields=["-modified", "id"], condition=Q(public=True), name="development_changed"),
            # The promises whose day passed last (outlook).
            models.Index(
                fields=["-due_latest", "-id"],
                condition=Q(public=True) & ~Q(rank=Rank.DEPRECATED) & Q(due_latest__isnull=False),
                name="development_due",
            ),
        ]
        constraints = [
            one_speaker("development_one_speaker"),
            models.CheckConstraint(
                condition=Q(program=None, partnership__isnull=False) | Q(program__isnull=False, partnership=None),
                name="development_one_subject",
                violation_error_message="A development is about a program or about a partnership: name one of them.",
            ),
            models.CheckConstraint(
                condition=Q(program=None) | ~Q(stage=""),
                name="development_program_stage",
                violation_error_message="A development of a program needs a stage.",
            ),
            models.CheckConstraint(
                condition=Q(rank=Rank.NORMAL, rank_reason="") | (~Q(rank=Rank.NORMAL) & ~Q(rank_reason="")),
                name="development_rank_reason",
                violation_error_message="A rank other than normal needs a written reason, and only such a rank.",
            ),
            *(
                codes_only(field, codes, blank=True)
                for field, codes in (("stage", Stage), ("channel", Channel), ("credibility", Credibility))
            ),
            figure_whole("quantity", "unit"),
            figure_whole("amount", "currency"),
            codes_only("rank", Rank),
            codes_only("quantity_qualifier", Qualifier, blank=True),
            codes_only("quantity_basis", Basis),
            codes_only("quantity_per", Per, blank=True),
            codes_only("amount_qualifier", Qualifier, blank=True),
        ]

    def __str__(self):
        return self.summary[:100] or self.slug

    @property
    def subject(self):
        """Return the program or partnership that the statement is about."""
        return self.program or self.partnership

    def clean(self):
        """Check subject, stage, rank, dates, figures and the chain of `counted_in`; the error names the field."""
        with errors_at("program"):
            validators.validate_subject(self.program, self.partnership)
        with errors_at("stage"):
            validators.validate_stage_given(self.program, self.stage)
        with errors_at("rank_reason"):
            validators.validate_rank(self.rank, self.rank_reason)
        with errors_at("quantity_qualifier"):
            validators.validate_figure(self.quantity, "unit")
        with errors_at("amount_qualifier"):
            validators.validate_figure(self.amount, "currency")
        with errors_at("counted_in"):
            self._refuse_counting_circle()
        self.derive_bounds()

    def derive_bounds(self):
        """Set the strict bounds of `date` and `due`; raise ValidationError if one is no date."""
        with errors_at("date"):
            self.earliest, self.latest = dates.parse_bounds(self.date)
        with errors_at("due"):
            due = dates.parse_bounds(self.due) if self.due else dates.Bounds(None, None)
        self.due_earliest, self.due_latest = due

    def prepare(self):
        """Keep the bounds true to what is written."""
        super().prepare()
        self.derive_bounds()

    def named_records(self):
        """Name the subject, the speaker and the development that contains this one."""
        for key in ("program", "partnership", "said_by", "counted_in"):
            if getattr(self, key):
                yield key, getattr(self, key)

    def search_parts(self):
        """Look in the summary."""
        return [self.summary]

    def _refuse_counting_circle(self):
        seen, above = {self.slug}, self.counted_in
        while above is not None:
            if above.slug in seen:
                raise ValidationError("A development cannot be counted in itself.", code="circle")
            seen.add(above.slug)
            above = above.counted_in


class CitationQuerySet(models.QuerySet):
    """Verbs for citations."""

    def known(self, as_of=None, known_on=None):
        """Keep what public articles published by the day `known_on` say of developments that were true on `as_of`."""
        rows = self.filter(article__public=True)
        if as_of is not None:
            rows = rows.filter(development__effective_day__lte=as_of)
        if known_on is not None:
            rows = rows.filter(article__published__lte=known_on)
        return rows

    def counted(self, as_of=None, known_on=None):
        """Keep the citations that stand behind the developments counted on the day."""
        return self.known(as_of, known_on).filter(~Q(development__rank=Rank.DEPRECATED), development__public=True)


class Citation(models.Model):
    """This article says this development, in these words. `start` and `end` count characters of the article's text."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="citations")
    development = models.ForeignKey(Development, on_delete=models.CASCADE, related_name="citations")
    quote = models.TextField()
    start = models.PositiveIntegerField(null=True, editable=False)
    end = models.PositiveIntegerField(null=True, editable=False)

    objects = CitationQuerySet.as_manager()
    history = History(excluded_fields=("start", "end"))

    class Meta:
        ordering = ["article", "start", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "development", "start"],
                name="citation_once",
                violation_error_message="This article already cites these words for this development.",
            )
        ]

    def __str__(self):
        return self.quote[:100]

    def save(self, *args, **kwargs):
        """Prepare first."""
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self):
        """Keep the position true to the text, before this is saved."""
        self.locate()

    def clean(self):
        """Find the quote in the article's text; the error sits at the quote."""
        if not hasattr(self, "article"):
            return  # its field says that it is missing
        self.locate()
        if self.start is None and self.article.text:
            raise ValidationError(
                {"quote": ValidationError("These words do not occur in the text of the article.", code="quote")}
            )

    def locate(self):
        """Set the position of the quote in the article's text, None where it does not occur."""
        self.quote = text.normalise(self.quote).strip()
        self.start, self.end = text.find_quote(self.quote, self.article.text) or (None, None)
