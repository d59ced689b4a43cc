"""Developments counted from their bitmaps. Another day changes none of their values, only which of them were known."""

from cooperation.facets.bitmaps import Bitmaps
from cooperation.facets.values import ALL, DAY, REPORTED

OWN = ("stage", "phase", "channel", "credibility", "rank", "official", DAY)
OF_THE_SUBJECT = ("party", "partnership", "system", "mode", "category", "instrument")
CLOCKS = {"as_of": DAY, "known_on": REPORTED}


class Developments(Bitmaps):
    """The developments of a bound, valid filterset, and the values of its `facets`."""

    noun = "developments"
    orders = (DAY, "stage")

    def find_indexed(self):
        """Return what has bitmaps: who had reported something by a day has none."""
        indexed = (*OWN, *OF_THE_SUBJECT)
        return indexed if "known_on" in self.day else (*indexed, "publisher")

    def go_back(self):
        """Keep what had happened, or had been reported, by the day."""
        known = self.find(ALL, "")
        for clock, end in self.day.items():
            known = known & self.unite_days(CLOCKS[clock], last=end)
        self.bitmaps[ALL] = {"": known}
