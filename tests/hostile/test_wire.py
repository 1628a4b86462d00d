"""What is no HTTP, or hardly, sent over sockets to the real server; and floods of it while a class votes."""

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.crash.conftest import PATIENCE, Browser, Lesson, Server
from tests.hostile.promises import HEADERS, INTERNAL, page_broken

HOST, CLOSE, FORM = b"Host: x\r\n", b"Connection: close\r\n", b"Content-Type: application/x-www-form-urlencoded\r\n"
CHUNKED, SECOND = b"Transfer-Encoding: chunked\r\n", b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST / HTTP/1.1\r\n" + HOST + FORM
SLOW = 100
PUPILS = 12


def get(target: bytes = b"/healthz", *lines: bytes) -> bytes:
    """A GET that ends its connection."""
    return b"GET " + target + b" HTTP/1.1\r\n" + HOST + b"".join(lines) + CLOSE + b"\r\n"


# What is sent, and the statuses of all answers to it: a request hidden in another one's body would have one too.
STRANGE: dict[str, tuple[bytes, list[int]]] = {
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200), [400]),
    "nothing known": (b"\xff\xfe\0\0" * 50 + b"\r\n\r\n", [400]),
    "HTTP/0.9": (b"GET /healthz\r\n\r\n", [400]),
    "HTTP/1.2": (b"GET /healthz HTTP/1.2\r\n" + HOST + b"\r\n", [400]),
    "a space in the address": (get(b"/heal thz"), [400]),
    "raw bytes in the address": (get(b"/\x80\xff"), [400]),
    "raw bytes in the query": (get(b"/?\x80\xff"), [400]),
    "raw UTF-8 in the query": (get(b"/?code=\xc3\xa6"), [400]),
    "another host in the address": (get(b"http://evil.example/s"), [404]),
    "a tunnel": (b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n", [404]),
    "an address of 70 kB": (get(b"/" + b"a" * 70_000), [414]),
    "an address of 900 kB": (get(b"/" + b"a" * 900_000), [431]),
    "5,000 headers": (get(b"/healthz", *(b"X-%d: y\r\n" % number for number in range(5000))), [431]),
    "a header of 2 MB": (get(b"/healthz", b"X: " + b"y" * 2_000_000 + b"\r\n"), [431]),
    "NUL in a header": (get(b"/healthz", b"X: a\0b\r\n"), [400]),
    "a header over two lines": (get(b"/healthz", b"X: a\r\n b\r\n"), [400]),
    "raw bytes in a cookie": (get(b"/s", b"Cookie: seat=\xff\xfe\r\n"), [404]),
    "two lengths": (POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", [400]),
    "a list of lengths": (POST + b"Content-Length: 5, 5\r\n\r\nabcde", [400]),
    "a length with a sign": (POST + b"Content-Length: +5\r\n\r\nabcde", [400]),
    "a length below nothing": (POST + b"Content-Length: -5\r\n\r\nabcde", [400]),
    "a length past counting": (POST + b"Content-Length: " + b"9" * 30 + b"\r\n\r\nabcde", [400]),
    "a length of 10 GB": (POST + b"Content-Length: 9999999999\r\n\r\nabcde", [413]),
    "a length and chunks": (POST + b"Content-Length: 6\r\n" + CHUNKED + b"\r\n0\r\n\r\n" + SECOND, [404]),
    "chunks and a length": (
        POST + CHUNKED + b"Content-Length: 4\r\n\r\n%x\r\n" % len(SECOND) + SECOND + b"\r\n0\r\n\r\n", [404],
    ),
    "a coding nobody knows": (POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SECOND, [400]),
    "two codings": (POST + CHUNKED + b"Transfer-Encoding: identity\r\n\r\n0\r\n\r\n" + SECOND, [400]),
    "a coding with a space": (
        POST + b"Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + SECOND, [400],
    ),
    "a coding with a tab": (POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n" + SECOND, [400]),
    "a chunk without a size": (POST + CHUNKED + CLOSE + b"\r\nzz\r\nabc\r\n0\r\n\r\n", [404]),
    "a chunk of no size": (POST + CHUNKED + CLOSE + b"\r\n-1\r\nabc\r\n0\r\n\r\n", [404]),
    "a chunk past counting": (POST + CHUNKED + CLOSE + b"\r\nfffffffffffffffff\r\nabc\r\n0\r\n\r\n", [404]),
    "800 kB in chunks": (
        POST + CHUNKED + CLOSE + b"\r\n" + (b"2000\r\n" + b"a" * 8192 + b"\r\n") * 100 + b"0\r\n\r\n", [413],
    ),
    "a cookie after the body": (POST + CHUNKED + CLOSE + b"\r\n0\r\nCookie: staff=x\r\n\r\n", [404]),
    "a websocket": (get(b"/s", b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"), [405]),
    "a method of 5 kB": (b"A" * 5000 + b" / HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n", [405]),
    "a body with a GET": (
        b"GET /s HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % len(SECOND) + SECOND + get(), [404, 200],
    ),
}  # fmt: skip


def talk(server: Server, sent: bytes) -> bytes:
    """Send, and read until the server hangs up; one that refuses early may close before everything was sent."""
    heard = bytearray()
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as wire:
        try:
            wire.sendall(sent)
            while piece := wire.recv(65536):
                heard += piece
        except (BrokenPipeError, ConnectionResetError):
            pass
    return bytes(heard)


@pytest.mark.parametrize("kind", STRANGE)
def test_what_is_hardly_http_is_refused_or_answered_once_and_says_nothing(server: Server, kind: str) -> None:
    sent, statuses = STRANGE[kind]
    heard = talk(server, sent)
    if not heard:  # hung up while we still sent: an answer may be lost on the way
        assert len(sent) > 60_000
        return
    answers = re.split(rb"(?=HTTP/1\.[01] \d{3} [A-Z])", heard)[1:]
    assert [int(answer[9:12]) for answer in answers] == statuses
    for answer in answers:
        head, _, body = answer.decode("latin-1").partition("\r\n\r\n")
        assert not INTERNAL.search(answer.decode("latin-1"))
        assert set(re.findall(r"(?im)^server: ([^\r]*)", head)) <= {"granian"}, "no version"
        if not body:
            continue  # the server's own refusal, before the application saw anything
        for name, value in HEADERS.items():
            assert f"{name}: {value}".lower() in head.lower()
        if "text/html" in head:
            assert not page_broken(answer.partition(b"\r\n\r\n")[2].decode())


@contextmanager
def held(server: Server, beginning: bytes, number: int) -> Iterator[None]:
    """Connections that have begun a request and never end it."""
    with ExitStack() as stack:
        for _ in range(number):
            wire = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), PATIENCE))
            wire.sendall(beginning)
        yield


FLOODS = {
    "headers that never end": (b"GET / HTTP/1.1\r\nHost: x\r\nX", 300),
    "forms that never end": (POST + b"Content-Length: 100\r\n\r\nco", SLOW),
    "ballots that never end": (POST.replace(b"/ ", b"/s ") + b"Content-Length: 100\r\n\r\nown=", SLOW),
    "files that never end": (POST.replace(b"/ ", b"/staff/import ") + b"Content-Length: 2000000\r\n\r\nx", SLOW),
    "chunks that never end": (POST + CHUNKED + b"\r\n5\r\nco", SLOW),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_class_votes_while_somebody_holds_a_hundred_requests_half_sent(server: Server, flood: str) -> None:
    with held(server, *FLOODS[flood]):
        Browser(server.port).ask("GET", "/healthz")
        lesson = Lesson(server, flood).voting(PUPILS)
        assert [lesson.prepare(seat)() for seat in lesson.seats] == [True] * PUPILS
        assert lesson.ask("state")["ballots"] == PUPILS
        assert lesson.press("close") == 303
