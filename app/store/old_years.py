"""The shelf of school years that are over: classrooms until they are merged, and the totals of their grades after."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import delete, func, select

from app.domain.poll import Week
from app.domain.release import Band
from app.domain.theme import Audience
from app.store.database import Transaction
from app.store.tables import classroom, figure, grade_total, lesson, poll, release, school


class Key(NamedTuple):
    """What figures of several classrooms have in common."""

    school_year: int
    grade: int
    audience: str
    theme: str
    edition: int
    ruler: str
    measure: str


@dataclass(frozen=True, slots=True)
class Sums:
    """So many classrooms with so many ballots, and the sums of the ends of their bands."""

    classrooms: int
    n: int
    band: Band

    def __add__(self, other: "Sums") -> "Sums":
        ends = Band(self.band.low + other.band.low, self.band.high + other.band.high)
        return Sums(self.classrooms + other.classrooms, self.n + other.n, ends)


def figures(transaction: Transaction, before: int) -> list[tuple[Key, tuple[Week, str, Sums]]]:
    """Every band of the school years before one, with its week and school, as `settled` takes them."""
    query = (
        select(
            *classroom.c["school_year", "grade"],
            lesson.c.audience,
            *poll.c["theme", "edition", "ruler"],
            figure.c.measure,
            *release.c["week", "n"],
            school.c.name.label("school"),
            figure.c.low,
            figure.c.high,
        )
        .select_from(
            figure.join(release).join(poll, poll.c.id == release.c.poll_id).join(lesson).join(classroom).join(school)
        )
        .where(classroom.c.school_year < before, figure.c.low.is_not(None))
    )
    return [
        (Key(*row[:7]), (Week.parse(row.week), row.school, Sums(1, row.n, Band(row.low, row.high))))
        for row in transaction.execute(query)
    ]


def add_totals(transaction: Transaction, sums: Mapping[Key, Sums]) -> None:
    """Keep totals of grades; a total that is there already is added to."""
    for key, new in sums.items():
        same = [grade_total.c[name] == value for name, value in key._asdict().items()]
        old = transaction.execute(select(grade_total).where(*same)).first()
        if old is not None:
            transaction.execute(delete(grade_total).where(*same))
            new += Sums(old.classrooms, old.n, Band(old.low, old.high))
        values = {**key._asdict(), "classrooms": new.classrooms, "n": new.n, "low": new.band.low, "high": new.band.high}
        transaction.execute(grade_total.insert().values(**values))


def totals_of_pupils(
    transaction: Transaction, *, year: int | None = None, theme: str | None = None, grade: int | None = None
) -> list[tuple[Key, Sums]]:
    """The totals of pupils' answers and guesses that fit."""
    wanted = {grade_total.c.school_year: year, grade_total.c.theme: theme, grade_total.c.grade: grade}
    fits = [column == value for column, value in wanted.items() if value is not None]
    rows = transaction.execute(select(grade_total).where(grade_total.c.audience == Audience.PUPILS, *fits))
    return [
        (Key(*(row._mapping[name] for name in Key._fields)), Sums(row.classrooms, row.n, Band(row.low, row.high)))
        for row in rows
    ]


def release_count(transaction: Transaction, before: int) -> int:
    """How many releases the school years before one have."""
    tables = release.join(poll, poll.c.id == release.c.poll_id).join(lesson).join(classroom)
    query = select(func.count()).select_from(tables).where(classroom.c.school_year < before)
    return transaction.scalar(query) or 0


def remove_classrooms(transaction: Transaction, before: int) -> int:
    """Remove the classrooms of the school years before one, with everything that happened in them; how many."""
    old = select(classroom.c.id).where(classroom.c.school_year < before)
    polls = select(poll.c.id).join(lesson).where(lesson.c.classroom_id.in_(old))
    for table in (figure, release):
        transaction.execute(delete(table).where(table.c.poll_id.in_(polls)))
    transaction.execute(delete(lesson).where(lesson.c.classroom_id.in_(old)))
    return transaction.execute(delete(classroom).where(classroom.c.school_year < before)).rowcount
