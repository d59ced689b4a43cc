"""The benchmark's data obey the portal's rules, its questions are answered, and its table says what was measured."""

import http.server
import threading

import pytest

from bench import generate, measure, report
from bench.questions import Question, build_questions, find_subjects
from bench.reference import build_world
from bench.server import Answer, Client
from bench.stories import tell_chapter
from cooperation import ledger, models, text
from cooperation.settling import FOLLOWERS, settle

PROGRAMS, SEED = 150, 7
NOUNS = [*FOLLOWERS, models.Program]


@pytest.fixture
def small_world(monkeypatch):
    monkeypatch.setattr("bench.reference.PARTNERSHIPS", 40)


@pytest.fixture
def filled(db, small_world):
    generate.generate(PROGRAMS, SEED, generate.Progress())


def read_settled():
    return {model: list(model.objects.order_by("pk").values_list("slug", "state", *model.settled)) for model in NOUNS}


def test_same_seed_tells_the_same_stories(small_world):
    first, second = (tell_chapter(build_world(SEED), 20, 10) for _ in range(2))
    assert [d.summary for d in first.developments] == [d.summary for d in second.developments]
    assert [(a.slug, a.published, a.text) for a in first.articles] == [
        (a.slug, a.published, a.text) for a in second.articles
    ]


def test_generated_rows_are_settled(filled):
    before = read_settled()
    settle(generate.touch_all())
    assert read_settled() == before
    assert models.Program.objects.count() == PROGRAMS
    assert PROGRAMS * 0.8 < models.Program.objects.visible().exclude(stage="").count() < PROGRAMS


def test_generated_records_obey_the_rules(filled):
    for model in NOUNS:
        for record in model.objects.order_by("pk")[:20]:
            record.full_clean()
        for record in model.objects.visible().order_by("pk")[:20]:
            assert ledger.find_obstacles(record) == []


def test_generated_quotes_stand_in_their_texts(filled):
    citations = models.Citation.objects.select_related("article")
    assert {(c.pk, c.start, c.end) for c in citations} == {
        (c.pk, *text.find_quote(c.quote, c.article.text)) for c in citations
    }


def test_generator_refuses_a_database_with_records(filled, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["bench.generate", "--programs", "5"])
    with pytest.raises(SystemExit):
        generate.main()
    assert "the database that DATABASE_URL names has records; name an empty one" in capsys.readouterr().err


def test_each_question_is_answered(filled, client):
    questions = build_questions(find_subjects())
    assert {question.path: client.get(question.path).status_code for question in questions} == {
        question.path: 200 for question in questions
    }


def test_slow_question_is_asked_three_times():
    row = measure.Row(Question("slow", "/slow/"), [Answer(2.5, 200, 1), Answer(2.5, 200, 1)])
    assert not row.is_done
    row.answers.append(Answer(2.5, 200, 1))
    assert row.is_done


def test_table_tells_medians_and_what_was_not_answered():
    asked = measure.Row(Question("list", "/programs/"), [Answer(n / 1000, 200, 5_000) for n in range(1, 21)])
    lost = measure.Row(Question("changes", "/changes/"), [Answer(0.001, 404, 90)])
    page = report.build_markdown({"day": "2026-11-24", "rows": {"programs": 10_000}}, [asked, lost])
    assert page.splitlines() == [
        "# Benchmark of 2026-11-24",
        "",
        "- rows: programs 10,000",
        "",
        "| question | median ms | p95 ms | asked | bytes | status |",
        "|---|--:|--:|--:|--:|---|",
        "| list | 10.5 | 19.0 | 20 | 5000 | 200 |",
        "| changes | 1.0 | 1.0 | 1 | 90 | **404** |",
        "",
        "- list: `/programs/`",
        "- changes: `/changes/`",
    ]


class Closing(http.server.BaseHTTPRequestHandler):
    """Closes the connection after each answer without saying so, as a server does after some idle seconds."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(404)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"none")
        self.close_connection = True

    def log_message(self, *args):
        """Say nothing."""


def test_client_opens_a_closed_connection_anew():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Closing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        client = Client(server.server_port)
        answers = [client.ask("/unknown/") for _ in range(3)]
        client.connection.close()
        server.shutdown()
    assert [(answer.status, answer.size) for answer in answers] == [(404, 4)] * 3
