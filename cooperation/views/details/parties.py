"""The pages of parties and officials: in which roles and with whom a party takes part, and what an official said."""

from dataclasses import dataclass

from django.db.models import Count, F, Max, OuterRef, Subquery

from cooperation.choices import Channel, Role
from cooperation.models import Development, Official, Party, Program
from cooperation.views.details.base import Listed, RecordDetail, describe_programs, find_last_heard_of
from cooperation.views.story import tell, with_anchors

MOST_IN_ROLE = 5
MOST_PARTNERS = 12
MOST_PARTNERSHIPS = 12
MOST_OFFICIALS = 12
MOST_STATEMENTS = 30
MOST_SPOKEN_OF = 10


@dataclass(frozen=True)
class RoleGroup:
    """In how many programs a party has a role, and the latest of them; each has `stage_then`."""

    role: Role
    total: int
    programs: list


class PartyDetail(RecordDetail):
    """Who the party is, who speaks for it, what it makes and where it takes part."""

    noun = "parties"
    model = Party

    def find_context(self, record, day):
        """Return what names the party."""
        listed = Listed("programs", day, has_facets=True, party=record.slug)
        programs = describe_programs(listed, day, most=0)
        partners = [value for value in programs.facets.get("party", []) if value.value != record.slug]
        return {
            "programs": programs,
            "partners": partners[:MOST_PARTNERS],
            "partner_total": len(partners),
            "roles": group_by_role(record, listed, day),
            "children": record.children.visible(),
            "officials": find_officials(record, day),
            "makes": record.makes.visible(),
            "instruments": record.provides.visible(),
            "partnerships": find_last_heard_of(record.partnerships.visible(), day, MOST_PARTNERSHIPS),
        }


class OfficialDetail(RecordDetail):
    """Who the official is, and what they said."""

    noun = "officials"
    model = Official

    def find_context(self, record, day):
        """Return the latest statements, what they are about and where they were made."""
        said = Development.objects.visible().known(**day).filter(said_by_official=record)
        return {
            "said": with_anchors(tell(said, day).latest_first()[:MOST_STATEMENTS]),
            "spoken_of": find_spoken_of(said),
            "channels": count_channels(said),
        }


def group_by_role(party, listed, day):
    """Return a `RoleGroup` for each role that a party has in its programs, those `listed`, in the order of roles."""
    held = {role: listed.counted.of_role(party, role) for role in Role}
    keys = {role: listed.find_latest(MOST_IN_ROLE, own) for role, own in held.items() if own.total}
    shown = Program.objects.visible().on_day(**day).in_bulk({key for some in keys.values() for key in some})
    return [
        RoleGroup(role, held[role].total, [shown[key] for key in some if key in shown]) for role, some in keys.items()
    ]


def find_officials(party, day):
    """Return those who speak for a party, who spoke last first, with `last_slug`, `last_summary` and `last_day`."""
    told = Development.objects.counted(**day).filter(said_by_official=OuterRef("pk")).latest_first()
    names = {"last_slug": "slug", "last_summary": "summary", "last_day": "effective_day"}
    last = {name: Subquery(told.values(column)[:1]) for name, column in names.items()}
    officials = party.officials.visible().annotate(**last)
    return list(officials.order_by(F("last_day").desc(nulls_last=True), "name", "slug")[: MOST_OFFICIALS + 1])


def find_spoken_of(said):
    """Return the programs that most statements are about, each with `statement_count` and `last_day`; two queries."""
    about = said.order_by().exclude(program=None).values("program")
    most = about.annotate(n=Count("pk"), last=Max("effective_day")).order_by("-n", "-last", "program")
    counts = {row["program"]: row for row in most[:MOST_SPOKEN_OF]}
    programs = Program.objects.visible().in_order(counts)
    for program in programs:
        program.statement_count, program.last_day = counts[program.pk]["n"], counts[program.pk]["last"]
    return programs


def count_channels(said):
    """Return (channel, number of statements) pairs, the most used first; the channel is None where none is named."""
    counts = said.order_by().values("channel").annotate(n=Count("pk")).order_by("-n", "channel")
    return [(Channel(row["channel"]) if row["channel"] else None, row["n"]) for row in counts]
