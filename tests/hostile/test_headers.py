"""The headers of every kind of answer: each route as a stranger and as everybody with rights, and every error page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.web.guards import MAX_BODY
from app.web.pupil.wrong_codes import LIMIT
from tests.hostile.promises import broken, headers_broken
from tests.hostile.sending import Answered, Sent, ask
from tests.hostile.world import FULL, PLAIN, Actor, World


@pytest.fixture(params=[PLAIN, FULL], ids=["http", "https"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A plain installation, and one with everything that can be set up."""
    made = World(f"sqlite:///{tmp_path / 'pejling.sqlite'}", tmp_path / "keys", request.param)
    yield made
    made.close()


def send(world: World, actor: Actor, method: str, path: str, body: bytes = b"", *more: tuple[str, bytes]) -> Answered:
    """A request of an actor with its own cookies."""
    cookies = "; ".join(f"{name}={value}" for name, value in actor.cookies.items()).encode()
    form = ("Content-Type", b"application/x-www-form-urlencoded")
    headers = (("Cookie", cookies), form, ("Referer", f"{world.kind.base_url}/".encode()), *more)
    return ask(world.app, Sent(actor.name, method, path.encode(), b"", headers, body, str(len(body)).encode()))


def test_every_route_keeps_its_headers_and_cookies_by_every_method_and_for_whoever_has_rights(world: World) -> None:
    asked = set()
    for rule in sorted(world.app.url_map.iter_rules(), key=lambda rule: rule.rule):
        ids = {name: known[0] for name, known in world.ids.items()}
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found, ids=ids: ids.get(found[1], "e" * 24), rule.rule)
        word = getattr(world.app.view_functions[rule.endpoint], "access", "")
        for actor in (world.actors[0], *(each for each in world.actors[1:] if word in each.words)):
            for method in ("GET", "HEAD", "OPTIONS", "DELETE"):
                answer = send(world, actor, method, path)
                asked.add(answer.status)
                assert not broken(world, actor, answer, method, rule.endpoint), f"{method} {path} as {actor.name}"
    assert {200, 303, 403, 404, 405} <= asked


def test_every_kind_of_error_keeps_its_headers(world: World) -> None:
    stranger, teacher = world.actors[0], world.actors[1]
    page = send(world, teacher, "GET", f"/lesson/{world.ids['lesson_id'][0]}").body.decode()
    file = page.split('rel="stylesheet" href="')[1].split('"')[0]
    kept = send(world, stranger, "GET", file)
    tag = kept.header("ETag").encode()
    answers = [
        (308, send(world, stranger, "GET", "//staff//sign-in")),
        (400, send(world, stranger, "GET", "/\r", b"", ("Content-Type", b"multipart/form-data"))),
        (400, send(world, stranger, "POST", "/staff/sign-in")),
        (403, send(world, stranger, "POST", "/", b"", ("Sec-Fetch-Site", b"cross-site"))),
        (404, send(world, stranger, "GET", "/nothing/at/all")),
        (405, send(world, stranger, "DELETE", "/")),
        (413, send(world, stranger, "POST", "/staff/sign-in", b"x" * (MAX_BODY + 1))),
    ]
    wanted = [status for status, _ in answers if status != 400]
    assert [answer.status for status, answer in answers if status != 400] == wanted
    for status, answer in answers:
        assert not headers_broken(answer, https=world.kind.base_url.startswith("https")), status
    for status, answer in ((200, kept), (304, send(world, stranger, "GET", file, b"", ("If-None-Match", tag)))):
        assert answer.status == status
        assert not headers_broken(answer, https=world.kind.base_url.startswith("https"), asset=True)


def test_too_many_wrong_codes_and_a_fault_of_ours_keep_their_headers_too(world: World) -> None:
    stranger, https = world.actors[0], world.kind.base_url.startswith("https")
    for _ in range(2 * LIMIT + 1):  # a minute of the clock may end on the way
        answer = send(world, stranger, "POST", "/", b"code=000000")
        if answer.status == 429:
            break
    assert answer.status == 429
    assert not headers_broken(answer, https=https)
    world.app.jinja_env.globals["asset"] = None
    fault = send(world, world.actors[1], "GET", f"/lesson/{world.ids['lesson_id'][0]}")
    assert fault.status == 503
    assert not headers_broken(fault, https=https)
