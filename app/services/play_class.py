"""An invented class for the demo: the ballots that its pupils would cast. Invented on purpose, never random."""

from collections.abc import Mapping, Sequence

from app.store.demo import DemoWave


def ballots(played: DemoWave, pupils: int, size: int) -> Sequence[Mapping[str, str]]:
    """The form fields of `pupils` ballots whose guesses average the class's means, in a group of `size`.

    The share of yes is that of the class, carried to the number of pupils; the last pupil skips. What the class finds
    okay, for a poll that asks, is invented to be what it does.
    """
    others, mates = (_guesses(mean / 10 * size, pupils, size) for mean in (played.others, played.mates))
    yes = round(played.yes * pupils / played.pupils)
    own = ["yes"] * yes + ["no"] * (pupils - yes)
    if yes < pupils:
        own[-1] = "skip"
    return [
        {"others": str(other), "mates": str(mate), "own": answer, "approve": answer, "approve_mates": str(mate)}
        for other, mate, answer in zip(others, mates, own, strict=True)
    ]


def _guesses(mean: float, pupils: int, size: int) -> list[int]:
    """Whole guesses with about the wanted mean, spread about two tenths of the group to each side."""
    spread = [mean + (index / max(1, pupils - 1) - 0.5) * 0.4 * size for index in range(pupils)]
    guesses = [min(size, max(0, round(guess))) for guess in spread]
    step = 1 if sum(guesses) < round(mean * pupils) else -1
    while sum(guesses) != round(mean * pupils):
        movable = next(index for index in range(pupils) if 0 <= guesses[index] + step <= size)
        guesses[movable] += step
    return guesses
