"""Deals that have their place to one bundle, in the one shape of all bundles: every new record is a draft.

Each record knows the row that it comes from, so that whatever the loader finds is told with file and row.
"""

from collections import Counter

from cooperation import text
from cooperation.bundles.reader import Mapping, Sequence
from cooperation.choices import State
from cooperation.imports.addresses import name_host
from cooperation.imports.editions import ArticlePlaces, ClaimPlaces, find_left_words
from cooperation.imports.stored import fetch, find_kept, find_sites, find_taken_addresses
from cooperation.models import Partnership, Party, Program, Publisher

DRAFT = {"state": State.DRAFT.value}


def draft_bundle(placed, sources):
    """Return the bundle, a `Mapping` of sections, for `placed` deals whose claims are cited from `sources`."""
    claims = [claim for place in placed for claim in place.deal.claims]
    articles = ArticlePlaces(claims)
    developments = ClaimPlaces(claims, articles)
    entries = _draft_entries(placed, developments)
    used = {source.key: source for source in sources if source.key in articles.keys.values()}
    publishers = _find_publishers(used.values())
    rows = {place.program: place.deal.rows[0] for place in reversed(placed)}
    first = min(rows.values(), default=1)
    new = {s.publisher["id"]: s.publisher for s in used.values() if publishers[s.key] == s.publisher["id"]}
    stored = fetch(Publisher, new)
    sections = {
        "publishers": [located(first, **DRAFT, **new[i]) for i in sorted(new) if i not in stored],
        "partnerships": _draft_partnerships(placed),
        "programs": _draft_programs(placed),
        "articles": _draft_articles(articles, used, publishers, entries),
    }
    return located(1, **{name: records for name, records in sections.items() if records})


def located(line, **values):
    """Return `values` as a record of the input that stands on `line`, with all that it holds."""
    mapping = Mapping(line)
    for key, value in values.items():
        mapping[key], mapping.lines[key] = _locate(value, line), line
    return mapping


def _locate(value, line):
    if isinstance(value, Mapping):
        return value
    if isinstance(value, dict):
        return located(line, **value)
    if isinstance(value, list):
        sequence = Sequence(line)
        sequence.extend(_locate(item, line) for item in value)
        sequence.lines.extend(getattr(item, "line", line) for item in sequence)
        return sequence
    return value


def _draft_partnerships(placed):
    first = {}
    for place in placed:
        first.setdefault(place.partnership, place.deal)
    stored = fetch(Partnership, first)
    parties = fetch(Party, [party for deal in first.values() for party in deal.parties])
    return [
        located(
            deal.rows[0],
            id=slug,
            name="–".join(parties[party].name for party in deal.parties)[:200],
            parties=list(deal.parties),
            **DRAFT,
        )
        for slug, deal in first.items()
        if slug not in stored
    ]


def _draft_programs(placed):
    own = {}
    for place in placed:
        if place.is_own:
            own.setdefault(place.program, place)
    stored = fetch(Program, own)
    kept = find_kept(Program, stored)
    return [_draft_program(place, slug in stored) for slug, place in own.items() if slug not in kept]


def _draft_program(place, is_stored):
    deal = place.deal
    roles = {}
    for role, party in deal.roles:
        roles.setdefault(role, []).append(party)
    return located(
        deal.rows[0],
        id=place.program,
        partnership=place.partnership,
        name=deal.name,
        mode=deal.mode,
        systems=[deal.system] if deal.system else [],
        category=None if deal.system else deal.category or None,
        roles=roles,
        external_ids=deal.outside,
        **({} if is_stored else DRAFT),
    )


def _draft_entries(placed, developments):
    """Return `{key of a claim: what its articles list}`, without the words."""
    deals = Counter(place.program for place in placed)
    entries = {}
    for place in placed:
        for claim in place.deal.claims:
            record_id = developments.ids[claim.key]
            entries[claim.key] = {"id": record_id}
            if claim.key not in developments.cited:
                entries[claim.key] |= _state_claim(place, claim, is_shared=deals[place.program] > 1)
                entries[claim.key] |= DRAFT if record_id in developments.new else {}
    return entries


def _state_claim(place, claim, is_shared):
    """Return what a claim states; where several deals belong to one program, each adds its own quantity.

    A program that was not made for the deal has its own story: what looks back on it never sets its stage.
    """
    if claim.is_of_partnership:
        subject = {"partnership": place.partnership}
    else:
        subject = {"program": place.program, "moves": place.is_own}
    tranche = claim.tranche and {**claim.tranche, **({"basis": "additional"} if "value" in claim.tranche else {})}
    return {
        **subject,
        "date": claim.date,
        "stage": claim.stage,
        "summary": claim.summary,
        "said_by": claim.said_by or None,
        "quantity": tranche if is_shared else claim.quantity,
        "amount": claim.amount,
    }


def _draft_articles(articles, sources, publishers, entries):
    taken = find_taken_addresses(source.address for source in sources.values())
    left = find_left_words(articles.stored, {entry["id"] for entry in entries.values()})
    records = []
    for article, claims in articles.claims.items():
        source, line = sources[articles.keys[article]], claims[0].rows[0]
        listed = [located(c.rows[0], **entries[c.key], quote=c.sentence) for c in claims]
        said = {}
        if article not in articles.kept:
            body = _write_text(source, claims, articles.stored.get(article), left.get(article, ()))
            said = _tell_article(source, publishers[source.key], body)
        if said and articles.numbers[article] == 1 and taken.get(source.address, article) == article:
            said["address"] = source.address or None
        if article not in articles.stored:
            said |= DRAFT
        records.append(located(line, id=article, **said, developments=listed))
    return records


def _write_text(source, claims, stored, left):
    """Return one sentence a line; what stands there already and is still cited keeps its place."""
    sentences = dict.fromkeys(claim.sentence for claim in claims)
    lines = stored.text.split("\n") if stored else []
    held = [line for line in lines if line in sentences or text.fold_space(line) in left]
    return "\n".join([source.intro, *dict.fromkeys([*held, *sentences])])


def _tell_article(source, publisher, body):
    return {
        "title": source.title,
        "publisher": publisher,
        "published": source.day.isoformat(),
        "language": "en",
        "kind": source.kind,
        "said_by": source.said_by or None,
        "text_kind": "abstract",
        "text": body,
    }


def _find_publishers(sources):
    """Return `{key of a source: id of its publisher}`: one of that id or host if there is one, else the id proposed."""
    sites = find_sites()
    ids, hosts = {slug for _, slug in sites}, {name_host(address): slug for address, slug in reversed(sites) if address}
    return {
        source.key: wanted["id"] if wanted["id"] in ids else hosts.get(name_host(wanted["address"]), wanted["id"])
        for source in sources
        for wanted in [source.publisher]
    }
