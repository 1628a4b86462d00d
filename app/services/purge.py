"""Purge: what a municipality should no longer keep, and what is said of it in counts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import add

from app.domain.poll import Week, school_year
from app.domain.total import settled, together
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
    ago into totals of their grades: their lessons, releases and names go. What was in no
    total before goes without one. The ledger keeps no figure and stays."""
    today = work.now.date()
    idle = accounts.remove_idle(work.db, Week.of(today - timedelta(weeks=IDLE_WEEKS)))
    before = school_year(today) - KEPT_YEARS
    groups = defaultdict[old_years.Key, list[tuple[Week, str, old_years.Sums]]](list)
    for key, answered in old_years.figures(work.db, before):
        groups[key].append(answered)
    merged = {key: together(settled(answered, Week.of(today))) for key, answered in groups.items()}
    old_years.add_totals(work.db, {key: reduce(add, each) for key, each in merged.items() if each})
    releases = old_years.release_count(work.db, before)
    return Purged(idle, old_years.remove_classrooms(work.db, before), releases)
