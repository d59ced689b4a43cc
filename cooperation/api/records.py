"""What the addresses of all nouns share: list by their FilterSet, detail by id."""

from django.utils import timezone
from django.utils.translation import get_language
from rest_framework.viewsets import ReadOnlyModelViewSet

from cooperation.api.filtering import read_day
from cooperation.api.keys import Keys
from cooperation.api.states import ChangesState
from cooperation.api.views import ReadOnly
from cooperation.filters import CLOCKS
from cooperation.models import Withdrawal


class RecordViewSet(ChangesState, ReadOnly, ReadOnlyModelViewSet):
    """Base of all nouns. `clocks` are the parameters by which one record can be asked about a day.

    `fields` are the keys that a row shows; what none of them needs is not brought along.
    """

    http_method_names = ["get", "patch", "head", "options"]
    lookup_field = "slug"
    lookup_url_kwarg = "id"
    lookup_value_converter = "slug"
    noun = ""
    model = None
    clocks = CLOCKS
    detail_serializer_class = None

    @property
    def row_keys(self):
        """Return the keys that a list's row has."""
        return tuple(self.serializer_class().get_fields())

    @property
    def parameters(self):
        """Take the clocks for one record; a list's parameters are those of its FilterSet."""
        return {"retrieve": self.clocks, "partial_update": ("along",)}.get(self.action)

    @property
    def shows_detail(self):
        """Tell whether one record is asked for."""
        return self.action == "retrieve"

    def get_queryset(self):
        """Return the records that the reader may see."""
        return self.find_readable()

    def get_serializer_class(self):
        """Return the shape of one record or of a list's row."""
        return (self.shows_detail and self.detail_serializer_class) or self.serializer_class

    def filter_queryset(self, queryset):
        """Narrow lists, and bring along what is shown of a row or of one record."""
        if not self.shows_detail:
            rows = super().filter_queryset(queryset)
            self.day = self.filterset.day
            return self.with_line(rows, self.day)
        self.day = read_day(self.request.query_params, self.clocks)
        return self.with_detail(queryset, self.day)

    def paginate_queryset(self, queryset):
        """Return the rows of the page, out of those of the day, as they are shown, and the withdrawals behind them.

        Whole rows are kept until something public changes.
        """
        shown = super().paginate_queryset(Keys(self.filterset, has_withdrawals=True))
        withdrawals = [each for each in shown if isinstance(each, Withdrawal)]
        keys = shown[: len(shown) - len(withdrawals)]
        if self.fields != set(self.row_keys):
            return [*self.show_rows(queryset, keys).values(), *withdrawals]
        kind = "api", self.noun, get_language(), self.get_serializer_context()["root"], *self.day.items()
        rows = self.filterset.index.keep_cards(kind, keys, lambda missing: self.show_rows(queryset, missing))
        return [*rows, *withdrawals]

    def show_rows(self, queryset, keys):
        """Return {primary key: what is shown of the row}, in the order of `keys`; what is hidden by now is left out."""
        rows = queryset.in_order(keys)
        return dict(zip([row.pk for row in rows], self.get_serializer(rows, many=True).data, strict=True))

    def get_serializer_context(self):
        """Add the day asked about, and the day up to which ages count."""
        day = getattr(self, "day", {})
        context = {**super().get_serializer_context(), "day": day}
        context |= {"fields": self.fields} if hasattr(self, "fields") else {}
        return {**context, "today": min([timezone.localdate(), *day.values()])}

    def choose(self, relations):
        """Return those of `relations`, each with the keys that need it, that what is shown needs."""
        shown = getattr(self, "fields", set(self.row_keys))
        return [relation for relation, keys in relations.items() if not shown.isdisjoint(keys)]

    def with_line(self, rows, day):
        """Bring along what a list shows of each row on the `day`."""
        return rows

    def with_detail(self, rows, day):
        """Bring along what is shown of one record on the `day`."""
        return self.with_line(rows, day)
