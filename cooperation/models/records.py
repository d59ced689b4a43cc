"""What all nouns share: an id that never changes, a state, names, and the columns derived by the ledger."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Collate
from django.utils.translation import get_language
from simple_history.models import HistoricalRecords

from cooperation import text, validators
from cooperation.choices import State

DERIVED = ("public", "search_text", "modified")
ENGLISH = "en"  # what editors write in: names, summaries, abstracts


class BinaryOrder(Collate):
    """Order by code point, whatever collation the database was made with."""

    def __init__(self, expression):
        """Wrap a text expression; the collation's name depends on the database."""
        super().__init__(expression, "C")

    def as_sqlite(self, compiler, connection, **extra_context):
        """Use SQLite's name for the same order."""
        return super().as_sql(compiler, connection, template="%(expressions)s COLLATE BINARY", **extra_context)


def codes_only(field, code_list, blank=False):
    """Return a database constraint that keeps `field` within a code list."""
    allowed = [*code_list.values, *([""] if blank else [])]
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": allowed}), name=f"%(class)s_{field}_code")


class RecordQuerySet(models.QuerySet):
    """Verbs that hold for every noun."""

    def visible(self):
        """Keep what the public may see; the only way in which pages, API and exports start."""
        return self.filter(public=True)

    def unlisted(self):
        """Keep what no list of today shows."""
        return self.filter(public=False)

    def presentable(self):
        """Keep rows that are published and name only public rows; the ledger derives `public` from it."""
        return self.filter(state=State.PUBLISHED)

    def in_order(self, keys):
        """Return those that have one of the primary `keys`, as a list in the order of the keys.

        What was hidden since the keys were found is left out.
        """
        found = self.order_by().in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def dates(self, field_name, kind, order="ASC"):
        """Return the years, months or days that Django would, as a list, for the `date_hierarchy` of the admin.

        They come from the days that there are: SQLite would call a function of Python for each row.
        """
        firsts = {"year": {"month": 1, "day": 1}, "month": {"day": 1}, "day": {}}
        if kind not in firsts:
            return super().dates(field_name, kind, order)
        days = self.order_by().exclude(**{field_name: None}).values_list(field_name, flat=True).distinct()
        return sorted({day.replace(**firsts[kind]) for day in days}, reverse=order == "DESC")

    def matching(self, query):
        """Keep rows in whose names and aliases every word of `query` occurs, without regard to case and accents."""
        rows = self
        for word in text.words(query):
            rows = rows.filter(self.word_condition(word))
        return rows

    def word_condition(self, word):
        """Return the condition for one folded word of a search."""
        return models.Q(search_text__contains=word)


class History(HistoricalRecords):
    """Keeps who wrote: the user of the request, and the API token that it came with."""

    def get_change_reason_for_object(self, instance, history_type, using):
        """Name the token."""
        return find_token_reason() or super().get_change_reason_for_object(instance, history_type, using)


def find_token_reason():
    """Return what history says of the API token that writes; a request by session has none, a command no request."""
    token = getattr(getattr(History.context, "request", None), "auth", None)
    return f"API token {token}" if token else None


def read_version(row):
    """Return the id of the newest history entry of `row`, 0 without one: it grows whenever somebody writes the row."""
    return row.history.order_by("-history_id").values_list("history_id", flat=True).first() or 0


class Record(models.Model):
    """A noun of the portal. `slug` is its public id: pages, API and bundles call it `id`."""

    slug = models.CharField("id", max_length=100, unique=True, validators=[validators.validate_slug])
    external_ids = models.JSONField(
        "external ids",
        default=dict,
        blank=True,
        validators=[validators.validate_external_ids],
        help_text='Such as {"wikidata": "Q142"}.',
    )
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT, db_index=True, editable=False)
    public = models.BooleanField(default=False, db_index=True, editable=False)
    search_text = models.TextField(default="", editable=False)
    created = models.DateTimeField(auto_now_add=True)
    modified = models.DateTimeField(auto_now=True, db_index=True)

    objects = RecordQuerySet.as_manager()
    settled = ("public", "search_text")  # the columns that `settling` alone writes once a row is stored

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Leave the settled columns of a stored row alone: this copy of them may be older than the row."""
        self.prepare()
        if not self._state.adding and "update_fields" not in kwargs:
            fields = (field.name for field in self._meta.concrete_fields if not field.primary_key)
            kwargs["update_fields"] = [name for name in fields if name not in self.settled]
        super().save(*args, **kwargs)

    def prepare(self):
        """Bring what is stored beside values in line with them before this is saved, be it alone or with others."""
        if self._state.adding:
            self.search_text = self.build_search_text()

    def named_records(self):
        """Return the records that this one names, as (key, record) pairs; publishing needs all of them public."""
        return []

    def search_parts(self):
        """Return the texts in which a search for this record looks, besides its id."""
        return []

    def build_search_text(self):
        """Return the folded text for the `search_text` column, one line for each name."""
        return "\n".join(text.fold(part) for part in (self.slug, *self.search_parts()) if part)


class NamedRecord(Record):
    """A noun with a name in English and, where known, in French and Ukrainian."""

    name = models.CharField(max_length=200, help_text="In English, as the portal shows it.")
    names = models.JSONField(
        "names in other languages",
        default=dict,
        blank=True,
        validators=[validators.validate_names],
        help_text='Such as {"fr": "…", "uk": "…"}.',
    )

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def search_parts(self):
        """Look in the names in all languages."""
        return [self.name, *self.names.values()]

    @property
    def local_name(self):
        """Return the name in the active language, the English one if there is none in it."""
        return self.names.get((get_language() or ENGLISH)[:2], self.name)

    @property
    def name_language(self):
        """Return the language of `local_name`."""
        language = (get_language() or ENGLISH)[:2]
        return language if language in self.names else ENGLISH


class AliasedRecord(NamedRecord):
    """A noun that is also known under other names, in any script."""

    aliases = models.JSONField(
        default=list,
        blank=True,
        validators=[validators.validate_aliases],
        help_text='Other names in any script, such as ["MAMBA", "SAMP-T"].',
    )

    class Meta:
        abstract = True

    def search_parts(self):
        """Look in the aliases as well."""
        return [*super().search_parts(), *self.aliases]


class errors_at:  # noqa: N801 - reads as the context that it is; a generator would take longer than most checks
    """Key a ValidationError raised inside by the field that it belongs to."""

    def __init__(self, key):
        """Take the field's name."""
        self.key = key

    def __enter__(self):
        """Begin."""

    def __exit__(self, kind, error, traceback):
        """Raise an error anew, with its key."""
        if isinstance(error, ValidationError):
            raise ValidationError({self.key: error}) from error


def refuse_circle(record, key):
    """Raise ValidationError if following `key` upwards from `record` leads back to it."""
    seen, above = {record.slug}, getattr(record, key)
    while above is not None:
        if above.slug in seen:
            raise ValidationError(
                {key: ValidationError("“%(id)s” would be above itself.", code="circle", params={"id": record.slug})}
            )
        seen.add(above.slug)
        above = getattr(above, key)
