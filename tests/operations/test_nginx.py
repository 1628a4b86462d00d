"""The documented nginx.conf, run: what pupils get through it, and what it must never do to a ballot."""

import gzip
import http.client
import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest
from werkzeug.routing import Rule

from app import create_app
from app.config import Settings
from app.web import guards
from app.web.assets import FOR_EVER
from app.web.errors import HTTP_ANSWERS, OUR_FAULT
from app.web.language import read_languages
from app.web.pupil.views import MAX_BODY
from tests.crash.conftest import THEME, Server, free_port
from tests.operations.conftest import Backend, Nginx, Visitor

PUPILS = 10
OFF = "proxy_next_upstream off;"
BUFFERED = "buffered to a temporary file"


class House(NamedTuple):
    """A real server, and the documented nginx before it."""

    server: Server
    nginx: Nginx


@pytest.fixture
def house(tmp_path: Path, front: Callable[..., Nginx]) -> Iterator[House]:
    """Both, running; the server is told the address that pupils use."""
    server = Server(tmp_path / "data", None)
    nginx = front(server.port)
    server.environment["PEJLING_BASE_URL"] = nginx.address
    server.start()
    yield House(server, nginx)
    if server.process is not None and server.process.poll() is None:
        server.kill()


class Teacher(Visitor):
    """A teacher with a lesson, through nginx."""

    def __init__(self, house: House) -> None:
        super().__init__(house.nginx)
        made = house.server.command(
            *(
                "lesson",
                "--school",
                "Skovtroldeskolen",
                "--classroom",
                "7.A",
                "--grade",
                "7",
                "--theme",
                THEME,
                "--json",
            )
        )
        lesson = json.loads(made)
        self.page, self.link = f"/lesson/{lesson['lesson']}", lesson["link"].removeprefix(house.nginx.address)
        assert self.get(self.link).headers["Location"] == self.page

    def press(self, verb: str) -> None:
        """One of the buttons."""
        answer = self.post(f"{self.page}/{verb}", csrf_token=self.get(self.page).hidden("csrf_token"))
        assert answer.status == 303, answer.text

    def state(self) -> dict[str, str]:
        """What the board knows."""
        said: dict[str, str] = json.loads(self.get(f"{self.page}/state").body)
        return said


def test_a_class_joins_and_votes_and_no_log_knows_of_it(house: House) -> None:
    teacher = Teacher(house)
    teacher.press("lobby")
    said = teacher.state()
    code, door = str(said["code"]), said["join_url"].removeprefix(house.nginx.address)
    pupils = [Visitor(house.nginx) for _ in range(PUPILS)]
    for number, pupil in enumerate(pupils):
        if number % 2:  # typed, or scanned
            assert pupil.post("/", code=code, seat=pupil.get("/").hidden("seat")).status == 303
        else:
            assert pupil.post(door, seat=pupil.get(door).hidden("seat")).status == 303
    teacher.press("open")
    for pupil in pupils:
        ballot = {"theme": THEME, "token": pupil.get("/s").hidden("token"), "others": "5", "mates": "4", "own": "no"}
        assert pupil.post("/s", **ballot).status == 303
        assert pupil.get("/s").status == 200
    assert teacher.state()["ballots"] == PUPILS
    teacher.press("close")
    assert json.loads(teacher.get(f"{teacher.page}/release?theme={THEME}").body)["n"] == PUPILS

    for line in (line for visitor in (teacher, *pupils) for line in visitor.set):
        kept = line.split("; ")
        assert line.startswith("__Host-"), line
        assert {"Secure", "HttpOnly", "Path=/"} <= set(kept), line
    assert len({pupil.cookies["__Host-seat"] for pupil in pupils}) == PUPILS
    assert teacher.get("/").headers.get_all("Strict-Transport-Security") == ["max-age=63072000; includeSubDomains"]
    assert teacher.get("/staff").headers["Location"].startswith("/")
    assert house.nginx.logged() == ""


def test_what_goes_wrong_is_in_no_log_either(front: Callable[..., Nginx]) -> None:
    nginx = front(free_port())  # nobody is there
    visitor = Visitor(nginx)
    assert visitor.get("/k/secret-of-a-link").status == 502
    assert visitor.post("/123456", seat="x" * MAX_BODY).status == 413
    assert visitor.get("/lesson/1/%zz").status == 400
    assert nginx.logged() == ""
    told = nginx.witness.read_text(encoding="utf-8")
    assert "client: 127.0.0.1" in told
    assert "/k/secret-of-a-link" in told


def test_where_nginx_answers_itself_it_says_what_the_application_would(front: Callable[..., Nginx]) -> None:
    visitor = Visitor(front(free_port()))  # nobody is there
    english, large = read_languages()["en"], {"seat": "x" * MAX_BODY}
    for answer, says in ((visitor.get("/s"), OUR_FAULT), (visitor.post("/s", **large), HTTP_ANSWERS[413])):
        assert f"<h1>{says.sentence}</h1>" in answer.text
        assert f"<p lang=en>{english(says.sentence)}</p>" in answer.text
        assert "nginx" not in answer.text
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-store"
        (style,) = re.findall("<style>(.*)</style>", answer.text)
        digest = b64encode(sha256(style.encode()).digest()).decode()
        assert answer.headers["Content-Security-Policy"] == f"default-src 'none'; style-src 'sha256-{digest}'"


def test_the_monitors_page_is_not_there_from_outside_whatever_is_shown(
    front: Callable[..., Nginx], backend: Callable[..., Backend]
) -> None:
    behind = backend()
    visitor = Visitor(front(behind.port))
    for path in ("/metrics", "/metrics?a=b", "//metrics", "/./metrics", "/%6detrics"):
        assert visitor.get(path, Authorization="Bearer of-the-monitor").status == 404, path
    assert behind.reached == []
    assert visitor.get("/metricss").status == 204


def test_plain_http_is_sent_to_the_configured_address_whatever_host_is_said(front: Callable[..., Nginx]) -> None:
    nginx = front(free_port())
    connection = http.client.HTTPConnection("127.0.0.1", nginx.http)
    connection.request("GET", "/k/link?a=b", headers={"Host": "elsewhere.example"})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, f"{nginx.address}/k/link?a=b")
    connection.close()
    assert nginx.logged() == ""


def test_static_files_come_packed_once_and_are_kept_under_their_digest(house: House) -> None:
    visitor = Visitor(house.nginx)
    found = re.search(r'"(/static/[0-9a-f]{12}/[^"]+\.css)"', visitor.get("/privacy").text)
    assert found is not None
    packed = visitor.get(found[1], **{"Accept-Encoding": "gzip, deflate, br"})
    plain = visitor.get(found[1])
    assert (packed.status, packed.headers["Content-Encoding"], packed.headers["Cache-Control"]) == (
        200,
        "gzip",
        FOR_EVER,
    )
    assert (plain.status, plain.headers["Content-Encoding"], plain.headers["Cache-Control"]) == (200, None, FOR_EVER)
    assert gzip.decompress(packed.body) == plain.body
    assert "Accept-Encoding" in packed.headers["Vary"]
    house.server.kill()
    again = visitor.get(found[1], **{"Accept-Encoding": "zstd, gzip"})
    assert (again.status, again.body) == (200, packed.body)
    assert visitor.get("/privacy").status == 502


@pytest.mark.parametrize(("setting", "arrivals"), [(OFF, 1), ("proxy_next_upstream error non_idempotent;", 2)])
def test_nginx_repeats_no_ballot_by_itself(
    setting: str, arrivals: int, front: Callable[..., Nginx], backend: Callable[..., Backend]
) -> None:
    """Two servers that take a ballot and hang up. The second setting shows that a repeat would be seen."""
    servers = [backend(hangs_up=True), backend(hangs_up=True)]
    nginx = front(*(each.port for each in servers), changed={OFF: setting})
    assert Visitor(nginx).post("/s", own="no").status == 502
    assert [arrived[:2] for each in servers for arrived in each.reached] == [("POST", "/s")] * arrivals


def test_bodies_are_as_large_as_the_application_takes_and_never_on_disk(
    tmp_path: Path, front: Callable[..., Nginx], backend: Callable[..., Backend]
) -> None:
    behind = backend()
    nginx = front(behind.port)
    limits = _limits(tmp_path)
    assert set(limits.values()) == {MAX_BODY, guards.MAX_BODY, guards.LARGE_BODY}
    wrong = []
    for path, limit in limits.items():
        for size, expected in ((limit, 204), (limit + 1, 413)):
            status = Visitor(nginx).ask("POST", path, b"x" * size, {}).status
            if status != expected:
                wrong.append((path, size, status))
    assert wrong == []
    assert {path: size for _, path, size in behind.reached} == limits
    assert BUFFERED not in nginx.witness.read_text(encoding="utf-8")


def test_the_witness_would_have_told_of_a_body_on_disk(
    front: Callable[..., Nginx], backend: Callable[..., Backend]
) -> None:
    nginx = front(backend().port, changed={"client_body_buffer_size 64k;": "client_body_buffer_size 1k;"})
    Visitor(nginx).ask("POST", "/lesson/1/open", b"x" * guards.MAX_BODY, {})
    assert BUFFERED in nginx.witness.read_text(encoding="utf-8")


def _limits(tmp_path: Path) -> dict[str, int]:
    """Every address that takes a POST, with the most that the application reads of its body."""
    settings = Settings(f"sqlite:///{tmp_path / 'pejling.sqlite'}", tmp_path / "keys", "https://localhost")
    app = create_app(settings)

    def limit(rule: Rule) -> int:
        if rule.endpoint.startswith("pupil."):
            return MAX_BODY
        return getattr(app.view_functions[rule.endpoint], "max_body", guards.MAX_BODY)

    posts = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    return {re.sub(r"<[^>]+>", "123456", rule.rule): limit(rule) for rule in posts}
