"""What a school leader sees: the totals of the own school, never one classroom."""

from dataclasses import dataclass
from operator import itemgetter

from app.domain.account import Account
from app.domain.poll import Week, school_year
from app.domain.total import Total, settled, together, total
from app.services.house import Work
from app.store import classrooms, releases


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """An edition of a theme in a grade: its total, None where fewer than two classrooms have answered before this week.

    `earlier` says that the theme is worded otherwise now.
    """

    grade: int
    theme: str
    earlier: bool
    total: Total | None


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """A school, and its rows by grade."""

    school: str
    rows: tuple[SchoolRow, ...]


def show_school(work: Work, mine: Account) -> SchoolPage:
    """The totals of this school year at the school of somebody who leads it: first releases of pupils' answers, of
    which no classroom comes to the total alone."""
    if mine.school is None:
        return SchoolPage("", ())
    today = work.now.date()
    groups = releases.own_by_grade(work.db, mine.school, school_year(today))
    rows = tuple(
        SchoolRow(grade, theme, _earlier(work, theme, edition), total(together(settled(answered, Week.of(today)))))
        for (grade, theme, edition), answered in sorted(groups.items(), key=itemgetter(0))
    )
    return SchoolPage(classrooms.schools(work.db)[mine.school], rows)


def _earlier(work: Work, theme: str, edition: int) -> bool:
    return theme in work.themes and edition < work.themes[theme].edition
