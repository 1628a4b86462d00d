"""The one door from exact counts to what may be shown.

The rules depend on the number of ballots, on the ruler and on nothing else; the answers only choose which band is
shown, and whether at least MIN_GUESSES made a guess. docs/decisions/0002-release-rules.md says what they withstand,
`make prove` shows it.
"""

from app.domain.release import Band, Figure, Release, Ruler, Suppressed, Why, guess_cuts, own_cuts
from app.domain.tally import GuessCount, Tally
from app.domain.theme import Measure

MIN_BALLOTS = 10
MIN_GUESSES = 7


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


def own_figure(yes: int, n: int, ruler: Ruler) -> Figure:
    """The band of `yes`, to the own question or to approval, among n >= MIN_BALLOTS ballots; suppressed where the
    ruler has no cut to use."""
    cuts = own_cuts(n, ruler)
    if not cuts:
        return Suppressed(Why.FEW_ANSWERS)
    low = max((cut for cut in cuts if cut <= yes), default=0)
    high = min((cut - 1 for cut in cuts if cut > yes), default=n)
    return Band(low, high)


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
