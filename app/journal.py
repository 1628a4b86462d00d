"""What the server writes about itself: one JSON object a line on stderr, of kinds and places only.

A message of somebody else's library can hold an address, a path with a code in it, or what somebody sent. So only our
own messages are written, and of others the few that are known to hold none of it; of the rest only that something was
said, and where.
"""

import json
import logging
import logging.config
import re
import sys
import threading
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

_HARMLESS = re.compile(
    r"Unexpected exit from worker-\d+|Worker crash loop detected, exiting|Application callable raised an exception"
)
logger = logging.getLogger(__name__)


class Line(logging.Formatter):
    """A record as one line; an exception that came with it as its kind and the place it was raised at."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
            "place": f"{record.module}:{record.lineno}",
        }
        if record.exc_info and record.exc_info[0]:
            line |= {"kind": record.exc_info[0].__name__, "place": place(record.exc_info[2])}
        return json.dumps(line)


# For logging.config.dictConfig; granian applies it anew in each worker.
CONFIG: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": Line}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"_granian": {"level": "WARNING"}, "granian.access": {"level": "CRITICAL"}},
}


def install() -> None:
    """Write so from now on, also of what nobody caught. Python's own way would print messages and lines of code."""
    logging.config.dictConfig(CONFIG)
    logging.raiseExceptions = False  # a record that cannot be written is lost, not printed in another form
    logging.captureWarnings(True)
    sys.excepthook = lambda kind, _, trace: _uncaught(kind, trace)
    threading.excepthook = lambda failed: _uncaught(failed.exc_type, failed.exc_traceback)
    sys.unraisablehook = lambda failed: _uncaught(failed.exc_type, failed.exc_traceback)


def place(trace: TracebackType | None) -> str:
    """Where an exception was raised: a module and a line."""
    frames = list(traceback.walk_tb(trace))
    return f"{frames[-1][0].f_globals.get('__name__')}:{frames[-1][1]}" if frames else "?"


def _event(record: logging.LogRecord) -> str:
    message = record.getMessage()
    ours = record.name.partition(".")[0] == "app"
    return message if ours or _HARMLESS.fullmatch(message) else "said"


def _uncaught(kind: type[BaseException], trace: TracebackType | None) -> None:
    logger.error("uncaught %s in %s", kind.__name__, place(trace))
