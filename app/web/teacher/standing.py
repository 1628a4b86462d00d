"""Where a lesson stands, for the boards that ask every few seconds: together they ask more than all pupils do, so
whoever holds the lesson's link is answered before Flask has looked at the question. Everybody else is Flask's."""

import hashlib
import json
import re
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

from app.config import Settings
from app.domain.refusal import Refusal
from app.services.house import House, patiently
from app.services.show_lesson import LessonView, show_lesson
from app.store.database import DatabaseUnavailable
from app.web import guards

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from app.metrics.counts import Counts

RULE = "/lesson/<lesson_id>/state"
_ADDRESS = re.compile(RULE.replace("<lesson_id>", "([0-9A-Za-z_-]+)"))
_STATUS = {200: "200 OK", 304: "304 NOT MODIFIED"}


def install(app: Flask, house: House, settings: Settings) -> None:
    """Answer boards before `app` does; inside of its envelope."""
    app.wsgi_app = _Boards(app.wsgi_app, house, settings, app.extensions.get("pejling.counts"))  # type: ignore[method-assign]


def answer(view: LessonView, settings: Settings, known: str | None) -> tuple[int, list[tuple[str, str]], bytes]:
    """Status, headers and JSON body: nothing that depends on an answer. No body for one whose ETag is `known`."""
    said = {
        "state": view.lesson.state,
        "poll": {"theme": view.poll.theme, "state": view.poll.state},
        "code": view.lesson.code,
        "join_url": join_url(view, settings),
        "seats": view.seats,
        "ballots": view.ballots,
    }
    body = json.dumps(said, separators=(",", ":"), sort_keys=True).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if known == tag:
        return 304, [("ETag", tag)], b""
    return 200, [("Content-Type", "application/json"), ("Content-Length", str(len(body))), ("ETag", tag)], body


def join_url(view: LessonView, settings: Settings) -> str | None:
    """The address in the QR code, while seats can be taken."""
    return f"{settings.base_url}/k/{view.lesson.door}" if view.lesson.door else None


class _Boards:
    def __init__(
        self, application: "WSGIApplication", house: House, settings: Settings, counts: "Counts | None"
    ) -> None:
        self._application, self._house, self._settings, self._counts = application, house, settings, counts

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        begun = time.perf_counter()
        view = self._view(environ)
        if view is None:
            return self._application(environ, start_response)
        status, headers, body = answer(view, self._settings, environ.get("HTTP_IF_NONE_MATCH"))
        if self._counts is not None:
            self._counts.answered(RULE, "GET", status, time.perf_counter() - begun)
        start_response(_STATUS[status], headers)
        return [body]

    def _view(self, environ: "WSGIEnvironment") -> LessonView | None:
        """The lesson that is asked for in the plainest way, by somebody who holds its link; None for all others."""
        asked = _ADDRESS.fullmatch(environ["PATH_INFO"])
        if asked is None or environ["REQUEST_METHOD"] != "GET" or environ["QUERY_STRING"]:
            return None
        name = guards.cookie_name(f"lesson-{asked[1]}", self._settings)
        cookies = (cookie.strip().partition("=") for cookie in environ.get("HTTP_COOKIE", "").split(";"))
        secret = next((value for key, _, value in cookies if key == name), "")
        try:
            return patiently(self._house.glancing, show_lesson, asked[1], secret) if secret else None
        except (Refusal, *DatabaseUnavailable):
            return None
