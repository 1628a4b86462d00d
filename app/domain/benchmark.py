"""A benchmark: one published figure on a larger group, to hold beside a class."""

from dataclasses import dataclass

OLD_AFTER = 3  # years


@dataclass(frozen=True, slots=True)
class Benchmark:
    """`share` in per cent of `n` pupils of `grade` in `area`, published by `source` for `year`."""

    area: str
    grade: int
    year: int
    share: float
    n: int
    source: str

    def of(self, pupils: int) -> int:
        """The share as whole pupils of a class of `pupils`, rounded half up: an orientation, always said with "ca."."""
        return int(self.share * pupils / 100 + 0.5)

    def is_old(self, year: int) -> bool:
        """Whether the figure is older than OLD_AFTER years in `year`."""
        return year - self.year > OLD_AFTER
