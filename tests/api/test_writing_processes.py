"""Writing by real processes and threads: one of two wins, and a kill leaves nothing half done."""

import json
import os
import signal
import time

import pytest

from tests.bundles.conftest import REFERENCE, manage
from tests.bundles.test_processes import PROGRAMS, another_load, count_programs, write_large_bundle

pytestmark = pytest.mark.django_db(transaction=True)

SET_UP = """
import json, threading
from datetime import date, timedelta
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from cooperation import tokens
from cooperation.models import ApiToken, Party
user, _ = get_user_model().objects.get_or_create(username="robot", is_staff=True, is_superuser=True)
token = ApiToken(owner=user, name="x", prefix=tokens.make_prefix(), scopes=["read", "load", "publish"])
token.expires = date.today() + timedelta(days=7)
headers = {"authorization": f"Bearer {tokens.issue(token)}"}
client = Client(SERVER_NAME="localhost")
"""
LOAD = (
    SET_UP
    + """
body = open({path!r}, "rb").read()
response = client.post("/api/v1/bundles/?dry_run={dry_run}", body, "application/yaml", headers=headers)
print(json.dumps([response.status_code, response.json().get("code"), len(response.json().get("unchanged", []))]))
"""
)
RACE = (
    SET_UP
    + """
client.post("/api/v1/bundles/?dry_run=false", "parties: [{id: france, name: France, kind: company}]",
            "application/yaml", headers=headers)
etag = client.get("/api/v1/parties/france/", headers=headers).headers["ETag"]
barrier, answers = threading.Barrier(4), []
def publish():
    mine = Client(SERVER_NAME="localhost")
    barrier.wait()
    response = mine.patch("/api/v1/parties/france/", '{"state": "published"}', "application/json",
                          headers={**headers, "if-match": etag})
    answers.append(response.status_code)
    connection.close()
threads = [threading.Thread(target=publish) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(json.dumps([sorted(answers), Party.history.count()]))
"""
)


def run(url, code, wait=True):
    """Run `code` on the database at `url`; return what it printed last, or the running process without `wait`."""
    process = manage(url, "shell", "-v0", "-c", code, wait=wait)
    if not wait:
        return process
    assert process.returncode == 0, process.err
    return json.loads(process.out.splitlines()[-1])


def test_of_four_who_publish_the_same_version_at_once_one_wins(own_database):
    assert run(own_database, RACE) == [[200, 412, 412, 412], 2]


def test_load_says_that_another_runs(own_database, tmp_path):
    bundle = tmp_path / "small.yaml"
    bundle.write_text(REFERENCE)
    code = build_load(bundle, "false")
    with another_load(own_database):
        assert run(own_database, code) == [409, "load_running", 0]
    assert count_programs(own_database) == 0


def build_load(bundle, dry_run):
    """Return the code that posts the file `bundle`."""
    return LOAD.replace("{path!r}", repr(str(bundle))).replace("{dry_run}", dry_run)


def test_killed_load_leaves_nothing_half_done(own_database, tmp_path):
    bundle = tmp_path / "large.yaml"
    write_large_bundle(bundle)
    started = time.monotonic()
    assert run(own_database, build_load(bundle, "true"))[0] == 200
    duration = time.monotonic() - started
    for share in (0.6, 0.8):
        process = run(own_database, build_load(bundle, "false"), wait=False)
        time.sleep(duration * share)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        assert count_programs(own_database) in (0, PROGRAMS + 1)
    assert run(own_database, build_load(bundle, "false"))[0] == 200
    assert count_programs(own_database) == PROGRAMS + 1
    assert run(own_database, build_load(bundle, "false")) == [200, None, PROGRAMS + 7]


def test_reader_with_a_token_does_not_wait_for_a_writer(own_database):  # on SQLite one would wait 20 seconds
    code = (
        SET_UP
        + """
import time
from cooperation import ledger
done = []
def read():
    started = time.monotonic()
    response = Client(SERVER_NAME="localhost").get("/api/v1/codes/", headers=headers)
    done.append([response.status_code, time.monotonic() - started < 15])
    connection.close()
with ledger.writing():
    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
print(json.dumps(done))
"""
    )
    assert run(own_database, code) == [[200, True]]
