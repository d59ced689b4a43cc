"""The search over all nouns, and what its field suggests while one types."""

from django import forms
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView

from cooperation.search import MAX_LENGTH, search, suggest
from cooperation.views.copies import CopyMixin
from cooperation.views.day import DayMixin
from cooperation.views.rows import find_latest_change

AS_WRITTEN = "as_written"  # the parameter that keeps words from being corrected


class SearchForm(forms.Form):
    """What to look for."""

    q = forms.CharField(label=_("Search"), max_length=MAX_LENGTH, required=False)


class SearchPage(CopyMixin, DayMixin, TemplateView):
    """Records of all nouns in whose names or words the query occurs."""

    template_name = "search/page.html"

    def get_context_data(self, **kwargs):
        """Gather what the template's comment names."""
        form = SearchForm(self.request.GET)
        query = form.cleaned_data["q"] if form.is_valid() else ""
        results = search(query, is_forgiving=AS_WRITTEN not in self.request.GET, **self.day.keywords)
        return super().get_context_data(
            form=form,
            written=(form["q"].value() or "").replace("\0", "�"),
            query=query,
            results=results,
            data_as_of=find_latest_change(),
            **kwargs,
        )


@method_decorator(cache_control(private=True, max_age=60), name="dispatch")
class SuggestionList(DayMixin, TemplateView):
    """The options of the search field: a fragment of a page, of public records alone."""

    template_name = "search/_suggestions.html"

    def get_context_data(self, **kwargs):
        """Gather what the template's comment names; what no form would send suggests nothing."""
        query = self.request.GET.get("q", "")[:MAX_LENGTH].replace("\0", " ")
        suggestions, terms = suggest(query)
        return super().get_context_data(suggestions=suggestions, terms=terms, **kwargs)
