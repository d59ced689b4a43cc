"""The panel beside a list, with the top values of each facet, and the pages of all values of one facet."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.views.generic import TemplateView

from cooperation.facets import FacetValue, count_facets
from cooperation.filters import FILTERS, MAX_LENGTH
from cooperation.text import fold
from cooperation.views.controls import build_chips, build_controls, find_kept
from cooperation.views.copies import CopyMixin
from cooperation.views.day import DayMixin
from cooperation.views.paging import Paging, PagingForm
from cooperation.views.rows import MODELS, filter_public, find_data_day

TOP = 8  # values of a facet that a panel shows before it is asked for all
PER_PAGE = 100
SCALES = ("stage", "phase", "reliability")  # their order says more than the counts do
NAMED = "named"  # the parameter that looks for values by name


@dataclass(frozen=True)
class PanelFacet:
    """A facet as a panel shows it: some of its `total` values, and the address of the page of all."""

    name: str
    label: str
    values: list[FacetValue]
    total: int
    address: str

    @property
    def has_more(self):
        """Return whether there are values that are not shown."""
        return self.total > len(self.values)


def build_panel(facets, noun, query):
    """Return the facets with their top values, and with those chosen, which always stay in sight."""
    asked = _write_asked(query)
    return [
        PanelFacet(facet.name, facet.label, _find_top(facet), len(facet.values), _find_address(noun, facet.name, asked))
        for facet in facets
        if facet.values
    ]


class FacetPage(CopyMixin, DayMixin, TemplateView):
    """All values of one facet of the list `listing`; each leads back to the list with the value put in or taken out."""

    template_name = "lists/facet.html"
    listing = None

    def get(self, request, *args, **kwargs):
        """Answer the page; a facet that the list does not have, or a page beyond the last, is not found."""
        if kwargs["name"] not in FILTERS[self.listing.noun].facets:
            raise Http404
        context = self.get_context_data(**kwargs)
        paging = context["paging"]
        return self.render_to_response(context, status=404 if paging and paging.is_beyond else 200)

    def get_context_data(self, *, name, **kwargs):
        """Gather what the template's comment names."""
        query, noun = self.request.GET, self.listing.noun
        filterset, paging_form = filter_public(noun, query), PagingForm(query)
        is_valid = all([filterset.is_valid(), paging_form.is_valid()])
        named = query.get(NAMED, "")[:MAX_LENGTH].replace("\0", "�")
        facets = count_facets(filterset, [name]) if is_valid else []
        values = [value for facet in facets for value in _rank(facet) if fold(named) in fold(value.label)]
        paging = Paging(paging_form.cleaned_data["page"] or 1, PER_PAGE, len(values)) if is_valid else None
        controls = build_controls((filterset.form, paging_form), query)
        return super().get_context_data(
            title=self.listing.title,
            list_path=reverse(f"{MODELS[noun]._meta.model_name}-list"),
            label=filterset.form.fields[name].label,
            controls=controls,
            kept=find_kept(controls, query, NAMED),
            kept_by_name=find_kept([], query, NAMED),
            chips=build_chips(filterset.form, facets, query),
            named=named,
            facet=self.build_facet(name, facets, values, paging) if is_valid else None,
            paging=paging,
            data_as_of=find_data_day(noun, filterset.index),
            **kwargs,
        )

    def build_facet(self, name, facets, values, paging):
        """Return the values of the page, as a panel takes them."""
        shown = values[paging.start : paging.last] if not paging.is_beyond else []
        address = _find_address(self.listing.noun, name, _write_asked(self.request.GET))
        return PanelFacet(name, facets[0].label, shown, len(values), address)


def _find_address(noun, name, asked):
    """Return the address of the page of all values, narrowed as `asked` says."""
    path = reverse(f"{MODELS[noun]._meta.model_name}-facet", args=[name])
    return f"{path}?{asked}" if asked else path


def _write_asked(query):
    """Return what a list is asked, without what its pages are."""
    kept = query.copy()
    for left_out in ("page", NAMED):
        kept.pop(left_out, None)
    return kept.urlencode()


def _find_top(facet):
    """Return the values with the largest counts and those chosen, in the order of `_rank`."""
    top = {value.value for value in sorted(facet.values, key=lambda value: -value.count)[:TOP]}
    return [value for value in _rank(facet) if value.value in top or value.is_selected]


def _rank(facet):
    """Return all values, the largest count first; a scale keeps its order."""
    return facet.values if facet.name in SCALES else sorted(facet.values, key=lambda value: -value.count)
