"""Names, paths and steps: tables of small cases."""

import pytest

from app.domain.norms import Misperception, Path, Reading, Step, read, read_approval, steps
from app.domain.release import Band, Figure, Release, Ruler, Suppressed, Why
from app.domain.theme import Direction, Measure

UNWANTED, WANTED = Direction.UNWANTED, Direction.WANTED
FEW = Suppressed(Why.FEW_GUESSES)
NONE = Suppressed(Why.FEW_ANSWERS)


def release(own: Figure, mates: Figure, n: int | None = 22) -> Release:
    """A release of 22 ballots with these figures."""
    return Release(n, Ruler.A, {Measure.OWN: own, Measure.MATES: mates, Measure.OTHERS: Band(8, 10)})


CASES = [
    # The guess lies wholly above the answers.
    (Band(0, 3), Band(6, 8), UNWANTED, "overdrivelse", "A", Band(3, 8)),
    (Band(0, 3), Band(4, 6), UNWANTED, "overdrivelse", "A", Band(1, 6)),
    # Wholly above half against wholly below half.
    (Band(4, 7), Band(12, 14), UNWANTED, "flertalsmisforståelse", "A", Band(5, 10)),
    (Band(0, 3), Band(18, 22), UNWANTED, "flertalsmisforståelse", "A", Band(15, 22)),
    # Belief and answers overlap.
    (Band(4, 7), Band(6, 8), UNWANTED, "gættede rigtigt", "B", None),
    (Band(0, 3), Band(0, 4), UNWANTED, "gættede rigtigt", "B", None),
    # Half or more: path C, whatever was guessed.
    (Band(8, 11), Band(8, 10), UNWANTED, "gættede rigtigt", "C", None),
    (Band(16, 22), Band(18, 22), UNWANTED, "gættede rigtigt", "C", None),
    (Band(8, 11), Band(14, 16), UNWANTED, "overdrivelse", "C", Band(3, 8)),
    # The guess lies wholly below the answers; its upper end is not in it.
    (Band(4, 7), Band(0, 4), UNWANTED, "underdrivelse", "C", Band(-7, 0)),
    (Band(8, 11), Band(4, 6), UNWANTED, "underdrivelse", "C", Band(-7, -2)),
    # A wanted act turns the paths round, and the names stay what they say.
    (Band(16, 22), Band(8, 10), WANTED, "flertalsmisforståelse", "A", Band(-14, -6)),
    (Band(12, 15), Band(12, 14), WANTED, "gættede rigtigt", "B", None),
    (Band(16, 22), Band(12, 14), WANTED, "underdrivelse", "A", Band(-10, -2)),
    (Band(12, 15), Band(16, 18), WANTED, "overdrivelse", "C", Band(1, 6)),
    (Band(8, 11), Band(8, 10), WANTED, "gættede rigtigt", "C", None),
    # Without a guess there is no name; without an answer there is no class figure.
    (Band(4, 7), FEW, UNWANTED, None, "B", None),
    (Band(8, 11), FEW, UNWANTED, None, "C", None),
    (NONE, Band(4, 6), UNWANTED, None, "D", None),
]


@pytest.mark.parametrize(("own", "mates", "direction", "name", "path", "difference"), CASES)
def test_a_release_is_read_as_in_the_table(
    own: Figure, mates: Figure, direction: Direction, name: str | None, path: str, difference: Band | None
) -> None:
    wanted = Reading(Misperception(name) if name else None, Path(path), difference)
    assert read(release(own, mates), direction) == wanted


STEPS = [
    (release(Band(0, 3), Band(6, 8)), Path.A, True, "012345678"),
    (release(Band(0, 3), Band(6, 8)), Path.A, False, "01234578"),
    (release(Band(4, 7), Band(6, 8)), Path.B, True, "012345678"),
    (release(Band(4, 7), FEW), Path.B, True, "01234678"),
    (release(Band(8, 11), Band(8, 10)), Path.C, True, "012368"),
    (release(Band(8, 11), Band(8, 10)), Path.C, False, "01238"),
    (release(NONE, Band(4, 6), 10), Path.D, True, "012468"),
    (release(NONE, NONE, None), Path.D, True, "0468"),
    (release(NONE, NONE, None), Path.D, False, "048"),
]


@pytest.mark.parametrize(("released", "path", "benchmark", "climbed"), STEPS)
def test_each_path_climbs_its_own_steps(released: Release, path: Path, benchmark: bool, climbed: str) -> None:
    assert "".join(steps(released, path, benchmark)) == climbed
    assert steps(released, path, benchmark)[-1] is Step.TALK


def test_what_is_okay_is_read_like_what_is_done() -> None:
    asked = release(Band(8, 11), Band(8, 10))
    view = {Measure.APPROVE: Band(0, 3), Measure.APPROVE_MATES: Band(12, 14)}
    both = Release(22, Ruler.A, {**asked.figures, **view})
    assert read_approval(both, UNWANTED) == Reading(Misperception.MAJORITY, Path.A, Band(9, 14))
    assert read(both, UNWANTED).path is Path.C
    assert read_approval(asked, UNWANTED) is None


@pytest.mark.parametrize(
    ("approval", "shown"), [(None, False), (Path.A, True), (Path.B, True), (Path.C, False), (Path.D, False)]
)
@pytest.mark.parametrize("path", [Path.A, Path.C])
def test_a_class_sees_what_it_finds_okay_unless_half_or_more_do(approval: Path | None, shown: bool, path: Path) -> None:
    climbed = steps(release(Band(0, 3), Band(6, 8)), path, has_benchmark=True, approval=approval)
    assert (Step.OKAY in climbed) is shown
    assert climbed[-1] is Step.TALK
