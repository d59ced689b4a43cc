"""The base of all filtersets: parameters that all have, and how they are put together."""

import django_filters
from django.db.models import F
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cooperation.choices import Category, Mode, Phase, Stage
from cooperation.filters.day import CLOCKS, HELP, LABELS
from cooperation.filters.forms import RecordsForm
from cooperation.filters.parameters import (
    ClockFilter,
    CodesFilter,
    FamilyFilter,
    MomentFilter,
    RecordsFilter,
    SortFilter,
    WordsFilter,
)
from cooperation.filters.verbs import DEVELOPMENT_VERBS, PROGRAM_VERBS, TURNING, narrow
from cooperation.models import Development, Instrument, Official, Partnership, Party, Program, Publisher, System

PAGE_PARAMETERS = ("page", "page_size")
NOT_NARROWING = ("sort", *CLOCKS)
PAGE_SIZES = (25, 50, 100, 200)  # the first unless another is asked for; up to the last, any number
BY_NAME = {"updated": (F("modified"), True), "name": (F("name"), False)}
BY_DAY = {"updated": (F("latest_then"), True), "name": (F("name"), False)}


class RecordFilter(django_filters.FilterSet):
    """Words, ids, order, what changed, and the parameters that ask about programs.

    `verbs` say what a parameter means for the rows themselves. What has no verb there but one in `shared_verbs` asks
    about something that the rows share, a program or a development: one of them must answer all such parameters.
    `facets` names the parameters whose values are counted.
    """

    noun = ""
    facets = ()
    verbs = {}
    shared_verbs = {}

    q = WordsFilter(label=_("Search"), help_text=_("Names and aliases, in any script; all words must occur."))
    party = RecordsFilter(Party, label=_("Party"), help_text=_("Repeated: all of them take part."))
    partnership = RecordsFilter(Partnership, label=_("Partnership"))
    system = FamilyFilter(System, label=_("System"), help_text=_("With all systems of its family."))
    mode = CodesFilter(Mode, label=_("Mode"))
    stage = CodesFilter(Stage, label=_("Stage"))
    phase = CodesFilter(Phase, label=_("Phase"), help_text=_("A group of stages."))
    category = CodesFilter(Category, label=_("Category"))
    instrument = RecordsFilter(Instrument, label=_("Instrument"))
    official = RecordsFilter(Official, label=_("Official"), help_text=_("Who said it."))
    publisher = RecordsFilter(Publisher, label=_("Publisher"), help_text=_("Who reported it."))
    id = RecordsFilter(field_name="pk", label=_("Id"))
    modified_since = MomentFilter(
        field_name="modified",
        lookup_expr="gte",
        label=_("Changed since"),
        help_text=_("A day, or a point in time such as 2026-02-09T08:30:00Z."),
    )
    as_of = ClockFilter(label=LABELS["as_of"], help_text=HELP["as_of"])
    known_on = ClockFilter(label=LABELS["known_on"], help_text=HELP["known_on"])
    sort = SortFilter(BY_NAME, default="name")

    def __init__(self, data=None, queryset=None, **kwargs):
        """Bind, also without parameters."""
        super().__init__(QueryDict() if data is None else data, queryset, **kwargs)

    @classmethod
    def allowed_parameters(cls):
        """Return the names of all parameters that a list of this noun takes."""
        return (*cls.base_filters, *PAGE_PARAMETERS)

    @classmethod
    def find_unknown_parameters(cls, data):
        """Return the names in `data` that are no parameters, sorted."""
        return sorted(set(data) - set(cls.allowed_parameters()))

    def get_form_class(self):
        """Return the form that finds the records of all parameters together; one class serves all requests."""
        kind = type(self)
        if "form_class" not in vars(kind):
            fields = {name: filter_.field for name, filter_ in self.filters.items()}
            kind.form_class = type(f"{kind.__name__}Form", (RecordsForm,), fields)
        return kind.form_class

    @property
    def qs(self):
        """Return the rows in their order; none at all if a value is invalid."""
        if not hasattr(self, "_qs"):
            self._qs = self.order(self.narrow()) if self.is_valid() else self.queryset.none()
        return self._qs

    @cached_property
    def index(self):
        """Return the index from which rows are counted: that of the form, so that a page is of one edition."""
        return self.form.index

    @property
    def day(self):
        """Return the day asked about as keywords, `{}` for today; the filterset must be valid."""
        return {name: self.form.cleaned_data[name] for name in CLOCKS if self.form.cleaned_data.get(name)}

    def find_rows(self):
        """Return the rows of the day, not narrowed yet."""
        return self.queryset

    def narrow(self, without=()):
        """Return the rows that all parameters but `without` leave, in no order; the filterset must be valid."""
        rows = self.find_rows().order_by()
        for name, value in self.find_given(without).items():
            if name in self.verbs:
                rows = self.verbs[name](rows, self.filters[name].prepare(value), self.day)
            elif not self.is_shared(name):
                rows = self.filters[name].filter(rows, value)
        shared = self.find_shared(without)
        return self.narrow_shared(rows, shared) if shared else rows

    def find_given(self, without=()):
        """Return the parameters that narrow, by name, but those in `without`."""
        given = self.form.cleaned_data.items()
        return {name: value for name, value in given if value and name not in (*without, *NOT_NARROWING)}

    def find_shared(self, without=()):
        """Return those that ask about what the rows share, with the values that their verbs take."""
        given = self.find_given(without).items()
        return {name: self.filters[name].prepare(value) for name, value in given if self.is_shared(name)}

    def narrow_shared(self, rows, chosen):
        """Return `rows` that share a program or development for which all of `chosen` holds."""
        raise NotImplementedError(f"{type(self).__name__} has shared verbs and must say what shares them.")

    def is_shared(self, name):
        """Say whether the parameter `name` asks about what the rows share, not about the rows themselves."""
        return name in self.shared_verbs and name not in self.verbs

    def find_turns(self, name):
        """Return the developments of the day with the first of which `name` begins to hold for a program.

        `name` is a given one of `TURNING`; `until` begins to fail instead. That tells what the parameter leaves on all
        days before.
        """
        return TURNING[name](self.filters[name].prepare(self.form.cleaned_data[name]), self.day)

    def find_subjects(self, name, without):
        """Return what the rows share as far as all parameters but `without` allow, and the paths from there to a row.

        A path is a name and a condition on the joined rows; `name` is the facet to be counted.
        """
        raise NotImplementedError(f"{type(self).__name__} has shared verbs and must say what shares them.")

    def chosen(self, name):
        """Return the values of the parameter `name` as they stand in an address; the filterset must be valid."""
        return [getattr(value, "slug", value) for value in self.form.cleaned_data[name]]

    def order(self, rows):
        """Return `rows` in the order asked for."""
        return self.filters["sort"].filter(rows, self.form.cleaned_data["sort"])


class ProgramsFilter(RecordFilter):
    """Base of those whose rows have programs; `row_paths` lead from a program to them."""

    shared_verbs = PROGRAM_VERBS
    row_paths = ()

    def narrow_shared(self, rows, chosen):
        """Ask the current programs."""
        return self.having(rows, self.find_shared_rows(chosen))

    def find_shared_rows(self, chosen):
        """Return the programs of the day for which all of `chosen` holds."""
        return narrow(Program.objects.visible().current(**self.day), self.shared_verbs, chosen, self.day)

    def having(self, rows, programs):
        """Return `rows` that have one of `programs`."""
        raise NotImplementedError(f"{type(self).__name__} must say how its rows have programs.")

    def find_subjects(self, name, without):
        """Ask the current programs."""
        return self.find_shared_rows(self.find_shared(without)), [(path, {}) for path in self.row_paths]


class DevelopmentsFilter(RecordFilter):
    """Base of those whose rows have developments; `row_paths` lead from a development to them."""

    shared_verbs = DEVELOPMENT_VERBS
    row_paths = ()

    def narrow_shared(self, rows, chosen):
        """Ask the counted developments."""
        return self.having(rows, self.find_shared_rows(chosen))

    def find_shared_rows(self, chosen):
        """Return the developments counted on the day for which all of `chosen` holds."""
        return narrow(Development.objects.counted(**self.day), self.shared_verbs, chosen, self.day)

    def having(self, rows, developments):
        """Return `rows` that have one of `developments`."""
        raise NotImplementedError(f"{type(self).__name__} must say how its rows have developments.")

    def find_subjects(self, name, without):
        """Ask the counted developments."""
        return self.find_shared_rows(self.find_shared(without)), [(path, {}) for path in self.row_paths]
