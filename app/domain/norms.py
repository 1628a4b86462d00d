"""Reading a release: the name of the result, the path of the talk, and the steps of the staircase.

Computed from released values only, so that nobody learns more from the path than from the bands. Perceived norm: what
the class believes it does. Descriptive norm: what it answers. Misperception: perceived minus descriptive, sign kept.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.release import Band, Release
from app.domain.theme import Direction, Measure, Talk


class Misperception(StrEnum):
    """The field's names for the difference between belief and answers."""

    EXAGGERATION = "overdrivelse"
    MAJORITY = "flertalsmisforståelse"
    UNDERSTATEMENT = "underdrivelse"
    MATCH = "gættede rigtigt"


class Path(StrEnum):
    """How the reveal is told; never announced."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Step(StrEnum):
    """The steps of the staircase, in their order from bottom to top."""

    COUNTED = "0"
    OTHERS = "1"
    MATES = "2"
    FINGERS = "3"
    OWN = "4"
    DIFFERENCE = "5"
    BENCHMARK = "6"
    REST = "7"
    OKAY = "okay"
    TALK = "8"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a release says; `difference`, perceived minus descriptive in pupils, below zero where the class believed
    fewer than answered yes: its possible values from least to most, only where the bands are disjoint."""

    name: Misperception | None
    path: Path
    difference: Band | None


def read(
    release: Release, direction: Direction, *, guess: Measure = Measure.MATES, answer: Measure = Measure.OWN
) -> Reading:
    """Read one release of an act that the school would like rarer (UNWANTED) or more common (WANTED)."""
    own, mates = release.band(answer), release.band(guess)
    if own is None or release.n is None:
        return Reading(None, Path.D, None)
    name = _name(mates, own, release.n, direction) if mates else None
    path = _path(mates, own, release.n, direction)
    return Reading(name, path, _difference(mates, own) if mates else None)


def read_approval(release: Release, direction: Direction) -> Reading | None:
    """The same of what the class finds okay, the injunctive norm; None where the poll did not ask."""
    if Measure.APPROVE not in release.figures:
        return None
    return read(release, direction, guess=Measure.APPROVE_MATES, answer=Measure.APPROVE)


def talk(release: Release, direction: Direction) -> Talk:
    """What the result gives to talk about; like everything here from the bands alone."""
    own, mates = release.band(Measure.OWN), release.band(Measure.MATES)
    if own is None or release.n is None:
        return Talk.NO_FIGURE
    if _reaches_half(own, release.n, direction):
        return Talk.MAJORITY
    if mates is None:
        return Talk.FEW_GUESSES
    if _above(mates, own):
        return Talk.OVERSTATED
    return Talk.UNDERSTATED if _below(mates, own) else Talk.AGREED


def steps(release: Release, path: Path, has_benchmark: bool, approval: Path | None = None) -> tuple[Step, ...]:
    """The steps that the board climbs; on path C the class's own answer waits outside them.

    `approval` is the path of what the class finds okay: on its own path C that waits too.

    A suppressed figure keeps its step and says why, so that what is missing is a sentence and not a gap; only with
    fewer than ten ballots one sentence stands for all three.
    """
    shown = {
        Step.COUNTED: True,
        Step.OTHERS: release.n is not None,
        Step.MATES: release.n is not None,
        Step.FINGERS: path is not Path.D,
        Step.OWN: path is not Path.C,
        Step.DIFFERENCE: path in (Path.A, Path.B) and release.band(Measure.MATES) is not None,
        Step.BENCHMARK: has_benchmark,
        Step.REST: path in (Path.A, Path.B),
        Step.OKAY: approval in (Path.A, Path.B),
        Step.TALK: True,
    }
    return tuple(step for step in Step if shown[step])


def _path(mates: Band | None, own: Band, n: int, direction: Direction) -> Path:
    """C, A, B in the order that decides; a plain norm message on C makes things worse (Schultz et al. 2007,
    the boomerang effect: doi 10.1111/j.1467-9280.2007.01917.x)."""
    above, below = bool(mates and _above(mates, own)), bool(mates and _below(mates, own))
    worse, better = (above, below) if direction is Direction.WANTED else (below, above)
    if _reaches_half(own, n, direction) or worse:
        return Path.C
    return Path.A if better else Path.B


def _reaches_half(own: Band, n: int, direction: Direction) -> bool:
    """The side that the school would like smaller may be half of the class or more."""
    return 2 * own.low <= n if direction is Direction.WANTED else 2 * own.high >= n


def _name(mates: Band, own: Band, n: int, direction: Direction) -> Misperception:
    if _majority(mates, own, n, direction):
        return Misperception.MAJORITY
    if _above(mates, own):
        return Misperception.EXAGGERATION
    return Misperception.UNDERSTATEMENT if _below(mates, own) else Misperception.MATCH


def _majority(mates: Band, own: Band, n: int, direction: Direction) -> bool:
    """The guess lies wholly above half and the answers wholly below; for a wanted act the other way round."""
    if direction is Direction.WANTED:
        return 2 * mates.high <= n < 2 * own.low
    return 2 * mates.low > n > 2 * own.high


def _above(mates: Band, own: Band) -> bool:
    return mates.low > own.high


def _below(mates: Band, own: Band) -> bool:
    # The upper end of a guess band is not in it, and the last band, which holds it, ends at n >= own.high.
    return mates.high <= own.low


def _difference(mates: Band, own: Band) -> Band | None:
    if _above(mates, own) or _below(mates, own):
        return Band(mates.low - own.high, mates.high - own.low)
    return None
