"""What a pupil's form may say, and what a sealed plaintext must look like."""

import pytest

from app.domain.ballot import LENGTH, Ballot, Own
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


# What the bytes mean must outlast an update of the program in the middle of a vote.
def test_the_plaintext_is_four_bytes_of_a_known_meaning() -> None:
    assert LENGTH == 4
    assert Ballot(0, 22, Own.YES).to_bytes() == bytes((1, 0, 22, 0))
    assert Ballot(None, 7, Own.NO).to_bytes() == bytes((1, 255, 7, 1))
    assert Ballot(3, None, Own.SKIP).to_bytes() == bytes((1, 3, 255, 2))


@pytest.mark.parametrize(
    "plaintext", [b"", b"\1\0\0", b"\1\0\0\0\0", b"\0\0\0\0", b"\2\0\0\0", b"\1\0\0\3", b"\1\0\0\xff"]
)
def test_a_plaintext_of_another_length_format_or_answer_is_no_ballot(plaintext: bytes) -> None:
    with pytest.raises(ValueError, match="not a ballot"):
        Ballot.from_bytes(plaintext)
