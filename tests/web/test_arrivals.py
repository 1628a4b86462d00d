"""Who is served at once: so many and no more, the others in the order in which they came, and none before its body."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from granian.rsgi import ProtocolError

from app.web.arrivals import Arrivals, environment
from app.web.guards import LARGE_BODY, MAX_BODY

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONG = 30.0


class Headers:
    """Headers, of which one may come twice."""

    def __init__(self, pairs: dict[str, str | tuple[str, ...]]) -> None:
        self._pairs = [
            (name, one) for name, each in pairs.items() for one in ([each] if isinstance(each, str) else each)
        ]

    def items(self) -> list[tuple[str, str]]:
        """Name and value of each line."""
        return self._pairs


@dataclass
class Request:
    """What the server hands over: the request, its body, and how long that is on its way; and what it was answered."""

    path: str = "/"
    headers: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    pieces: tuple[bytes, ...] = ()
    under_way: Callable[[], Any] | None = None
    answer: tuple[int, bytes] | None = None
    read: int = 0
    method, query_string, http_version, scheme = "POST", "", "1.1", "http"

    def scope(self) -> Any:
        """The request without its body."""
        scope = Request(self.path)
        scope.headers = Headers(self.headers)  # type: ignore[assignment]
        return scope

    async def __call__(self) -> bytes:
        return b"".join([piece async for piece in self])

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self.under_way is not None:
            await self.under_way()
        for piece in self.pieces:
            self.read += len(piece)
            yield piece

    def response_bytes(self, status: int, _headers: list[tuple[str, str]], body: bytes) -> None:
        """The server's part of an answer."""
        self.answer = (status, body)

    def response_empty(self, status: int, _headers: list[tuple[str, str]]) -> None:
        """The server's part of an answer without a body."""
        self.answer = (status, b"")


def form(body: bytes, **more: Any) -> Request:
    """A form that tells its length."""
    return Request(headers={"content-length": str(len(body))}, pieces=(body,), **more)


def visit(application: "WSGIApplication", *requests: Request, at_once: int = 1, patience: float = LONG) -> None:
    """Let all come in this order, and wait until each has been answered or sent away."""

    async def morning() -> None:
        arrivals = Arrivals(application, at_once, patience=patience)
        arrivals.__rsgi_init__(asyncio.get_running_loop())
        async with asyncio.timeout(LONG):
            await asyncio.gather(*(arrivals.__rsgi__(request.scope(), request) for request in requests))  # type: ignore[arg-type]

    with ThreadPoolExecutor(1) as aside:  # the browser's loop runs in this thread
        aside.submit(asyncio.run, morning()).result()


def echo(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """An application that says back what came in."""
    start_response("200 OK", [])
    return [environ["CONTENT_LENGTH"].encode(), b" ", environ["wsgi.input"].read()]


def test_no_more_have_their_turn_than_are_allowed_and_all_have_one() -> None:
    mutex, pair, inside, most = threading.Lock(), threading.Barrier(3), 0, 0

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        nonlocal inside, most
        with mutex:
            inside += 1
            most = max(most, inside)
        pair.wait(LONG)  # until as many are inside as may be
        with mutex:
            inside -= 1
        start_response("200 OK", [])
        return [b"served"]

    requests = [Request() for _ in range(30)]
    visit(application, *requests, at_once=3)
    assert [request.answer for request in requests] == [(200, b"served")] * 30
    assert most == 3


def test_who_came_first_is_served_first_and_waits_for_nobody_s_slow_form() -> None:
    order, others = list[str](), threading.Event()

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        order.append(environ["PATH_INFO"])
        if len(order) == 8:
            others.set()
        start_response("200 OK", [])
        return []

    async def until_the_others_were_served() -> None:
        await asyncio.to_thread(others.wait, LONG)

    slow = Request("/slow", {"content-length": "1"}, (b"x",), until_the_others_were_served)
    visit(application, slow, *(Request(f"/{number}") for number in range(8)))
    assert order == [*(f"/{number}" for number in range(8)), "/slow"]


def test_a_form_that_never_comes_to_its_end_is_sent_away_and_one_that_hangs_up_is_forgotten() -> None:
    async def never() -> None:
        await asyncio.Event().wait()

    async def hang_up() -> None:
        raise ProtocolError

    late, gone, good = form(b"late", under_way=never), form(b"gone", under_way=hang_up), form(b"good")
    visit(echo, late, gone, good, patience=0.05)
    assert (late.answer, gone.answer, good.answer) == ((408, b""), None, (200, b"4 good"))


def test_large_bodies_come_in_four_at_a_time_and_small_ones_beside_them() -> None:
    under_way, most, small = 0, 0, asyncio.Event()

    async def slowly() -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await small.wait()
        under_way -= 1

    async def say_so() -> None:
        small.set()

    large = [form(bytes(MAX_BODY + 1), under_way=slowly) for _ in range(9)]
    visit(echo, *large, form(b"small", under_way=say_so), at_once=2)
    assert most == 4
    assert all(request.answer and request.answer[0] == 200 for request in large)


@pytest.mark.parametrize(
    ("headers", "pieces", "heard"),
    [
        ({"content-length": "5"}, (b"he", b"llo"), b"5 hello"),
        ({"transfer-encoding": "chunked"}, (b"he", b"llo"), b"5 hello"),
        ({"content-length": str(LARGE_BODY + 1)}, (b"unread",), b"%d " % (LARGE_BODY + 1)),
    ],
)  # fmt: skip
def test_a_body_comes_whole_whatever_its_coding_and_one_that_is_too_large_stays_unread(
    headers: dict[str, str | tuple[str, ...]], pieces: tuple[bytes, ...], heard: bytes
) -> None:
    request = Request(headers=headers, pieces=pieces)
    visit(echo, request)
    assert request.answer == (200, heard)


def test_of_chunks_without_end_no_more_is_read_than_a_form_may_have() -> None:
    endless = Request(headers={"transfer-encoding": "chunked"}, pieces=(bytes(MAX_BODY),) * 50)
    visit(echo, endless)
    assert endless.read == 2 * MAX_BODY


def test_an_application_that_fails_hands_on_its_turn_and_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/bad":
            raise ValueError("secret")
        return echo({**environ, "CONTENT_LENGTH": "0"}, start_response)

    bad, good = Request("/bad"), Request("/good")
    visit(application, bad, good)
    assert (bad.answer, good.answer) == (None, (200, b"0 "))
    assert "secret" not in capfd.readouterr().err


def test_a_request_keeps_its_words_and_loses_its_address() -> None:
    request = Request("/æ", {"cookie": ("a=1", "b=2"), "x-other": ("1", "2"), "content-type": "text/plain"})
    environ = environment(request.scope())
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/æ"
    assert (environ["HTTP_COOKIE"], environ["HTTP_X_OTHER"]) == ("a=1;b=2", "1,2")
    assert environ["CONTENT_TYPE"] == "text/plain"
    assert not {"REMOTE_ADDR", "HTTP_CONTENT_TYPE"} & set(environ)
