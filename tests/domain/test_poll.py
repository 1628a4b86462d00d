"""Where the room is among a lesson's polls, and in which order weeks come."""

from datetime import date

import pytest

from app.domain.poll import Poll, PollState, Week, current, upcoming

WAITING, VOTING, CLOSED, LAPSED = PollState.WAITING, PollState.VOTING, PollState.CLOSED, PollState.LAPSED


def polls(*states: PollState) -> list[Poll]:
    """Polls named 0, 1, 2 in these states."""
    return [Poll(str(index), "l1", f"t{index}", "f", state, None, None, None) for index, state in enumerate(states)]


ROOMS = [
    ((WAITING,), "0", "0"),
    ((WAITING, WAITING, WAITING), "0", "0"),
    ((VOTING, WAITING), "0", "1"),
    ((CLOSED, WAITING), "0", "1"),
    ((CLOSED, VOTING, WAITING), "1", "2"),
    ((CLOSED, CLOSED, WAITING), "1", "2"),
    ((CLOSED, CLOSED), "1", None),
    ((LAPSED, WAITING), "0", "1"),
    ((LAPSED,), "0", None),
]


@pytest.mark.parametrize(("states", "here", "next_one"), ROOMS)
def test_a_room_is_at_one_poll_and_knows_the_next(
    states: tuple[PollState, ...], here: str, next_one: str | None
) -> None:
    lesson = polls(*states)
    following = upcoming(lesson)
    assert current(lesson).id == here
    assert (following.id if following else None) == next_one


WEEKS = [
    (date(2026, 11, 16), "2026-W47"),
    (date(2026, 1, 1), "2026-W01"),
    (date(2027, 1, 3), "2026-W53"),
    (date(2024, 12, 30), "2025-W01"),
]


@pytest.mark.parametrize(("day", "text"), WEEKS)
def test_a_week_is_the_iso_week_also_around_new_year(day: date, text: str) -> None:
    assert str(Week.of(day)) == text
    assert Week.parse(text) == Week.of(day)


def test_weeks_are_ordered_across_new_year() -> None:
    texts = ["2027-W01", "2026-W09", "2026-W53", "2026-W10"]
    assert [str(week) for week in sorted(map(Week.parse, texts))] == ["2026-W09", "2026-W10", "2026-W53", "2027-W01"]
