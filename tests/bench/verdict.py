"""What a morning comes to: every ballot once, nothing left behind, and at the end as fast and as small as before."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from tests.bench.classes import PUPILS
from tests.bench.gauges import Sample
from tests.bench.morning import Day, Plan

AS_FAST_AT_THE_END = 0.9
AS_SMALL_AT_THE_END = 1.25


@dataclass(frozen=True)
class Soaked:
    """A morning that is over: what was seen, and what was left behind when the last lesson had ended."""

    plan: Plan
    day: Day
    samples: list[Sample]
    lessons_not_ended: int
    shares_swept: int
    tables: list[dict[str, object]]

    def faults(self) -> list[str]:
        """Whatever was not as promised."""
        end, found = self.samples[-1], list(self.day.wrong)
        if len(self.day.moments) != self.plan.classes * PUPILS:
            found.append(f"{len(self.day.moments)} ballots were acknowledged of {self.plan.classes * PUPILS}")
        found += [f"{number} rows are left in {table}" for table, number in end.rows.items() if number]
        found += [f"{end.shares} shares are left in the key folder"] if end.shares else []
        found += [f"{self.lessons_not_ended} lessons have not ended"] if self.lessons_not_ended else []
        steadiness, growth = self.steadiness(), self.growth()
        # A machine that grew slower excuses as much; one that grew faster asks for no more than was promised.
        if steadiness is not None and steadiness * max(1.0, self.weariness() or 1.0) < AS_FAST_AT_THE_END:
            found.append(f"the last tenth had only {steadiness:.2f} of the first tenth's rate")
        if growth is not None and growth > AS_SMALL_AT_THE_END:
            found.append(f"the server's memory in the last tenth was {growth:.2f} times that in the first")
        return found

    def steadiness(self) -> float | None:
        """The rate of the last tenth against that of the first; None where there are too few ballots to say."""
        tenths = self._first_and_last_tenth()
        if tenths is None:
            return None
        (first, after_first), (last, after_last) = tenths
        return (after_first - first) / (after_last - last)

    def weariness(self) -> float | None:
        """How much longer the machine itself took for the same piece of work in the last tenth than in the first."""
        return self._change(lambda each: each.piece)

    def growth(self) -> float | None:
        """The server's memory in the last tenth against that in the first; None where it was not read in both."""
        return self._change(lambda each: each.server)

    def _change(self, read: Callable[[Sample], float]) -> float | None:
        found = [
            [read(each) for each in self.samples if begin <= each.moment <= end]
            for begin, end in self._first_and_last_tenth() or ()
        ]
        return median(found[1]) / median(found[0]) if found and all(found) else None

    def _first_and_last_tenth(self) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """When the first and the last tenth of the ballots came, of those of the time when the place was full.

        None where a tenth is not even one ballot for each pupil that is there at once: that would be chance.
        """
        full = [each for each in self.day.moments if (self.day.full or 0) <= each <= (self.day.emptying or 0)]
        tenth = len(full) // 10
        if tenth < self.plan.at_once * PUPILS:
            return None
        return (full[0], full[tenth]), (full[-1 - tenth], full[-1])
