"""The sealed urn: what opens a box, what does not, and what a box tells."""

import secrets

import pytest
from nacl.encoding import RawEncoder
from nacl.hash import blake2b
from nacl.public import PrivateKey

from app.domain.ballot import LENGTH, Ballot, Own
from app.sealing import tokens, urn

SECRET, SHARE = "s" * 43, b"\x01" * 32


def test_the_key_is_derived_as_the_decision_says() -> None:
    seed = blake2b(SECRET.encode(), digest_size=32, key=SHARE, person=b"pejling-seal", encoder=RawEncoder)
    assert urn.public_key(SECRET, SHARE) == bytes(PrivateKey.from_seed(seed).public_key)


def test_secret_and_share_open_what_was_sealed_in_any_order() -> None:
    key = urn.public_key(SECRET, SHARE)
    boxes = [urn.seal(bytes([number] * 4), key) for number in range(5)]
    assert urn.open_boxes(reversed(boxes), SECRET, SHARE) == [bytes([number] * 4) for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize(
    ("secret", "share"), [("t" * 43, SHARE), (SECRET, b"\x02" * 32), (SECRET, SHARE[:31]), ("", SHARE), (SECRET, b"")]
)
def test_without_both_halves_no_box_opens(secret: str, share: bytes) -> None:
    box = urn.seal(b"1234", urn.public_key(SECRET, SHARE))
    with pytest.raises(urn.NotOpenedError):
        urn.open_boxes([box], secret, share)


@pytest.mark.parametrize("byte", [0, 31, 32, 47, 48, 51])
def test_a_box_that_was_changed_opens_no_urn(byte: int) -> None:
    key = urn.public_key(SECRET, SHARE)
    good, box = urn.seal(b"1234", key), bytearray(urn.seal(b"1234", key))
    box[byte] ^= 1
    with pytest.raises(urn.NotOpenedError):
        urn.open_boxes([good, bytes(box)], SECRET, SHARE)


def test_all_ballots_have_boxes_of_one_length_and_no_two_boxes_are_equal() -> None:
    key = urn.public_key(SECRET, SHARE)
    guesses = (None, 0, 1, 40, 120)
    ballots = [Ballot(others, mates, own) for others in guesses for mates in guesses for own in Own]
    boxes = [urn.seal(ballot.to_bytes(), key) for ballot in ballots * 2]
    assert {len(box) for box in boxes} == {48 + LENGTH}
    assert len(set(boxes)) == len(boxes)
    opened = urn.open_boxes(boxes, SECRET, SHARE)
    assert [Ballot.from_bytes(plain) for plain in opened] == ballots * 2


def test_two_polls_of_one_lesson_have_keys_of_their_own() -> None:
    keys = {urn.public_key(SECRET, urn.mint_share()) for _ in range(50)}
    assert len(keys) == 50


def test_shares_and_box_keys_are_as_long_as_promised_and_come_from_the_systems_source(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = list[int]()

    def source(size: int) -> bytes:
        asked.append(size)
        return b"x" * size

    monkeypatch.setattr(secrets, "token_bytes", source)
    assert (len(urn.mint_share()), len(urn.mint_box_key())) == (32, 16)
    assert asked == [32, 16]


def test_what_a_link_is_known_by_is_not_what_its_key_is_made_of() -> None:
    seed = blake2b(SECRET.encode(), digest_size=32, key=SHARE, person=b"pejling-seal", encoder=RawEncoder)
    assert tokens.link_hash(SECRET) != seed
    assert urn.public_key(tokens.link_hash(SECRET).hex(), SHARE) != urn.public_key(SECRET, SHARE)
