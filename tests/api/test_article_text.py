"""Who reads which words of an article, and what caches are told."""

import pytest

from cooperation import ledger
from cooperation.choices import TextKind
from tests import factories

SECOND = "Both discussed missiles."


@pytest.fixture
def full_text(world):
    """The article of the world with its full text, cited for two developments, one of them twice, and for a draft."""
    article = world["article"]
    article.text_kind = TextKind.FULL
    article.text = f"Not cited at all. {SECOND} In between. {factories.QUOTE} The end of the secret."
    ledger.record(article)
    talks = factories.make_development(world["program"], slug="missiles", stage="under-discussion")
    draft = factories.make_development(world["program"], slug="drafted")
    factories.make_citation(article, talks, SECOND)
    factories.make_citation(article, talks)
    factories.make_citation(article, draft, "The end of the secret.")
    ledger.publish([talks])
    return article


def test_full_text_is_hidden_from_the_public(full_text, client):
    response = client.get("/api/v1/articles/report/")
    body = response.json()
    assert body["text"] == f"{SECOND}\n\n{factories.QUOTE}"
    assert (body["text_kind"], body["text_kind_label"]) == ("passages", "Passages")
    assert b"Not cited" not in response.content
    assert b"secret" not in response.content


def test_full_text_is_shown_to_signed_in_readers(full_text, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader"))
    body = client.get("/api/v1/articles/report/").json()
    assert (body["text"], body["text_kind"], body["text_kind_label"]) == (full_text.text, "full", "Full text")


@pytest.mark.parametrize("path", ["", "?q=secret"])
def test_lists_show_no_text(full_text, admin_client, path):
    response = admin_client.get(f"/api/v1/articles/{path}")
    assert response.status_code == 200
    assert b"Not cited" not in response.content


def test_full_text_that_is_not_cited_leaves_nothing(world, get):
    article = factories.make_article(world["publisher"], slug="uncited", text_kind=TextKind.FULL)
    ledger.publish([article])
    body = get("articles/uncited/")[1]
    assert (body["text"], body["text_kind"], body["developments"]) == (None, "passages", [])


def test_developments_stand_in_the_order_of_the_text_with_the_words_of_the_article(full_text, get):
    told = get("articles/report/")[1]["developments"]
    assert [(each["id"], each["quote"]) for each in told] == [
        ("missiles", SECOND),
        ("rockets-agreed", factories.QUOTE),
    ]
    assert [cited["quote"] for cited in told[0]["citations"]] == [SECOND, factories.QUOTE]


def test_quote_of_each_article_is_its_own(world, get):
    other = factories.make_article(world["publisher"], slug="second", text=f"{SECOND} So they say.")
    factories.make_citation(other, world["development"], SECOND)
    ledger.publish([other])
    assert get("articles/second/")[1]["developments"][0]["quote"] == SECOND
    assert get("articles/report/")[1]["developments"][0]["quote"] == factories.QUOTE
    told = get("developments/rockets-agreed/")[1]
    assert told["quote"] == factories.QUOTE
    assert [cited["article"]["id"] for cited in told["citations"]] == ["report", "second"]


def test_citations_of_hidden_articles_are_hidden(world, get):
    draft = factories.make_article(world["publisher"], slug="unpublished", text=f"{SECOND} So they say.")
    factories.make_citation(draft, world["development"], SECOND)
    for path in ("developments/rockets-agreed/", "programs/rockets-for-ukraine/", "articles/report/"):
        body = get(path)[1]
        told = body if "citations" in body else body["developments"][0]
        assert [cited["article"]["id"] for cited in told["citations"]] == ["report"]


@pytest.mark.parametrize("path", ["articles/report/", "articles/", "codes/"])
def test_caches_keep_answers_of_readers_apart(world, client, admin_client, path):
    public, private = client.get(f"/api/v1/{path}"), admin_client.get(f"/api/v1/{path}")
    for response in (public, private):
        assert response.headers["Vary"].startswith("Cookie, Authorization, Accept-Language")
    assert private.headers["Cache-Control"] == "no-cache, private"
    assert public.headers["Cache-Control"] == "no-cache, public"
