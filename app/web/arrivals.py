"""Between the server and the application: a body comes in whole on the server's loop, then its request has its turn.

So however many forms are on their way, or are never sent to their end, hold no thread and keep nobody waiting.
"""

import asyncio
import logging
import sys
import threading
from asyncio import AbstractEventLoop, Future
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from granian.rsgi import HTTPProtocol, ProtocolError, Scope  # type: ignore[attr-defined] # not in its __all__

from app import journal
from app.web.guards import LARGE_BODY, MAX_BODY

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

PATIENCE = 60.0  # seconds that a body may be on its way
_LARGE_AT_ONCE = 4  # so that memory has an upper end
_TIMEOUT = 408
_CHUNKED = "HTTP_TRANSFER_ENCODING"
logger = logging.getLogger(__name__)


class Arrivals:
    """The WSGI application as granian's RSGI one: `at_once` requests have their turn at a time, in the order in which
    they came."""

    def __init__(self, application: "WSGIApplication", at_once: int, *, patience: float = PATIENCE) -> None:
        self._application, self._at_once, self._patience = application, at_once, patience
        self._here: SimpleQueue[tuple[WSGIEnvironment, HTTPProtocol, Future[None]]] = SimpleQueue()

    def __rsgi_init__(self, loop: AbstractEventLoop) -> None:
        """Called by the server before its first request."""
        self._loop, self._large = loop, asyncio.Semaphore(_LARGE_AT_ONCE)
        for number in range(self._at_once):
            threading.Thread(target=self._take_turns, daemon=True, name=f"turn-{number}").start()

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """One request and its answer."""
        environ = environment(scope)
        if _claimed(environ) <= MAX_BODY:
            await self._serve(environ, protocol)
        else:
            async with self._large:
                await self._serve(environ, protocol)

    async def _serve(self, environ: "WSGIEnvironment", protocol: HTTPProtocol) -> None:
        if await self._arrived(environ, protocol):
            answered = self._loop.create_future()
            self._here.put((environ, protocol, answered))
            await answered

    async def _arrived(self, environ: "WSGIEnvironment", protocol: HTTPProtocol) -> bool:
        """Put the body into its environment; whether it came whole and in time."""
        body = b""
        if "CONTENT_LENGTH" in environ or _CHUNKED in environ:
            try:
                async with asyncio.timeout(self._patience):
                    body = await _body(environ, protocol)
            except TimeoutError:
                protocol.response_empty(_TIMEOUT, [])
                return False
            except ProtocolError:  # they hung up
                return False
        environ["wsgi.input"] = BytesIO(body)
        return True

    def _take_turns(self) -> None:
        while True:
            environ, protocol, answered = self._here.get()
            try:
                protocol.response_bytes(*_answer(self._application, environ))
            except Exception as error:
                # The server answers 500. A message could hold anything and is not logged.
                logger.error("%s in %s", type(error).__name__, journal.place(error.__traceback__))
            self._loop.call_soon_threadsafe(_done, answered)


def environment(scope: Scope) -> "WSGIEnvironment":
    """What PEP 3333 wants to know of a request, without its body and without the address that it came from."""
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": "localhost",  # the address of the installation is a setting
        "SERVER_PORT": "0",
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        key = _variable(name)
        if key in environ:
            value = f"{environ[key]}{';' if name == 'cookie' else ','}{value}"
        environ[key] = value
    return environ


@lru_cache(maxsize=256)
def _variable(header: str) -> str:
    name = header.upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"


def _claimed(environ: "WSGIEnvironment") -> int:
    claimed = environ.get("CONTENT_LENGTH", "")
    return int(claimed) if claimed.isdecimal() else 0


async def _body(environ: "WSGIEnvironment", protocol: HTTPProtocol) -> bytes:
    """The body; one that is too large is left unread, for the application to refuse by its length."""
    if _CHUNKED not in environ:
        whole: bytes = await protocol() if _claimed(environ) <= LARGE_BODY else b""
        return whole
    body = bytearray()
    async for piece in protocol:
        body += piece
        if len(body) > MAX_BODY:
            break
    del environ[_CHUNKED]
    environ["CONTENT_LENGTH"] = str(len(body))
    return bytes(body)


def _answer(application: "WSGIApplication", environ: "WSGIEnvironment") -> tuple[int, list[tuple[str, str]], bytes]:
    head: list[tuple[int, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:  # noqa: ARG001
        head[:] = [(int(status[:3]), headers)]

    pieces: Iterable[bytes] = application(environ, start_response)
    try:
        body = b"".join(pieces)
    finally:
        close = getattr(pieces, "close", None)
        if close is not None:
            close()
    return *head[0], body


def _done(answered: Future[None]) -> None:
    if not answered.done():  # cancelled, where they hung up
        answered.set_result(None)
