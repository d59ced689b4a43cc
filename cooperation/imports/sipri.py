"""The SIPRI Arms Transfers Database: rows of its CSV export to deals, with their order and what came in each year.

One deal is spread over several rows under one Database ID. Its order is one claim; the deliveries of each year are
another, with the number that had come by then. The export does not say how many were ordered, so nothing in it earns
the stage `delivered`: a delivery is `partly-delivered`. TIV values are no money and are left where they are.
"""

import re
from collections import defaultdict

from cooperation.bundles.identity import fit_id
from cooperation.choices import Mode, Stage
from cooperation.imports.claims import MAX_NAME, Claim, Deal, Source
from cooperation.imports.registers import read_register
from cooperation.imports.resolving import gather
from cooperation.imports.tables import NotOurs, Refused
from cooperation.imports.values import read_whole, read_year, read_yes

NAME = "sipri"
PUBLISHER = {
    "id": "sipri",
    "name": "SIPRI Arms Transfers Database",
    "kind": "database",
    "address": "https://www.sipri.org/databases/armstransfers",
}
OF_ALL_ROWS = ("supplier", "recipient", "designation", "description", "category", "order", "order_estimate", "local")
NOT_KNOWN = re.compile(r"unknown (supplier|recipient)", re.IGNORECASE)
STRAY = re.compile(r"\s+-$")

read = read_register


def find_deals(table, resolver, outcomes):
    """Return (deals, sources) of a table; rows that make none get their outcome."""
    deals, sources = [], {}
    for deal_id, rows in _group(table.rows, outcomes).items():
        try:
            deal = _read_deal(deal_id, rows, table, resolver)
        except (Refused, NotOurs) as error:
            note = outcomes.leave_out if isinstance(error, NotOurs) else outcomes.refuse
            for row in rows:
                note(row.number, str(error))
            continue
        source = _make_source(rows[0].cells, deal.parties, table.day)
        sources[source.key] = source
        for claim in deal.claims:
            claim.sources.append(source.key)
        deals.append(deal)
    return deals, list(sources.values())


def _group(rows, outcomes):
    """Return `{deal id: [row, …]}` without rows that cannot be read, and without those that repeat another one."""
    groups = defaultdict(dict)
    for row in rows:
        deal_id = row.cells.get("deal", "")
        if not re.fullmatch(r"\d{1,12}", deal_id, re.ASCII):
            outcomes.refuse(row.number, row.problem or f"“{deal_id[:40]}” is no id of a deal")
            continue
        first = groups[deal_id].setdefault(tuple(row.cells.items()), row)
        if first is not row:
            outcomes.repeat(row.number, first.number)
    return {deal_id: list(group.values()) for deal_id, group in groups.items()}


def _check_rows(deal_id, rows):
    """Refuse rows that cannot be of one deal, and a deal whose parties SIPRI does not know."""
    cells, first = rows[0].cells, rows[0].number
    for problem in filter(None, (row.problem for row in rows)):
        raise Refused(problem)
    for row in rows[1:]:
        differing = [name for name in OF_ALL_ROWS if row.cells[name] != cells[name]]
        if differing:
            raise Refused(f"rows {first} and {row.number} of deal {deal_id} differ in {' and '.join(differing)}")
    for party in ("supplier", "recipient"):
        if NOT_KNOWN.match(cells[party]):
            raise Refused(f"SIPRI does not know the {party}; a partnership needs both")


def _read_deal(deal_id, rows, table, resolver):
    """Return the `Deal` of all rows under one id; what is wrong with one of them is wrong with the sum of all."""
    _check_rows(deal_id, rows)
    cells, first = rows[0].cells, rows[0].number
    designation = STRAY.sub("", cells["designation"])
    has_number = any(row.cells["number"] for row in rows)
    supplier, recipient, (system, category), unit = gather(
        lambda: resolver.party(cells["supplier"], first),
        lambda: resolver.party(cells["recipient"], first),
        lambda: resolver.system(designation, first, resolver.categories(cells["category"], first)),
        lambda: _find_unit(designation, cells, resolver, first) if has_number else None,
    )
    if supplier == recipient:
        raise Refused(f"supplier and recipient are both “{supplier}”")
    deal = Deal(
        key=f"sipri-{deal_id}",
        outside={"sipri": deal_id},
        label=deal_id,
        rows=[row.number for row in rows],
        parties=(supplier, recipient),
        mode=_read_mode(cells, designation, resolver, first),
        system=system,
        category=category,
        name=f"{designation} from {cells['supplier']} for {_bare(cells['recipient'])}"[:MAX_NAME],
    )
    deal.claims = [
        *_read_order(deal, rows, designation, table),
        *_read_deliveries(deal, rows, designation, table, unit),
    ]
    if not deal.claims:
        raise Refused("tells neither an order nor a delivery")
    return deal


def _find_unit(designation, cells, resolver, row):
    spellings = [designation, cells["description"], cells["category"]]
    return resolver.unit(spellings, row, asked=cells["description"] or designation)


def _bare(recipient):
    """Return a recipient without the mark of a non-state (`*`) or an international body (`**`)."""
    return recipient.rstrip("* ")


def _read_mode(cells, designation, resolver, row):
    if not read_yes(cells["local"], "Local production"):
        return Mode.SUPPLY.value
    return resolver.mode([designation, cells["description"]], row, default=Mode.LICENSED_PRODUCTION.value)


def _read_order(deal, rows, designation, table):
    cells = rows[0].cells
    if not cells["order"]:
        return
    year, is_estimate = _read_past_year(cells, "order", "Order date", table)
    local = ", to be made there" if deal.mode != Mode.SUPPLY else ""
    what = f"{designation} ({cells['description']})" if cells["description"] else designation
    body = f"{_bare(cells['recipient'])} ordered {what} from {cells['supplier']} in {_about(is_estimate)}{year}{local}."
    yield Claim(
        key=f"{deal.key}-order",
        sentence=f"Deal {deal.label}: {body}",
        summary=body,
        stage=Stage.CONTRACTED.value,
        date=year + "~" * is_estimate,
        rows=[row.number for row in rows],
        sources=[],
    )


def _read_deliveries(deal, rows, designation, table, unit):
    """Yield a claim for each year of delivery, with the running sum; a missing number makes it a least one."""
    total, all_known, all_counted = 0, True, True
    for year, year_rows in sorted(_by_year(rows, table).items()):
        numbers = [_read_number(r) for r in year_rows if r.cells["number"]]
        known = len(numbers) == len(year_rows)
        counted = not any(read_yes(r.cells["number_estimate"], "Numbers delivered is estimate") for r in year_rows)
        total, all_known, all_counted = total + sum(numbers), all_known and known, all_counted and counted
        came, so_far = _figure(sum(numbers), known, counted, unit), _figure(total, all_known, all_counted, unit)
        is_estimate = any(read_yes(r.cells["year_estimate"], "Delivery year is estimate") for r in year_rows)
        body = _tell_delivery(rows[0].cells, year_rows, designation, f"{_about(is_estimate)}{year}", came, so_far)
        yield Claim(
            key=f"{deal.key}-delivered-{year}",
            sentence=f"Deal {deal.label}: {body}",
            summary=body[:1].upper() + body[1:],
            stage=Stage.PARTLY_DELIVERED.value,
            date=year + "~" * is_estimate,
            rows=[row.number for row in year_rows],
            sources=[],
            quantity=so_far,
            tranche=came,
        )


def _read_number(row):
    number = read_whole(row.cells["number"], "Numbers delivered")
    if not number:
        raise Refused(f"row {row.number} tells a delivery of 0")
    return number


def _by_year(rows, table):
    years = defaultdict(list)
    for row in rows:
        if row.cells["year"]:
            years[_read_past_year(row.cells, "year", "Delivery year", table)[0]].append(row)
        elif row.cells["number"]:
            raise Refused(f"row {row.number} tells a number delivered, but no year")
    return years


def _read_past_year(cells, name, column, table):
    """Return (year, whether it is an estimate); no year may begin after the day of the export."""
    year = read_year(cells[name], column)
    if int(year) > table.day.year:
        raise Refused(f"{column} {year} lies after the day of the export, {table.day}")
    return year, read_yes(cells[f"{name}_estimate"], f"{column} is estimate")


def _figure(number, is_known, is_counted, unit):
    if not is_known:
        return {"value": number, "qualifier": "at-least", "unit": unit} if number else {"qualifier": "unknown"}
    return {"value": number, "unit": unit, **({} if is_counted else {"qualifier": "about"})}


def _tell_delivery(cells, rows, designation, when, came, so_far):
    status = " or ".join(dict.fromkeys(r.cells["status"].lower() for r in rows if r.cells["status"]))
    what = f"{designation} ({status})" if status else designation
    route = f"from {cells['supplier']} to {_bare(cells['recipient'])}"
    return f"{_tell(came, ' of')} {what} went {route} in {when}, {_tell(so_far)} so far."


def _tell(figure, of=""):
    words = {"about": "about ", "at-least": "at least "}
    if "value" not in figure:
        return f"an unknown number{of}"
    return f"{words.get(figure.get('qualifier'), '')}{figure['value']}"


def _about(is_estimate):
    return "about " if is_estimate else ""


def _make_source(cells, parties, day):
    supplier, recipient = cells["supplier"], _bare(cells["recipient"])
    return Source(
        key=fit_id(f"sipri-{parties[0]}-to-{parties[1]}-{day}"),
        title=f"SIPRI register: arms transfers from {supplier} to {recipient}, export of {day}"[:300],
        publisher=PUBLISHER,
        kind="database",
        intro=f"What the register lists in an export of {day}, in our own words. Figures called “about” are estimates.",
        day=day,
    )
