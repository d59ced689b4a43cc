"""Random histories of one program, and a plain replay of what they add up to on any day."""

import datetime

from hypothesis import strategies as st

from cooperation import dates, ledger
from cooperation.choices import Stage
from tests import factories

ARTICLE_DAYS = [datetime.date(2025, 12, 31), datetime.date(2026, 1, 15), datetime.date(2026, 2, 9)]
DATES = ["2025", "2025-11", "2025-12-31", "2025-12~", "../2025-12-30", "2025-06/2026-01", "2025-12/.."]
DAYS = [None, *map(datetime.date.fromisoformat, ("2025-11-30", "2025-12-30", "2026-01-14", "2026-02-09", "2999-01-01"))]

developments = st.fixed_dictionaries(
    {
        "date": st.sampled_from(DATES),
        "stage": st.sampled_from(Stage.values),
        "moves": st.booleans(),
        "rank": st.sampled_from(["normal", "normal", "deprecated"]),
        "articles": st.sets(st.integers(0, 2), min_size=1),
        "fate": st.sampled_from(["published", "published", "published", "draft", "withdrawn", "deleted"]),
    }
)
histories = st.lists(developments, max_size=6)
withdrawn_articles = st.sampled_from([None, 0, 1, 2])


def replay(told, withdrawn_article, as_of=None, known_on=None):
    """Return (stage, latest day) as the design says, without the database; dates are those of a day's end."""
    counted = []
    for history in told:
        days = [ARTICLE_DAYS[a] for a in history["articles"] if a != withdrawn_article]
        if history["fate"] != "published" or history["rank"] == "deprecated" or not days:
            continue
        latest = dates.parse_bounds(history["date"]).latest
        effective = min(days) if latest is None else min(latest, min(days))
        is_known = known_on is None or any(day <= known_on for day in days)
        if is_known and (as_of is None or effective <= as_of):
            position = Stage.values.index(history["stage"])
            counted.append((effective, min(days), position, history["slug"], history))
    moving = [c for c in counted if c[-1]["moves"]]
    stage = max(moving, key=lambda c: c[:4])[-1]["stage"] if moving else ""
    return stage, max((c[0] for c in counted), default=None)


def write(told, withdrawn_article):
    """Write the history of a new public program, step by step, and return the program."""
    with ledger.writing():
        program, articles, named = _make_program()
        ledger.publish(named)
    for number, history in enumerate(told):
        development = _make_development(number, history, program, articles)
        if history["fate"] != "draft":
            ledger.publish([development])
        if history["fate"] == "withdrawn":
            ledger.withdraw([development])
        if history["fate"] == "deleted":
            ledger.delete(development)
    if withdrawn_article is not None:
        ledger.withdraw([articles[withdrawn_article]])
    return program


def write_at_once(told, withdrawn_article):
    """Write the same as `write`, in one go: for who asks what is read, not how it came about."""
    with ledger.writing():
        program, articles, named = _make_program()
        made = [
            (history["fate"], _make_development(number, history, program, articles))
            for number, history in enumerate(told)
        ]
        ledger.publish([*named, *(development for fate, development in made if fate != "draft")])
        withdrawn = [development for fate, development in made if fate == "withdrawn"]
        ledger.withdraw(withdrawn if withdrawn_article is None else [*withdrawn, articles[withdrawn_article]])
        for fate, development in made:
            if fate == "deleted":
                ledger.delete(development)
    return program


def _make_program():
    """Make drafts of a program and of what a history needs; return the program, the articles, and all that is made."""
    publisher = factories.make_publisher()
    parties = [factories.make_party() for _ in range(2)]
    program = factories.make_program(factories.make_partnership(parties))
    articles = [factories.make_article(publisher, published=day) for day in ARTICLE_DAYS]
    return program, articles, [publisher, *parties, program.partnership, program, *articles]


def _make_development(number, history, program, articles):
    """Make a draft of the development, with its id noted in `history`, and what cites it."""
    history["slug"] = f"{program.slug}-{number}"
    reason = "wrong" if history["rank"] == "deprecated" else ""
    fields = {key: history[key] for key in ("date", "stage", "moves", "rank", "slug")}
    with ledger.writing():
        development = factories.make_development(program, rank_reason=reason, **fields)
        for article in history["articles"]:
            factories.make_citation(articles[article], development)
    return development
