"""What a query finds, noun by noun."""

from dataclasses import dataclass, replace
from itertools import islice

from pyroaring import BitMap

from cooperation import text
from cooperation.models import SearchDocument
from cooperation.search.documents import names_of
from cooperation.search.forgiving import correct, look_inside
from cooperation.search.highlights import WORD
from cooperation.search.matches import find_anywhere, find_matches
from cooperation.search.nouns import NAMES, NOUNS
from cooperation.search.terms import read_terms

CHUNK = 400  # records that are put into order at a time
EXACT, BEGINS, CONTAINS, ELSEWHERE = range(4)  # how near a name is to the query
SUGGESTED = ("programs", "partnerships", "systems", "parties", "officials", "instruments", "publishers")


@dataclass(frozen=True)
class Group:
    """What was found of one noun: `records`, and whether there are more; `total` is None on a day if there are."""

    noun: str
    label: str
    records: list
    has_more: bool
    total: int | None
    is_exact: bool


@dataclass(frozen=True)
class Results:
    """The groups in which something was found, for `terms`; `meant` is the query that these answer, if corrected."""

    groups: list
    terms: list
    meant: str = ""


@dataclass(frozen=True)
class Suggestion:
    """A record whose name answers what was typed so far, and the label of its noun."""

    record: object
    label: str


def search(query, limit=10, as_of=None, known_on=None, is_forgiving=True):
    """Return the `Results` for a query, with at most `limit` records of each noun.

    Of programs, developments and articles, those of the day `as_of` that were known on the day `known_on`. Words that
    stand nowhere are corrected, unless it is not `is_forgiving`. A noun with a record of exactly that name comes first.
    """
    terms = read_terms(query)
    if not terms:
        return Results([], [])
    terms, matches, is_corrected = _find_matches(NOUNS, terms, is_forgiving)
    day = {"as_of": as_of, "known_on": known_on}
    groups = (_find_group(noun, matches[noun.name], terms, limit, day) for noun in NOUNS)
    found = sorted((group for group in groups if group.records), key=lambda group: not group.is_exact)
    return Results(found, terms, _spell(terms, found) if is_corrected else "")


def suggest(query, limit=8):
    """Return at most `limit` suggestions for what was typed so far, the nearest names first, and their terms."""
    terms = read_terms(query)
    if not terms:
        return [], []
    nouns, near = [noun for noun in NOUNS if noun.name in SUGGESTED], []
    terms, matches, _ = _find_matches(nouns, terms)
    for place, noun in enumerate(nouns):
        in_names = replace(matches[noun.name], all=matches[noun.name].names)
        ranked = _rank(noun, in_names, terms, limit, {})
        near += [(closeness, place, n, noun, key) for n, (key, closeness) in enumerate(ranked)]
    chosen = sorted(near, key=lambda found: found[:3])[:limit]
    lines = {noun: _find_lines(noun, chosen) for *_, noun, _ in chosen}
    found = [Suggestion(lines[noun][key], str(noun.label)) for *_, noun, key in chosen if key in lines[noun]]
    return found, terms


def find_keys(model, query):
    """Return the primary keys of the records of `model` that answer a query as written; None if it has no word."""
    terms = read_terms(query)
    if not terms:
        return None
    found = find_anywhere(NAMES[model], terms)
    if not found and (inside := look_inside(terms)) != terms:
        found = find_anywhere(NAMES[model], inside)
    return found


def _find_matches(nouns, terms, is_forgiving=True):
    """Return the terms that are answered, {name of a noun: Matches}, and whether the terms were corrected.

    Only where nothing has all terms as they were written, it is asked whether some stand nowhere.
    """
    names = [noun.name for noun in nouns]
    matches, is_corrected = find_matches(names, terms), False
    for forgive in (look_inside, correct) if is_forgiving else (look_inside,):
        if any(found.all for found in matches.values()):
            break
        if (others := forgive(terms)) != terms:
            terms, matches, is_corrected = others, find_matches(names, others), forgive is correct
    return terms, matches, is_corrected


def _find_lines(noun, chosen):
    keys = [key for *_, of, key in chosen if of is noun]
    return {record.pk: record for record in noun.find_lines(keys)}


def _find_group(noun, matches, terms, limit, day):
    ranked = _rank(noun, matches, terms, limit + 1, day)
    records = noun.find_lines([key for key, _ in ranked[:limit]], **day)
    has_more = len(ranked) > limit
    total = len(records) if not has_more else None if any(day.values()) else len(matches.all)
    is_exact = bool(ranked) and ranked[0][1] == EXACT
    return Group(noun.name, str(noun.label), records, has_more, total, is_exact)


def _rank(noun, matches, terms, enough, day):
    """Return (primary key, nearness) of at least `enough` listed records, the best first, if there are so many.

    Of many records, those likely to be best are put into order first, a chunk at a time.
    """
    waiting, ranked = matches.best_first(), []
    while len(ranked) < enough and (chunk := list(islice(waiting, CHUNK))):
        rows = noun.find_listed(**day).filter(pk__in=chunk).order_by(*noun.order)
        near = _measure(noun, matches.names & BitMap(chunk), terms)
        keys = [(key, near.get(key, ELSEWHERE)) for key in rows.values_list("pk", flat=True)]
        ranked += sorted(keys, key=lambda found: found[1])
    return ranked[:enough]


def _measure(noun, keys, terms):
    """Return {primary key: how near its nearest name is to the query}."""
    phrase = " ".join(term.word for term in terms)
    rows = SearchDocument.objects.filter(noun=noun.name, record__in=list(keys)) if keys else ()
    return {row.record: _compare(row.names.splitlines(), phrase) for row in rows}


def _compare(names, phrase):
    if phrase in names:
        return EXACT
    return BEGINS if any(name.startswith(phrase) for name in names) else CONTAINS


def _spell(terms, groups):
    """Return the terms as the names of what was found spell them: folded, a Ukrainian word would look wrong."""
    names = [name for group in groups for record in group.records for name in _find_names(record)]
    spelt = {text.fold(word): word for name in reversed(names) for word in WORD.findall(name)}
    return " ".join(spelt.get(term.word, term.word) for term in terms)


def _find_names(record):
    return names_of(record) if hasattr(record, "names") else [getattr(record, "title", "")]
