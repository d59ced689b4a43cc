"""Programs counted from their bitmaps, which say what programs are today.

A past day changes none but stage and phase, who had said and reported something by then, and which programs there are
at all: names, parties and systems are today's.
"""

from functools import reduce
from operator import and_

from pyroaring import BitMap

from cooperation.facets.bitmaps import OTHERS, SINCE, UNTIL, Bitmaps
from cooperation.facets.days import carry_stages
from cooperation.facets.values import ALL, DAY, group_phases

LASTING = ("party", "partnership", "system", "mode", "stage", "phase", "category", "instrument")
TOLD = ("official", "publisher")  # parameters that each ask for one development
OF_A_DAY = (*TOLD, SINCE, UNTIL)  # parameters that ask about the day


class Programs(Bitmaps):
    """The programs of a bound, valid filterset, and the values of its `facets`."""

    noun = "programs"
    orders = (DAY, "stage")

    def find_indexed(self):
        """Return what has bitmaps: of a past day only what lasts."""
        return LASTING if self.day else (*LASTING, *TOLD, DAY)

    def go_back(self):
        """Put the stages of the day in the place of today's; what is hidden today stays so."""
        (stages,) = map(dict, carry_stages(self.index, [min(self.day.values())], self.day))
        self.bitmaps[ALL] = {"": BitMap().union(*stages.values()) & self.find(ALL, "")}
        stages.pop("", None)
        self.bitmaps["stage"], self.bitmaps["phase"] = stages, dict(group_phases(stages))

    def find_others(self, filterset, names):
        """Ask developments of the day about the day, the programs about the rest."""
        turning = names & {*OF_A_DAY}
        found = super().find_others(filterset, names - turning) if names - turning else {}
        for name in turning:
            turns = filterset.find_turns(name).exclude(program=None).order_by()
            turned = BitMap(turns.values_list("program", flat=True))
            found[name] = self.find(ALL, "") - turned if name == UNTIL else turned
        return found

    def find_kept(self, names):
        """Return the programs that the parameters `names`, and those without a bitmap, leave."""
        return reduce(and_, (self.kept[name] for name in (ALL, OTHERS, *names) if name in self.kept))

    def match_stages(self, stages, others=None):
        """Return the programs that all parameters leave on an earlier day on which the `stages` were these.

        `stages` are as `carry_stages` returns them; `others` has what the parameters of the day and those without a
        bitmap leave then, if that is not what they leave on the filterset's own.
        """
        kept = {**self.kept, "then": BitMap().union(*stages.values())}
        for name, reached in (("stage", stages), ("phase", dict(group_phases(stages)))):
            if name in self.chosen:
                kept[name] = BitMap().union(*(reached.get(value, BitMap()) for value in self.chosen[name]))
        if others is not None:
            kept = {name: bitmap for name, bitmap in kept.items() if name not in OF_A_DAY} | {OTHERS: others}
        return reduce(and_, kept.values())
