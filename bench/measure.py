"""Ask a served portal and its peers the benchmark's questions in turn: `DATABASE_URL=… python -m bench.measure`.

One question after the other, round after round, so that drift of the machine hits all alike. Writes the table to
bench/results/NAME.md and NAME.json, with NAME from `--name`.
"""

import argparse
import signal
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median

from django.core.management import call_command

from bench import datasette
from bench.goals import read_medians
from bench.process import Process
from bench.questions import Question, build_peer_questions, build_questions, find_subjects
from bench.report import Results, build_json, build_markdown, describe_setting
from bench.server import LOG, Client, serve_django
from bench.throughput import press_all

RESULTS = Path(__file__).parent / "results"
SLOW, FEW = 2.0, 3  # what takes more seconds than that is asked only so often
COLD = 10.0  # seconds that the first question to a worker may take on top


@dataclass
class Row:
    """A question and the answers to it."""

    question: Question
    answers: list = field(default_factory=list)

    @property
    def times(self):
        """Return the seconds that the answers took."""
        return [answer.seconds for answer in self.answers]

    @property
    def is_done(self):
        """Say whether a slow question was asked often enough; one without an answer is not asked again."""
        return (len(self.times) >= FEW and median(self.times) > SLOW) or any(not a.status for a in self.answers)


def measure(askers, questions, rounds, seconds):
    """Return a `Row` for each question, asked `rounds` times, fewer if all but the first takes longer than `seconds`.

    `askers` are clients by the name of a server.
    """
    rows = [Row(question) for question in questions if question.server in askers]
    for limit in (COLD, SLOW):
        warm_up(askers, rows, limit)
    until = None  # the first round, in which slow peers are asked as well, does not count
    for number in range(rounds):
        for row in rows:
            if not row.is_done and (until is None or time.monotonic() < until):
                path = row.question.build_path(number + 2)
                row.answers.append(askers[row.question.server].ask(path, row.question.is_kept))
        until = until or time.monotonic() + seconds
    return rows


def warm_up(askers, rows, limit):
    """Ask everything once, each over a new connection; an answer that takes more than `limit` seconds counts."""
    for row in rows:
        asker = askers[row.question.server]
        if row.is_done:
            continue
        asker.renew()
        answer = asker.ask(row.question.build_path(1), row.question.is_kept)
        if answer.seconds > limit:
            row.answers.append(answer)


@contextmanager
def serve_all():
    """Serve the portal, the peers and, if it is there, Datasette; yield their ports by name."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(serve()) for name, serve in find_servers().items()}


def find_servers():
    """Return {name: the function that serves it}."""
    servers = {
        "portal": partial(serve_django, "portal.settings", "portal.wsgi"),
        "peers": partial(serve_django, "bench.peers.settings", "bench.peers.wsgi"),
    }
    return servers | ({"datasette": datasette.serve_datasette} if datasette.is_there() else {})


def main():
    """Read the arguments, serve, measure, and write the results."""
    parser = argparse.ArgumentParser(prog="python -m bench.measure", description=__doc__.partition("\n")[0])
    parser.add_argument("--name", default="latest", help="Of the files in bench/results; default: %(default)s.")
    parser.add_argument("--rounds", type=int, default=30, metavar="N", help="Default: %(default)s.")
    parser.add_argument("--seconds", type=int, default=300, metavar="N", help="The most; default: %(default)s.")
    parser.add_argument("--press", type=int, default=8, metavar="N", help="Seconds with wrk; default: %(default)s.")
    options = parser.parse_args()
    call_command("collectstatic", interactive=False, verbosity=0)  # pages name files by their digests
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers are ended as well
    setting, subjects = describe_setting(), find_subjects()
    questions = build_questions(subjects) + build_peer_questions(subjects)
    LOG.unlink(missing_ok=True)
    with serve_all() as ports:
        askers = {name: Client(port) for name, port in ports.items()} | {"process": Process(subjects)}
        rows = measure(askers, questions, options.rounds, options.seconds)
    rates = press_all(find_servers(), questions, options.press)
    write_results(
        options.name, Results(setting, rows, rates, read_medians(RESULTS / f"{find_small(options.name)}.json"))
    )


def find_small(name):
    """Return the name of the run with 10k programs on the same database."""
    return f"{name.partition('-')[0]}-10k"


def write_results(name, results):
    """Write and print what was measured."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(build_json(results), encoding="utf-8")
    (RESULTS / f"{name}.md").write_text(build_markdown(results), encoding="utf-8")
    sys.stdout.write(build_markdown(results))


if __name__ == "__main__":
    main()
