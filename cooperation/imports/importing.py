"""The way of a file into the portal: read, map, place, draft, load; one function for all formats."""

from cooperation.bundles.loader import ignore, load_documents
from cooperation.bundles.report import BundleError, Report
from cooperation.choices import State
from cooperation.imports.drafting import draft_bundle
from cooperation.imports.outcomes import Outcomes
from cooperation.imports.placing import place_deals
from cooperation.imports.report import ImportReport
from cooperation.imports.resolving import Resolver


def run_import(source, data, file, mapping, *, day=None, dry_run=False, on_progress=ignore):
    """Import the bytes `data` of a file in the format `source` (a module such as `sipri`) and return an `ImportReport`.

    `mapping` is a `Mapping` of values, `day` the day that the file speaks of if it does not say. What is written is
    written by the loader, in one transaction: new drafts, and drafts that only imports have written so far. With
    `dry_run`, or if the loader refuses, nothing is. Raise LoadRunning if another load is under way.
    """
    try:
        table = source.read(data, file, day)
    except BundleError as error:
        return ImportReport(file, Report(dry_run=dry_run, rejected=error.problems))
    resolver, outcomes = Resolver(mapping, source.NAME), Outcomes(table.rows)
    deals, sources = source.find_deals(table, resolver, outcomes)
    placed = place_deals(deals, resolver, outcomes, source.NAME)
    bundle = draft_bundle(placed, sources)
    for place in placed:
        for claim in place.deal.claims:
            outcomes.use(claim, place.program)
    outcomes.settle()
    loaded = load_documents([(file, bundle)], dry_run=dry_run, default_state=State.DRAFT, on_progress=on_progress)
    return ImportReport(file, loaded, table.day, outcomes, resolver.list_unknown(), table.notes, bundle)
