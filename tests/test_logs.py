"""A log line cannot be forged from outside."""

import io
import logging
import sys

import pytest

from portal.logs import OneLineFormatter


@pytest.fixture
def log():
    """What a logger with the portal's formatter has written."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(OneLineFormatter("[{levelname}] {message}", style="{"))
    logger = logging.Logger("portal.test")
    logger.addHandler(handler)
    return logger, stream


def test_line_ends_and_terminal_codes_are_escaped(log):
    logger, stream = log
    logger.warning("Not Found: %s", "/x\r\n[ERROR] forged\x1b[2J\u2028end")
    assert stream.getvalue() == "[WARNING] Not Found: /x\\r\\n[ERROR] forged\\x1b[2J\\u2028end\n"


def test_letters_of_other_scripts_stay(log):
    logger, stream = log
    logger.warning("%s", "Міраж é")
    assert stream.getvalue() == "[WARNING] Міраж é\n"


def test_traceback_lines_are_indented(log):
    logger, stream = log
    try:
        raise ValueError("bad\n[ERROR] forged\x1b")
    except ValueError:
        logger.error("failed", exc_info=sys.exc_info())
    first, *others = stream.getvalue().splitlines()
    assert first == "[ERROR] failed"
    assert others[-2:] == ["    ValueError: bad", "    [ERROR] forged\\x1b"]
    assert [line for line in others if not line.startswith("    ")] == []


def test_missing_page_with_forged_path_logs_one_line(client):
    stream = io.StringIO()
    root = logging.getLogger()
    handler = next(handler for handler in root.handlers if isinstance(handler.formatter, OneLineFormatter))
    previous = handler.setStream(stream)
    try:
        client.get("/no-such-page%0d%0a[ERROR] forged")
    finally:
        handler.setStream(previous)
    assert len(stream.getvalue().splitlines()) == 1
    assert stream.getvalue().endswith("django.request: Not Found: /no-such-page\\r\\n[ERROR] forged\n")
