"""What each list and detail answers, key by key."""

import datetime

import pytest
from django.utils import translation

from cooperation import ledger
from cooperation.api.serializers import PublisherSerializer
from cooperation.models import Party, System
from tests import factories

ROOT = "http://testserver/api/v1/"
QUOTE = factories.QUOTE


def relation(noun, slug, name=None):
    return {"id": slug, "name": name or slug.title(), "url": f"{ROOT}{noun}/{slug}/"}


def moment(value):
    return value.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")


def base(noun, record, **keys):
    """The keys of every noun; `keys` are the noun's own."""
    return {
        "id": record.slug,
        "url": f"{ROOT}{noun}/{record.slug}/",
        "external_ids": {},
        "created": moment(record.created),
        "modified": moment(record.modified),
        **keys,
    }


def named(noun, record, **keys):
    return base(noun, record, name=record.name, names={}, **keys)


def development_of(world, **keys):
    return (
        base(
            "developments",
            world["development"],
            program=relation("programs", "rockets-for-ukraine"),
            partnership=None,
            date="2026-02-09",
            stage="agreed",
            stage_label="Agreed",
            summary="rockets-agreed",
            quantity=None,
            amount=None,
            due=None,
            said_by=relation("officials", "minister"),
            said_as=None,
            channel=None,
            channel_label=None,
            credibility=None,
            credibility_label=None,
            moves=True,
            counted_in=None,
            rank="normal",
            rank_label="Normal",
            rank_reason=None,
            effective_day="2026-02-09",
            reported_on="2026-02-09",
            citations=[
                {
                    "article": relation("articles", "report"),
                    "publisher": relation("publishers", "gazette"),
                    "published": "2026-02-09",
                    "quote": QUOTE,
                    "start": 0,
                    "end": len(QUOTE),
                }
            ],
            quote=QUOTE,
        )
        | keys
    )


def program_of(world):
    return named(
        "programs",
        world["program"],
        partnership=relation("partnerships", "france-ukraine"),
        mode="supply",
        mode_label="Supply",
        stage="agreed",
        stage_label="Agreed",
        phase="promise",
        phase_label="Promise",
        latest_day="2026-02-09",
        categories=["missile"],
        category_labels=["Missile"],
        systems=[relation("systems", "rocket")],
        roles={"supplier": [relation("parties", "france")], "recipient": [relation("parties", "ukraine")]},
        role_labels={"supplier": "Supplier", "recipient": "Recipient"},
        instruments=[relation("instruments", "fund")],
    )


def rows_of(world):
    """The row that each list shows first when sorted by name, by noun."""
    parties = [relation("parties", "france"), relation("parties", "ukraine")]
    return {
        "parties": named(
            "parties",
            Party.objects.get(slug="france"),
            aliases=[],
            kind="state",
            kind_label="State",
            country="FR",
            parent=None,
        ),
        "officials": named("officials", world["official"], aliases=[], position=None, party=parties[1]),
        "systems": named(
            "systems",
            world["system"],
            aliases=[],
            category="missile",
            category_label="Missile",
            parent=None,
            makers=parties[:1],
        ),
        "instruments": named(
            "instruments",
            world["instrument"],
            aliases=[],
            kind="loan",
            kind_label="Loan",
            provider=parties[0],
            ceiling=None,
        ),
        "publishers": named(
            "publishers",
            world["publisher"],
            kind="press",
            kind_label="Press",
            address=None,
            reliability=None,
            reliability_label=None,
        ),
        "partnerships": named(
            "partnerships",
            world["partnership"],
            parties=parties,
            started=None,
            summary=None,
            latest_day="2026-02-09",
        ),
        "programs": program_of(world),
        "developments": development_of(world),
        "articles": base(
            "articles",
            world["article"],
            title="Report",
            publisher=relation("publishers", "gazette"),
            published="2026-02-09",
            language="en",
            language_label="English",
            kind="press",
            kind_label="Press",
            address=None,
            said_by=relation("officials", "minister"),
            said_as=None,
            channel=None,
            channel_label=None,
        ),
    }


def details_of(world):
    """What a detail shows beyond the list's row, by noun."""
    return {
        "parties": {"children": []},
        "systems": {"children": []},
        "partnerships": {
            "totals": {"quantities": [], "amounts": [], "whole": []},
            "programs": [
                relation("programs", "rockets-for-ukraine") | {"stage": "agreed", "stage_label": "Agreed"},
            ],
            "program_count": 1,
            "programs_url": f"{ROOT}programs/?partnership=france-ukraine",
            "development_count": 0,
            "developments": [],
            "developments_url": f"{ROOT}developments/?partnership=france-ukraine",
        },
        "programs": {"promises": [], "contradictions": [], "developments": [development_of(world)]},
        "articles": {
            "text": factories.TEXT,
            "text_kind": "abstract",
            "text_kind_label": "Abstract",
            "developments": [development_of(world)],
        },
    }


NOUNS = (
    "parties",
    "officials",
    "systems",
    "instruments",
    "publishers",
    "partnerships",
    "programs",
    "developments",
    "articles",
)


@pytest.mark.parametrize("noun", NOUNS)
def test_list_of_each_noun(world, get, noun):
    count = 2 if noun == "parties" else 1
    status, body = get(f"{noun}/?sort=name")
    assert status == 200
    assert {key: body[key] for key in ("count", "next", "previous")} == {"count": count, "next": None, "previous": None}
    assert len(body["results"]) == count
    assert body["results"][0] == rows_of(world)[noun]


@pytest.mark.parametrize("noun", NOUNS)
def test_detail_of_each_noun(world, get, noun):
    row = rows_of(world)[noun]
    assert get(f"{noun}/{row['id']}/") == (200, row | details_of(world).get(noun, {}))


def test_root_lists_addresses(db, get):
    addresses = {
        noun: f"{ROOT}{noun}/" for noun in (*NOUNS, "programs/facets", "changes", "search", "codes", "bundles")
    }
    addresses |= {"schema": "http://testserver/api/schema/", "docs": "http://testserver/api/docs/"}
    assert get("") == (200, addresses)


def test_every_address_of_the_root_answers(world, client):
    for name, address in client.get("/api/v1/").json().items():
        response = client.get(address, {"q": "rocket"} if name == "search" else {})
        assert (name, response.status_code) == (name, 200)


def test_figures_are_numbers_with_all_their_keys(world, get):
    quantity = {"min": 2, "max": 4, "qualifier": "between", "unit": "battery", "per": "year", "basis": "additional"}
    amount = {"value": "1500000.25", "qualifier": "up-to", "currency": "EUR"}
    change(world["development"], quantity=quantity, amount=amount)
    body = get("developments/rockets-agreed/")[1]
    assert body["quantity"] == {
        "value": None,
        "min": 2,
        "max": 4,
        "qualifier": "between",
        "qualifier_label": "between",
        "unit": "battery",
        "basis": "additional",
        "basis_label": "Additional",
        "per": "year",
        "per_label": "per year",
    }
    assert body["amount"] == {
        "value": 1500000.25,
        "min": None,
        "max": None,
        "qualifier": "up-to",
        "qualifier_label": "up to",
        "currency": "EUR",
    }


def test_figure_without_number_keeps_its_words(world, get):
    change(world["development"], quantity={"qualifier": "undisclosed"})
    quantity = get("developments/rockets-agreed/")[1]["quantity"]
    assert (quantity["value"], quantity["qualifier"], quantity["unit"]) == (None, "undisclosed", None)
    assert (quantity["basis"], quantity["per"], quantity["per_label"]) == ("so-far", None, None)


def test_ceiling_of_an_instrument(world, get):
    change(world["instrument"], ceiling={"amount": "150000000000", "currency": "EUR"})
    assert get("instruments/fund/")[1]["ceiling"] == {"amount": 150000000000, "currency": "EUR"}


def test_children_are_public_ones(world, get):
    systems = [factories.make_system(slug=slug, parent=world["system"]) for slug in ("rocket-2", "rocket-draft")]
    brigade = factories.make_party(slug="brigade", parent=Party.objects.get(slug="france"))
    ledger.publish([systems[0], brigade])
    assert get("systems/rocket/")[1]["children"] == [relation("systems", "rocket-2")]
    assert get("systems/rocket-2/")[1]["parent"] == relation("systems", "rocket")
    assert get("parties/france/")[1]["children"] == [relation("parties", "brigade")]


def test_statement_on_a_partnership(world, get):
    statement = factories.make_development(partnership=world["partnership"], slug="words", stage="")
    factories.make_citation(world["article"], statement)
    ledger.publish([statement])
    body = get("partnerships/france-ukraine/")[1]
    assert [told["id"] for told in body["developments"]] == ["words"]
    told = body["developments"][0]
    assert (told["program"], told["partnership"]) == (None, relation("partnerships", "france-ukraine"))
    assert (told["stage"], told["stage_label"]) == (None, None)
    assert get("developments/words/") == (200, told)


def test_partnership_tells_the_latest_and_where_all_are(world, get, monkeypatch):
    monkeypatch.setattr("cooperation.api.viewsets.MOST", 1)
    later = factories.make_program(world["partnership"], slug="mortars", systems=[world["system"]])
    told = factories.make_development(later, slug="mortars-agreed", date="2026-02-10", stage="agreed")
    article = factories.make_article(world["publisher"], slug="mortars", published=datetime.date(2026, 2, 10))
    whole = [
        factories.make_development(partnership=world["partnership"], slug=slug, date=date, stage="")
        for slug, date in (("said", "2026-02-09"), ("said-again", "2026-02-10"))
    ]
    for each in (told, *whole):
        factories.make_citation(article, each)
    ledger.publish([later, article, told, *whole])
    body = get("partnerships/france-ukraine/")[1]
    assert ([program["id"] for program in body["programs"]], body["program_count"]) == (["mortars"], 2)
    assert ([each["id"] for each in body["developments"]], body["development_count"]) == (["said-again"], 2)
    programs, developments = (get(body[key].removeprefix(ROOT))[1] for key in ("programs_url", "developments_url"))
    assert [program["id"] for program in programs["results"]] == ["mortars", "rockets-for-ukraine"]
    expected = {"mortars-agreed", "said-again", "said", "rockets-agreed"}
    assert {each["id"] for each in developments["results"]} == expected


def test_story_is_told_latest_first(world, get):
    later = factories.make_article(world["publisher"], slug="later", published=datetime.date(2026, 3, 1))
    contract = factories.make_development(
        world["program"], slug="rockets-contracted", date="2026-03-01", stage="contracted"
    )
    factories.make_citation(later, contract)
    ledger.publish([later, contract])
    body = get("programs/rockets-for-ukraine/")[1]
    assert [told["id"] for told in body["developments"]] == ["rockets-contracted", "rockets-agreed"]
    assert (body["stage"], body["latest_day"]) == ("contracted", "2026-03-01")


def test_program_without_system_has_its_own_category(world, get):
    ledger.record(world["program"], systems=[])
    change(world["program"], category="naval")
    body = get("programs/rockets-for-ukraine/")[1]
    assert (body["systems"], body["categories"], body["category_labels"]) == ([], ["naval"], ["Naval"])


def test_program_without_counted_development_has_a_page_and_no_row(world, get):
    change(world["development"], rank="deprecated", rank_reason="Retracted by the ministry.")
    status, body = get("programs/rockets-for-ukraine/")
    assert (status, body["stage"], body["phase"], body["phase_label"], body["latest_day"]) == (
        200,
        None,
        None,
        None,
        None,
    )
    assert [told["rank_reason"] for told in body["developments"]] == ["Retracted by the ministry."]
    assert get("programs/")[1]["count"] == 0
    assert get("partnerships/france-ukraine/")[1]["programs"] == []


def test_labels_follow_the_active_language(world):
    with translation.override("uk"):
        shown = PublisherSerializer(world["publisher"], context={"root": ROOT}).data
    assert (shown["kind"], shown["kind_label"]) == ("press", "Преса")


def test_systems_of_hidden_makers_are_hidden_with_them(world, get):
    ledger.withdraw([Party.objects.get(slug="france")])
    assert System.objects.count() == 1
    assert get("systems/")[1]["count"] == 0


def change(record, **fields):
    """Change `record` as the admin would."""
    for name, value in fields.items():
        setattr(record, name, value)
    ledger.record(record)
