"""A class behind a proxy that repeats, loses, cuts and delays: a ballot counts once, however often it arrived."""

import http.client
import subprocess
import sys
from collections.abc import Iterator
from typing import IO

import pytest

from tests.crash.conftest import Browser, Server, free_port
from tests.crash.test_kill import rows
from tests.faults.conftest import ASKED, THANKED, Vote, at_once


class Network:
    """The proxy between a class and its server."""

    def __init__(self, server: Server) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "tests.journeys.proxy", str(self.port), str(server.port)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._answered()

    def is_(self, mode: str) -> None:
        """What it does to requests from now on."""
        print(mode, file=self._pipe(self.process.stdin), flush=True)
        self._answered()

    def browser(self, cookies: dict[str, str]) -> Browser:
        """Somebody behind it."""
        made = Browser(self.port)
        made.cookies = dict(cookies)
        return made

    def _answered(self) -> None:
        assert self._pipe(self.process.stdout).readline()

    @staticmethod
    def _pipe(end: IO[str] | None) -> IO[str]:
        assert end is not None
        return end


@pytest.fixture
def network(embedded: Server) -> Iterator[Network]:
    """A network, good at first."""
    made = Network(embedded)
    yield made
    made.process.communicate()  # its input ends, and so does it


def test_a_class_behind_a_proxy_that_repeats_loses_cuts_and_delays(embedded: Server, network: Network) -> None:
    vote = Vote([embedded], 20)
    for ballot in vote.ballots:
        ballot.browser = network.browser(ballot.browser.cookies)
    vote.lesson.teacher = network.browser(vote.lesson.teacher.cookies)
    stored = 0
    for mode, arrives, thanked in (
        ("cut", False, False),
        ("lose", True, False),
        ("repeat", True, True),
        ("slow", True, True),
    ):
        network.is_(mode)
        some, vote.ballots = vote.ballots[:5], vote.ballots[5:] + vote.ballots[:5]
        said = at_once(ballot.send for ballot in some)
        assert all(
            each == THANKED if thanked else isinstance(each, (OSError, http.client.HTTPException)) for each in said
        )
        stored += 5 * arrives
        assert rows(embedded) == {"urn": stored, "spent": stored}
    network.is_("repeat")
    assert at_once(ballot.send for ballot in vote.ballots) == [THANKED] * 20
    network.is_("pass")
    close = vote.lesson.button("close")
    network.is_("lose")
    with pytest.raises((OSError, http.client.HTTPException)):
        close()
    network.is_("repeat")
    assert close() == 303
    assert vote.lesson.ask(ASKED)["n"] == 20
