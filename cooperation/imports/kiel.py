"""The Ukraine Support Tracker of the Kiel Institute: rows of its main sheet to items of packages, and their claims.

Rows of one package share an ID; each names an item, and the value of the whole package stands on one row or on all. So
an item is a program of its own, and the value, counted once, a claim on the partnership. An allocation is `contracted`,
a commitment `pledged`; of the units delivered all make `delivered`, some `partly-delivered`. The addresses in the
source columns are the articles; what none is named for, the tracker itself says. Values that the sheet derives by
formulas, such as those in EUR, are not read.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.text import slugify

from cooperation import dates
from cooperation.bundles.identity import fit_id
from cooperation.choices import Mode, Stage
from cooperation.imports.addresses import find_addresses, make_page, make_tracker
from cooperation.imports.claims import MAX_NAME, Claim, Deal
from cooperation.imports.packages import read_packages
from cooperation.imports.resolving import gather
from cooperation.imports.tables import NotOurs, Refused, fold_name
from cooperation.imports.values import read_date, read_figure, read_text
from cooperation.validators import validate_currency

NAME = "kiel"
RECIPIENT = "Ukraine"
STAGES = {"allocation": Stage.CONTRACTED.value, "commitment": Stage.PLEDGED.value}
VERBS = {Stage.CONTRACTED.value: "allocated", Stage.PLEDGED.value: "committed"}
WITHOUT_SYSTEM = (Mode.TRAINING.value, Mode.FINANCING.value)
SOURCES = ("source", "source_2", "source_3", "source_4", "official")

read = read_packages


@dataclass
class Gift:
    """What one row tells, read: who gives what, in which package, on which day."""

    number: int
    package: str
    item: str
    donor: str
    stage: str
    date: str
    announced: str
    donor_id: str = ""

    @property
    def program_key(self):
        """Return the id of the program that is made for the item of the package."""
        return fit_id("-".join(filter(None, ("kiel", slugify(self.package), slugify(self.item)))))

    @property
    def given(self):
        """Return the words for what the donor did."""
        return VERBS[self.stage]


class Reading:
    """What has to be known of the rows before to read the next one."""

    def __init__(self, table, resolver):
        """Start with no row."""
        self.table, self.resolver = table, resolver
        self.seen, self.donors, self.values, self.counts = {}, {}, {}, defaultdict(int)
        self.pages, self.trackers = {}, {}

    def number_key(self, key):
        """Return `key`, with a number from its second time on."""
        self.counts[key] += 1
        return key if self.counts[key] == 1 else fit_id(f"{key}-{self.counts[key]}")

    def page(self, address, gift, is_official=False, day=None):
        """Return the key of the page at `address`; its day is the latest of what it stands for, as far as is told."""
        latest = day or dates.parse_bounds(gift.date).latest
        day = min(latest, self.table.day) if latest else self.table.day
        known = self.pages.get(address)
        if known:
            day, is_official = max(day, known.day), is_official or known.kind == "official-statement"
        donor_id = gift.donor_id if not known or known.said_by == gift.donor_id else ""
        self.pages[address] = make_page(address, day, donor_id, is_official)
        return self.pages[address].key

    def tracker(self, gift):
        """Return the key of the tracker's own article on the donor."""
        source = make_tracker(gift.donor, gift.donor_id, self.table.day)
        return self.trackers.setdefault(source.key, source).key


def find_deals(table, resolver, outcomes):
    """Return (deals, sources) of a table; rows that make none get their outcome."""
    reading, deals = Reading(table, resolver), []
    for row in table.rows:
        first = reading.seen.setdefault(tuple(map(str, row.cells.values())), row.number)
        if first != row.number:
            outcomes.repeat(row.number, first)
            continue
        try:
            deals.append(_read_deal(row, reading))
        except Refused as error:
            outcomes.refuse(row.number, str(error))
        except NotOurs as error:
            outcomes.leave_out(row.number, str(error))
    return deals, [*reading.pages.values(), *reading.trackers.values()]


def _read_deal(row, reading):
    cells, resolver = row.cells, reading.resolver
    _check_military(cells, resolver, row.number)
    gift = _read_gift(row, reading)
    texts = {name: read_text(cells[name], name) for name in ("aid_specific", "item_subtype", "item_type")}
    mode = resolver.mode(texts.values(), row.number, default=Mode.SUPPLY.value)
    gift.donor_id, recipient, (system, category), units, came = gather(
        lambda: resolver.party(gift.donor, row.number),
        lambda: resolver.party(RECIPIENT, row.number),
        lambda: _read_system(gift, texts["item_type"], mode, resolver),
        lambda: _read_units(cells, "units", "No. of Units", gift, texts, resolver),
        lambda: _read_units(cells, "delivered", "No. of Units Delivered", gift, texts, resolver),
    )
    if gift.donor_id == recipient:
        raise Refused(f"donor and recipient are both “{recipient}”")
    giver, number = reading.donors.setdefault(slugify(gift.package), (gift.donor_id, gift.number))
    if giver != gift.donor_id:
        raise Refused(f"gives another donor for package {gift.package} than row {number}")
    what = gift.item or texts["item_subtype"] or texts["item_type"] or "Aid"
    amount = _read_amount(cells, gift, reading)
    sources = _find_sources(cells, gift, reading)
    claims = [
        _make_gift(gift, what, units, sources, reading),
        *_make_delivery(gift, what, units, came, cells, reading),
        *_make_value(gift, amount, sources),
    ]
    return Deal(
        key=gift.program_key,
        outside={"kiel": gift.package},
        label=f"{gift.package} {gift.item}".strip(),
        rows=[row.number],
        parties=(gift.donor_id, recipient),
        mode=mode,
        system=system,
        category=category,
        name=f"{what} from {gift.donor} for {RECIPIENT}"[:MAX_NAME],
        claims=claims,
    )


def _check_military(cells, resolver, number):
    aid = read_text(cells["aid"], "Type of Aid General")
    if fold_name(aid) != "military":
        resolver.categories(aid, number)  # raises what the mapping says of it
        raise Refused(
            f"the type of aid “{aid}” is not military; say under `categories` why it is no matter of this portal"
        )


def _read_gift(row, reading):
    cells = row.cells
    package, donor = read_text(cells["package"], "ID"), read_text(cells["donor"], "Countries")
    if not slugify(package) or len(package) > 50:
        raise Refused(f"“{package[:40]}” is no ID of a package")
    donation = read_text(cells["donation"], "Type of donation")
    if fold_name(donation) not in STAGES:
        raise Refused(f"Type of donation “{donation[:40]}” is neither Allocation nor Commitment")
    date = read_date(cells["announced"], "Announcement Date")
    earliest = dates.parse_bounds(date).earliest
    if earliest and earliest > reading.table.day:
        raise Refused(f"its day {date} lies after the day of the file, {reading.table.day}")
    return Gift(
        number=row.number,
        package=package,
        item=_read_item(cells),
        donor=donor,
        stage=STAGES[fold_name(donation)],
        date=date,
        announced=f"on {date}" if len(date) == 10 and "/" not in date else f"“{read_text(cells['announced'], '')}”",
    )


def _read_item(cells):
    item = read_text(cells["item"], "Items")
    if len(item) > MAX_NAME:
        raise Refused(f"Items is longer than {MAX_NAME} characters")
    return "" if fold_name(item) in ("undisclosed", "not given") else item


def _read_system(gift, item_type, mode, resolver):
    """Return (system or None, category): training and money are about no system, and what names none has a class."""
    if mode in WITHOUT_SYSTEM:
        return None, ""
    classes = resolver.categories(item_type, gift.number) if item_type else ()
    if gift.item:
        return resolver.system(gift.item, gift.number, classes)
    return None, classes[0] if classes else ""


def _read_units(cells, name, column, gift, texts, resolver):
    figure = read_figure(cells[name], column)
    if figure and "value" in figure:
        spellings = [gift.item, texts["item_subtype"], texts["item_type"]]
        figure["unit"] = resolver.unit(spellings, gift.number, asked=texts["item_subtype"] or gift.item)
    return figure


def _read_amount(cells, gift, reading):
    """Return the value of the package that the row tells, or None; rows of one package must not differ in it."""
    amount = read_figure(cells["value"], "Monetary Value as Given by Source")
    if not amount:
        return None
    if "value" in amount:
        amount["currency"] = read_text(cells["currency"], "Original Currency").upper()
        if not validate_currency.regex.search(amount["currency"]):
            raise Refused(f"Original Currency “{amount['currency'][:20]}” is no ISO code such as EUR")
    first, number = reading.values.setdefault((gift.package, gift.stage), (amount, gift.number))
    if first != amount:
        raise Refused(f"gives another value for package {gift.package} than row {number}")
    return amount


def _find_sources(cells, gift, reading):
    """Return (keys of the pages that the row names, who says it there), or the tracker, which is its own speaker."""
    is_official = fold_name(cells["official"] or "") in ("1", "yes")
    found = [(address, name) for name in SOURCES for address in find_addresses(cells[name])]
    keys = [reading.page(address, gift, is_official or name == "official") for address, name in found]
    return (list(dict.fromkeys(keys)), gift.donor_id) if keys else ([reading.tracker(gift)], "")


def _find_delivery_sources(cells, gift, reading):
    """Return the same for what had been handed over; a page that is named for it said so by the day of the file."""
    found = find_addresses(cells["delivery_source"])
    keys = [reading.page(address, gift, day=reading.table.day) for address in found]
    return (keys, gift.donor_id) if keys else ([reading.tracker(gift)], "")


def _make_gift(gift, what, units, sources, reading):
    body = f"{gift.donor} {gift.given} {_tell(units)}{what}, announced {gift.announced}."
    key = reading.number_key(fit_id(f"{gift.program_key}-{gift.stage}"))
    return _make_claim(gift, key, body, gift.stage, sources, quantity=units, tranche=units)


def _make_delivery(gift, what, units, came, cells, reading):
    """Yield the claim of what had been handed over by the day of the file."""
    if not came or not came.get("value"):
        return
    is_all = bool(units) and "value" in units and came["value"] >= units["value"]
    stage = (Stage.DELIVERED if is_all else Stage.PARTLY_DELIVERED).value
    body = f"Of what {gift.donor} {gift.given}, {came['value']} {what} had been handed over."
    key = reading.number_key(fit_id(f"{gift.program_key}-{gift.stage}-handed-over"))
    start, day = dates.parse_bounds(gift.date).earliest or "..", reading.table.day
    date = f"{start}/{day}" if start != day else str(day)
    sources = _find_delivery_sources(cells, gift, reading)
    yield _make_claim(gift, key, body, stage, sources, date=date, quantity=came, tranche=came)


def _make_value(gift, amount, sources):
    """Yield the claim of what the package is worth; rows that repeat it make the same one, which is stated once."""
    if not amount:
        return
    told = {"undisclosed": "is not disclosed", "unknown": "is not given"}
    stated = told[amount["qualifier"]] if "qualifier" in amount else f"is {amount['value']} {amount['currency']}"
    body = f"The value of what {gift.donor} {gift.given} in this package {stated}."
    key = fit_id(f"kiel-{slugify(gift.package)}-value-{gift.stage}")
    yield _make_claim(gift, key, body, gift.stage, sources, amount=amount, is_of_partnership=True)


def _make_claim(gift, key, body, stage, sources, date=None, **figures):
    keys, said_by = sources
    return Claim(
        key=key,
        sentence=f"Package {gift.package}: {body}",
        summary=body,
        stage=stage,
        date=date or gift.date,
        rows=[gift.number],
        sources=keys,
        said_by=said_by,
        **figures,
    )


def _tell(units):
    words = {"undisclosed": "an undisclosed number of ", "unknown": "a number not given of "}
    if not units:
        return ""
    return words[units["qualifier"]] if "qualifier" in units else f"{units['value']} "
