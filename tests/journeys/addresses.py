"""One address of every type of page, of the records in fixtures/, and of every state that a page can be in."""

PROGRAM = "/programs/france-ukraine-mirage-2000-supply/"
ARTICLE = "/articles/novyny-live-2026-02-09/"

LISTS = {
    f"{noun}-list": f"/{noun}/"
    for noun in (
        "programs",
        "partnerships",
        "systems",
        "parties",
        "officials",
        "instruments",
        "publishers",
        "articles",
        "developments",
    )
}
DETAILS = {
    "program": PROGRAM,
    "partnership": "/partnerships/france-ukraine/",
    "system": "/systems/samp-t/",
    "party": "/parties/ukraine/",
    "official": "/officials/mykhailo-fedorov/",
    "instrument": "/instruments/safe/",
    "publisher": "/publishers/babel/",
    "article": ARTICLE,
    "development": "/developments/mirage-2000-two-more-2026-02/",
}
OTHERS = {
    "home": "/",
    "search": "/search/",
    "search-found": "/search/?q=mamba",
    "search-nothing": "/search/?q=zzzzzzzz",
    "changes": "/changes/?from=2026-02-01&to=2026-02-28",
    "about": "/about/",
    "data": "/about/data/",
    "design": "/about/design/",
    "pictures": "/pictures/",
    "login": "/accounts/login/",
}
STATES = {
    "list-filtered": "/programs/?mode=supply&party=france&sort=name",
    "list-wrong": "/programs/?mode=barter&sort=size&unknown=1",
    "list-empty": "/programs/?q=zzzzzzzz",
    "list-facet": "/programs/facets/system/?mode=supply",
    "list-facet-wrong": "/programs/facets/mode/?mode=barter",
    "list-page": "/programs/?page_size=10&page=2&sort=-name",
    "list-no-day": "/programs/?as_of=2000-01-01",
    "list-day": "/programs/?as_of=2025-03-01",
    "list-day-wrong": "/developments/?as_of=never",
    "pictures-filtered": "/pictures/?mode=supply&party=france",
    "pictures-day": "/pictures/?as_of=2025-03-01",
    "pictures-wrong": "/pictures/?mode=barter&sort=size",
    "program-day": f"{PROGRAM}?as_of=2025-10-24",
    "article-day": f"{ARTICLE}?known_on=2026-02-09",
}
FOUND = {**OTHERS, **LISTS, **DETAILS, **STATES}
MISSING = {"missing": "/programs/unknown/"}
PAGES = {**FOUND, **MISSING}


def in_language(address, language):
    """Return the address of a page in another language."""
    return address if language == "en" else f"/{language}{address}"


def visit(page, name, language="en"):
    """Open the page called `name` and check that it is what its name says, not an error."""
    response = page.goto(in_language(PAGES[name], language))
    assert response.status == (404 if name in MISSING else 200)
