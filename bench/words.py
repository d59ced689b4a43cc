"""Made-up names and sentences, skewed as words are. Nothing in them means a real state, company, person or weapon."""

import random
from bisect import bisect
from itertools import accumulate

from cooperation import text

# Latin and Cyrillic form of each syllable; some carry accents, so that folding has work to do.
SYLLABLES = (
    *(("ba", "ба"), ("ce", "це"), ("di", "ді"), ("fo", "фо"), ("gu", "гу"), ("ha", "га"), ("jé", "же"), ("ki", "кі")),
    *(("lo", "ло"), ("mu", "му"), ("na", "на"), ("pe", "пе"), ("ri", "рі"), ("so", "со"), ("tu", "ту"), ("vá", "ва")),
    *(("bran", "бран"), ("stel", "стел"), ("mor", "мор"), ("kan", "кан"), ("lin", "лін"), ("tor", "тор"), ("ze", "зе")),
    *(("ves", "вес"), ("dal", "дал"), ("gré", "гре"), ("pol", "пол"), ("sköl", "скел"), ("yar", "яр"), ("xi", "ксі")),
)
COMMON = (
    "air defence missile radar launcher battery interceptor range production contract delivery agreement ministry "
    "supplier maintenance training ammunition vehicle drone naval artillery shell order plant line venture "
    "licence engine turret armour sensor package funding budget tranche partner export government procurement "
    "programme framework industry capacity repair workshop logistics spare software control command ground mobile "
    "support option unit phase test certification signing announcement statement parliament committee approval "
)
VOCABULARY_SIZE = 4_000


class Skewed:
    """Picks from a list in which the n-th item weighs n to the power of minus `slope`: few big ones, a long tail."""

    def __init__(self, items, slope):
        """Weigh the items; the first is the heaviest."""
        self.items = list(items)
        self.cumulated = list(accumulate((place + 1) ** -slope for place in range(len(self.items))))

    def pick(self, rng):
        """Return one item."""
        return self.items[bisect(self.cumulated, rng.random() * self.cumulated[-1], hi=len(self.items) - 1)]

    def pick_several(self, rng, count):
        """Return up to `count` different items."""
        picked = (self.pick(rng) for _ in range(count))
        return list({id(item): item for item in picked}.values())  # unsaved records cannot be hashed


class Words:
    """A stock of names, each given out once, and a vocabulary for sentences."""

    def __init__(self, seed):
        """Make the vocabulary, the words of the field spread among the frequent ones."""
        self.rng = random.Random(f"{seed}:words")  # noqa: S311 - no secret
        self.taken = set()
        vocabulary = [self._join(2, 4)[0] for _ in range(VOCABULARY_SIZE)]
        for place, word in enumerate(COMMON.split()):
            vocabulary.insert(8 + 3 * place, word)
        self.vocabulary = Skewed(vocabulary, 0.8)

    def make_name(self, shortest, longest, endings=("",)):
        """Return a name that was not given out before, in Latin and in Cyrillic letters."""
        while True:
            latin, cyrillic = self._join(shortest, longest)
            name = (latin + self.rng.choice(endings)).title()
            if name not in self.taken:
                self.taken.add(name)
                return name, cyrillic.title()

    def make_sentences(self, rng, length):
        """Return filler of `length` words in sentences of 9 to 17."""
        words = rng.choices(self.vocabulary.items, cum_weights=self.vocabulary.cumulated, k=length)
        start = 0
        while start < length:
            words[start] = words[start].capitalize()
            start += rng.randint(9, 17)
            words[min(start, length) - 1] += "."
        return " ".join(words)

    def _join(self, shortest, longest):
        syllables = self.rng.choices(SYLLABLES, k=self.rng.randint(shortest, longest))
        return "".join(latin for latin, _ in syllables), "".join(cyrillic for _, cyrillic in syllables)


def make_slug(*parts):
    """Return an id out of names."""
    return "-".join(text.words(" ".join(map(str, parts))))
