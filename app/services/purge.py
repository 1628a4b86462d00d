"""Purge: what a municipality should no longer keep, and what is said of it in counts."""

from dataclasses import dataclass
from datetime import timedelta

from app.domain.poll import Week, school_year
from app.domain.release import Band
from app.domain.total import MIN_CLASSROOMS
from app.services.house import Work
from app.store import accounts, old_years

IDLE_WEEKS = 52
KEPT_YEARS = 2


@dataclass(frozen=True, slots=True)
class Purged:
    """How many accounts were removed, and how many classrooms and releases were merged into their grades."""

    accounts: int
    classrooms: int
    releases: int


def purge(work: Work) -> Purged:
    """Remove accounts that nobody has used for IDLE_WEEKS, and merge classrooms of more than KEPT_YEARS school years
    ago into totals of their grades: their lessons, releases and names go. One classroom alone is no total and goes
    without one. The ledger keeps no figure and stays."""
    today = work.now.date()
    idle = accounts.remove_idle(work.db, Week.of(today - timedelta(weeks=IDLE_WEEKS)))
    before = school_year(today) - KEPT_YEARS
    sums: dict[old_years.Key, old_years.Sums] = {}
    found = old_years.figures(work.db, before)
    for key, n, band in found:
        old = sums.get(key, old_years.Sums(0, 0, Band(0, 0)))
        ends = Band(old.band.low + band.low, old.band.high + band.high)
        sums[key] = old_years.Sums(old.classrooms + 1, old.n + n, ends)
    old_years.add_totals(work.db, {key: each for key, each in sums.items() if each.classrooms >= MIN_CLASSROOMS})
    releases = old_years.release_count(work.db, before)
    return Purged(idle, old_years.remove_classrooms(work.db, before), releases)
