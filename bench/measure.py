"""Ask a served portal the benchmark's questions in turn: `DATABASE_URL=… python -m bench.measure --name NAME`.

One question after the other, round after round, so that drift of the machine hits all alike. Writes the table to
bench/results/NAME.md and NAME.json.
"""

import argparse
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from django.core.management import call_command

from bench.questions import Question, build_questions, find_subjects
from bench.report import build_json, build_markdown, describe_setting
from bench.server import Client, serve

RESULTS = Path(__file__).parent / "results"
WARM_UPS = 2  # so that each worker is likely to have seen each page
SLOW, FEW = 2.0, 3  # what takes more seconds than that is asked only so often


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


def measure(port, questions, rounds, seconds):
    """Return a `Row` for each question, asked `rounds` times, fewer if that takes longer than `seconds`."""
    rows = [Row(question) for question in questions]
    for _ in range(WARM_UPS):
        warm_up(port, rows)
    client, until = Client(port), time.monotonic() + seconds
    for number in range(rounds):
        for row in rows:
            if not row.is_done and (number == 0 or time.monotonic() < until):
                row.answers.append(client.ask(row.question.path))
    return rows


def warm_up(port, rows):
    """Ask everything once, each over a new connection; what is slow is not asked for nothing, its answer counts."""
    for row in rows:
        if row.is_done:
            continue
        answer = Client(port).ask(row.question.path)
        if answer.seconds > SLOW:
            row.answers.append(answer)


def main():
    """Read the arguments, serve, measure, and write the results."""
    parser = argparse.ArgumentParser(prog="python -m bench.measure", description=__doc__.partition("\n")[0])
    parser.add_argument("--name", default="latest", help="Of the files in bench/results; default: %(default)s.")
    parser.add_argument("--rounds", type=int, default=30, metavar="N", help="Default: %(default)s.")
    parser.add_argument("--seconds", type=int, default=300, metavar="N", help="The most; default: %(default)s.")
    options = parser.parse_args()
    call_command("collectstatic", interactive=False, verbosity=0)  # pages name files by their digests
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is ended as well
    setting, questions = describe_setting(), build_questions(find_subjects())
    with serve() as port:
        rows = measure(port, questions, options.rounds, options.seconds)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{options.name}.json").write_text(build_json(setting, rows), encoding="utf-8")
    (RESULTS / f"{options.name}.md").write_text(build_markdown(setting, rows), encoding="utf-8")
    sys.stdout.write(build_markdown(setting, rows))


if __name__ == "__main__":
    main()
