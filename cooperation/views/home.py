"""The first page: what is new, how far programs are, and who cooperates."""

from django.http import QueryDict
from django.views.generic import TemplateView

from cooperation.facets import count_facets
from cooperation.views.day import DayMixin
from cooperation.views.rows import filter_public, find_latest_change, find_public, with_line
from cooperation.views.story import with_anchors

NEWS = 10
MOST_PARTNERSHIPS = 20
HOME_FACETS = ("phase", "mode")


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
            data_as_of=find_latest_change(),
            **kwargs,
        )


def _as_query(day):
    query = QueryDict(mutable=True)
    query.update({name: str(asked) for name, asked in day.items()})
    return query
