"""Every page of every desk opens, keeps to the content policy and costs the same for one row and for three."""

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from cooperation import models
from cooperation.search.documents import LISTED
from tests import factories
from tests.admin.browsing import build_url, read_page, send
from tests.facets.worlds import make_random_world

pytestmark = pytest.mark.django_db

NOUNS = ["party", "official", "system", "instrument", "publisher", "partnership", "program", "article", "development"]
# Session, user, count and rows; then three for a date hierarchy, or two where all rows have one day, and one for a
# filter by a relation.
LIST_QUERIES = {
    "party": 4,
    "official": 4,
    "system": 4,
    "instrument": 4,
    "publisher": 4,
    "partnership": 6,
    "program": 7,
    "article": 7,
    "development": 6,
}

# Session, user, record, version, content type and one for each relation and kind of row that is shown.
CHANGE_QUERIES = {"article": 8, "development": 8, "program": 12}


def list_unsafe_tags(response):
    """Return what the policy `default-src 'self'` would block: inline scripts, styles and handlers."""
    tags = read_page(response).tags
    return [
        (tag, attrs)
        for tag, attrs in tags
        if tag == "style"
        or (tag == "script" and "src" not in attrs)
        or any(k == "style" or k[:2] == "on" for k in attrs)
    ]


def list_pages(record):
    """Return the addresses of all pages about a record and its model."""
    past = record.history.first()
    pages = [build_url(record, page) for page in ("change", "history", "delete")]
    return [*pages, f"{build_url(record, 'history')}{past.pk}/", *(build_url(record, p) for p in ("changelist", "add"))]


def test_admin_has_a_desk_for_every_noun_and_no_other():
    here = {model._meta.model_name for model in admin.site._registry if model._meta.app_label == "cooperation"}
    assert here == {*NOUNS, "apitoken"}


@pytest.mark.parametrize("noun", NOUNS)
def test_pages_of_every_noun_open_within_the_content_policy(staff, world, noun):
    for page in list_pages(world[noun]):
        response = staff.get(page)
        assert (page, response.status_code, list_unsafe_tags(response)) == (page, 200, [])


@pytest.mark.parametrize("noun", NOUNS)
def test_pages_with_view_rights_alone_open_without_a_way_to_write(log_in_with, world, noun):
    client, record = log_in_with(f"view_{noun}", "view_citation", "view_programrole", "view_development"), world[noun]
    answers = {page: client.get(build_url(record, page)).status_code for page in ("change", "history", "changelist")}
    assert answers == {"change": 200, "history": 200, "changelist": 200}
    refused = {page: client.get(build_url(record, page)).status_code for page in ("add", "delete")}
    assert refused == {"add": 403, "delete": 403}
    assert client.post(build_url(record), {"name": "Other"}).status_code == 403


def test_index_and_login_page_keep_to_the_content_policy(staff, world):
    assert list_unsafe_tags(staff.get("/admin/")) == []
    staff.logout()
    response = staff.get("/admin/login/")
    assert (response.status_code, list_unsafe_tags(response)) == (200, [])
    assert "<title>Log in | Cooperation Portal</title>" in response.content.decode()


@pytest.mark.parametrize("noun", NOUNS)
def test_list_costs_the_same_with_one_row_and_with_three(staff, world, noun):
    one = count_queries(staff, noun)
    for _ in range(2):
        add_another(world, noun)
    assert (one, count_queries(staff, noun)) == (LIST_QUERIES[noun], LIST_QUERIES[noun])


@pytest.mark.parametrize("noun", CHANGE_QUERIES)
def test_change_page_costs_the_same_with_one_row_and_with_three(staff, world, noun):
    one = count_page_queries(staff, build_url(world[noun]))
    for _ in range(2):
        add_rows(world)
    three = count_page_queries(staff, build_url(world[noun]))
    assert (one, three) == (CHANGE_QUERIES[noun], CHANGE_QUERIES[noun])


def add_rows(world):
    """Add a role and a development to the program, a citation to the article and one to the development."""
    party = factories.make_party(parent=world["party"])
    factories.make(models.ProgramRole, program=world["program"], party=party, role="manufacturer")
    factories.make_citation(world["article"], factories.make_development(world["program"]))
    factories.make_citation(factories.make_article(world["publisher"]), world["development"])


def test_rows_show_the_records_that_they_name(staff, world):
    other = factories.make_development(world["program"], summary="Other words.")
    tags = staff.get(build_url(world["article"])).content.decode()
    assert f'<option value="{world["development"].pk}" selected>rockets-agreed</option>' in tags
    chosen = {"citations-0__development": other.pk, "citations-0__quote": "Lost."}
    tags = send(staff, build_url(world["article"]), **chosen).content.decode()
    assert f'<option value="{other.pk}" selected>Other words.</option>' in tags


def count_queries(client, noun):
    model = getattr(models, noun.capitalize())
    return count_page_queries(client, build_url(model, "changelist") + "?state__exact=published")


def count_page_queries(client, address):
    ContentType.objects.clear_cache()  # what other tests have asked for must not count
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return len(queries)


def add_another(world, noun):
    """Add a published record with relations of its own."""
    party = factories.make_party(slug=factories.unique("another"), parent=world["party"], state="published")
    makers = {
        "party": lambda: party,
        "official": lambda: factories.make_official(party, state="published"),
        "system": lambda: factories.make_system([party], state="published", parent=world["system"]),
        "instrument": lambda: factories.make_instrument(provider=party, state="published"),
        "publisher": lambda: factories.make_publisher(state="published"),
        "partnership": lambda: factories.make_partnership([party], state="published"),
        "program": lambda: factories.make_program(world["partnership"], [world["system"]], state="published"),
        "article": lambda: factories.make_article(world["publisher"], state="published"),
        "development": lambda: factories.make_development(world["program"], state="published"),
    }
    return makers[noun]()


@pytest.mark.parametrize("noun", NOUNS)
def test_search_finds_by_folded_words(staff, world, noun):
    record = world[noun]
    found = staff.get(build_url(record, "changelist"), {"q": record.slug.upper().replace("-", " ")})
    assert list(found.context["cl"].result_list) == [record]
    assert list(staff.get(build_url(record, "changelist"), {"q": "zzz"}).context["cl"].result_list) == []


def test_autocomplete_needs_the_right_to_view(log_in_with, world):
    query = {"app_label": "cooperation", "model_name": "program", "field_name": "partnership", "term": "FRANCE"}
    client = log_in_with("view_partnership")
    answer = client.get("/admin/autocomplete/", query)
    assert answer.json()["results"] == [{"id": str(world["partnership"].pk), "text": "France-Ukraine"}]
    client.logout()
    assert client.get("/admin/autocomplete/", query).status_code == 302


def test_autocomplete_without_the_right_to_view_is_refused(log_in_with, world):
    query = {"app_label": "cooperation", "model_name": "program", "field_name": "partnership", "term": "France"}
    assert log_in_with("view_party").get("/admin/autocomplete/", query).status_code == 403


def test_history_of_a_change_shows_old_and_new(staff, world):
    party = world["party"]
    party.name = "Україна"
    factories.make(models.Party, slug="other", name="Other", kind="company")
    party.save()
    page = staff.get(build_url(party, "history")).content.decode()
    assert "<strong>Name:</strong>" in page
    assert "Україна" in page


def test_past_version_cannot_be_sent_back(staff, world):
    party = world["party"]
    past = f"{build_url(party, 'history')}{party.history.last().pk}/"
    assert staff.post(past, {"name": "Other"}).status_code == 403
    assert "_save" not in [attrs.get("name") for _, attrs in read_page(staff.get(past)).tags]


@pytest.mark.parametrize("kind", ["year", "month", "day"])
@pytest.mark.parametrize("order", ["ASC", "DESC"])
def test_days_of_a_desk_are_those_that_django_finds(kind, order):
    make_random_world(seed=3)
    for model, column in ((models.Development, "effective_day"), (models.Program, "latest_day")):
        expected = list(QuerySet(model).dates(column, kind, order))
        assert len(expected) > 1
        assert model.objects.dates(column, kind, order) == expected


def test_what_is_listed_and_what_is_not_are_all_records():
    make_random_world(seed=3)
    for model, find_listed in LISTED.items():
        listed, unlisted = (
            set(rows.values_list("pk", flat=True)) for rows in (find_listed(), model.objects.unlisted())
        )
        assert listed.isdisjoint(unlisted)
        assert listed | unlisted == set(model.objects.values_list("pk", flat=True))
    assert models.Program.objects.unlisted().filter(public=True).exists()
    assert models.Program.objects.unlisted().filter(public=False).exists()


def test_search_of_a_desk_finds_what_is_listed_and_what_is_not(staff):
    make_random_world(seed=3)
    with CaptureQueriesContext(connection) as captured:
        response = staff.get(build_url(models.Program, "changelist"), {"q": "program"})  # a part of each name
    assert response.context["cl"].result_count == models.Program.objects.matching("program").count() > 3
    assert sum("search_text" in query["sql"] and "LIKE" in query["sql"] for query in captured) == 1
