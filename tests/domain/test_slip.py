"""What a ballot's page knows of its poll, and how its form brings it back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.poll import Poll, PollState
from app.domain.refusal import Refusal
from app.domain.slip import Slip
from app.sealing.tokens import mint_id


@given(st.builds(Slip, st.builds(mint_id), st.integers(1, 120), st.booleans(), st.binary(min_size=32, max_size=32)))
def test_a_slip_is_read_as_it_was_written(slip: Slip) -> None:
    assert Slip.parse(str(slip)) == slip


@pytest.mark.parametrize(("key", "size"), [(None, 22), (b"k" * 32, None)])
def test_a_poll_that_does_not_vote_has_no_slip(key: bytes | None, size: int | None) -> None:
    with pytest.raises(Refusal, match="closed"):
        Slip.of(Poll("p", "l", "alkohol", "alkohol", PollState.WAITING, None, None, key), size)
