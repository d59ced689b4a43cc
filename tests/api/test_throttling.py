"""How many requests a minute allows, and how a reader is told."""

import datetime

import pytest
import time_machine
from django.core.cache import cache

from cooperation import ledger
from tests import factories

AT = datetime.datetime(2026, 3, 1, 12, 0, 48, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def minute(db, settings):
    """A minute that stands still, with a quota of two requests for an address and three for a reader."""
    settings.PORTAL_API_QUOTAS = {"address": 2, "reader": 3}
    cache.clear()
    with time_machine.travel(AT, tick=False):
        yield
    cache.clear()


@pytest.fixture
def ask(client):
    """Return a function that asks from an address and gives back the answer."""
    return lambda address="192.0.2.1", path="codes/", **headers: client.get(
        f"/api/v1/{path}", REMOTE_ADDR=address, headers=headers
    )


def statuses(answers):
    return [answer.status_code for answer in answers]


def test_request_beyond_the_quota_is_refused_until_the_next_minute(ask):
    answers = [ask() for _ in range(3)]
    assert statuses(answers) == [200, 200, 429]
    assert [answer.headers["RateLimit"] for answer in answers] == [
        '"address";r=1;t=12',
        '"address";r=0;t=12',
        '"address";r=0;t=12',
    ]
    assert {answer.headers["RateLimit-Policy"] for answer in answers} == {'"address";q=2;w=60'}
    refused = answers[-1]
    assert refused.json() == {
        "detail": "Request was throttled. Expected available in 12 seconds.",
        "code": "throttled",
    }
    assert (refused.headers["Retry-After"], refused.headers["Cache-Control"]) == ("12", "no-store")
    with time_machine.travel(AT + datetime.timedelta(seconds=12), tick=False):
        assert ask().status_code == 200


def test_each_address_has_its_own_quota(ask):
    assert statuses([ask(), ask(), ask("192.0.2.2"), ask()]) == [200, 200, 200, 429]


def test_network_of_an_ipv6_address_is_one_address(ask):
    answers = [ask(f"2001:db8:1:1::{number}") for number in (1, 2, 3)]
    assert statuses([*answers, ask("2001:db8:1:2::1")]) == [200, 200, 429, 200]


def test_address_that_is_none_is_counted_all_the_same(ask):
    assert statuses([ask("") for _ in range(3)]) == [200, 200, 429]


def test_forwarded_address_is_no_way_round(ask):
    assert statuses([ask(x_forwarded_for=f"198.51.100.{number}") for number in (1, 2, 3)]) == [200, 200, 429]


def test_trusted_proxy_names_the_last_address(ask, settings):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    forged = [ask(x_forwarded_for=f"198.51.100.{number}, 203.0.113.1") for number in (1, 2, 3)]
    assert statuses(forged) == [200, 200, 429]
    assert ask(x_forwarded_for="203.0.113.2").status_code == 200


def test_reader_has_a_quota_of_their_own_at_any_address(ask, client, django_user_model):
    ask(), ask()
    client.force_login(django_user_model.objects.create_user("reader"))
    answers = [ask(f"192.0.2.{number}") for number in range(4)]
    assert statuses(answers) == [200, 200, 200, 429]
    assert answers[0].headers["RateLimit-Policy"] == '"reader";q=3;w=60'


def test_good_copy_and_refused_parameter_count(ask):
    ledger.publish([factories.make_publisher()])
    held = ask().headers["ETag"]
    assert statuses([ask(if_none_match=held), ask()]) == [304, 429]
    assert statuses([ask("192.0.2.9", "codes/?colour=red"), ask("192.0.2.9"), ask("192.0.2.9")]) == [400, 200, 429]


def test_quota_of_zero_is_no_limit(ask, settings):
    settings.PORTAL_API_QUOTAS = {"address": 0, "reader": 0}
    answers = [ask() for _ in range(4)]
    assert statuses(answers) == [200] * 4
    assert "RateLimit" not in answers[0].headers


def test_pages_have_no_quota(client):
    assert statuses([client.get("/about/") for _ in range(4)]) == [200] * 4
