"""A bundle of some articles and of all that they rest on: public records alone, and it loads back."""

from collections import defaultdict

from cooperation.bundles.dumper import dump_article, dump_record, find_owners, find_rows, group_citations
from cooperation.bundles.shapes import DEVELOPMENT, SHAPES
from cooperation.choices import TextKind
from cooperation.models import Citation, Development
from cooperation.text import join_passages


def build_bundle(keys, *, has_full_texts):
    """Return the bundle of the public articles with the primary `keys`, in their order, as a mapping for JSON.

    It holds whole articles: with all their public developments, with the articles that first reported what these are
    counted in, and with all that any of them names. Without `has_full_texts` a full text is left out and the passages
    cited from it stand in its place.
    """
    articles = _dump_articles(_with_containers(keys), has_full_texts)
    named = _dump_named(articles)
    sections = {section: [named[section][i] for i in sorted(named[section])] for section in SHAPES}
    return {section: records for section, records in (sections | {"articles": articles}).items() if records}


def _find_citations(keys):
    return Citation.objects.known().filter(article__in=keys, development__public=True)


def _with_containers(keys):
    """Return `keys`, and after them those of the articles that first reported what their developments count in."""
    keys = list(keys)
    while True:
        told = Development.objects.filter(pk__in=_find_citations(keys).values("development"))
        containers = told.exclude(counted_in=None).values("counted_in")
        lost = Citation.objects.known().filter(development__in=containers, development__public=True)
        lost = lost.exclude(development__in=_find_citations(keys).values("development"))
        further = sorted(set(find_owners(lost).values()))
        if not further:
            return keys
        keys += further


def _dump_articles(keys, has_full_texts):
    rows = find_rows(SHAPES["articles"]).in_bulk(keys)
    citations = _find_citations(keys)
    owners, cited = find_owners(citations), group_citations(citations)
    developments = Development.objects.with_names().in_bulk(owners)
    records = []
    for key in keys:
        record = dump_article(rows[key], cited[key], developments, owners)
        if rows[key].text_kind == TextKind.FULL and not has_full_texts:
            passages = join_passages(citation.quote for citation in cited[key])
            record |= {"text": passages, "text_kind": TextKind.PASSAGES.value}
        records.append(record)
    return records


def _dump_named(articles):
    """Return `{section: {id: record}}` of all that `articles` name, also through others."""
    named = defaultdict(dict)
    waiting = [(SHAPES["articles"], article) for article in articles]
    waiting += [(DEVELOPMENT, entry) for article in articles for entry in article["developments"]]
    while waiting:
        wanted = _find_wanted(waiting, named)
        waiting = []
        for section, ids in wanted.items():
            for row in find_rows(SHAPES[section]).visible().filter(slug__in=ids):
                named[section][row.slug] = dump_record(SHAPES[section], row)
                waiting.append((SHAPES[section], named[section][row.slug]))
    return named


def _find_wanted(records, named):
    """Return `{section: ids}` of what `records`, (shape, record) pairs, name and `named` does not have."""
    wanted = defaultdict(set)
    for shape, record in records:
        for _key, sections, record_id in shape.named_ids(record):
            for section in set(sections) & set(SHAPES):
                if record_id not in named[section]:
                    wanted[section].add(record_id)
    return wanted
