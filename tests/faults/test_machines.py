"""Two servers on one PostgreSQL with one shared key folder, as two machines: whoever answers, it is the same house."""

import http.client
import os
import signal
from functools import partial

from tests.crash.conftest import Browser, Lesson, Server, alive, wait_until
from tests.crash.test_kill import Rush, rows
from tests.faults.conftest import ASKED, THANKED, Ballot, InTurn, Vote, at_once

LATE = (409, "Afstemningen er lukket. Kig op. Du kan godt være med i snakken.")


def on(machine: Server, lesson: Lesson, verb: str) -> partial[int]:
    """One of the teacher's buttons, pressed on one machine."""
    there = Browser(machine.port)
    there.cookies = dict(lesson.teacher.cookies)
    other = Lesson.__new__(Lesson)
    other.id, other.teacher, other.seats = lesson.id, there, []
    return partial(other.button(verb))


def test_seats_ballots_and_boards_in_turn_are_one_vote(machines: list[Server]) -> None:
    vote = Vote(machines)
    for number, ballot in enumerate(vote.ballots, 1):
        assert ballot.send() == THANKED
        assert [vote.lesson.ask("state")["ballots"] for _ in machines] == [number] * 2, "each board says the same"
    assert vote.close() == 12
    first, second = (vote.lesson.ask(ASKED) for _ in machines)
    assert first == second


def test_two_opens_at_once_are_one_vote_and_two_closes_at_once_are_one_release(machines: list[Server]) -> None:
    for _ in range(3):
        lesson = Lesson(machines[0], os.urandom(3).hex()).lobby(10)
        opened = at_once([on(machine, lesson, "open") for machine in machines])
        assert sorted(map(str, opened)) in (["303", "303"], ["303", "409"])
        ballots = [Ballot(InTurn(machines), seat) for seat in lesson.seats]
        assert at_once(ballot.send for ballot in ballots) == [THANKED] * 10
        closed = at_once([on(machine, lesson, "close") for machine in machines * 2])
        assert closed == [303] * 4
        assert lesson.ask(ASKED)["n"] == 10
        assert rows(machines[0]) == {"urn": 0, "spent": 0}
        assert not list((machines[0].data / "keys" / "shares").iterdir()), "the key is gone once and for all"


def test_one_ballot_at_both_at_the_same_moment_counts_once(machines: list[Server]) -> None:
    vote = Vote(machines)
    assert at_once(ballot.send for ballot in vote.ballots * 4) == [THANKED] * 48
    assert rows(machines[0]) == {"urn": 12, "spent": 12}
    assert vote.close() == 12


def test_a_ballot_on_one_and_the_close_on_the_other_are_before_or_after_each_other(machines: list[Server]) -> None:
    vote = Vote(machines, 24)
    assert at_once(ballot.send for ballot in vote.ballots[:12]) == [THANKED] * 12
    said = at_once([*(ballot.send for ballot in vote.ballots[12:]), on(machines[1], vote.lesson, "close")])
    assert said.pop() == 303
    assert set(said) <= {THANKED, LATE}
    assert vote.lesson.ask(ASKED)["n"] == 12 + said.count(THANKED)
    assert rows(machines[0]) == {"urn": 0, "spent": 0}


def test_one_machine_is_killed_and_the_other_brings_the_vote_home(machines: list[Server]) -> None:
    vote = Vote(machines)
    dying, living = machines
    ballots = dict(zip(vote.lesson.seats, vote.ballots, strict=True))

    def sent(ballot: Ballot) -> bool:
        try:
            return ballot.send() == THANKED
        except (OSError, http.client.HTTPException):
            return False

    rush = Rush({seat: partial(sent, ballot) for seat, ballot in ballots.items()})
    rush.wait_for(3)
    dying.kill()
    before = rush.over()
    assert rows(living)["urn"] >= len(before)
    for ballot in vote.ballots:
        ballot.browser = there = Browser(living.port)
        there.cookies["seat"] = vote.lesson.seats[vote.ballots.index(ballot)]
    vote.lesson.teacher, teacher = Browser(living.port), vote.lesson.teacher
    vote.lesson.teacher.cookies = teacher.cookies
    assert at_once(ballot.send for ballot in vote.ballots) == [THANKED] * 12, "its locks died with it"
    assert vote.close() == 12


def test_one_worker_is_killed_and_its_parent_brings_another(machines: list[Server]) -> None:
    vote = Vote(machines)
    old = machines[1].workers()
    os.kill(old[0], signal.SIGKILL)
    wait_until(lambda: not alive(old[0]) and machines[1].ready(), "there is another worker")
    assert at_once(ballot.send for ballot in vote.ballots) == [THANKED] * 12
    assert vote.close() == 12
