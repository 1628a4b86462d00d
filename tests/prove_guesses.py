"""The proof for guesses: to one who knows two others, every answer 0..N and "ved ikke" stays possible for everyone.

Free pupils of whom j guess can make any sum from 0 to j*N, so whether a band can be reached is a question of intervals.
For a fixed j the sums of the known and the target that reach a band form an interval; if the smallest and the largest
reach it, so does everything between. Where no single j serves both ends, every combination is tried one by one.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from app.domain.disclosure import guess_figure
from app.domain.release import Band, Ruler, Suppressed, guess_cuts
from app.domain.tally import GuessCount

KNOWN = 2
Threshold = Callable[[int], int]


def bands(n: int, ruler: Ruler) -> Iterator[tuple[int, int, bool]]:
    """Each band as low, high, and whether it includes its high end."""
    edges = (0, *guess_cuts(n, ruler), n)
    for index, (low, high) in enumerate(pairwise(edges)):
        yield low, high, index == len(edges) - 2


def reaches(base: int, free_guesses: int, guessed: int, size: int, n: int, band: tuple[int, int, bool]) -> bool:
    """Whether base plus some sum of the free guesses lies in the band."""
    low, high, closed = band
    unit = guessed * size
    least = max(base, -(-low * unit // n))
    most = min(base + free_guesses * size, high * unit // n if closed else -(-high * unit // n) - 1)
    return least <= most


def band_breaches(n: int, size: int, ruler: Ruler, threshold: Threshold) -> str | None:
    """A band and a knowledge of two others that rule out some answer of a third; None when nothing is ruled out."""
    free = n - KNOWN - 1
    for band in bands(n, ruler):
        for known in range(KNOWN + 1):
            plays = [(j, j + known) for j in range(free + 1)]
            guessing = [j for j, rest in plays if rest + 1 >= threshold(n)]
            silent = [j for j, rest in plays if rest >= threshold(n)]
            ends = (0, (known + 1) * size), (0, known * size)
            sure = all(
                any(all(reaches(end, j, j + known + extra, size, n, band) for end in both) for j in usable)
                for usable, both, extra in ((guessing, ends[0], 1), (silent, ends[1], 0))
            )
            if not sure and (found := _one_by_one(n, size, band, known, guessing, silent)):
                return found
    return None


def _one_by_one(
    n: int, size: int, band: tuple[int, int, bool], known: int, guessing: list[int], silent: list[int]
) -> str | None:
    for total in range(known * size + 1):
        possible = {
            guess: any(reaches(total + guess, j, j + known + 1, size, n, band) for j in guessing)
            for guess in range(size + 1)
        }
        unknown = any(reaches(total, j, j + known, size, n, band) for j in silent)
        if any((unknown, *possible.values())) and not all((unknown, *possible.values())):
            lost = [str(guess) for guess, can in possible.items() if not can] + ([] if unknown else ["ved ikke"])
            knows = f"{KNOWN} others known, {known} of whom guessed {total} in all"
            return (
                f"{n} answers, group of {size}; shown {band[0]} to {band[1]}, {knows}: ruled out {', '.join(lost[:3])}"
            )
    return None


def flag_breaches(n: int, threshold: Threshold) -> str | None:
    """Whether "for få gættede" itself rules out that the target guessed, or that it did not."""
    for known in range(KNOWN + 1):
        free = n - KNOWN - 1
        if not any(j + known + 1 < threshold(n) for j in range(free + 1)) and known < threshold(n):
            return f"n={n}: too few guesses and {known} known to have guessed: the target surely did not guess"
        if not any(j + known >= threshold(n) for j in range(free + 1)) and free + known + 1 >= threshold(n):
            return f"n={n}: shown, and {KNOWN - known} known to have said 'ved ikke': the target surely guessed"
    return None


def first_guess_breach(pairs: Iterable[tuple[int, int]], threshold: Threshold) -> tuple[int, str | None]:
    """Cases looked at and the first breach over (n, N) on both rulers."""
    count = 0
    for n, size in pairs:
        for ruler in Ruler:
            count += 1
            if found := band_breaches(n, size, ruler, threshold) or flag_breaches(n, threshold):
                return count, found
    return count, None


def agrees_with_disclosure(n: int, size: int) -> bool:
    """Whether the intervals used here are the bands that the program shows, for every number and sum of guesses."""
    for ruler in Ruler:
        for guessed in range(n + 1):
            for total in range(guessed * size + 1):
                figure = guess_figure(GuessCount(guessed, total), n, size, ruler)
                if isinstance(figure, Suppressed):
                    continue
                hits = [band for band in bands(n, ruler) if reaches(total, 0, guessed, size, n, band)]
                if [Band(low, high) for low, high, _ in hits] != [figure]:
                    return False
    return True
