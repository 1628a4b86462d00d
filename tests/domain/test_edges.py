"""Edges where one pupil more or fewer changes what is shown or said."""

import pytest

from app.domain.disclosure import disclose, guess_figure, own_figure
from app.domain.norms import Misperception, Path, read
from app.domain.release import Band, Figure, Release, Ruler, Suppressed, Why, guess_cuts, own_cuts
from app.domain.tally import GuessCount, Tally
from app.domain.theme import Direction, Measure

CUTS = [
    (10, Ruler.A, (4,), (4, 6)),
    (10, Ruler.B, (), (5,)),
    (11, Ruler.B, (6,), (5, 7)),
    (12, Ruler.A, (4,), (4, 6, 8)),
    (13, Ruler.A, (4, 8), (4, 6, 8)),
    (15, Ruler.B, (6, 10), (5, 7, 9, 11)),
    (22, Ruler.B, (6, 10, 14), (5, 7, 9, 11, 13, 15, 17)),
]


@pytest.mark.parametrize(("n", "ruler", "own", "guess"), CUTS)
def test_a_cut_leaves_five_pupils_above_it_and_four_above_a_guess(
    n: int, ruler: Ruler, own: tuple[int, ...], guess: tuple[int, ...]
) -> None:
    assert own_cuts(n, ruler) == own
    assert guess_cuts(n, ruler) == guess


GUESSES_ON_B = [
    (0, (0, 5)),
    (109, (0, 5)),
    (110, (5, 7)),
    (153, (5, 7)),
    (154, (7, 9)),
    (373, (15, 17)),
    (374, (17, 22)),
]


@pytest.mark.parametrize(("total", "band"), GUESSES_ON_B)
def test_a_guess_on_the_second_ruler_has_its_own_cuts(total: int, band: tuple[int, int]) -> None:
    assert guess_figure(GuessCount(22, total), 22, 22, Ruler.B) == Band(*band)


@pytest.mark.parametrize(("n", "size"), [(22, 19), (22, 22), (40, 7), (10, 40)])
def test_everybody_guessing_all_reaches_the_top_and_everybody_guessing_none_the_bottom(n: int, size: int) -> None:
    for ruler in Ruler:
        cuts = guess_cuts(n, ruler)
        assert guess_figure(GuessCount(n, n * size), n, size, ruler) == Band(cuts[-1], n)
        assert guess_figure(GuessCount(n, 0), n, size, ruler) == Band(0, cuts[0])


@pytest.mark.parametrize("ruler", Ruler)
def test_ten_ballots_are_released_and_nine_are_not(ruler: Ruler) -> None:
    guesses = {Measure.OTHERS: GuessCount(9, 40), Measure.MATES: GuessCount(6, 40)}
    nine, ten = disclose(Tally(10, 9, 4, guesses), ruler), disclose(Tally(10, 10, 4, guesses), ruler)
    assert (nine.n, ten.n) == (None, 10)
    assert set(nine.figures.values()) == {Suppressed(Why.FEW_ANSWERS)}
    assert ten.figures == {
        Measure.OWN: own_figure(4, 10, ruler),
        Measure.OTHERS: guess_figure(GuessCount(9, 40), 10, 10, ruler),
        Measure.MATES: Suppressed(Why.FEW_GUESSES),
    }


UNWANTED, WANTED = Direction.UNWANTED, Direction.WANTED
MAJORITY, MORE, LESS = Misperception.MAJORITY, Misperception.EXAGGERATION, Misperception.UNDERSTATEMENT
MATCH = Misperception.MATCH
HALVES = [
    # Half itself is no minority and no majority.
    (14, Band(4, 7), Band(8, 10), UNWANTED, MORE, Path.C),
    (15, Band(4, 7), Band(8, 10), UNWANTED, MAJORITY, Path.A),
    (16, Band(4, 7), Band(8, 10), UNWANTED, MORE, Path.A),
    (24, Band(12, 15), Band(8, 10), WANTED, LESS, Path.C),
    (23, Band(12, 15), Band(8, 10), WANTED, MAJORITY, Path.A),
    (23, Band(12, 15), Band(10, 12), WANTED, LESS, Path.A),
    (24, Band(16, 24), Band(10, 12), WANTED, MAJORITY, Path.A),
    # Ends that touch: the answers may be 7 and the mean guess 7, but a guess of 4 to 6 is never 6.
    (22, Band(4, 7), Band(7, 9), UNWANTED, MATCH, Path.B),
    (22, Band(6, 9), Band(9, 11), UNWANTED, MATCH, Path.B),
    (22, Band(6, 9), Band(5, 7), UNWANTED, MATCH, Path.B),
    (22, Band(6, 9), Band(4, 6), UNWANTED, LESS, Path.C),
    (22, Band(6, 9), Band(10, 12), UNWANTED, MORE, Path.A),
]


@pytest.mark.parametrize(("n", "own", "mates", "direction", "name", "path"), HALVES)
def test_half_and_touching_bands_are_read_with_care(
    n: int, own: Figure, mates: Figure, direction: Direction, name: Misperception, path: Path
) -> None:
    release = Release(n, Ruler.A, {Measure.OWN: own, Measure.MATES: mates, Measure.OTHERS: mates})
    reading = read(release, direction)
    assert (reading.name, reading.path) == (name, path)
    assert (reading.difference is None) == (name is MATCH)
