"""`python -m tests.simulate_coverage`: how often the grade estimate holds the truth, and whom the funnel points at."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product
from random import Random
from statistics import median

from app.domain.comparison import standing_out
from app.domain.disclosure import own_figure
from app.domain.estimate import Asked, Shown, estimate
from app.domain.interval import Interval
from app.domain.release import Band, Ruler

PUPILS = 22
ALIKE, WIDE = (PUPILS,), range(10, 31)  # how many sit in a classroom
REPETITIONS = 400
MUNICIPALITIES = 1000
CLASSROOMS = 24
SHARE = 0.2

Draw = Callable[[Random], float]


@dataclass(frozen=True, slots=True)
class Found:
    """Of many cohorts: how often the estimate held the true share, and the median width of the estimates, as shares."""

    coverage: float
    width: float


def alike(share: float, icc: float) -> Draw:
    """Draws a classroom's own share: beta-distributed round `share`, as the estimate assumes."""
    if icc == 0:
        return lambda _: share
    within = (1 - icc) / icc
    return lambda rng: rng.betavariate(share * within, (1 - share) * within)


def gathered(share: float) -> Draw:
    """Draws a classroom's own share where a third of the classrooms hold all who do it: not as the estimate assumes."""
    return lambda rng: 3 * share if rng.random() < 1 / 3 else 0.0


def cohort(rng: Random, classrooms: int, draw: Draw, sizes: Sequence[int] = ALIKE) -> list[Shown]:
    """Classrooms, each of one of the sizes, as they are released."""
    asked = Asked("invented", edition=1, grade=7, wave=1, ruler=Ruler.A)
    drawn = [rng.choice(sizes) for _ in range(classrooms)]
    return [Shown(asked, n, released(rng, n, draw(rng))) for n in drawn]


def released(rng: Random, n: int, share: float) -> Band:
    """The band of one classroom of `n` pupils who each say yes with the chance `share`."""
    band = own_figure(sum(rng.random() < share for _ in range(n)), n, Ruler.A)
    assert isinstance(band, Band)
    return band


def coverage(
    draw: Draw, share: float, classrooms: int, repetitions: int, seed: int, sizes: Sequence[int] = ALIKE
) -> Found:
    """How the estimate does on `repetitions` cohorts whose true share is `share`."""
    rng = Random(seed)
    found = [estimate(cohort(rng, classrooms, draw, sizes)) for _ in range(repetitions)]
    estimates = [interval for interval in found if interval is not None]
    held = sum(interval.low <= share <= interval.high for interval in estimates)
    return Found(held / repetitions, median(interval.high - interval.low for interval in estimates))


def pointed_at(draw: Draw, municipalities: int, seed: int, centre: Interval | None = None) -> float:
    """The part of all classrooms that stand out round `centre`, or round the estimate of their own municipality."""
    rng = Random(seed)
    pointed = 0
    for _ in range(municipalities):
        classrooms = cohort(rng, CLASSROOMS, draw)
        around = centre or estimate(classrooms)
        assert around is not None
        pointed += sum(standing_out(classrooms, around) or ())
    return pointed / (municipalities * CLASSROOMS)


def coverage_lines() -> Iterator[str]:
    """The table of the estimate."""
    yield f"Estimate, ruler A, {REPETITIONS} cohorts a line"
    yield f"{'pupils':>8}{'share %':>9}{'ICC %':>13}{'classrooms':>12}{'coverage %':>12}{'width, points':>15}"
    for sizes, share, icc, classrooms in product(
        (ALIKE, WIDE), (0.02, 0.05, 0.15, 0.3, 0.5), (0, 0.05, 0.1, None), (10, 24, 72)
    ):
        if icc is None and 3 * share > 1:
            continue
        draw = gathered(share) if icc is None else alike(share, icc)
        found = coverage(draw, share, classrooms, REPETITIONS, seed=1, sizes=sizes)
        pupils = f"{min(sizes)}-{max(sizes)}" if len(sizes) > 1 else f"{PUPILS}"
        spread = "a third all" if icc is None else f"{100 * icc:.0f}"
        yield (
            f"{pupils:>8}{100 * share:>9.0f}{spread:>13}{classrooms:>12}"
            f"{100 * found.coverage:>12.1f}{100 * found.width:>15.1f}"
        )


def pointed_lines() -> Iterator[str]:
    """The table of the funnel."""
    yield f"Funnel, {MUNICIPALITIES} municipalities of {CLASSROOMS} classrooms of {PUPILS}, true share {SHARE:.0%}"
    yield f"{'ICC %':>8}{'centre':>22}{'stand out, %':>16}"
    for icc, centre in product((0, 0.05), (Interval(SHARE, SHARE), None)):
        part = pointed_at(alike(SHARE, icc), MUNICIPALITIES, seed=1, centre=centre)
        yield f"{100 * icc:>8.0f}{'the true share' if centre else 'their own estimate':>22}{100 * part:>16.3f}"


def main() -> None:
    """Print both tables, a line as soon as it is known."""
    for line in chain(coverage_lines(), ("",), pointed_lines()):
        print(line, flush=True)


if __name__ == "__main__":
    main()
