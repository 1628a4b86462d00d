"""The difference between belief and answers: its sentence goes where the bands lie, and its numbers are theirs."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.disclosure import guess_bands, own_bands
from app.domain.language import danish
from app.domain.norms import Misperception, Reading, read
from app.domain.release import Band, Release, Ruler
from app.domain.theme import Direction, Measure
from app.figures import sentences


@st.composite
def disjoint(draw: st.DrawFn) -> tuple[int, Band, Band, Reading]:
    """n ballots, the bands of a guess and of the answers that do not meet, and how they are read."""
    n, ruler = draw(st.integers(10, 120)), draw(st.sampled_from(Ruler))
    own, mates = (draw(st.sampled_from(bands(n, ruler))) for bands in (own_bands, guess_bands))
    figures = {Measure.OWN: own, Measure.MATES: mates, Measure.OTHERS: mates}
    reading = read(Release(n, ruler, figures), draw(st.sampled_from(Direction)))
    assume(reading.difference is not None)
    return n, mates, own, reading


@given(disjoint())
def test_the_sentence_of_a_difference_agrees_with_the_bands(found: tuple[int, Band, Band, Reading]) -> None:
    _, mates, own, reading = found
    assert reading.difference is not None
    said = sentences.difference(reading.difference, danish).text
    above = mates.low > own.high
    assert re.search("flere|færre", said)[0] == ("flere" if above else "færre")  # type: ignore[index] # one of them is there
    differences = [abs(guess - answer) for guess in (mates.low, mates.high) for answer in (own.low, own.high)]
    numbers = [int(number) for number in re.findall(r"\d+", said)]
    assert numbers in ([min(differences), max(differences)], [max(differences)])
    assert len(numbers) == 2 or min(differences) == 0


@given(disjoint())
def test_a_majority_that_was_misread_lies_on_the_side_that_its_sentence_says(
    found: tuple[int, Band, Band, Reading],
) -> None:
    n, mates, own, reading = found
    assume(reading.name is Misperception.MAJORITY)
    assert reading.difference is not None
    believed_most = sentences.majority_misperception(reading.difference, danish).startswith(
        "Vi troede, det var de fleste."
    )
    if believed_most:
        assert 2 * own.high < n < 2 * mates.low
    else:
        assert 2 * mates.high <= n < 2 * own.low, "the upper end of a guess is not in it"
