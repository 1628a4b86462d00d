"""Tokens: how much chance is in them, what they are stored as, and proofs that a form is ours."""

import base64

import pytest

from app.sealing import tokens

KEY = b"k" * 32


def test_a_link_holds_256_random_bits_and_seat_and_qr_link_144() -> None:
    for mint, size in ((tokens.mint_link, 32), (tokens.mint_seat, 18), (tokens.mint_door, 18)):
        minted = {mint() for _ in range(100)}
        assert len(minted) == 100
        assert {len(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))) for token in minted} == {size}


def test_a_minted_seat_has_the_form_of_a_seat_and_other_texts_have_not() -> None:
    assert all(tokens.is_seat(tokens.mint_seat()) for _ in range(100))
    for text in ("", "a" * 23, "a" * 25, "a" * 23 + "!", "a" * 24 + "\n", "æ" * 24, "a" * 23 + "."):
        assert not tokens.is_seat(text)


def test_a_code_has_its_length_and_keeps_its_zeros() -> None:
    codes = {tokens.mint_code(2) for _ in range(4000)}
    assert codes == {f"{number:02}" for number in range(100)}
    assert len(tokens.mint_code(7)) == 7


def test_hashes_of_link_and_seat_are_kept_apart_and_hold_32_bytes() -> None:
    assert len(tokens.link_hash("a")) == len(tokens.seat_hash("a")) == 32
    assert len({tokens.link_hash("a"), tokens.seat_hash("a"), tokens.link_hash("b"), tokens.seat_hash("b")}) == 4
    assert tokens.seat_hash("a") == tokens.seat_hash("a")


def test_a_proof_holds_for_its_own_parts_and_key_only() -> None:
    proof = tokens.prove(KEY, "ballot", "seat")
    assert tokens.proven(proof, KEY, "ballot", "seat")
    assert not tokens.proven(proof, KEY, "ballot", "other")
    assert not tokens.proven(proof, b"x" * 32, "ballot", "seat")
    assert not tokens.proven("", KEY, "ballot", "seat")
    assert not tokens.proven("ø", KEY, "ballot", "seat")


@pytest.mark.parametrize("parts", [("ballots", "eat"), ("ballotseat",), ("ballot", "seat", ""), ("", "ballot", "seat")])
def test_parts_cannot_be_cut_elsewhere(parts: tuple[str, ...]) -> None:
    assert not tokens.proven(tokens.prove(KEY, "ballot", "seat"), KEY, *parts)
