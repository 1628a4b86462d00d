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
    """Exact counts: `size` is the N of the questions, `ballots` the n that answered, `yes` the t among them."""

    size: int
    ballots: int
    yes: int
    guesses: Mapping[Measure, GuessCount]


def count(ballots: Iterable[Ballot], size: int) -> Tally:
    """Count the ballots of one poll whose questions named a group of `size`."""
    cast = tuple(ballots)
    return Tally(
        size=size,
        ballots=len(cast),
        yes=sum(ballot.own is Own.YES for ballot in cast),
        guesses={
            Measure.OTHERS: _count_guesses(ballot.others for ballot in cast),
            Measure.MATES: _count_guesses(ballot.mates for ballot in cast),
        },
    )


def _count_guesses(guesses: Iterable[int | None]) -> GuessCount:
    made = [guess for guess in guesses if guess is not None]
    return GuessCount(len(made), sum(made))
