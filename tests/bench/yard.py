"""What the lean and the bare yardstick share: one table, one page, one proof that a form was ours."""

import hashlib
import hmac
import os
from typing import Any

from sqlalchemy import Column, MetaData, String, Table

KEY = b"only for measuring"
ANSWERS = ("others", "mates", "own")
THANKS = "<!doctype html><title>Tak</title><h1>Tak.</h1>"
SIZE = 28

metadata = MetaData()
answer = Table(
    "answer",
    metadata,
    Column("mark", String, primary_key=True),
    Column("survey", String, index=True),
    *(Column(name, String) for name in ANSWERS),
)


def _field(name: str, options: list[str]) -> str:
    radios = "".join(f'<label><input type="radio" name="{name}" value="{each}"> {each}</label>' for each in options)
    return f"<fieldset><legend>{name}</legend>{radios}</fieldset>"


_GUESSES = ["unknown", *map(str, range(SIZE + 1))]
PAGE = (
    '<!doctype html><html lang="da"><head><meta charset="utf-8"><title>Survey</title></head><body><form method="post">'
    '<input type="hidden" name="csrf_token" value="MARK">'
    + _field("others", _GUESSES)
    + _field("mates", _GUESSES)
    + _field("own", ["yes", "no", "skip"])
    + "<button>Send</button></form></body></html>"
)


def address() -> str:
    """The database that all yardsticks are told."""
    return os.environ["YARDSTICK_DATABASE_URL"]


def signed(survey: str, mark: str) -> str:
    """A mark with the proof that it was given out for the survey."""
    return mark + hmac.new(KEY, f"{survey}.{mark}".encode(), hashlib.sha256).hexdigest()


def durable(connection: Any, _record: object = None) -> None:
    """SQLite as the product has it: a log, and nothing acknowledged that is not on disk."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
