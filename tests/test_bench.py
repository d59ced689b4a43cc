"""The benchmark's data obey the portal's rules, its questions are answered, and its table says what was measured."""

import http.server
import threading
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from pyroaring import BitMap

from bench import generate, goals, measure, questions, report, searching
from bench.peers import settings as peer_settings
from bench.peers.pages import count_facets
from bench.process import Process
from bench.questions import Question, build_peer_questions, build_questions, find_subjects
from bench.reference import build_world
from bench.server import Answer, Client
from bench.sql import build_export
from bench.stories import tell_chapter
from cooperation import models, text
from cooperation.facets import count
from cooperation.filters import ProgramFilter
from cooperation.publication import find_obstacles
from cooperation.settling import FOLLOWERS, Touched, settle

PROGRAMS, SEED = 150, 7
GOAL_HEADER = "| goal | measured | at 100k | at 1M | here | with pages kept from a reader before |"
NOUNS = [*FOLLOWERS, models.Program]


@pytest.fixture
def small_world(monkeypatch):
    monkeypatch.setattr("bench.reference.PARTNERSHIPS", 40)


@pytest.fixture
def filled(db, small_world):
    generate.generate(PROGRAMS, SEED, generate.Progress())


def read_settled():
    return {model: list(model.objects.order_by("pk").values_list("slug", "state", *model.settled)) for model in NOUNS}


def touch_all():
    touched = Touched()
    for model in NOUNS:
        touched.keys[model] = BitMap(model.objects.values_list("pk", flat=True))
    return touched


def test_same_seed_tells_the_same_stories(small_world):
    first, second = (tell_chapter(build_world(SEED), 20, 10) for _ in range(2))
    assert [d.summary for d in first.developments] == [d.summary for d in second.developments]
    assert [(a.slug, a.published, a.text) for a in first.articles] == [
        (a.slug, a.published, a.text) for a in second.articles
    ]


def test_generated_rows_are_settled(filled):
    before = read_settled()
    settle(touch_all())
    assert read_settled() == before
    assert models.Program.objects.count() == PROGRAMS
    assert PROGRAMS * 0.8 < models.Program.objects.visible().exclude(stage="").count() < PROGRAMS


def test_generated_records_obey_the_rules(filled):
    for model in NOUNS:
        for record in model.objects.order_by("pk")[:20]:
            record.full_clean()
        for record in model.objects.visible().order_by("pk")[:20]:
            assert find_obstacles(record) == []


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
    asked = build_questions(find_subjects())
    assert {q.path: client.get(q.build_path(1)).status_code for q in asked} == {q.path: 200 for q in asked}


def test_slow_question_is_asked_three_times():
    row = measure.Row(Question("slow", "/slow/"), [Answer(2.5, 200, 1), Answer(2.5, 200, 1)])
    assert not row.is_done
    row.answers.append(Answer(2.5, 200, 1))
    assert row.is_done


def test_table_tells_medians_and_what_was_not_answered():
    asked = measure.Row(Question("list", "/programs/"), [Answer(n / 1000, 200, 5_000) for n in range(1, 21)])
    peer = measure.Row(Question("peer", "/peer/", "peers", "list"), [Answer(0.105, 200, 400)])
    lost = measure.Row(Question("changes", "/changes/"), [Answer(0.001, 404, 90)])
    setting = {"day": "2026-11-24", "rows": {"programs": 10_000}}
    lines = report.build_markdown(report.Results(setting, [asked, peer, lost], {}, {})).splitlines()
    assert lines[:7] == ["# Benchmark of 2026-11-24", "", "- rows: programs 10,000", "", "## Goals", "", GOAL_HEADER]
    answers = lines.index("## Answers")
    assert lines[answers + 2 :] == [
        "| question | median ms | p95 ms | × hello | × portal | asked | bytes | status |",
        "|---|--:|--:|--:|--:|--:|--:|---|",
        "| list | 10.5 | 19.0 |  |  | 20 | 5000 | 200 |",
        "| peer | 105.0 | 105.0 |  | 10.0 | 1 | 400 | 200 |",
        "| changes | 1.0 | 1.0 |  |  | 1 | 90 | **404** |",
        "",
        "## Requests per second, 16 connections",
        "",
        "Not measured: wrk is not installed.",
        "",
        "## Addresses",
        "",
        "- list: `/programs/`",
        "- peer: `/peer/`",
        "- changes: `/changes/`",
    ]


def build_figures(programs):
    medians = {questions.LIST: 10.0, questions.TUTORIAL_LIST: 600.0, questions.PAST_LIST: 400.0}
    figures = goals.Figures(medians, {questions.LIST: 90.0, questions.TUTORIAL_LIST: None}, {questions.LIST: 8.0})
    outcomes = {outcome.goal.words: outcome for outcome in goals.judge(figures)}
    return {words: goals.is_met(outcome, programs) for words, outcome in outcomes.items()}


@pytest.mark.parametrize(
    ("programs", "tutorial", "past", "growth"),
    [(10_000, None, None, None), (100_000, True, False, True), (1_000_000, False, True, True)],
)
def test_goals_are_those_of_the_number_of_programs(programs, tutorial, past, growth):
    met = build_figures(programs)
    assert met["the tutorial's page with facets takes longer"] is tutorial
    assert met["list of a past day"] is past
    assert met["growth of the page from 10k on"] is growth
    assert met["the admin takes longer"] is None
    assert met["requests per second, 16 connections, against the tutorial's page"] is None


def test_goals_tell_what_kept_pages_reach_beside_what_is_judged():
    medians = {questions.LIST: 10.0, questions.KEPT[questions.LIST]: 2.0, questions.TUTORIAL_LIST: 300.0}
    tutorial = goals.judge(goals.Figures(medians, {}, {}))[0]
    assert (tutorial.measured, tutorial.kept, goals.is_met(tutorial, 100_000)) == (30.0, 150.0, False)
    assert "| 30.0x | ≥ 50x | ≥ 150x | **missed** | 150.0x |" in report.build_goal(tutorial, 100_000)


@pytest.fixture
def peers(settings, client):
    """Return a client of the peers."""
    settings.ROOT_URLCONF, settings.TEMPLATES = peer_settings.ROOT_URLCONF, peer_settings.TEMPLATES
    return client


def test_each_peer_is_answered(filled, peers):
    asked = [q for q in build_peer_questions(find_subjects()) if q.server == "peers"]
    assert {q.path: peers.get(q.path).status_code for q in asked} == {q.path: 200 for q in asked}


def count_portal(chosen):
    return count(ProgramFilter(QueryDict(urlencode(chosen))))


def test_peers_find_as_many_programs_as_the_portal(filled, peers):
    subjects = find_subjects()
    for chosen in ({}, {"party": subjects.country}, {"category": subjects.category}, subjects.chosen):
        total = count_portal(chosen).total
        assert total > 0
        assert peers.get("/programs/", chosen).context["page"].paginator.count == total
        assert peers.get("/api/programs/", chosen).json()["count"] == total
    (admin,) = (q.path for q in build_peer_questions(subjects) if q.name == questions.ADMIN_LIST)
    assert peers.get(admin).context["cl"].result_count == count_portal(subjects.chosen).total


def test_facets_of_the_tutorial_are_those_of_the_portal(filled):
    subjects = find_subjects()
    for chosen in ({}, subjects.chosen):
        facets = {
            facet.name: {v.value: v.count for v in facet.values if v.count} for facet in count_portal(chosen).facets
        }
        tutorial = count_facets(QueryDict(urlencode(chosen)))
        for name in ("stage", "mode", "category"):
            assert dict(tutorial[name]) == facets[name]


def test_process_says_the_programs_of_the_country_and_loads_nothing(filled):
    subjects = find_subjects()
    process = Process(subjects)
    with connection.cursor() as cursor:
        cursor.execute(build_export(subjects.party))
        assert len(cursor.fetchall()) == ProgramFilter(QueryDict(f"party={subjects.country}")).qs.count()
    assert process.ask(questions.SQL_CSV).size > 1_000
    assert process.ask(questions.LOAD).status == 200
    assert not models.Article.objects.filter(slug="article-of-the-benchmark").exists()


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


def test_search_is_measured_for_words_of_several_ranks(filled, capsys):
    searching.main()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines if line[0] != " "] == ["programs", "developments"]
    assert len(lines) == 12
