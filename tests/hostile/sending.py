"""What may come over the wire: requests made of what is known, what is forged, and what nobody should send."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from urllib.parse import quote_from_bytes
from zipfile import ZipFile

from flask import Flask
from hypothesis import strategies as st
from werkzeug.routing import Rule
from werkzeug.test import run_wsgi_app

from app.config import resource_root
from app.domain.account import Role
from app.domain.language import DRAFTED, LANGUAGES
from tests.hostile.world import Actor, World

MARK = "x-fuzz"
NASTY = (
    b"", b"\0", b"a\0b", b"\xff\xfe", b"\xc3\xa6", b"\xed\xa0\x80", b"\xc0\x80", b"\xf0\x9f\x98\x80",
    b"\xe2\x80\xae", b"' OR 1=1 --", b"%", b"%00", b"%s%n", b"_", b"\\",
    b"../../../../etc/passwd", b"//evil.example", b"/\\evil.example",
    f"<{MARK}>".encode(), f"\"'><{MARK} {MARK}=1>".encode(), f"</script><{MARK}>".encode(), b"javascript:alert(1)",
    b"{{7*7}}", b"${7*7}", b"=1+1", b"@x", b"\r\nX-Fuzz: 1", b"\n", b"\t", b" ", b"\x85", b"\xc2\x85", b"\xef\xbb\xbf",
    b"-1", b"0", b"00", b"1e999", b"NaN", b"9" * 30, b"9" * 5000, b"0012" + b"9" * 30, b"\xd9\xa3", b"\xc2\xb2", b"1_0",
    b"2147483648", b"9223372036854775808", b"x" * 300, b"\xc3\xa6" * 3000, b"http://[", b"https://[evil", b"//[",
    b"http://x:99999999", b"null", b"true", b"[]",
)  # fmt: skip
USUAL = (
    *(role.value for role in Role), *LANGUAGES, *DRAFTED, "1", "2", "7", "9", "22", "45", "2025", "2026", "yes", "no",
    "skip", "unknown", "csv", "xlsx", "json-stat", "Skovtroldeskolen", "7.A", "on", "ja", "nej", "Fjordby", "kommune",
    "land", "forår", "24,5", "000000", "/staff", "/s", "skaerm-om-natten", "alkohol", "ny@fjordby.example", "e" * 24,
    "default", "lifted", "unused", "nikotin-7", "et langt kodeord som er godt",
)  # fmt: skip
METHODS = (
    "GET",
    "GET",
    "POST",
    "POST",
    "POST",
    "HEAD",
    "OPTIONS",
    "PUT",
    "PATCH",
    "DELETE",
    "TRACE",
    "PROPFIND",
    "get",
)
FORM, PARTS = b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=xx"
KINDS = (
    FORM, PARTS, b"application/json", b"text/plain", b"multipart/form-data", b"multipart/form-data; boundary=",
    b"multipart/form-data; boundary=" + b"y" * 500, b"application/x-www-form-urlencoded; charset=utf-16",
    b"application/x-www-form-urlencoded; charset=no-such", b"multipart/mixed; boundary=xx", b"\xff", b"", b"/", b";;;=",
)  # fmt: skip
DATES = (
    b"Mon, 01 Jan 2035 00:00:00 GMT", b"Mon, 01 Jan 99999999999999 00:00:00 GMT", b"Mon, 01 Jan 0000 00:00:00 -9999",
    b"Mon, 01 Jan 2020 00:00:00 +99999999999999999999", b"0",
)  # fmt: skip
ODD_HEADERS: dict[str, Sequence[bytes]] = {
    "Accept-Encoding": (b"gzip", b"gzip;q=0", b"gzip;q=x", b"*", b"\xff", b"gzip" * 500),
    "Accept": (b"application/json", b"*/*;q=\xff"),
    "Accept-Language": (b"en", b"da;q=9999999999999999999999", b"\xff"),
    "If-None-Match": (b"*", b'"x"', b'W/"', b"\xff", b'"' * 500),
    "If-Modified-Since": DATES,
    "If-Unmodified-Since": DATES,
    "If-Range": (*DATES, b'"x"'),
    "Range": (
        b"bytes=0-",
        b"bytes=5-1",
        b"bytes=-0",
        b"bytes=0-5,7-9",
        b"bytes=99999999999999999999-",
        b"x",
        b"bytes=-",
    ),
    "Referer": (b"http://[", b"https://[evil", b"https://x:99999999/", b"\xff", b"https://evil.example/"),
    "Origin": (b"null", b"http://evil.example", b"http://[", b"\xff"),
    "Sec-Fetch-Site": (b"same-origin", b"none", b"cross-site", b"same-site", b"", b"\xff"),
    "Authorization": (b"Bearer ", b"Bearer \xff", b"Basic !!", b"Basic Og==", b"Digest a=b", b"x", b"Bearer a b=c"),
    "Host": (b"evil.example", b"", b"a b", b"\xff", b"evil.example:99999999"),
    "X-Forwarded-Host": (b"evil.example",),
    "X-Forwarded-Proto": (b"gopher",),
    "X-Forwarded-Prefix": (b"/evil",),
    "X-Original-Url": (b"/staff/accounts",),
    "X-Http-Method-Override": (b"DELETE",),
    "X-Requested-With": (b"fetch", b"\xff"),
    "User-Agent": (f"<{MARK}>".encode(),),
    "Content-Encoding": (b"gzip", b"x"),
    "Transfer-Encoding": (b"chunked", b"gzip, chunked"),
    "Expect": (b"100-continue", b"x"),
    "Max-Forwards": (b"0",),
    "Cookie2": (b"$Version=1",),
}


@dataclass(frozen=True)
class Sent:
    """A request as a server hands it on; `length` is what it claims, None for a body sent in chunks."""

    actor: str
    method: str
    path: bytes
    query: bytes
    headers: tuple[tuple[str, bytes], ...]
    body: bytes
    length: bytes | None


@dataclass(frozen=True)
class Answered:
    """A status, the headers in their order, and the body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The header of that name, "" where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


def ask(app: Flask, sent: Sent) -> Answered:
    """Hand the application a request as a WSGI server would, with nothing tidied up on the way."""
    environ = {
        "REQUEST_METHOD": sent.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": sent.path.decode("latin-1"),
        "QUERY_STRING": sent.query.decode("latin-1"),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(sent.body),
        "wsgi.input_terminated": True,
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in sent.headers:
        key = name.upper().replace("-", "_")
        key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
        joint = "; " if key == "HTTP_COOKIE" else ", "
        environ[key] = f"{environ[key]}{joint}{value.decode('latin-1')}" if key in environ else value.decode("latin-1")
    if sent.length is not None:
        environ["CONTENT_LENGTH"] = sent.length.decode("latin-1")
    pieces, status, headers = run_wsgi_app(app, environ, buffered=True)
    return Answered(int(status.split()[0]), tuple(headers), b"".join(pieces))


@cache
def field_names() -> tuple[str, ...]:
    """Every name that a view reads or a page sends, found in the source, so that a new one is there by itself."""
    root = resource_root()
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted((root / "app/web").rglob("*.py")))
    pages = "\n".join(path.read_text(encoding="utf-8") for path in sorted((root / "templates").rglob("*.html")))
    read = re.findall(r'(?:form|args|files)(?:\.get|\.getlist)?[(\[]"([\w-]+)"|^_?number\("(\w+)"\)', source)
    asked = re.findall(r'name="([\w-]+)"', pages)
    quoted = re.findall(r'^    "(\w+)": columns', source, re.MULTILINE)
    return tuple(sorted({name for pair in read for name in pair if name} | set(asked) | set(quoted)))


def texts(world: World, actor: Actor) -> st.SearchStrategy[bytes]:
    """What may stand where a text may: usual, the actor's own, nasty, or anything."""
    own = [value.encode() for value in (*actor.knows, *(each for ids in world.ids.values() for each in ids))]
    usual = [value.encode() for value in USUAL]
    return st.one_of(
        st.sampled_from(usual), st.sampled_from(own), st.sampled_from(NASTY), st.binary(max_size=24),
        st.text(max_size=12).map(lambda text: text.encode("utf-8", "replace")),
    )  # fmt: skip


def paths(world: World, actor: Actor, rule: Rule | None) -> st.SearchStrategy[bytes]:
    """Addresses of a route, mostly as they are meant; of no route where there is none."""
    anything = st.one_of(
        st.binary(max_size=40).map(lambda raw: b"/" + raw),
        st.sampled_from(
            (b"", b"*", b"/" * 900, b"/" + b"a" * 9000, b"/..%2f", b"//s", b"/./s", b"/S", b"/s/", b"/s;x")
        ),
        st.tuples(texts(world, actor), texts(world, actor)).map(lambda two: b"/" + b"/".join(two)),
    )
    if rule is None:
        return anything

    def fill(values: list[bytes]) -> bytes:
        filled = iter(values)
        return b"".join(
            part.encode() if even else next(filled)
            for part, even in zip(pieces, [True, False] * len(pieces), strict=False)
        )

    pieces = re.split(r"<(?:\w+:)?(\w+)>", rule.rule)
    known = [[value.encode() for value in world.ids.get(name, ())] or [b"e" * 24] for name in pieces[1::2]]
    places = [st.one_of(st.sampled_from(ids), st.sampled_from(ids), texts(world, actor)) for ids in known]
    right = st.tuples(*places).map(lambda values: fill(list(values)))
    bent = st.tuples(right, st.sampled_from((b"/", b"//", b"\0", b"\xff", b"%2e", b";x", b".json"))).map(b"".join)
    return st.one_of(right, right, right, right, bent)


def _pairs(world: World, actor: Actor) -> st.SearchStrategy[list[tuple[bytes, bytes]]]:
    names = st.one_of(st.sampled_from([name.encode() for name in field_names()]), st.sampled_from(NASTY))
    return st.lists(st.tuples(names, texts(world, actor)), max_size=6)


def _urlencoded(pairs: list[tuple[bytes, bytes]]) -> bytes:
    return b"&".join(b"=".join(quote_from_bytes(part).encode() for part in pair) for pair in pairs)


def _multipart(parts: list[tuple[tuple[bytes, bytes], bytes, bytes]]) -> bytes:
    """Each part has a field, what follows the name in its header, and the line after that."""
    written = [
        b'--xx\r\nContent-Disposition: form-data; name="'
        + name
        + b'"'
        + more
        + b"\r\n"
        + line
        + b"\r\n"
        + value
        + b"\r\n"
        for (name, value), more, line in parts
    ]
    return b"".join(written) + b"--xx--\r\n"


@cache
def _workbook() -> bytes:
    kept = BytesIO()
    with ZipFile(kept, "w") as container:
        container.writestr("xl/workbook.xml", "<workbook/>")
        container.writestr("../../evil", "x")
    return kept.getvalue()


def bodies(world: World, actor: Actor) -> st.SearchStrategy[tuple[bytes, bytes]]:
    """A content type, and a body that may be of it."""
    token = st.sampled_from([[(b"csrf_token", actor.csrf.encode())]] * 3 + [[], [(b"csrf_token", b"forged")]])
    pairs = st.tuples(token, _pairs(world, actor)).map(lambda both: [*both[0], *both[1]])
    tables = st.sampled_from((
        b"Skole;Klasse;Klassetrin;Antal\nSkovtroldeskolen;7.E;7;22\n",
        b"Emne;Klassetrin;\xc3\x85r;Andel\nalkohol;7;2025;8\n",
        _workbook(), _workbook()[:-9], b"PK\x03\x04" + b"\0" * 99, b"\xff" * 99, b'"' * 999,
    ))  # fmt: skip
    more = st.sampled_from((
        b"", b"", b'; filename="a.csv"', b'; filename="a.xlsx"', b'; filename="\xff"', b"; filename*=utf-8''%ED%A0%80",
        b"; filename*=no-such''x", b'; filename="../../x"', f'; filename="<{MARK}>"'.encode(),
    ))  # fmt: skip
    line = st.sampled_from((
        b"", b"Content-Type: text/csv\r\n", b"Content-Type: text/plain; charset=utf-16\r\n", b"\xff: \xff\r\n",
        b"Content-Transfer-Encoding: base64\r\n", b"Content-Length: -1\r\n",
    ))  # fmt: skip
    plain = st.tuples(pairs, more, line).map(lambda drawn: [(pair, *drawn[1:]) for pair in drawn[0]])
    filed = st.tuples(plain, tables, more).map(
        lambda drawn: [*drawn[0], ((b"file", drawn[1]), drawn[2] or b"; filename=a", b"")]
    )
    return st.one_of(
        pairs.map(lambda fields: (FORM, _urlencoded(fields))),
        pairs.map(lambda fields: (FORM, _urlencoded(fields))),
        st.one_of(plain, filed).map(lambda parts: (PARTS, _multipart(parts))),
        st.tuples(st.sampled_from(KINDS), pairs.map(_urlencoded)),
        st.tuples(st.sampled_from(KINDS), st.one_of(plain, filed).map(_multipart)),
        st.tuples(st.sampled_from(KINDS), st.binary(max_size=60)),
        st.tuples(
            st.sampled_from(KINDS),
            st.sampled_from((
                b"[" * 20_000, b"--xx" * 500, b"--xx\r\n\r\n" * 1200, b"a&" * 3000, b"=" * 70_000, b"x=" + b"%00" * 900,
                b"--xx\r\n" + b"A: b\r\n" * 3000,
            )),
        ),
    )  # fmt: skip


def _cookies(world: World, actor: Actor) -> st.SearchStrategy[list[tuple[str, bytes]]]:
    own = "; ".join(f"{name}={value}" for name, value in actor.cookies.items()).encode()
    names = (
        "seat",
        "staff",
        "session",
        "device",
        "language",
        "cookies",
        *(f"lesson-{i}" for i in world.ids["lesson_id"]),
    )
    forged = st.tuples(
        st.sampled_from([world.cookie(name).encode() for name in names]),
        st.one_of(st.sampled_from(NASTY), st.sampled_from((b"e" * 24, b'"\\000\\377"', b"en", b"ar", b"x." * 2000))),
    ).map(lambda pair: b"=".join(pair))
    more = st.lists(st.one_of(forged, st.binary(max_size=20)), max_size=3)
    order = st.sampled_from((True, True, False))
    return st.tuples(more, order).map(
        lambda drawn: [("Cookie", each) for each in ([own, *drawn[0]] if drawn[1] else [*drawn[0], own]) if each]
    )


def _headers() -> st.SearchStrategy[list[tuple[str, bytes]]]:
    each = [
        st.tuples(st.just(name), st.one_of(st.sampled_from(values), st.sampled_from(NASTY)))
        for name, values in ODD_HEADERS.items()
    ]
    return st.lists(st.one_of(each), max_size=3)


@st.composite
def requests(draw: st.DrawFn, world: World, rule: Rule | None) -> Sent:
    """A request to a route by one of the world's actors."""
    actor = draw(st.sampled_from(world.actors))
    headers = [*draw(_cookies(world, actor)), *draw(_headers())]
    if world.kind.base_url.startswith("https") and draw(st.integers(0, 3)):
        headers.append(("Referer", f"{world.kind.base_url}/".encode()))  # what the form's guard demands there
    body, length = b"", None
    if draw(st.integers(0, 5)):
        kind, body = draw(bodies(world, actor))
        headers.append(("Content-Type", kind))
        size = str(len(body)).encode()
        length = draw(st.sampled_from((size, size, size, size, None, b"", b"-1", b"x", b"9" * 30, size + b"0", b"1")))
    method = draw(st.sampled_from(METHODS))
    query = draw(st.one_of(
        st.just(b""), _pairs(world, actor).map(_urlencoded), st.binary(max_size=30), st.sampled_from(NASTY),
        st.just(b"&".join([b"theme=alkohol"] * 2000)),
    ))  # fmt: skip
    return Sent(actor.name, method, draw(paths(world, actor, rule)), query, tuple(headers), body, length)
