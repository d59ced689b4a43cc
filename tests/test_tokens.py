"""Tokens: found by their whole text alone, kept as a digest, noted sparingly, revoked at once."""

import datetime
import json
import re

import pytest
import time_machine
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection

from cooperation import tokens
from cooperation.models import ApiToken
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(django_user_model):
    return django_user_model.objects.create_user("robot-keeper", is_staff=True)


def dump_database():
    """Return every value of every table, as text."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += cursor.fetchall()
    return repr(rows)


def test_token_reads_as_told_and_differs_each_time(owner):
    texts = [factories.make_token(owner)[1] for _ in range(3)]
    assert all(re.fullmatch(r"cp_[0-9a-f]{8}_[0-9a-f]{64}", text) for text in texts)
    assert len({text[12:] for text in texts}) == 3


def test_database_holds_no_token(owner):
    token, text = factories.make_token(owner)
    tokens.note_use(tokens.find_token(text))
    secret = text.split("_")[2]
    dump = dump_database() + serializers.serialize("json", ApiToken.objects.all())
    assert token.digest in dump
    assert (text in dump, secret in dump, repr(bytes.fromhex(secret)) in dump) == (False, False, False)


def test_token_is_found_by_its_whole_text_alone(owner):
    token, text = factories.make_token(owner)
    assert tokens.find_token(text) == token
    last = "0" if text[-1] != "0" else "1"
    wrong = [text[:-1] + last, text[:-1], f"{text}0", text.upper(), text[3:], "", "cp__", "cp_é", f"{text}\n", "\0"]
    unknown = "cp_00000000_" + "0" * 64
    assert [tokens.find_token(other) for other in [*wrong, unknown, text.replace("a", "а") + "а"]] == [None] * 12


def test_unknown_prefix_asks_the_database_as_often_as_a_wrong_secret(owner, django_assert_num_queries):
    _, text = factories.make_token(owner)
    for wrong in (text[:12] + "0" * 64, "cp_00000000_" + "0" * 64):
        with django_assert_num_queries(1):
            assert tokens.find_token(wrong) is None


def test_use_is_noted_once_a_minute(owner, django_assert_num_queries):
    token, _ = factories.make_token(owner)
    noted = []
    for second in (0, 30, 59, 61):
        with time_machine.travel(datetime.datetime(2026, 12, 1, 12, 0, tzinfo=datetime.UTC), tick=False) as clock:
            clock.shift(second)
            tokens.note_use(token)
            token.refresh_from_db()
            noted.append(token.last_used.second + 60 * token.last_used.minute)
    assert noted == [0, 0, 0, 61]


def test_use_is_noted_after_somebody_else_noted_it(owner):
    token, _ = factories.make_token(owner)
    old_copy = ApiToken.objects.get()
    tokens.note_use(token)
    first = ApiToken.objects.get().last_used
    tokens.note_use(old_copy)
    assert ApiToken.objects.get().last_used == first


def test_token_works_up_to_its_last_day(owner):
    token, _ = factories.make_token(owner, expires=datetime.date(2026, 12, 1))
    for moment, is_over in (("2026-12-01T23:59:59Z", False), ("2026-12-02T00:00:00Z", True)):
        with time_machine.travel(datetime.datetime.fromisoformat(moment)):
            assert token.is_expired is is_over


def test_revoking_keeps_the_first_moment(owner):
    factories.make_token(owner)
    assert tokens.revoke(ApiToken.objects.all()) == 1
    first = ApiToken.objects.get().revoked
    assert tokens.revoke(ApiToken.objects.all()) == 0
    assert ApiToken.objects.get().revoked == first
    assert ApiToken.objects.get().is_revoked is True


@pytest.mark.parametrize("scopes", [[], ["all"], ["read", "read"], "read", [["read"]], None, [1]])
def test_scopes_are_a_list_of_known_ones(owner, scopes):
    token = ApiToken(owner=owner, name="x", prefix="0" * 8, digest="0" * 64, expires="2026-12-01", scopes=scopes)
    with pytest.raises(ValidationError) as error:
        token.full_clean()
    assert list(error.value.message_dict) == ["scopes"]
    assert json.dumps(scopes)
