"""Articles counted by the developments that they report and that count, and by what is their own."""

from pyroaring import BitMap

from cooperation.facets.bitmaps import ADDING_UP, Bitmaps, build_value
from cooperation.facets.reports import Reports, read_reports
from cooperation.facets.shared import Asked, Told
from cooperation.facets.values import ALL, DAY, OF_WHAT_IT_REPORTS


class Own:
    """What a filterset asks about its rows alone."""

    def __init__(self, filterset, index):
        """Leave out what is asked about what they share."""
        self.filterset, self.index, self.filters, self.day = filterset, index, filterset.filters, filterset.day
        self.asked = [name for name in filterset.find_given() if filterset.is_shared(name)]

    def find_given(self):
        """Return the parameters that narrow, by name."""
        return self.filterset.find_given(self.asked)

    def narrow(self, without):
        """Return the rows that all of them but `without` leave."""
        return self.filterset.narrow((*without, *self.asked))


class ArticleRows(Bitmaps):
    """Articles by what is their own; the facets of what they report count if nothing is asked about that."""

    noun = "articles"
    orders = (DAY,)

    def find_indexed(self):
        """Return what has bitmaps."""
        return ("publisher", "kind", "language", DAY)

    def go_back(self):
        """Keep what had been published by the day."""
        self.bitmaps[ALL] = {"": self.find(ALL, "") & self.unite_days(DAY, last=self.day["known_on"])}


class Articles(Told):
    """Articles, by the developments that they report and that count, and by what is their own."""

    facet = ALL  # `Reports` lead to them

    def read_own(self):
        """Return what their own bitmaps leave."""
        if not Asked(self.filterset, (), self.index).given:
            self.led = []  # their own bitmaps tell what all of them report
        own = [name for name in self.facets if name not in self.led]
        self.rows = ArticleRows(Own(self.filterset, self.index), own)
        return self.rows.find_matching()

    def count_values(self):
        """Count what is shared, and what is the rows' own."""
        if not self.led:
            return self.rows.count_values()
        if Asked(self.filterset, (), self.index).given:
            self.rows.kept["shared"] = self.find_sharing(())
        facets, self.facets = self.facets, self.led
        counted = super().count_values() | self.rows.count_values()
        return {name: counted[name] for name in facets}

    def list_groups(self, order, descends):
        """Return the days on which they were published."""
        return self.rows.list_groups(order, descends)

    def read(self, facets):
        """Return their own bitmaps, {facet: {value: BitMap}}."""
        return self.rows.read(facets)

    def find_stored(self, facet, value):
        """Return the articles that have a value of any facet."""
        return self.rows.find_stored(facet, value)

    def find_sharing(self, without):
        """Look at what they report only if one parameter does not say it all.

        A day changes nothing there: what an article reports that was published by then was known by then.
        """
        given = Asked(self.filterset, without, self.index).given
        name, values = next(iter(given.items()), ("", []))
        is_lone = len(given) == 1 and name in OF_WHAT_IT_REPORTS and (name not in ADDING_UP or len(values) == 1)
        if not is_lone:
            return super().find_sharing(without)
        return BitMap().union(*(self.rows.find_stored(name, build_value(value)) for value in values))

    def lead(self, subjects):
        """Return the articles that report one of the developments."""
        return self.index.carry(("reports",), read_reports, Reports.renew).lead(subjects)
