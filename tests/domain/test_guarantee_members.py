"""How far the guarantee carries when not the same pupils vote twice, by an engine of its own; and where it ends."""

import pytest

from app.domain.release import Band, Ruler
from tests.prove_members import IMPLIED, ONE_ACT, Vote, broken, certain

A, B = Ruler.A, Ruler.B
CLASSES = range(10, 41)
STAY, LEAVE, COME = 0, 1, 2
FIRST, REPEAT = Vote((STAY, LEAVE), A), Vote((STAY, COME), B)


@pytest.mark.parametrize(("leave", "come"), [(0, 0), (1, 0), (0, 1), (1, 1)])
def test_a_repeat_keeps_the_guarantee_when_at_most_one_leaves_and_one_comes(leave: int, come: int) -> None:
    for n in CLASSES:
        if n - leave >= 10:
            assert broken((n - leave, leave, come), ONE_ACT, (FIRST, REPEAT)) is None, n


def test_a_parents_evening_of_up_to_120_keeps_the_guarantee() -> None:
    for n in range(41, 121):
        assert broken((n, 0, 0), ONE_ACT, (FIRST, REPEAT)) is None, n


# Where the guarantee ends: said openly, or closed by a rule; either way known.
def test_three_pupils_away_the_second_time_may_be_given_away() -> None:
    found = certain((11, 3, 0), ONE_ACT, (FIRST, REPEAT), known=0, act=0, wanted=0)
    assert found is not None
    assert (found.shown, found.group) == ((Band(8, 14), Band(0, 5)), LEAVE)


def test_two_pupils_away_never_give_away_a_yes() -> None:
    assert all(certain((n - 2, 2, 0), ONE_ACT, (FIRST, REPEAT), 4, 0, wanted=0) is None for n in range(12, 41))
    assert certain((11, 2, 0), ONE_ACT, (FIRST, REPEAT), 1, 0, wanted=1) is not None


BROAD, NARROW = 0, 1  # whoever did the narrow act did the broad one


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_two_themes_of_a_family_in_one_lesson_keep_it_when_the_narrow_vote_adds_nobody(missing: int) -> None:
    votes = (Vote((STAY, LEAVE), A, BROAD), Vote((STAY,), A, NARROW))
    for n in range(10 + missing, 17):
        assert broken((n - missing, missing), IMPLIED, votes) is None, n


@pytest.mark.parametrize(("first", "second"), [(A, A), (A, B), (B, A)])
def test_two_themes_of_a_family_break_it_when_somebody_is_only_at_the_narrow_vote(first: Ruler, second: Ruler) -> None:
    votes = (Vote((STAY,), first, BROAD), Vote((STAY, LEAVE), second, NARROW))
    assert any(broken((n, 1), IMPLIED, votes) for n in range(10, 17))


def test_a_latecomer_to_the_narrow_vote_may_be_given_away_to_somebody_who_knows_nobody() -> None:
    votes = (Vote((STAY,), A, BROAD), Vote((STAY, LEAVE), A, NARROW))
    found = certain((21, 1), IMPLIED, votes, known=0, act=NARROW, wanted=0)
    assert found is not None
    assert (found.shown, found.group) == ((Band(0, 3), Band(4, 7)), LEAVE)


def test_totals_of_ends_are_the_same_for_everybody_who_sees_the_same_bands() -> None:
    votes = (Vote((0,), A), Vote((1,), A))
    for n, m in ((10, 10), (10, 13), (14, 16)):
        assert all(certain((n, m), ONE_ACT, votes, known, 0, wanted) is None for known, wanted in ((4, 0), (2, 1)))


@pytest.mark.parametrize("step", [1, 5, 10])
def test_a_total_of_counts_breaks_it_however_it_is_rounded(step: int) -> None:
    votes = (Vote((0,), A), Vote((1,), A))

    def total(counts: tuple[int, ...]) -> int:
        return (2 * sum(counts) + step) // (2 * step) * step

    cases = ((4, 0), (2, 1))
    assert any(certain((10, 10), ONE_ACT, votes, known, 0, wanted, total) for known, wanted in cases)
