"""Every route of the running application, asked in every way that nobody should.

The routes are taken from the application itself. PEJLING_FUZZ says how many requests each route gets: nine unless
told otherwise, and `make fuzz` asks for many more.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from tests import postgres
from tests.hostile.promises import broken
from tests.hostile.sending import Sent, ask, requests
from tests.hostile.world import FULL, PLAIN, Actor, World

EACH = int(os.environ.get("PEJLING_FUZZ", "9"))
ANYWHERE = 10  # as many routes' worth of requests to addresses of no route
# What a request without rights may leave behind, and why.
MAY_CHANGE = {
    "account.signed_in": {"attempt"},  # an attempt to sign in counts
    "account.sign_in_page": {"attempt"},
    "demo_staff.enter": {"staff_session"},  # a demo lets anybody be its invented staff
    "demo_staff.choose": {"staff_session"},
}
# The provider of sign-in is not there, and docs/operations.md promises the kind of what went wrong.
MAY_BE_LOGGED = re.compile(r"not signed in by the provider: \w+")


@pytest.fixture(params=["http", "https", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A plain installation, one with everything that can be set up, and one on PostgreSQL."""
    if request.param == "postgresql":
        url = postgres.new_database(request.getfixturevalue("postgres_socket"), f"hostile_{os.getpid()}")
    else:
        url = f"sqlite:///{tmp_path / 'pejling.sqlite'}"
    made = World(url, tmp_path / "keys", FULL if request.param == "https" else PLAIN)
    yield made
    made.close()


# Werkzeug leaves the half-read parts of a broken form to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_request_breaks_a_promise_and_none_without_rights_changes_anything(
    world: World, subtests: pytest.Subtests
) -> None:
    each = EACH if world.house.database.embedded else max(1, EACH // 3)
    for rule in sorted(world.app.url_map.iter_rules(), key=lambda rule: rule.rule):
        with subtests.test(rule.rule, methods=sorted(rule.methods or ())):
            fuzz(world, rule, each)
    with subtests.test("addresses of no route"):
        fuzz(world, None, each * ANYWHERE)


def fuzz(world: World, rule: Rule | None, number: int) -> None:
    """Send a route that many requests."""

    @given(sent=requests(world, rule))
    @settings(
        max_examples=number,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    def keeps_its_promises(sent: Sent) -> None:
        actor = next(each for each in world.actors if each.name == sent.actor)
        endpoint = endpoint_of(world, sent)
        before = world.digests()
        answer = ask(world.app, sent)
        after = world.digests()
        changed = {name for name in before if before[name] != after[name]}
        if changed:
            world.restore()
        may = MAY_CHANGE.get(endpoint or "", set())
        faults = broken(world, actor, answer, sent.method, endpoint)
        if not may_act(world, actor, sent, endpoint):
            faults += [f"{name or 'the key folder'} changed" for name in changed - may]
        faults += [f"logged {line}" for line in world.log if not MAY_BE_LOGGED.fullmatch(line)]
        world.log.clear()
        assert not faults, f"{faults} by {sent}"

    keeps_its_promises()


def endpoint_of(world: World, sent: Sent) -> str | None:
    """The endpoint that an address belongs to, by whatever method it is asked."""
    for method in (sent.method, "GET", "POST"):
        try:
            found = world.app.url_map.bind("x").match(sent.path.decode("utf-8", "replace") or "/", method)
        except HTTPException:
            continue
        return found[0]
    return None


def may_act(world: World, actor: Actor, sent: Sent, endpoint: str | None) -> bool:
    """Whether a request has the right to change something: it is a POST, from a page of ours, by somebody for whom the
    view is, and where a form carries a token, with a good one."""
    sites = [value for name, value in sent.headers if name == "Sec-Fetch-Site"]
    if sent.method != "POST" or endpoint is None or any(site not in (b"same-origin", b"none") for site in sites):
        return False
    word = getattr(world.app.view_functions[endpoint], "access", "")
    if word not in actor.words:
        return False
    return word == "anyone" or actor.csrf.encode() in sent.body
