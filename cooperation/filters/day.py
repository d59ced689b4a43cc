"""The day asked about: `as_of` says what was true on it, `known_on` what articles published by it had reported.

Lists take both through their FilterSet; addresses without one, such as a record's own, through `DayForm`.
"""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from cooperation.filters.fields import DayField

CLOCKS = ("as_of", "known_on")
LABELS = {"as_of": _("As of"), "known_on": _("As known on")}
HELP = {
    "as_of": _("What was true on a day such as 2026-02-09."),
    "known_on": _("What articles published by a day such as 2026-02-09 reported."),
}
BEFORE_ALL = datetime.date.min  # a day on which nothing was known


class DayForm(forms.Form):
    """Reads the day out of an address that may hold other parameters as well."""

    as_of = DayField(label=LABELS["as_of"], help_text=HELP["as_of"], required=False)
    known_on = DayField(label=LABELS["known_on"], help_text=HELP["known_on"], required=False)

    def read_day(self, clocks=CLOCKS):
        """Return the day as keywords out of `clocks`, `{}` for today.

        What is written wrong is a day on which nothing was known, so that no page shows today for a day it cannot read.
        """
        if not self.is_valid():
            return dict.fromkeys(clocks, BEFORE_ALL)
        return {name: self.cleaned_data[name] for name in clocks if self.cleaned_data[name]}
