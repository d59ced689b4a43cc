"""What changed between two days: the programs that changed, with what is new in each."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from cooperation.changes import find_changes, go_back, tally
from cooperation.dates import spell_day
from cooperation.filters import CLOCKS, SPAN_PARAMETERS, ChangeFilter
from cooperation.filters.base import PAGE_SIZES
from cooperation.views.citing import cite_page
from cooperation.views.controls import Control, build_chips, build_controls, find_kept
from cooperation.views.copies import CopyMixin
from cooperation.views.day import AskedDay, DayMixin, build_query
from cooperation.views.paging import PagingForm, build_paging
from cooperation.views.rows import find_latest_change, find_public
from cooperation.views.story import with_anchors

YEAR = 365


class ChangeList(CopyMixin, DayMixin, TemplateView):
    """The page of changes, with the form for its days and what narrows it."""

    template_name = "changes/list.html"

    def get(self, request, *args, **kwargs):
        """Answer the page; one beyond the last is not found, in words."""
        context = self.get_context_data(**kwargs)
        paging = context["paging"]
        return self.render_to_response(context, status=404 if paging and paging.is_beyond else 200)

    def get_context_data(self, **kwargs):
        """Gather what the template's comment names."""
        query = self.request.GET
        filterset = ChangeFilter(query, queryset=find_public("programs"))
        paging_form = PagingForm(query)
        is_valid = all([filterset.is_valid(), paging_form.is_valid()])
        paging = build_paging(filterset.qs.count(), paging_form.cleaned_data) if is_valid else None
        changes = find_rows(filterset, paging) if paging else []
        controls = build_all_controls((filterset.form, paging_form), filterset.form.span, query)
        chips = [chip for chip in build_chips(filterset.form, [], query) if chip.name not in SPAN_PARAMETERS]
        return super().get_context_data(
            span=filterset.span if is_valid else None,
            controls=controls,
            kept=find_kept(controls, query),
            chips=chips,
            cite=self.find_cite(filterset.span, chips) if is_valid else None,
            ignored=filterset.find_unknown_parameters(query),
            paging=paging,
            page_sizes=PAGE_SIZES,
            changes=changes,
            tally=tally(changes),
            day_after=find_day_after(filterset.span) if is_valid else None,
            longer_from=find_longer_start(filterset.span) if is_valid else None,
            data_as_of=find_latest_change(),
            **kwargs,
        )

    def find_cite(self, span, chips):
        """Return how to cite the page."""
        days = {"start": spell_day(span.start), "end": spell_day(span.end)}
        narrowed = ", ".join(f"{chip.label}: {chip.text}" for chip in chips)
        title = _("Changes from %(start)s to %(end)s") % days
        return cite_page(self.request, f"{title} ({narrowed})" if narrowed else title, self.day, reverse("api:changes"))


def find_rows(filterset, paging):
    """Return the changes of the page, the words of their claims with anchors; none beyond the last page."""
    if paging.is_beyond:
        return []
    keys = filterset.qs.values_list("pk", flat=True)[paging.start : paging.start + paging.size]
    changes = find_changes(list(keys), filterset.span)
    for change in changes:
        with_anchors(change.developments)
    return changes


def build_all_controls(forms, span, query):
    """Return the fields of the form: both days, the clock, the words, and each other field that is wrong."""
    days = [_build_span_control(forms[0], name, span, query) for name in SPAN_PARAMETERS]
    others = [
        control
        for control in build_controls(forms, query)
        if control.name not in SPAN_PARAMETERS and (control.name == "q" or control.errors)
    ]
    return days + others


def find_day_after(span):
    """Return the day that links to programs carry on: the last day of the span, unless that is the same as today."""
    day = span.after if span.end < timezone.localdate() else span.asked
    return AskedDay(build_query(day), CLOCKS)


def find_longer_start(span):
    """Return the first day of a span of a year, None if the span is as long already."""
    start = go_back(span.end, YEAR)
    return start if start < span.start else None


def _build_span_control(form, name, span, query):
    """Return the field of one parameter of the span, filled with what it is where the address does not say it."""
    field, errors = form.fields[name], form.errors.get(name, [])
    usual = {"from": span.start, "to": span.end, "clock": span.clock} if span else {}
    kind = "text" if errors else "select" if name == "clock" else "date"
    choices = [(value, label) for value, label in field.choices if value] if kind == "select" else []
    values = list(filter(None, query.getlist(name))) or [str(usual.get(name, ""))]
    return Control(name, kind, field.label, field.help_text, values, errors, choices)
