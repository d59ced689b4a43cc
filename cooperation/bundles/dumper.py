"""Writes the records of the database as bundles that load back to the same fields, states, ranks and reasons."""

import re
from collections import defaultdict
from decimal import Decimal

import yaml

from cooperation.bundles.kinds import Code, Refs, Roles
from cooperation.bundles.shapes import DEVELOPMENT, SHAPES
from cooperation.models import Citation, Development

INHERITED = ("said_by", "said_as", "channel")
_READ_AS_OTHER = re.compile(r"null|true|false|-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)


def dump_documents():
    """Yield (relative path, mapping) for everything: one reference document a section, one document an article."""
    for section, shape in SHAPES.items():
        if section == "articles":
            yield from _dump_articles(shape)
        elif records := [dump_record(shape, row) for row in find_rows(shape)]:
            yield f"reference/{section}.yaml", {section: records}


def dump_record(shape, row):
    """Return the record of `row` with all its keys that state something, and its state."""
    values = {key.name: _dump_key(key, row) for key in shape.keys if key.name not in ("id", "quote")}
    return {
        "id": row.slug,
        **{name: plain(value) for name, value in values.items() if value not in (None, "", [], {}, ())},
    }


def write_yaml(document, file):
    """Write `document` to `file` as YAML that our reader reads back to the same values."""
    yaml.dump(document, file, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


def find_rows(shape):
    """Return the rows of a section by id, with all that their records name."""
    singles = [f.name for f in shape.model._meta.fields if f.is_relation]
    lists = [
        ("roles_held__party" if isinstance(k.kind, Roles) else k.name)
        for k in shape.keys
        if isinstance(k.kind, Refs | Roles)
    ]
    return shape.model.objects.select_related(*singles).prefetch_related(*lists).order_by("slug")


def _dump_key(key, row):
    """Return what a bundle says: the stored value, and the digit of credibility as the number that it is there."""
    value = key.kind.dump(row, key.name)
    return int(value) if value and isinstance(key.kind, Code) and key.kind.as_number else value


def dump_article(article, citations, developments, owners):
    """Return the record of `article` with its developments.

    `citations` are those of the article, `developments` the rows by primary key, `owners` what `find_owners` returns.
    """
    record = dump_record(SHAPES["articles"], article)
    record["developments"] = [
        _dump_entry(developments[c.development_id], c, article, owners) for c in _in_order(citations, developments)
    ]
    return record


def _dump_articles(shape):
    owners = find_owners(Citation.objects)
    cited = group_citations(Citation.objects)
    developments = {row.pk: row for row in Development.objects.with_names()}
    for article in find_rows(shape):
        record = dump_article(article, cited[article.pk], developments, owners)
        yield f"articles/{article.published.isoformat()}-{article.slug}.yaml", {"articles": [record]}


def group_citations(citations):
    """Return `{article: [citation, …]}` of a queryset, articles by primary key, citations in the order of the text."""
    cited = defaultdict(list)
    for citation in citations.order_by("start", "pk"):
        cited[citation.article_id].append(citation)
    return cited


def _in_order(citations, developments):
    return sorted(citations, key=lambda c: (c.start is None, c.start or 0, developments[c.development_id].slug))


def find_owners(citations):
    """Return `{development: article}`: of the articles of these citations the one that appeared first, by keys."""
    pairs = citations.order_by("-article__published", "-article__slug")
    return dict(pairs.values_list("development", "article"))


def _dump_entry(development, citation, article, owners):
    """Return the whole development in the article that reported it first, elsewhere its id and the words."""
    if owners[development.pk] != article.pk:
        return {"id": development.slug, "quote": citation.quote}
    entry = {"id": development.slug, **dump_record(DEVELOPMENT, development)}
    for key in INHERITED:
        kind = DEVELOPMENT.by_name[key].kind
        stated, inherited = kind.dump(development, key), kind.dump(article, key)
        if stated == inherited:
            entry.pop(key, None)
        elif stated in (None, ""):
            entry[key] = None
    if entry.get("said_by") and development.said_as:
        entry["said_as"] = development.said_as  # it is not inherited by another speaker
    entry["quote"] = citation.quote
    return _without_defaults(entry)


def _without_defaults(entry):
    if entry.get("moves") is True:
        del entry["moves"]
    if entry.get("rank") == "normal":
        del entry["rank"]
    return entry


def plain(value):
    """Return `value` in the types that YAML and JSON share."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


class _Dumper(yaml.SafeDumper):
    """Quotes text that our reader would take for a number or a word, and folds nothing else; never writes aliases."""

    def ignore_aliases(self, data):
        return True


def _represent_text(dumper, value):
    if "\n" in value:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|")
    style = "'" if _READ_AS_OTHER.fullmatch(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _represent_text)
