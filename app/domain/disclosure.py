"""The one door from exact counts to what may be shown.

The rules depend on the number of ballots, on the ruler and on nothing else; the answers only choose which band is
shown, and whether at least MIN_GUESSES made a guess. docs/decisions/0002-release-rules.md says what they withstand,
`make prove` shows it.
"""

from itertools import pairwise

from app.domain.release import Band, Figure, Release, Ruler, Suppressed, Why
from app.domain.tally import GuessCount, Tally
from app.domain.theme import Measure

MIN_BALLOTS = 10
MIN_GUESSES = 7

_OWN_FIRST_CUT = {Ruler.A: 4, Ruler.B: 6}
_OWN_STEP = 4
_OWN_TOP = 5
_GUESS_FIRST_CUT = {Ruler.A: 4, Ruler.B: 5}
_GUESS_STEP = 2
_GUESS_TOP = 4


def disclose(tally: Tally, ruler: Ruler) -> Release:
    """The release of a closed poll: pure, and the same for every tally that shares its bands."""
    answers = {Measure.OWN: tally.yes}
    if tally.approve is not None:
        answers[Measure.APPROVE] = tally.approve
    if tally.ballots < MIN_BALLOTS:
        return Release(None, ruler, dict.fromkeys([*answers, *tally.guesses], Suppressed(Why.FEW_ANSWERS)))
    figures: dict[Measure, Figure] = {
        measure: own_figure(yes, tally.ballots, ruler) for measure, yes in answers.items()
    }
    for measure, guesses in tally.guesses.items():
        figures[measure] = guess_figure(guesses, tally.ballots, tally.size, ruler)
    return Release(tally.ballots, ruler, figures)


def own_cuts(n: int, ruler: Ruler) -> tuple[int, ...]:
    """Where one band of the own answer ends and the next begins, among n ballots."""
    return tuple(range(_OWN_FIRST_CUT[ruler], n - _OWN_TOP + 1, _OWN_STEP))


def own_figure(yes: int, n: int, ruler: Ruler) -> Figure:
    """The band of `yes`, to the own question or to approval, among n >= MIN_BALLOTS ballots; suppressed where the
    ruler has no cut to use."""
    cuts = own_cuts(n, ruler)
    if not cuts:
        return Suppressed(Why.FEW_ANSWERS)
    low = max((cut for cut in cuts if cut <= yes), default=0)
    high = min((cut - 1 for cut in cuts if cut > yes), default=n)
    return Band(low, high)


def own_bands(n: int, ruler: Ruler) -> tuple[Band, ...]:
    """The bands of the own answer among n ballots, from none to all."""
    return tuple(Band(low, end - 1) for low, end in pairwise((0, *own_cuts(n, ruler), n + 1)))


def guess_cuts(n: int, ruler: Ruler) -> tuple[int, ...]:
    """Where one band of a mean guess ends and the next begins, in pupils of n."""
    return tuple(range(_GUESS_FIRST_CUT[ruler], n - _GUESS_TOP + 1, _GUESS_STEP))


def guess_bands(n: int, ruler: Ruler) -> tuple[Band, ...]:
    """The bands of a mean guess in pupils of n, from none to all."""
    return tuple(Band(low, high) for low, high in pairwise((0, *guess_cuts(n, ruler), n)))


def guess_figure(guesses: GuessCount, n: int, size: int, ruler: Ruler) -> Figure:
    """The band of the mean guess, carried from a group of `size` to n ballots: total/guessed * n/size.

    Compared in whole numbers (cut * guessed * size against total * n), so nothing is ever rounded.
    """
    if guesses.guessed < MIN_GUESSES:
        return Suppressed(Why.FEW_GUESSES)
    scaled, unit = guesses.total * n, guesses.guessed * size
    cuts = guess_cuts(n, ruler)
    low = max((cut for cut in cuts if cut * unit <= scaled), default=0)
    high = min((cut for cut in cuts if cut * unit > scaled), default=n)
    return Band(low, high)
