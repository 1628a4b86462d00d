"""Who is served at once: a body comes in whole before its request has its turn, so that a slow one holds up nobody."""

import threading
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from app.web.guards import LARGE_BODY, MAX_BODY

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LARGE_AT_ONCE = 4  # so that memory has an upper end


class Turns:
    """The application, for `at_once` requests at a time; the server behind it may have many more threads that wait."""

    def __init__(self, application: "WSGIApplication", at_once: int) -> None:
        self.application = application
        self._turn = threading.Semaphore(at_once)
        self._large = threading.Semaphore(_LARGE_AT_ONCE)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        claimed = environ.get("CONTENT_LENGTH", "")
        length = int(claimed) if claimed.isdecimal() else 0
        if length <= MAX_BODY:
            return self._serve(length, environ, start_response)
        with self._large:
            return self._serve(length, environ, start_response)

    def _serve(self, length: int, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        # A larger one is refused unread; one that tells no length is taken for empty: no browser sends a form so.
        if length <= LARGE_BODY:
            environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(length) if length else b"")
        with self._turn:
            return self.application(environ, start_response)
