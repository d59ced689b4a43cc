"""What is stored already and what an import may do with it: only drafts that no person touched are written again."""

from collections import defaultdict

from cooperation.bundles.plan import BATCH
from cooperation.choices import State
from cooperation.models import Article, Partnership, Program, Publisher


def fetch(model, ids, *related):
    """Return `{id: row}` for the stored rows among `ids`, with the `related` rows that are prefetched."""
    wanted, rows = sorted(set(ids)), {}
    for start in range(0, len(wanted), BATCH):
        found = model.objects.filter(slug__in=wanted[start : start + BATCH]).prefetch_related(*related)
        rows.update({row.slug: row for row in found})
    return rows


def find_kept(model, rows):
    """Return the ids of `rows` ({id: row}) that stay as they are: published, withdrawn, or edited by a person."""
    kept = {slug for slug, row in rows.items() if row.state != State.DRAFT}
    wanted = sorted(set(rows) - kept)
    for start in range(0, len(wanted), BATCH):
        edits = model.history.filter(slug__in=wanted[start : start + BATCH], history_user__isnull=False)
        kept |= set(edits.values_list("slug", flat=True))
    return kept


def find_partnerships():
    """Return `{frozenset of party ids: partnership id}`; of several with the same parties a published one."""
    members, states = defaultdict(set), {}
    through = Partnership.parties.through.objects.exclude(partnership__state=State.WITHDRAWN)
    for slug, state, party in through.values_list("partnership__slug", "partnership__state", "party__slug"):
        members[slug].add(party)
        states[slug] = state
    ordered = sorted(members, key=lambda slug: (states[slug] != State.PUBLISHED, slug), reverse=True)
    return {frozenset(members[slug]): slug for slug in ordered}


def find_programs(partnerships):
    """Return the programs of `partnerships` (ids) but the withdrawn ones, with systems and roles, by their ids."""
    wanted, programs = sorted(set(partnerships)), []
    for start in range(0, len(wanted), BATCH):
        found = Program.objects.filter(partnership__slug__in=wanted[start : start + BATCH])
        found = (
            found.exclude(state=State.WITHDRAWN)
            .select_related("partnership")
            .prefetch_related("systems", "roles_held__party")
        )
        programs += found.order_by("slug")
    return programs


def find_taken_addresses(addresses):
    """Return `{address: id of the article that has it}`."""
    wanted, taken = sorted(set(addresses) - {""}), {}
    for start in range(0, len(wanted), BATCH):
        found = Article.objects.filter(address__in=wanted[start : start + BATCH])
        taken.update(found.values_list("address", "slug"))
    return taken


def find_sites():
    """Return [(address, id)] of the publishers that are not withdrawn."""
    return list(Publisher.objects.exclude(state=State.WITHDRAWN).order_by("slug").values_list("address", "slug"))
