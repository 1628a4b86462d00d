"""Totals counted on paper are the tally that the same ballots would have made, or are refused with the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ballot import Approval, Ballot, Own
from app.domain.paper import read_count
from app.domain.refusal import Reason, Refusal
from app.domain.tally import count

SIZE = 22
GUESSES = st.none() | st.integers(0, SIZE)
OWN = st.sampled_from(Own)
VIEWS = st.builds(Approval, OWN, GUESSES)
BALLOTS = st.lists(st.builds(Ballot, GUESSES, GUESSES, OWN, VIEWS), min_size=10, max_size=40)
RIGHT = {
    "size": "22", "ballots": "20", "yes": "3", "no": "15", "skip": "2",
    "others": "18", "others_total": "160", "mates": "7", "mates_total": "154",
}  # fmt: skip


def counted_by_hand(ballots: list[Ballot]) -> dict[str, str]:
    """What two pupils write down."""
    fields = {"size": SIZE, "ballots": len(ballots), **{own.value: 0 for own in Own}}
    for ballot in ballots:
        fields[ballot.own.value] += 1
    for name in ("others", "mates"):
        guesses = [guess for ballot in ballots if (guess := getattr(ballot, name)) is not None]
        fields.update({name: len(guesses), f"{name}_total": sum(guesses)})
    views = [ballot.approval for ballot in ballots if ballot.approval is not None]
    believed = [view.mates for view in views if view.mates is not None]
    fields.update({f"approve_{own.value}": sum(view.own is own for view in views) for own in Own})
    fields.update(approve_mates=len(believed), approve_mates_total=sum(believed))
    return {name: str(number) for name, number in fields.items()}


@given(BALLOTS, st.booleans())
def test_paper_gives_the_tally_of_the_same_ballots(ballots: list[Ballot], approval: bool) -> None:
    fields = counted_by_hand(ballots)
    assert read_count(fields, None, approval=approval) == count(ballots, SIZE, approval=approval)


def test_views_that_are_not_as_many_as_the_slips_are_refused() -> None:
    view = {"approve_yes": "3", "approve_no": "15", "approve_skip": "1"}
    with pytest.raises(Refusal) as refused:
        read_count({**RIGHT, **view, "approve_mates": "7", "approve_mates_total": "154"}, None, approval=True)
    assert refused.value.reason is Reason.COUNT_OWN


def test_spaces_are_forgiven_and_the_lessons_own_size_wins() -> None:
    assert read_count({**RIGHT, "yes": " 3 "}, None).yes == 3
    assert read_count({**RIGHT, "size": "", "others_total": "400"}, 30).size == 30


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"ballots": "9", "no": "4"}, Reason.COUNT_OUT_OF_RANGE),
        ({"ballots": "41", "no": "36"}, Reason.COUNT_OUT_OF_RANGE),
        ({"size": "0"}, Reason.COUNT_OUT_OF_RANGE),
        ({"size": "41"}, Reason.COUNT_OUT_OF_RANGE),
        ({"yes": "4"}, Reason.COUNT_OWN),
        ({"yes": "2"}, Reason.COUNT_OWN),
        ({"others": "21"}, Reason.COUNT_GUESSED),
        ({"mates_total": "155"}, Reason.COUNT_TOTAL),
        ({"mates": "0", "mates_total": "1"}, Reason.COUNT_TOTAL),
        ({"yes": "-3"}, Reason.COUNT_NOT_NUMBERS),
        ({"yes": "3,0"}, Reason.COUNT_NOT_NUMBERS),
        ({"yes": "³"}, Reason.COUNT_NOT_NUMBERS),
        ({"skip": ""}, Reason.COUNT_NOT_NUMBERS),
        ({"others_total": "99999"}, Reason.COUNT_NOT_NUMBERS),
    ],
)
def test_totals_that_cannot_be_right_are_refused_with_the_reason(wrong: dict[str, str], reason: Reason) -> None:
    with pytest.raises(Refusal) as refused:
        read_count({**RIGHT, **wrong}, None)
    assert refused.value.reason is reason
