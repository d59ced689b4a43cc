"""The pages of systems and instruments: the programs that go with each, and the figures said of them."""

from dataclasses import dataclass

from cooperation.models import Article, Citation, Development, Instrument, Program, System
from cooperation.views.details.base import RecordDetail, find_programs
from cooperation.views.story import tell, with_anchors

MOST_FIGURES = 10
MOST_ARTICLES = 8


@dataclass(frozen=True)
class Branch:
    """A system in its family tree, with what belongs to it; one of them is the page's own."""

    system: System
    branches: list
    is_here: bool

    @property
    def systems(self):
        """Return the system and all below it."""
        return [self.system, *(system for branch in self.branches for system in branch.systems)]


class SystemDetail(RecordDetail):
    """What the system is, its family and the programs about it."""

    noun = "systems"
    model = System

    def get_queryset(self):
        """Bring two levels above along, for the tree."""
        return super().get_queryset().select_related("parent__parent")

    def find_context(self, record, day):
        """Return the family, and where it appears: programs, figures and articles."""
        here = Branch(record, [], True)
        tree = grow_tree(here)
        programs = Program.objects.visible().of_family([system.pk for system in here.systems])
        counted = Development.objects.counted(**day).of_programs(programs)
        return {
            "tree": tree,
            "programs": find_programs(day, system=record.slug),
            "quantities": find_figures(counted.exclude(quantity_qualifier=""), day),
            "articles": find_articles(counted, day),
        }


class InstrumentDetail(RecordDetail):
    """What the instrument gives, and the programs that draw on it."""

    noun = "instruments"
    model = Instrument

    def find_context(self, record, day):
        """Return the programs, and the amounts said of them."""
        programs = Program.objects.visible().of_instruments([record])
        counted = Development.objects.counted(**day).of_programs(programs)
        return {
            "programs": find_programs(day, instrument=record.slug),
            "amounts": find_figures(counted.exclude(amount_qualifier=""), day),
        }


def grow_tree(here):
    """Give the branch `here` what is below it, and return the one at the top of its family; one query.

    The tree shows the parent with all below it, and under what else the parent belongs to.
    """
    top = here if here.system.parent is None else Branch(here.system.parent, [], False)
    family = System.objects.filter(pk=top.system.pk).descents().values("pk")
    members = list(System.objects.visible().filter(pk__in=family).order_by("name", "slug"))
    _grow(top, members, here)
    return Branch(top.system.parent, [top], False) if top.system.parent else top


def find_figures(developments, day):
    """Return the latest of `developments` with their words; the figures that they state are the point."""
    return with_anchors(tell(developments, day).latest_first()[:MOST_FIGURES])


def find_articles(developments, day):
    """Return the latest articles that report one of `developments`."""
    cited = Citation.objects.filter(development__in=developments.order_by().values("pk")).values("article")
    articles = Article.objects.visible().known(day.get("known_on")).filter(pk__in=cited).with_names()
    return list(articles.defer("text", "search_text").order_by("-published", "slug")[:MOST_ARTICLES])


def _grow(branch, members, here):
    for member in members:
        if member.parent_id == branch.system.pk:
            below = here if member == here.system else Branch(member, [], False)
            branch.branches.append(below)
            _grow(below, members, here)
