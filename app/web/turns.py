"""Who is served at once: a body comes in whole before its request has its turn, so that a slow one holds up nobody."""

import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from app.web.guards import LARGE_BODY, MAX_BODY

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LARGE_AT_ONCE = 4  # so that memory has an upper end


class Queue:
    """So many at once, and the others in the order in which they came: a semaphore lets the last one overtake."""

    def __init__(self, at_once: int) -> None:
        self._free, self._waiting, self._mutex = at_once, deque[threading.Lock](), threading.Lock()

    def length(self) -> int:
        """How many wait."""
        return len(self._waiting)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and have it as long as the block lasts."""
        with self._mutex:
            gate = None if self._free else threading.Lock()
            if gate is None:
                self._free -= 1
            else:
                gate.acquire()
                self._waiting.append(gate)
        if gate is not None:
            gate.acquire()  # until somebody who is done hands on their turn
        try:
            yield
        finally:
            with self._mutex:
                if self._waiting:
                    self._waiting.popleft().release()
                else:
                    self._free += 1


class Turns:
    """The application, for `at_once` requests at a time; the server behind it may have many more threads that wait."""

    def __init__(self, application: "WSGIApplication", at_once: int) -> None:
        self.application = application
        self._all, self._large = Queue(at_once), Queue(_LARGE_AT_ONCE)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        claimed = environ.get("CONTENT_LENGTH", "")
        length = int(claimed) if claimed.isdecimal() else 0
        if length <= MAX_BODY:
            return self._serve(length, environ, start_response)
        with self._large.turn():
            return self._serve(length, environ, start_response)

    def _serve(self, length: int, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        # A larger one is refused unread; one that tells no length is taken for empty: no browser sends a form so.
        if length <= LARGE_BODY:
            environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(length) if length else b"")
        with self._all.turn():
            return self.application(environ, start_response)
