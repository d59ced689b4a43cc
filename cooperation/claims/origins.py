"""Who said it first: repeats of one origin are one claim, however many articles carry it."""

from collections import defaultdict


def origin_of(development):
    """Return who said it: a speaker, or the first article that reports it where none is named."""
    if development.said_by:
        return development.said_by.slug
    citations = development.public_citations
    return f"article {citations[0].article.slug}" if citations else ""


def find_origins(development):
    """Return the origins of a development: speaker, date and channel, or each article where nobody is named."""
    speaker = development.said_by
    if speaker:
        return {(speaker.slug, development.date, development.channel)}
    return {(citation.article_id,) for citation in development.public_citations}


def group_repeats(claims):
    """Return `claims` in groups of one origin, date and figure, in the order given: the first, then its repeats.

    The date counts for articles without a speaker as well: one article may tell of two tranches of the same size.
    """
    groups, origins = defaultdict(list), defaultdict(list)
    for claim in claims:
        key = (claim.development.date, claim.step, tuple(sorted(claim.figure.items())))
        found = find_origins(claim.development)
        place = next((n for n, known in enumerate(origins[key]) if known & found), None)
        if place is None:
            groups[key].append([claim])
            origins[key].append(found)
        else:
            groups[key][place].append(claim)
            origins[key][place] |= found
    order = {claim: number for number, claim in enumerate(claims)}
    return sorted((group for found in groups.values() for group in found), key=lambda group: order[group[0]])
