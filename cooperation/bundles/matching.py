"""Finds out which developments entries without an id mean: those of the same subject, date, stage and speaker."""

from collections import defaultdict

from cooperation.bundles.entries import build_id
from cooperation.models import Development
from cooperation.models.keys import batches

KEPT_APART = ("quantity", "amount")  # the same statement with another figure is another statement


def match_entries(told):
    """Say of each entry which statement it means, and return the problems."""
    problems = [problem for subjects in told.walk_subjects() for problem in _match_subjects(told, subjects)]
    told.gather()
    return problems


def _match_subjects(told, subjects):
    """Match the entries without an id about some subjects: what is stored first, then what the input gives an id."""
    entries, stored = told.find_unnamed(subjects), _fetch_keys(subjects)
    named = told.find_named(subjects)
    candidates, meant, problems = defaultdict(list), {}, []
    for record_id, key in (*stored.items(), *_without(named, _find_stored(named)).items()):
        candidates[key].append(record_id)
    built = {build_id(*key) for _, key in entries}
    taken = told.find_taken(built) | _find_stored(built)
    for number, key in entries:
        if not candidates[key]:
            record_id = build_id(*key)
            if record_id in taken:
                message = f"would get the id “{record_id}”, which another one has; give it its own id."
                problems.append(told.find_entry(number).item.problem("", message))
            taken.add(record_id)
            candidates[key].append(record_id)
        found = _narrow(told, number, candidates[key], stored)
        if len(found) > 1:
            message = f"can mean {' or '.join(sorted(found))}; give the id of the one meant."
            problems.append(told.find_entry(number).item.problem("", message))
        meant[number] = found[0]
    told.assign(meant)
    return problems


def _without(keys, known):
    return {record_id: key for record_id, key in keys.items() if record_id not in known}


def _narrow(told, number, candidates, stored):
    """Return those of several candidates that state the same figures as an entry; all, if none does."""
    if len(candidates) == 1:
        return candidates
    figures = _figures(told.find_entry(number))
    return [c for c in candidates if _find_figures(told, c, stored) == figures] or candidates


def _find_figures(told, record_id, stored):
    if record_id in stored:
        row = Development.objects.get(slug=record_id)
        return [getattr(row, key) for key in KEPT_APART]
    return _figures(told.find_first(record_id))


def _figures(entry):
    return [entry.values.get(key) for key in KEPT_APART]


def _fetch_keys(subjects):
    """Return {id: (subject, date, stage, speaker)} of the stored developments about some subjects."""
    columns = ("slug", "program__slug", "partnership__slug", "date", "stage")
    speakers = ("said_by_official__slug", "said_by_party__slug")
    keys, parts = {}, [subject.split("/") for subject in subjects]
    for lookup, ids in (("program", {p for p, _ in parts}), ("partnership", {p for _, p in parts})):
        for batch in batches(ids - {""}):
            rows = Development.objects.filter(**{f"{lookup}__slug__in": batch}).order_by("slug")
            for slug, program, partnership, date, stage, official, party in rows.values_list(*columns, *speakers):
                keys[slug] = (f"{program or ''}/{partnership or ''}", date, stage, official or party)
    return keys


def _find_stored(ids):
    """Return those of `ids` that stored developments have."""
    return {
        slug
        for batch in batches(ids)
        for slug in Development.objects.filter(slug__in=batch).values_list("slug", flat=True)
    }
