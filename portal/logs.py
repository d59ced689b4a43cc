"""Log lines that nobody outside can forge."""

import logging
import re

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def escape_controls(text: str) -> str:
    """Line ends and terminal codes become visible escapes."""
    return CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def indent_lines(text: str) -> str:
    return "\n".join("    " + escape_controls(line) for line in text.splitlines())


class OneLineFormatter(logging.Formatter):
    """One line a record; the lines of a traceback are indented, so that none can pass for a record."""

    def formatMessage(self, record):  # noqa: N802 - the name is given by logging
        return escape_controls(super().formatMessage(record))

    def formatException(self, ei):  # noqa: N802 - the name is given by logging
        return indent_lines(super().formatException(ei))

    def formatStack(self, stack_info):  # noqa: N802 - the name is given by logging
        return indent_lines(super().formatStack(stack_info))
