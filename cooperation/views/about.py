"""What the portal says about itself: its method, its code lists and its sources."""

from django.views.generic import TemplateView

from cooperation.choices import CODE_LISTS
from cooperation.views.copies import CopyMixin
from cooperation.views.day import DayMixin
from cooperation.views.rows import find_latest_change, find_public, give_counts

MOST_SOURCES = 200


class AboutPage(CopyMixin, DayMixin, TemplateView):
    """How the portal works, its code lists and its sources."""

    template_name = "about.html"

    def get_context_data(self, **kwargs):
        """Gather what the template's comment names."""
        publishers = give_counts("publishers", list(find_public("publishers")[:MOST_SOURCES]), self.day.keywords)
        return super().get_context_data(
            code_lists=[describe_codes(name, codes) for name, codes in CODE_LISTS.items()],
            publishers=publishers,
            data_as_of=find_latest_change(),
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
