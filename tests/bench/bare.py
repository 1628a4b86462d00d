"""The yardstick for what Python allows: the lean one without a framework, its driver spoken to directly."""

import hmac
import secrets
import sqlite3
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import psycopg
from sqlalchemy import create_engine, make_url

from tests.bench.lean import MARK_LENGTH
from tests.bench.yard import ANSWERS, PAGE, THANKS, address, durable, metadata, signed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_INSERT = "insert into answer (mark, survey, others, mates, own) values (?, ?, ?, ?, ?) on conflict do nothing"
_COUNT = "select count(*) from answer where survey = ?"
_mine = threading.local()


def create_app() -> "WSGIApplication":
    """The application on the yardsticks' database."""
    engine = create_engine(address())
    metadata.create_all(engine)
    engine.dispose()
    return _answer


def _answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    survey, _, rest = environ["PATH_INFO"][1:].partition("/")
    status, head, body = "200 OK", ("Content-Type", "text/html; charset=utf-8"), THANKS.encode()
    if environ["REQUEST_METHOD"] == "POST":
        form = dict(parse_qsl(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()))
        mark = form["csrf_token"][:MARK_LENGTH]
        if hmac.compare_digest(form["csrf_token"], signed(survey, mark)):
            _do(_INSERT, mark, survey, *(form[name] for name in ANSWERS))
            status, head, body = "303 See Other", ("Location", f"/{survey}/thanks"), b""
        else:
            status, body = "400 Bad Request", b""
    elif rest == "count":
        head, body = ("Content-Type", "application/json"), b'{"count":%d}' % _do(_COUNT, survey).fetchone()[0]
    elif not rest:
        body = PAGE.replace("MARK", signed(survey, secrets.token_hex(MARK_LENGTH // 2))).encode()
    start_response(status, [head, ("Content-Length", str(len(body)))])
    return [body]


def _do(statement: str, *values: str) -> Any:
    if not hasattr(_mine, "connection"):
        _mine.connection, _mine.mark = _connection()
    return _mine.connection.execute(statement.replace("?", _mine.mark), values)


def _connection() -> tuple[Any, str]:
    url = make_url(address())
    if url.get_backend_name() == "sqlite":
        embedded = sqlite3.connect(url.database or "", isolation_level=None, timeout=15)
        durable(embedded)
        return embedded, "?"
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True, prepare_threshold=0), "%s"
