"""Moving up: what a classroom is called a year later, and when classrooms move."""

import re
from datetime import date

from app.domain.poll import school_year

LAST_GRADE = 9


def moved_up(name: str, grade: int) -> tuple[str, int] | None:
    """Next year's name and grade, None for a classroom that leaves. Only a name that begins with its grade changes.

    >>> moved_up("7.A", 7), moved_up("Ulvene", 6), moved_up("9.B", 9)
    (('8.A', 8), ('Ulvene', 7), None)
    """
    if grade >= LAST_GRADE:
        return None
    begins = re.match(rf"{grade}(?![0-9])", name)
    return (f"{grade + 1}{name[begins.end() :]}" if begins else name), grade + 1


def leaving_year(day: date) -> int:
    """The school year whose classrooms move up: until New Year the one that is over, after it the one that goes on.

    >>> leaving_year(date(2026, 9, 1)), leaving_year(date(2027, 6, 1))
    (2025, 2026)
    """
    return school_year(day) - 1 if day.month >= 8 else school_year(day)
