"""What a pupil's form may say, and what a sealed plaintext must look like."""

import pytest

from app.domain.ballot import LENGTH, Approval, Ballot, Own
from app.domain.refusal import Reason, Refusal

ACCEPTED = [
    ({"others": "0", "mates": "22", "own": "yes"}, Ballot(0, 22, Own.YES)),
    ({"others": "unknown", "mates": "1", "own": "no"}, Ballot(None, 1, Own.NO)),
    ({"others": "7", "mates": "unknown", "own": "skip"}, Ballot(7, None, Own.SKIP)),
]


@pytest.mark.parametrize(("form", "ballot"), ACCEPTED)
def test_a_form_of_three_answers_is_a_ballot(form: dict[str, str], ballot: Ballot) -> None:
    assert Ballot.from_form(form, 22) == ballot


REFUSED = [
    {},
    {"others": "3", "mates": "3"},
    {"others": "3", "own": "yes"},
    {"mates": "3", "own": "yes"},
    {"others": "3", "mates": "3", "own": "maybe"},
    {"others": "3", "mates": "3", "own": ""},
    {"others": "23", "mates": "3", "own": "yes"},
    {"others": "3", "mates": "23", "own": "yes"},
    {"others": "-1", "mates": "3", "own": "yes"},
    {"others": "3.5", "mates": "3", "own": "yes"},
    {"others": "+3", "mates": "3", "own": "yes"},
    {"others": " 3", "mates": "3", "own": "yes"},
    {"others": "3\n", "mates": "3", "own": "yes"},
    {"others": "٣", "mates": "3", "own": "yes"},
    {"others": "0003", "mates": "3", "own": "yes"},
    {"others": "1e1", "mates": "3", "own": "yes"},
]


@pytest.mark.parametrize("form", REFUSED)
def test_a_form_with_a_missing_or_impossible_answer_is_refused(form: dict[str, str]) -> None:
    with pytest.raises(Refusal) as refused:
        Ballot.from_form(form, 22)
    assert refused.value.reason is Reason.BAD_BALLOT


def test_the_largest_guess_of_the_largest_group_fits_one_byte_beside_ved_ikke() -> None:
    ballot = Ballot.from_form({"others": "120", "mates": "unknown", "own": "skip"}, 120)
    assert Ballot.from_bytes(ballot.to_bytes()) == ballot


@pytest.mark.parametrize(
    ("tapped", "typed", "guess"),
    [
        ("unknown", "12", 12),
        ("0", " 12 ", 12),
        ("", "0", 0),
        ("unknown", "", None),
        ("unknown", " ", None),
        ("0", "", 0),
    ],
)
def test_a_number_that_is_typed_counts_whatever_is_tapped(tapped: str, typed: str, guess: int | None) -> None:
    form = {"others": tapped, "others_number": typed, "mates": "unknown", "own": "no"}
    assert Ballot.from_form(form, 60).others == guess


@pytest.mark.parametrize("typed", ["61", "x", "1 2", "١٢"])
def test_a_number_that_no_group_has_is_refused_and_not_overlooked(typed: str) -> None:
    form = {"others": "unknown", "others_number": typed, "mates": "unknown", "own": "no"}
    with pytest.raises(Refusal) as refused:
        Ballot.from_form(form, 60)
    assert (refused.value.reason, refused.value.values) == (Reason.BAD_GUESS, {"size": 60})


# What the bytes mean must outlast an update of the program in the middle of a vote.
def test_the_plaintext_is_six_bytes_of_a_known_meaning() -> None:
    assert LENGTH == 6
    assert Ballot(0, 22, Own.YES).to_bytes() == bytes((2, 0, 22, 0, 254, 254))
    assert Ballot(None, 7, Own.NO).to_bytes() == bytes((2, 255, 7, 1, 254, 254))
    assert Ballot(3, None, Own.SKIP, Approval(Own.NO, None)).to_bytes() == bytes((2, 3, 255, 2, 1, 255))


def test_the_approval_item_is_read_where_the_poll_asks_it_and_nowhere_else() -> None:
    form = {"others": "1", "mates": "2", "own": "no", "approve": "yes", "approve_mates": "22"}
    assert Ballot.from_form(form, 22, approval=True).approval == Approval(Own.YES, 22)
    assert Ballot.from_form(form, 22).approval is None


@pytest.mark.parametrize("wrong", [{"approve": ""}, {"approve": "ja"}, {"approve_mates": "23"}, {"approve_mates": ""}])
def test_a_missing_or_impossible_view_is_refused(wrong: dict[str, str]) -> None:
    form = {"others": "1", "mates": "2", "own": "no", "approve": "yes", "approve_mates": "22"}
    with pytest.raises(Refusal):
        Ballot.from_form({**form, **wrong}, 22, approval=True)


@pytest.mark.parametrize(
    "plaintext",
    [
        b"",
        b"\2\0\0\0\xfe",
        b"\2\0\0\0\xfe\xfe\0",
        b"\1\0\0\0\xfe\xfe",
        b"\2\0\0\3\xfe\xfe",
        b"\2\0\0\xff\xfe\xfe",
        b"\2\0\0\0\3\0",
        b"\2\0\0\0\xfe\0",
        b"\2\0\0\0\0\xfe",
    ],
)
def test_a_plaintext_of_another_length_format_or_answer_is_no_ballot(plaintext: bytes) -> None:
    with pytest.raises(ValueError, match="not a ballot"):
        Ballot.from_bytes(plaintext)
