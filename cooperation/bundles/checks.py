"""Checks the input as a whole, against itself and against what is stored, before anything is written."""

from graphlib import CycleError, TopologicalSorter

from cooperation.bundles.shapes import SHAPES
from cooperation.models import Article
from cooperation.models.keys import batches

NESTED = ("parties", "systems")  # whose records have a parent
SHARING_IDS = (("parties", "officials"), ("officials", "parties"))


def find_repeats(spool):
    """Yield a problem for each record that the input defines twice; parties and officials share their ids."""
    for first, *others in spool.find_repeats():
        for item in others:
            yield item.problem("id", f"“{item.id}” is already defined in {first.place()}.")


def find_dangling(spool):
    """Yield a problem for each id that is named and is neither in the input nor stored, and for each id that is taken.

    What a development is counted in is looked for when it is known which developments the input means.
    """
    lost = {
        (sections, record_id)
        for sections, ids in spool.find_unknown()
        if sections != ("developments",)
        for record_id in set(ids).difference(*(find_stored(section, ids) for section in sections))
    }
    for item in spool if lost else ():
        for part in (item, *(item.entries or ())):
            for key, sections, record_id in part.shape.named_ids(part.values):
                if (sections, record_id) in lost:
                    where = " or ".join(sections)
                    message = f"“{record_id}” is neither in the input nor in the database ({where})."
                    yield part.problem(key, message)
    for section, other in SHARING_IDS:
        for ids in spool.walk_ids(section):
            for item in spool.find_items(section, find_stored(other, ids)):
                message = f"“{item.id}” is already the id of another party or official; they share their ids."
                yield item.problem("id", message)


def find_stored(section, ids):
    """Return those of `ids` that stored records of a section have."""
    rows = SHAPES[section].model.objects.order_by()
    return {slug for batch in batches(ids) for slug in rows.filter(slug__in=batch).values_list("slug", flat=True)}


def find_incomplete(spool):
    """Yield a problem for each key without which a new record cannot be."""
    for section in SHAPES:
        for ids in spool.walk_ids(section, partial=True):
            for item in spool.find_items(section, set(ids) - find_stored(section, ids)):
                for name in item.missing_keys:
                    yield item.problem("", f"“{name}” is missing; a new record needs it.")


def order_records(spool):
    """Have each record come after its parent; yield a problem for each circle of parents."""
    for section in NESTED:
        depths, circle = find_depths(spool.find_parents(section))
        spool.set_depths(section, depths)
        if circle:
            (item,) = spool.find_items(section, circle[:1])
            yield item.problem("parent", f"a circle of parents: {' → '.join(circle)}.")


def find_depths(above):
    """Return ({id: how many stand above it}, a circle) for `above`, {id: the one above it}; one of the two is empty."""
    sorter = TopologicalSorter({record_id: [other] for record_id, other in above.items()})
    try:
        ordered = list(sorter.static_order())
    except CycleError as error:
        return {}, error.args[1]
    depths = {}
    for record_id in ordered:
        depths[record_id] = depths[above[record_id]] + 1 if record_id in above else 0
    return {record_id: depth for record_id, depth in depths.items() if depth}, []


def find_taken_addresses(spool):
    """Yield a problem for each article whose address another article of the input or the database has."""
    for addresses in spool.walk_addresses():
        stored = dict(Article.objects.filter(address__in=addresses).values_list("address", "slug"))
        for address, ids in addresses.items():
            first, *others = [stored[address], *(i for i in ids if i != stored[address])] if address in stored else ids
            for item in spool.find_items("articles", others):
                yield item.problem("address", f"the article “{first}” has this address.")
