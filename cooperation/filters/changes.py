"""The filterset of changes: programs as they were at the end of the last day, and the days around what changed."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cooperation.changes import build_span
from cooperation.filters.day import CLOCKS
from cooperation.filters.fields import ChoiceField
from cooperation.filters.histories import ProgramFilter
from cooperation.filters.parameters import ClockFilter, SortFilter
from cooperation.models.developments import position_of

SPAN_PARAMETERS = ("from", "to", "clock")
TURNS_ROUND = _("“%(start)s” comes after the last day, %(end)s.")


class TurnedClockFilter(ClockFilter):
    """Which of the clocks `from` and `to` turn."""

    field_class = ChoiceField


class SpanForm(forms.Form):
    """Puts the days together to the `span`, which a valid form has."""

    span = None

    def clean(self):
        """Refuse a first day after the last one."""
        cleaned = super().clean()
        if not {*SPAN_PARAMETERS, *CLOCKS} & set(self.errors):
            self.span = _build_span(cleaned)
            if self.span.start > self.span.end:
                self.add_error("from", _turns_round(self.span))
        return cleaned


class ChangeFilter(ProgramFilter):
    """Programs that have changed; what narrows looks at them as they were at the end of the last day."""

    noun = "changes"
    facets = ()

    sort = SortFilter(
        {
            "updated": (F("changed_on"), True),
            "name": (F("name"), False),
            "stage": (position_of("stage_then"), False),
        },
        default="updated",
    )

    @classmethod
    def get_filters(cls):
        """Put the days first. They are no attributes, because `from` is a word of Python."""
        return {
            "from": ClockFilter(
                field_name="from",
                label=_("From"),
                help_text=_("What changed after this day; 30 days before the last one unless given."),
            ),
            "to": ClockFilter(
                field_name="to",
                label=_("To"),
                help_text=_("The last day that counts; today, or the day asked about, unless given."),
            ),
            "clock": TurnedClockFilter(
                field_name="clock",
                label=_("By the day"),
                help_text=_("Whether both days ask what was true or what was known; what was true unless given."),
                choices=[("as_of", _("on which it was true")), ("known_on", _("on which it became known"))],
            ),
            **super().get_filters(),
        }

    def get_form_class(self):
        """Let the form put the days together."""
        return type("ChangeForm", (SpanForm, super().get_form_class()), {})

    @property
    def span(self):
        """Return the `Span` asked about; the filterset must be valid."""
        return self.form.span

    @property
    def day(self):
        """Return the end of the last day as keywords; the filterset must be valid."""
        return self.span.after

    def find_rows(self):
        """Start with the programs that have a new claim, and say in `changed_on` when the latest of them was made."""
        claims = self.span.find_claims()
        own = claims.filter(program=OuterRef("pk")).order_by(F(self.span.column).desc())
        rows = self.queryset.on_day(**self.day).annotate(changed_on=Subquery(own.values(self.span.column)[:1]))
        # Not Exists: few of the programs have a claim in a usual span, and the claims lead to them faster.
        return rows.filter(pk__in=claims.values("program"))


def _build_span(cleaned):
    asked = {name: cleaned[name] for name in CLOCKS if cleaned[name]}
    return build_span(cleaned["clock"] or CLOCKS[0], cleaned["from"], cleaned["to"], asked, timezone.localdate())


def _turns_round(span):
    return ValidationError(TURNS_ROUND, code="invalid", params={"start": span.start, "end": span.end})
