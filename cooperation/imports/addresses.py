"""Addresses in the source columns of the Kiel sheet: finding them, and the articles that stand for them."""

import hashlib
import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify

from cooperation.bundles.identity import fit_id
from cooperation.imports.claims import MAX_NAME, Source

MAX_ADDRESS = 500
TRACKER = {
    "id": "kiel",
    "name": "Ukraine Support Tracker, Kiel Institute",
    "kind": "database",
    "address": "https://www.ifw-kiel.de/topics/war-against-ukraine/ukraine-support-tracker/",
}
_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
_is_address = URLValidator(schemes=["http", "https"])


def find_addresses(cell):
    """Return the addresses in a cell, in order; what is too long or no address is not among them."""
    found = [match.rstrip(".,;)") for match in _ADDRESS.findall(str(cell or ""))]
    return [address for address in dict.fromkeys(found) if len(address) <= MAX_ADDRESS and _is_valid(address)]


def name_host(address):
    """Return the host of an address without `www.`, empty if it has none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def make_page(address, day, donor_id, is_official):
    """Return the `Source` that stands for a page which the sheet names; its day is that of the latest announcement."""
    host = name_host(address)
    digest = hashlib.sha256(address.encode()).hexdigest()[:10]
    kind = "official-statement" if is_official else "press"
    site = urlsplit(address)
    publisher = {
        "id": fit_id(slugify(host.replace(".", "-")) or f"site-{digest}"),
        "name": host[:MAX_NAME],
        "kind": kind,
        "address": f"{site.scheme}://{site.netloc}/",
    }
    return Source(
        key=fit_id(f"kiel-{publisher['id'][:70].rstrip('-')}-{digest}"),
        title=f"A page of {host[:MAX_NAME]} that the Ukraine Support Tracker names",
        publisher=publisher,
        kind=kind,
        intro=f"What the Ukraine Support Tracker of the Kiel Institute lists with {address}, in our own words.",
        day=day,
        address=address,
        said_by=donor_id,
    )


def make_tracker(donor, donor_id, day):
    """Return the `Source` for what the tracker itself says of a donor."""
    return Source(
        key=fit_id(f"kiel-{donor_id}-{day}"),
        title=f"Ukraine Support Tracker: {donor[:MAX_NAME]}, as of {day}",
        publisher=TRACKER,
        kind="database",
        intro=f"What the Ukraine Support Tracker of the Kiel Institute lists as of {day}, in our own words.",
        day=day,
    )


def _is_valid(address):
    try:
        _is_address(address)
    except ValidationError:
        return False
    return bool(name_host(address))
