"""The search over all nouns."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cooperation.search import search
from cooperation.views.day import DayMixin
from cooperation.views.rows import find_latest_change


class SearchForm(forms.Form):
    """What to look for."""

    q = forms.CharField(label=_("Search"), max_length=200, required=False)


class SearchPage(DayMixin, TemplateView):
    """Records of all nouns in whose names or words the query occurs."""

    template_name = "search/page.html"

    def get_context_data(self, **kwargs):
        """Gather what the template's comment names."""
        form = SearchForm(self.request.GET)
        query = form.cleaned_data["q"] if form.is_valid() else ""
        groups = search(query, **self.day.keywords) if query else []
        return super().get_context_data(
            form=form, query=query, groups=groups, data_as_of=find_latest_change(), **kwargs
        )
