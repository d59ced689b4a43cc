"""The data dictionary: every column of every export, from the list that writes them."""

from django.views.generic import TemplateView

from cooperation.exports.columns import TABLES
from cooperation.exports.columns.column import SEPARATOR
from cooperation.exports.dictionary import describe_columns, describe_types
from cooperation.search.nouns import NOUN_LABELS
from cooperation.views.copies import CopyMixin
from cooperation.views.day import DayMixin
from cooperation.views.rows import find_latest_change


class DataPage(CopyMixin, DayMixin, TemplateView):
    """What the columns of the files mean, in which forms they come, and under which licence."""

    template_name = "about/data.html"

    def get_context_data(self, **kwargs):
        """Gather what the template's comment names."""
        return super().get_context_data(
            tables=[
                {"noun": noun, "title": NOUN_LABELS[noun], "columns": describe_columns(table)}
                for noun, table in TABLES.items()
            ],
            types=describe_types(),
            separator=SEPARATOR.strip(),
            data_as_of=find_latest_change(),
            **kwargs,
        )
