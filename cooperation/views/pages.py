"""The pages that gather from all nouns: home, search and about."""

from django import forms
from django.db.models import Max
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cooperation.choices import CODE_LISTS
from cooperation.facets import count_facets
from cooperation.models import Development
from cooperation.search import search
from cooperation.views.day import DayMixin
from cooperation.views.rows import filter_public, find_public, with_line
from cooperation.views.story import with_anchors

NEWS = 10
MOST_PARTNERSHIPS = 20
MOST_SOURCES = 200
HOME_FACETS = ("phase", "mode")


class SearchForm(forms.Form):
    """What to look for."""

    q = forms.CharField(label=_("Search"), max_length=200, required=False)


class HomePage(DayMixin, TemplateView):
    """What is new, how far programs are, and who cooperates."""

    template_name = "home.html"

    def get_context_data(self, **kwargs):
        """Gather what the template's comment names."""
        day = self.day.keywords
        counted = find_public("developments").counted(**day)
        news = counted.with_names().with_citations(day.get("known_on")).latest_first()[:NEWS]
        facets = {facet.name: facet for facet in count_facets(filter_public("programs", _as_query(day)))}
        partnerships = filter_public("partnerships", _as_query(day)).qs
        return super().get_context_data(
            news=with_anchors(news),
            facets=[facets[name] for name in HOME_FACETS],
            partnerships=with_line("partnerships", partnerships, day)[:MOST_PARTNERSHIPS],
            data_as_of=_find_latest_change(),
            **kwargs,
        )


class SearchPage(DayMixin, TemplateView):
    """Records of all nouns in whose names or words the query occurs."""

    template_name = "search/page.html"

    def get_context_data(self, **kwargs):
        """Gather what the template's comment names."""
        form = SearchForm(self.request.GET)
        query = form.cleaned_data["q"] if form.is_valid() else ""
        groups = search(query, **self.day.keywords) if query else []
        return super().get_context_data(
            form=form, query=query, groups=groups, data_as_of=_find_latest_change(), **kwargs
        )


class AboutPage(DayMixin, TemplateView):
    """How the portal works, its code lists and its sources."""

    template_name = "about.html"

    def get_context_data(self, **kwargs):
        """Gather what the template's comment names."""
        publishers = with_line("publishers", find_public("publishers"), self.day.keywords)[:MOST_SOURCES]
        return super().get_context_data(
            code_lists=[describe_codes(name, codes) for name, codes in CODE_LISTS.items()],
            publishers=publishers,
            data_as_of=_find_latest_change(),
            **kwargs,
        )


def describe_codes(name, codes):
    """Return a code list as the page shows it, without the columns that none of its members fills."""
    members = list(codes)
    return {
        "name": name,
        "purpose": codes.__doc__.strip().splitlines()[0],
        "members": members,
        "has_description": any(member.description for member in members),
        "has_group": any(member.group for member in members),
        "has_outside": any(member.outside for member in members),
    }


def _as_query(day):
    query = QueryDict(mutable=True)
    query.update({name: str(asked) for name, asked in day.items()})
    return query


def _find_latest_change():
    return Development.objects.visible().aggregate(day=Max("modified"))["day"]
