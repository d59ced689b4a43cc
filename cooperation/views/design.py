"""The parts that pages are made of, each in every state, from the very partials and tags that the pages use.

The page is a list of programs that shows its parts one by one, and its own address turns them: `?phase=talk` selects a
value, `?since=x` makes a field wrong. The records are real; figures that they may lack are written here.
"""

from decimal import Decimal
from pathlib import Path

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.staticfiles import finders
from django.utils.translation import gettext_lazy as _

from cooperation.choices import Mode, Phase, Stage
from cooperation.theme import THEMES, find_contrast, read_colours
from cooperation.views.controls import Chip
from cooperation.views.details.systems import Branch, grow_tree
from cooperation.views.lists import ProgramList, WayOut
from cooperation.views.rows import find_public
from cooperation.views.samples import build_samples
from cooperation.views.story import build_story

COLOURS = read_colours(Path(finders.find("css/portal.css")).read_text())
NEWS = 2
ROWS = 5
QUANTITIES = [
    {"qualifier": "exact", "value": Decimal(6), "unit": "aircraft"},
    {"qualifier": "about", "value": Decimal(1200), "unit": "missile"},
    {"qualifier": "at-least", "value": Decimal(2), "unit": "battery"},
    {"qualifier": "up-to", "value": Decimal(100), "unit": "aircraft"},
    {"qualifier": "between", "min": Decimal(12), "max": Decimal(20), "unit": "aircraft"},
    {"qualifier": "exact", "value": Decimal(2), "unit": "aircraft", "basis": "additional"},
    {"qualifier": "exact", "value": Decimal(50), "unit": "missile", "per": "month"},
    {"qualifier": "several", "unit": "battery"},
    {"qualifier": "undisclosed", "unit": "missile"},
    {"qualifier": "classified", "unit": "missile"},
    {"qualifier": "unknown", "unit": "aircraft"},
]
AMOUNTS = [
    {"qualifier": "about", "value": Decimal(90_000_000), "currency": "EUR"},
    {"qualifier": "undisclosed", "currency": "EUR"},
]
DATES = ["2026-02-09", "2025-11", "2022", "2024-23", "2022~", "2025-XX-XX", "2026-02-07/2026-02-09", "2024-06-06/.."]
SURFACES = ("paper", "tint", "line", "field", "mark")  # colours that no text is written in
PURPOSES = {
    "paper": _("the page"),
    "tint": _("what is chosen or asked about"),
    "line": _("hairlines"),
    "field": _("edges of fields and of the heads of tables"),
    "mark": _("passages and what was found"),
    "ink": _("text"),
    "quiet": _("what stands beside"),
    "accent": _("what can be opened"),
    "wrong": _("what has to be corrected"),
}


class DesignPage(ProgramList):
    """Every component of the pages in every state."""

    def get_template_names(self):
        """Return the page's own template."""
        return ["about/design.html"]

    def get_context_data(self, **kwargs):
        """Gather what the template's comment names, beside what a list has."""
        context = super().get_context_data(**kwargs)
        latest = find_public("developments").counted(**self.day.keywords).latest_first()
        story = build_story(latest.with_names().with_citations(self.day.keywords.get("known_on"))[:NEWS])
        rows = context["rows"][:ROWS]
        programs = find_public("programs").on_day(**self.day.keywords).filter(slug__in=[row.slug for row in rows])
        return context | {
            "rows": rows,
            "programs": programs,
            "news": story.counted,
            "story": story,
            "tree": find_family(),
            "colours": [describe_colour(colour, COLOURS["paper"]) for colour in COLOURS.values()],
            "phases": [(phase, [stage for stage in Stage if stage.group == phase]) for phase in Phase],
            "form": build_wrong_form(self.request),
            "quantities": QUANTITIES,
            "amounts": AMOUNTS,
            "dates": DATES,
            "samples": build_samples(),
            "metadata": "",  # the rows stand here as a sample of themselves
            "sample_ways": [WayOut(Chip("mode", Mode.SUPPLY.value, _("Mode"), Mode.SUPPLY.label), 18)],
        }


def find_family():
    """Return the family tree of the first system that belongs to one, None if none does."""
    members = find_public("systems").exclude(parent=None).select_related("parent__parent")
    member = members.order_by("name", "slug").first()
    return grow_tree(Branch(member, [], True)) if member else None


def build_wrong_form(request):
    """Return the login's form as it comes back empty; it does not take the focus here, as it does on its own page."""
    form = AuthenticationForm(request, data={"username": "", "password": ""})
    del form.fields["username"].widget.attrs["autofocus"]
    return form


def describe_colour(colour, paper):
    """Return a token as the page shows it: what it is for, and for each theme its colour and contrast to the page's."""
    pairs = [(theme, getattr(colour, theme), getattr(paper, theme)) for theme in THEMES]
    return {
        "name": colour.name,
        "purpose": PURPOSES.get(colour.name) or Phase(colour.name.removeprefix("phase-")).label,
        "is_text": colour.name not in SURFACES,
        "themes": [(theme, own, under, find_contrast(own, under)) for theme, own, under in pairs],
    }
