"""A tally: the exact counts of one poll. It lives in memory while a poll is closed and never leaves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.ballot import Ballot, Own
from app.domain.theme import Measure


@dataclass(frozen=True, slots=True)
class GuessCount:
    """How many pupils made a guess, and the sum of their guesses in pupils."""

    guessed: int
    total: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Exact counts: `size` is the N of the questions, `ballots` the n that answered, `yes` the t among them.

    Where approval was asked about, `approve` counts those who find the act okay, and `guesses` has a guess more.
    """

    size: int
    ballots: int
    yes: int
    guesses: Mapping[Measure, GuessCount]
    approve: int | None = None


def count(ballots: Iterable[Ballot], size: int, *, approval: bool = False) -> Tally:
    """Count the ballots of one poll whose questions named a group of `size`, and which asked about `approval`."""
    cast = tuple(ballots)
    guesses = {
        Measure.OTHERS: _count_guesses(ballot.others for ballot in cast),
        Measure.MATES: _count_guesses(ballot.mates for ballot in cast),
    }
    approve = None
    if approval:
        views = [ballot.approval for ballot in cast if ballot.approval is not None]
        guesses[Measure.APPROVE_MATES] = _count_guesses(view.mates for view in views)
        approve = sum(view.own is Own.YES for view in views)
    yes = sum(ballot.own is Own.YES for ballot in cast)
    return Tally(size, len(cast), yes, guesses, approve)


def _count_guesses(guesses: Iterable[int | None]) -> GuessCount:
    made = [guess for guess in guesses if guess is not None]
    return GuessCount(len(made), sum(made))
