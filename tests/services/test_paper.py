"""A lesson on paper: the same rules and the same release, never beside screens, and no total is kept."""

import pytest

from app.domain.lesson import LessonState
from app.domain.poll import PollState
from app.domain.refusal import Reason
from app.domain.release import Band, Ruler
from app.domain.theme import Measure
from app.services.count_paper import count_paper
from app.services.house import House
from app.services.lead_lesson import add_seat, open_lobby
from app.services.open_poll import open_poll
from tests.conftest import Clock
from tests.services.room import THEME, Room, played

TOTALS = {
    "size": "22", "ballots": "22", "yes": "3", "no": "18", "skip": "1",
    "others": "20", "others_total": "180", "mates": "22", "mates_total": "140",
}  # fmt: skip


def counted(house: House, room: Room | None = None) -> Room:
    """A lesson whose first poll was counted on paper."""
    room = room or Room(house)
    room.do(count_paper, THEME, TOTALS)
    return room


def test_typing_the_totals_releases_what_the_same_ballots_would_have(house: House) -> None:
    room = counted(house)
    release = room.result().release
    assert (release.n, release.ruler) == (22, Ruler.A)
    assert release.figures[Measure.OWN] == Band(0, 3)
    assert release.figures[Measure.MATES] == Band(6, 8)
    assert release.figures[Measure.OTHERS] == Band(8, 10)
    view = room.view()
    assert (view.lesson.state, view.poll.state, view.on_paper) == (LessonState.RUNNING, PollState.CLOSED, True)
    assert list(house.keys.shares_older_than(0)) == []


@pytest.mark.parametrize("prepare", ["ready", "lobby"])
def test_paper_is_for_a_lesson_that_nobody_has_a_seat_in(house: House, prepare: str) -> None:
    room = Room(house)
    if prepare == "lobby":
        room.lobby()
    counted(house, room)
    assert room.view().lesson.code is None
    seated = Room(house, classroom="7.B").lobby(1)
    assert seated.refused(count_paper, THEME, TOTALS) is Reason.SEATS_TAKEN
    assert seated.view().poll.state is PollState.WAITING


def test_a_lesson_on_paper_takes_no_seats_and_opens_no_vote(house: House) -> None:
    themes = [house.themes[THEME], house.themes["alkohol"]]
    room = counted(house, Room(house, themes))
    assert room.refused(open_poll) is Reason.ON_PAPER
    assert room.refused(add_seat) is Reason.ON_PAPER
    assert room.refused(open_lobby) is Reason.WRONG_STATE
    room.do(count_paper, "alkohol", {**TOTALS, "size": "40"})
    assert room.result("alkohol").release.band(Measure.MATES) == Band(6, 8), "N is that of the first count"


def test_a_lesson_on_screens_takes_no_count(house: House) -> None:
    themes = [house.themes[THEME], house.themes["alkohol"]]
    room = played(house, 12, chosen=themes)
    assert room.refused(count_paper, "alkohol", TOTALS) is Reason.SEATS_TAKEN


def test_counting_twice_changes_nothing_and_totals_that_are_wrong_leave_all_as_it_was(house: House) -> None:
    room = Room(house)
    assert room.refused(count_paper, THEME, {**TOTALS, "yes": "4"}) is Reason.COUNT_OWN
    assert room.view().lesson.state is LessonState.READY
    counted(house, room).do(count_paper, THEME, {**TOTALS, "yes": "10", "no": "11"})
    assert room.result().release.band(Measure.OWN) == Band(0, 3)
    assert room.refused(count_paper, "alkohol", TOTALS) is Reason.WRONG_STATE


@pytest.mark.parametrize("first_on_paper", [True, False])
def test_a_family_stays_on_paper_or_on_screens_for_the_school_year(
    house: House, clock: Clock, first_on_paper: bool
) -> None:
    if first_on_paper:
        counted(house)
    else:
        played(house, 22)
    clock.forward(weeks=10)
    again = Room(house)
    if first_on_paper:
        assert again.refused(open_lobby) is Reason.ASKED_OTHERWISE
        counted(house, Room(house))
    else:
        assert again.refused(count_paper, THEME, TOTALS) is Reason.ASKED_OTHERWISE


def test_the_ledger_remembers_that_it_was_paper_when_the_database_came_back_older(house: House, clock: Clock) -> None:
    room = counted(house)
    with house.writing() as work:
        for table in ("figure", "release"):
            work.db.exec_driver_sql(f"DELETE FROM {table}")
        work.db.exec_driver_sql("UPDATE poll SET state = 'waiting', ruler = NULL")
    clock.forward(weeks=10)
    assert Room(house).refused(open_lobby) is Reason.ASKED_OTHERWISE
    assert room.lesson


def test_no_total_is_kept(house: House) -> None:
    odd = {**TOTALS, "others": "19", "others_total": "177", "mates": "21", "mates_total": "139"}
    Room(house).do(count_paper, THEME, odd)
    with house.reading() as work:
        names = [row[0] for row in work.db.exec_driver_sql(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            if work.db.dialect.name == "postgresql" else "SELECT name FROM sqlite_master WHERE type = 'table'"
        )]  # fmt: skip
        cells = {cell for name in names for row in work.db.exec_driver_sql(f'SELECT * FROM "{name}"') for cell in row}
    assert cells & {177, 139, 19, 21, "177", "139"} == set()
