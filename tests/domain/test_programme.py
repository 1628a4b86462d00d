"""A lesson's script has no gap and fills the lesson."""

import pytest

from app.domain.language import danish
from app.domain.programme import LENGTHS, programme


@pytest.mark.parametrize("minutes", LENGTHS)
def test_the_parts_follow_one_another_from_the_first_minute_to_the_last(minutes: int) -> None:
    parts = programme(minutes, danish)
    assert parts[0].start == 0
    assert parts[-1].end == minutes
    assert [part.end for part in parts[:-1]] == [part.start for part in parts[1:]]
    assert all(part.start < part.end and part.says for part in parts)
