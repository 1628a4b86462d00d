"""A prankster guesses join codes at the front page of a real server, while a class takes its seats."""

from http.client import HTTPConnection
from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from app.domain.lesson import code_length
from app.web.pupil.wrong_codes import LIMIT
from tests.crash.conftest import PATIENCE, Lesson, Server

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Prankster:
    """A script without cookies, on one connection."""

    def __init__(self, server: Server) -> None:
        self.wire = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)

    def guess(self, code: str) -> int:
        """The status of a code."""
        self.wire.request("POST", "/", urlencode({"code": code}), FORM)
        answer = self.wire.getresponse()
        answer.read()
        return answer.status


def test_after_a_thousand_wrong_codes_in_a_minute_wrong_ones_wait_and_right_ones_never_do(server: Server) -> None:
    lesson = Lesson(server)
    assert lesson.press("lobby") == 303
    right = str(lesson.ask("state")["code"])
    prankster, told = Prankster(server), []
    # Twice the limit, since a minute of the clock may end on the way.
    for number in range(2 * LIMIT + 1):
        told.append(prankster.guess(f"{(int(right) + 1 + number) % 10 ** len(right):0{len(right)}}"))
        if told[-1] == 429:
            break
    assert told[-1] == 429
    assert LIMIT <= told.count(404) == len(told) - 1
    assert [prankster.guess(right) for _ in range(5)] == [303] * 5
    prankster.wire.close()
    assert lesson.ask("state")["seats"] == 5


@given(others=st.integers(0, 10**6))
def test_open_lobbies_never_fill_more_than_one_in_ten_thousand_of_the_code_space(others: int) -> None:
    chance = (others + 1) / 10 ** code_length(others)
    assert chance <= 1 / 10_000
    hits_a_minute = chance * LIMIT
    assert hits_a_minute <= 0.1, "of one process; several count apart"
