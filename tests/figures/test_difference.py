"""The difference between belief and answers: its sentence goes where the bands lie, and its numbers are theirs."""

import re
from collections.abc import Iterator
from itertools import product

from app.domain.language import danish
from app.domain.norms import Misperception, Reading, read
from app.domain.release import Band, Release, Ruler, guess_bands, own_bands
from app.domain.theme import Direction, Measure
from app.figures import sentences


def disjoint() -> Iterator[tuple[int, Band, Band, Reading]]:
    """Of every group of 10 to 120 all that can be released with bands that do not meet: n, guess, answers, reading."""
    for n, ruler, direction in product(range(10, 121), Ruler, Direction):
        for own, mates in product(own_bands(n, ruler), guess_bands(n, ruler)):
            figures = {Measure.OWN: own, Measure.MATES: mates, Measure.OTHERS: mates}
            reading = read(Release(n, ruler, figures), direction)
            if reading.difference is not None:
                yield n, mates, own, reading


def test_the_sentence_of_a_difference_agrees_with_the_bands() -> None:
    met = set()
    for n, mates, own, reading in disjoint():
        assert reading.difference is not None
        said = sentences.difference(reading.difference, danish).text
        word = "flere" if mates.low > own.high else "færre"
        assert re.findall("flere|færre", said) == [word], (n, mates, own)
        differences = [abs(guess - answer) for guess in (mates.low, mates.high) for answer in (own.low, own.high)]
        numbers = [int(number) for number in re.findall(r"\d+", said)]
        assert numbers in ([min(differences), max(differences)], [max(differences)]), (n, mates, own)
        assert len(numbers) == 2 or min(differences) == 0, (n, mates, own)
        met.add(word)
    assert met == {"flere", "færre"}


def test_a_majority_that_was_misread_lies_on_the_side_that_its_sentence_says() -> None:
    met = set()
    for n, mates, own, reading in disjoint():
        if reading.name is not Misperception.MAJORITY:
            continue
        assert reading.difference is not None
        said = sentences.majority_misperception(reading.difference, danish)
        believed_most = said.startswith("Vi troede, det var de fleste.")
        if believed_most:
            assert 2 * own.high < n < 2 * mates.low, (n, mates, own)
        else:
            assert 2 * mates.high <= n < 2 * own.low, "the upper end of a guess is not in it"
        met.add(believed_most)
    assert met == {True, False}
