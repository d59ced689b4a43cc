"""The bitmaps: what is renewed after a write is what a rebuild finds, and nothing else is written."""

import datetime
import random
from contextlib import nullcontext

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from pyroaring import BitMap

from cooperation import ledger
from cooperation.choices import Category, Mode, Rank
from cooperation.facets import count_facets, stored
from cooperation.facets.days import carry_stages, find_stages_at
from cooperation.facets.index import NOUNS, find_differences
from cooperation.facets.kept import Index
from cooperation.facets.reports import Reports, read_reports
from cooperation.facets.values import OF_WHAT_IT_REPORTS, name_held
from cooperation.filters import ArticleFilter
from cooperation.models import (
    Article,
    Development,
    Edition,
    FacetBitmap,
    FacetChange,
    Instrument,
    Partnership,
    Party,
    Program,
    SearchDocument,
    SearchWord,
    System,
)
from cooperation.settling import find_misplaced
from tests import factories
from tests.facets.worlds import (
    bind,
    draw_roles,
    make_random_development,
    make_random_program,
    make_random_world,
    publish,
    read_bitmaps,
)

pytestmark = pytest.mark.django_db
DAYS = [datetime.date(2025, 12, 15), datetime.date(2026, 1, 20), factories.DAY]
SHARING = ("partnerships", "systems", "parties")
RECORDS = (Article, Development, Instrument, Partnership, Party, Program, System)


def draw(chance, model):
    return chance.choice(model.objects.order_by("pk"))


def draw_some(chance, model, least=0):
    rows = list(model.objects.order_by("pk"))
    return chance.sample(rows, chance.randint(least, min(3, len(rows))))


def publish_any(chance):
    publish([draw(chance, chance.choice(RECORDS))])


def withdraw_any(chance):
    ledger.withdraw([draw(chance, chance.choice(RECORDS))])


def delete_any(chance):
    try:
        ledger.delete(draw(chance, chance.choice(RECORDS)))
    except ProtectedError:
        pass  # others name it: nothing happens


def change_systems(chance):
    ledger.record(draw(chance, Program), systems=draw_some(chance, System))


def change_roles(chance):
    ledger.record(draw(chance, Program), roles=draw_roles(chance, list(Party.objects.order_by("pk"))))


def change_instruments_and_mode(chance):
    program = draw(chance, Program)
    program.mode = chance.choice(Mode.values)
    ledger.record(program, instruments=draw_some(chance, Instrument))


def change_parties(chance):
    ledger.record(draw(chance, Partnership), parties=draw_some(chance, Party, least=2))


def move_program(chance):
    program = draw(chance, Program)
    program.partnership = draw(chance, Partnership)
    program.category = chance.choice(["", *Category.values])
    ledger.record(program)


def change_system(chance):
    system = draw(chance, System)
    above = System.objects.exclude(pk__in=System.objects.filter(pk=system.pk).families())
    system.parent = chance.choice([None, *above.order_by("pk")])
    system.category = chance.choice(Category.values)
    ledger.record(system)


def change_development(chance):
    development = draw(chance, Development)
    if development.program:
        development.program = draw(chance, Program)
    development.moves = not development.moves
    development.stage = chance.choice(["interest", "contracted", "cancelled"])
    ledger.record(development)


def make_development(chance):
    publish([make_random_development(chance, {"program": draw(chance, Program)}, [], list(Article.objects.all()))])


def change_citations(chance):
    development, article = draw(chance, Development), draw(chance, Article)
    former = list(development.citations.order_by("pk")[: chance.randint(0, 1)])
    if article.pk not in development.citations.values_list("article", flat=True):
        factories.make_citation(article, development)
    for citation in former:
        ledger.delete(citation)


def make_program(chance):
    several = [list(model.objects.order_by("pk")) for model in (Partnership, Party, System, Instrument)]
    program = make_random_program(chance, *several)
    development = make_random_development(chance, {"program": program}, [], list(Article.objects.all()))
    publish([program])
    publish([development])


WRITES = [
    publish_any,
    withdraw_any,
    delete_any,
    change_systems,
    change_roles,
    change_instruments_and_mode,
    change_parties,
    move_program,
    change_system,
    change_development,
    make_development,
    change_citations,
    make_program,
]


def list_reported(reports):
    """Return {public development: public articles that report it}."""
    public = BitMap(Article.objects.visible().values_list("pk", flat=True))
    developments = Development.objects.visible().values_list("pk", flat=True)
    return {development: reports.lead(BitMap([development])) & public for development in developments}


def check_carried(index):
    """Hold what an index carries on against what is read anew."""
    for noun in NOUNS:
        facets = {facet for of, facet, _ in read_bitmaps() if of == noun}
        assert index.find_bitmaps(noun, facets) == Index().find_bitmaps(noun, facets)
    carried = index.carry(("reports",), read_reports, Reports.renew)
    assert list_reported(carried) == list_reported(read_reports())
    for day in ({}, {"known_on": DAYS[1]}):
        assert carry_stages(index, DAYS, day) == find_stages_at(DAYS, day)
    for noun in SHARING:
        filterset = bind(noun)
        filterset.index = index
        assert count_facets(filterset) == count_facets(bind(noun)), noun


@pytest.mark.parametrize(("writes", "page"), [(1, nullcontext), (4, ledger.writing)])
@pytest.mark.parametrize("seed", [21, 22])
def test_what_writes_renew_equals_a_rebuild(seed, writes, page, monkeypatch):
    """Changes are folded every few writes, and some of them stay."""
    monkeypatch.setattr(stored, "MOST", 300)
    monkeypatch.setattr(stored, "LEFT", 100)
    chance, index = random.Random(seed), None
    make_random_world(seed)
    for _ in range(60 // writes):
        chosen = chance.choices(WRITES, k=writes)
        with page():
            for write in chosen:
                write(chance)
        assert (find_differences(), find_misplaced()) == ([], []), [write.__name__ for write in chosen]
        index = Index(Edition.objects.get().key, index)
        check_carried(index)


def test_bitmaps_of_one_program():
    world = factories.make_world()
    child = factories.make_system(slug="child", parent=world["system"], category="artillery")
    ledger.publish([child])
    ledger.record(world["program"], systems=[child])
    parties = {party.slug: str(party.pk) for party in Party.objects.all()}
    of_both = [
        ("all", ""),
        ("party", parties["france"]),
        ("party", parties["ukraine"]),
        ("partnership", str(world["partnership"].pk)),
        ("system", str(world["system"].pk)),
        ("system", str(child.pk)),
        ("mode", "supply"),
        ("stage", "agreed"),
        ("phase", "promise"),
        ("category", "artillery"),
        ("instrument", str(world["instrument"].pk)),
        ("day", "2026-02-09"),
        ("official", str(world["development"].said_by_official_id)),
        ("publisher", str(world["publisher"].pk)),
    ]
    held = [("held", name_held(parties["france"], "supplier")), ("held", name_held(parties["ukraine"], "recipient"))]
    of_program = [("role", "supplier"), ("role", "recipient"), *held]
    first = ("first", str(world["publisher"].pk))
    of_development = [("rank", "normal"), ("reported", "2026-02-09"), first]
    programs = {("programs", *key): {world["program"].pk} for key in [*of_both, *of_program]}
    developments = {("developments", *key): {world["development"].pk} for key in [*of_both, *of_development]}
    reported = [key for key in of_both if key[0] in OF_WHAT_IT_REPORTS]
    of_article = [("all", ""), ("kind", "press"), ("language", "en"), ("day", "2026-02-09"), of_both[-1], *reported]
    articles = {("articles", *key): {world["article"].pk} for key in of_article}
    assert read_bitmaps() == programs | developments | articles


def test_bitmaps_of_a_statement_on_a_partnership():
    world = factories.make_world()
    official = factories.make_official(world["party"])
    told = factories.make_development(
        partnership=world["partnership"], stage="", channel="interview", credibility="2", said_by_official=official
    )
    factories.make_citation(world["article"], told)
    ledger.publish([official, told])
    keys = {key[1:] for key, records in read_bitmaps().items() if key[0] == "developments" and told.pk in records}
    assert keys == {
        ("all", ""),
        *(("party", str(party.pk)) for party in world["partnership"].parties.all()),
        ("partnership", str(world["partnership"].pk)),
        ("channel", "interview"),
        ("credibility", "2"),
        ("rank", "normal"),
        ("official", str(official.pk)),
        ("publisher", str(world["publisher"].pk)),
        ("first", str(world["publisher"].pk)),
        ("day", "2026-02-09"),
        ("reported", "2026-02-09"),
    }


def test_articles_have_bitmaps_of_all_facets_that_they_share():
    assert {name for name in ArticleFilter.facets if name in ArticleFilter.shared_verbs and name != "publisher"} == set(
        OF_WHAT_IT_REPORTS
    )


def test_article_has_what_its_counted_developments_have():
    world = factories.make_world()
    other = factories.make_article(world["publisher"])
    factories.make_citation(other, world["development"])
    ledger.publish([other])
    both = {world["article"].pk, other.pk}
    assert read_bitmaps()["articles", "stage", "agreed"] == both
    world["development"].rank, world["development"].rank_reason = Rank.DEPRECATED, "Told wrongly."
    ledger.record(world["development"])
    assert {key for key in read_bitmaps() if key[0] == "articles" and key[1] in OF_WHAT_IT_REPORTS} == set()


def test_draft_is_in_no_bitmap_and_a_value_without_programs_has_no_row():
    world = factories.make_world()
    factories.make_program(world["partnership"], mode="training")
    assert ("programs", "mode", "training") not in read_bitmaps()
    ledger.withdraw([world["development"]])
    assert {noun for noun, _, _ in read_bitmaps()} == {"articles"}
    ledger.withdraw([world["article"]])
    assert read_bitmaps() == {}


def find_statements(write, *models):
    with CaptureQueriesContext(connection) as captured:
        write()
    return [query["sql"] for query in captured if any(model._meta.db_table in query["sql"] for model in models)]


def test_write_appends_and_looks_at_no_bitmap():
    world = factories.make_world()
    world["program"].mode = "training"
    assert find_statements(lambda: ledger.record(world["program"]), FacetBitmap) == []
    assert {(noun, value) for noun, facet, value in read_bitmaps() if facet == "mode"} == {
        (noun, "training") for noun in NOUNS
    }


def test_draft_costs_no_look_at_what_is_public():
    world = factories.make_world()

    def make_draft():
        draft = factories.make_development(world["program"])
        factories.make_citation(world["article"], draft)

    assert find_statements(make_draft, FacetBitmap, FacetChange, SearchWord, SearchDocument) == []


def fail_after_a_write(program):
    program.mode = "training"
    with ledger.writing():
        ledger.record(program)
        Program.objects.get(slug="nowhere")


def test_write_that_fails_leaves_the_bitmaps():
    world = factories.make_world()
    before = read_bitmaps()
    with pytest.raises(Program.DoesNotExist):
        fail_after_a_write(world["program"])
    assert read_bitmaps() == before


def test_edition_of_which_all_was_folded_can_be_carried_on(monkeypatch):
    monkeypatch.setattr(stored, "MOST", 0)
    monkeypatch.setattr(stored, "LEFT", 0)
    world = factories.make_world()
    known = stored.read_stored("programs", ["mode"], {})
    assert known["mode"].last[1] == Edition.objects.get().key
    monkeypatch.setattr(stored, "MOST", 1_000)
    world["program"].mode = "training"
    statements = find_statements(lambda: ledger.record(world["program"]), FacetBitmap)
    assert statements == []
    read = find_statements(lambda: stored.read_stored("programs", ["mode"], known), FacetBitmap)
    assert read == []
