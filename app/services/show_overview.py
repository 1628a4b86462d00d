"""What a consultant sees first: what goes on now, what lacks a lesson, what had too few answers."""

from dataclasses import dataclass

from app.domain.poll import school_year
from app.services.house import Work
from app.store import classrooms, lessons, released

Named = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Classrooms of this school year as (school, name), by their names; `going_on` has one entry a lesson."""

    going_on: Named
    without_lesson: Named
    too_few: Named


def show_overview(work: Work) -> Overview:
    """This school year at a glance, in a constant number of queries."""
    year = school_year(work.now.date())
    had_one = classrooms.with_lessons(work.db, year)
    waiting = ((each.school, each.name) for each in classrooms.of_year(work.db, year) if each.id not in had_one)
    return Overview(
        going_on=tuple(lessons.going_on(work.db, year)),
        without_lesson=tuple(sorted(waiting)),
        too_few=tuple(released.with_too_few(work.db, year)),
    )
