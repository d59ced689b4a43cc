"""The pages of systems and instruments: the programs that go with each, and the figures said of them."""

from dataclasses import dataclass

from cooperation.facets import AMOUNT, QUANTITY
from cooperation.models import Article, Instrument, System
from cooperation.views.details.base import Listed, RecordDetail, find_programs, find_told

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
        told = Listed("developments", day, system=record.slug)
        return {
            "tree": tree,
            "programs": find_programs(day, system=record.slug),
            "quantities": find_figures(told, QUANTITY, day),
            "articles": find_articles(record, told, day),
        }


class InstrumentDetail(RecordDetail):
    """What the instrument gives, and the programs that draw on it."""

    noun = "instruments"
    model = Instrument

    def find_context(self, record, day):
        """Return the programs, and the amounts said of them."""
        told = Listed("developments", day, instrument=record.slug)
        return {
            "programs": find_programs(day, instrument=record.slug),
            "amounts": find_figures(told, AMOUNT, day),
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


def find_figures(told, figure, day):
    """Return the latest of the developments `told` (a `Listed`) that count and state a figure, with their words."""
    return find_told(told.find_latest(MOST_FIGURES, told.counted.stating(figure)), day)


def find_articles(system, told, day):
    """Return the latest articles that report one of the developments `told` (a `Listed`) of a system."""
    if day:
        articles = Listed("articles", day)
        keys = articles.find_latest(MOST_ARTICLES, articles.counted.reporting(told.counted.counting()))
    else:
        keys = Listed("articles", day, system=system.slug).find_latest(MOST_ARTICLES)
    return Article.objects.visible().with_names().defer("text", "search_text").in_order(keys)


def _grow(branch, members, here):
    for member in members:
        if member.parent_id == branch.system.pk:
            below = here if member == here.system else Branch(member, [], False)
            branch.branches.append(below)
            _grow(below, members, here)
