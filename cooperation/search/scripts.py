"""A word written in the other script: Ukrainian and Russian Cyrillic to Latin, and Latin to Ukrainian.

Ukrainian follows the national system of 2010, which BGN/PCGN adopted in 2019; Russian follows BGN/PCGN of 1947. Both
without marks and apostrophes, as folded words have none; the way back takes the most usual letter.
"""

_UKRAINIAN = (
    "а-a б-b в-v г-h ґ-g д-d е-e є-ie ж-zh з-z и-y і-i ї-i й-i к-k л-l м-m н-n о-o п-p р-r с-s т-t у-u ф-f х-kh ц-ts "
    "ч-ch ш-sh щ-shch ь- ю-iu я-ia"
)
_RUSSIAN = "г-g и-i й-y ё-e ъ- ы-y э-e ю-yu я-ya"
_LATIN = (
    "a-а b-б c-к d-д e-е f-ф g-г h-г i-і j-й k-к l-л m-м n-н o-о p-п q-к r-р s-с t-т u-у v-в w-в x-кс y-и z-з zh-ж "
    "kh-х ts-ц ch-ч sh-ш shch-щ ie-є ye-є iu-ю yu-ю ia-я ya-я"
)


def _read(table):
    return dict(pair.split("-") for pair in table.split())


UKRAINIAN, LATIN = _read(_UKRAINIAN), _read(_LATIN)
RUSSIAN = UKRAINIAN | _read(_RUSSIAN)
LONGEST = max(map(len, LATIN))


def write_otherwise(word):
    """Return the ways to write a folded word in the other script, none if it is in neither."""
    if set(word) <= LATIN.keys():
        return [_replace_longest(word)]
    if not set(word) <= RUSSIAN.keys():
        return []
    return list(dict.fromkeys("".join(table.get(letter, "") for letter in word) for table in (UKRAINIAN, RUSSIAN)))


def _replace_longest(word):
    written, position = "", 0
    while position < len(word):
        size = next(n for n in range(LONGEST, 0, -1) if word[position : position + n] in LATIN)
        written += LATIN[word[position : position + size]]
        position += size
    return written
