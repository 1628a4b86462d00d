"""What a school leader sees: the totals of the own school, never one classroom."""

from dataclasses import dataclass

from app.domain.account import Account
from app.domain.poll import school_year
from app.domain.total import Total, total
from app.services.house import Work
from app.store import classrooms, releases


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A theme in a grade: its total, None where fewer than two classrooms have answered."""

    grade: int
    theme: str
    total: Total | None


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """A school, and its rows by grade."""

    school: str
    rows: tuple[SchoolRow, ...]


def show_school(work: Work, mine: Account) -> SchoolPage:
    """The totals of this school year at the school of somebody who leads it: first releases of pupils' answers."""
    if mine.school is None:
        return SchoolPage("", ())
    groups = releases.own_by_grade(work.db, mine.school, school_year(work.now.date()))
    rows = tuple(SchoolRow(grade, theme, total(parts)) for (grade, theme), parts in sorted(groups.items()))
    return SchoolPage(classrooms.schools(work.db)[mine.school], rows)
