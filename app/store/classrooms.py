"""The shelf of schools and classrooms."""

from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, true, update

from app.domain.column import known_as, written
from app.domain.lesson import Classroom
from app.store.database import Transaction
from app.store.tables import classroom, lesson, school

_COLUMNS = classroom.c["id", "name", "grade", "school_id", "school_year", "size"]
_CLASSROOM = select(*_COLUMNS, school.c.name.label("school_name")).join(school)


def find_or_add(
    transaction: Transaction, new_id: str, school_name: str, name: str, grade: int, school_year: int
) -> Classroom:
    """The classroom called that in that school and school year, made (and the school with it) where it is new."""
    same = and_(school.c.known_as == known_as(school_name), classroom.c.known_as == known_as(name))
    query = _CLASSROOM.where(same, classroom.c.school_year == school_year)
    if transaction.execute(query).first() is None:
        school_id = find_or_add_school(transaction, new_id, school_name)
        add(transaction, new_id, school_id, name, grade, None, school_year, None)
    return _classroom(transaction.execute(query).one())


def find_or_add_school(transaction: Transaction, new_id: str, name: str) -> str:
    """The id of the school called that, made where it is new."""
    found = school_id(transaction, name)
    if found is None:
        found = new_id
        transaction.execute(school.insert().values(id=new_id, **_names(name)))
    return found


def add(
    transaction: Transaction,
    new_id: str,
    school_id: str,
    name: str,
    grade: int,
    size: int | None,
    school_year: int,
    moved_from: str | None,
) -> None:
    """A new classroom; `moved_from` is the one it was a year before."""
    values = {"id": new_id, "school_id": school_id, "grade": grade, "size": size, "moved_from": moved_from}
    transaction.execute(classroom.insert().values(**values, **_names(name), school_year=school_year))


def of_year(transaction: Transaction, year: int) -> list[Classroom]:
    """Every classroom of a school year."""
    return [_classroom(row) for row in transaction.execute(_CLASSROOM.where(classroom.c.school_year == year))]


def with_lessons(transaction: Transaction, year: int) -> set[str]:
    """The classrooms of a school year that have had a lesson, or have one planned."""
    query = select(lesson.c.classroom_id).join(classroom).where(classroom.c.school_year == year)
    return set(transaction.scalars(query.distinct()))


def moved(transaction: Transaction, year: int) -> dict[str, str]:
    """The classrooms of a school year that moved up into it, each with the one it was a year before."""
    rows = transaction.execute(select(classroom.c.id, classroom.c.moved_from).where(_moved_into(year)))
    return {row.id: row.moved_from for row in rows}


def remove_moved(transaction: Transaction, year: int) -> int:
    """Remove them again; how many."""
    return transaction.execute(delete(classroom).where(_moved_into(year))).rowcount


def by_id(transaction: Transaction, classroom_id: str, school_id: str | None) -> Classroom | None:
    """The classroom, for somebody who works for one school, or for all of them where None."""
    row = transaction.execute(_CLASSROOM.where(classroom.c.id == classroom_id, _of(school_id))).first()
    return None if row is None else _classroom(row)


def listed(
    transaction: Transaction, school_id: str | None, year: int, search: str, start: int, number: int
) -> list[Classroom]:
    """A page of a school year's classrooms whose own or whose school's name holds `search`, in the order of names."""
    found = _CLASSROOM.where(_of(school_id), classroom.c.school_year == year, called(search))
    ordered = found.order_by("school_name", classroom.c.grade, classroom.c.name)
    return [_classroom(row) for row in transaction.execute(ordered.offset(start).limit(number))]


def count(transaction: Transaction, school_id: str | None, year: int, search: str) -> int:
    """How many classrooms listed() has in all."""
    query = select(func.count()).select_from(classroom.join(school))
    return transaction.scalar(query.where(_of(school_id), classroom.c.school_year == year, called(search))) or 0


def rename(transaction: Transaction, classroom_id: str, name: str) -> None:
    """Another name for one classroom."""
    change(transaction, classroom_id, **_names(name))


def change(transaction: Transaction, classroom_id: str, **values: Any) -> None:
    """Change columns of one classroom."""
    transaction.execute(update(classroom).where(classroom.c.id == classroom_id).values(**values))


def school_id(transaction: Transaction, name: str) -> str | None:
    """The id of the school called that."""
    found: str | None = transaction.scalar(select(school.c.id).where(school.c.known_as == known_as(name)))
    return found


def schools(transaction: Transaction) -> dict[str, str]:
    """Every school's name by its id, in the order of their names."""
    rows = transaction.execute(select(school.c.id, school.c.name).order_by(school.c.name))
    return {row.id: row.name for row in rows}


def called(search: str) -> ColumnElement[bool]:
    """Whether a classroom's own name or its school's holds `search`, in whatever letters."""
    places = classroom.c.known_as, school.c.known_as
    return or_(*(place.contains(known_as(search), autoescape=True) for place in places))


def lock(transaction: Transaction, classroom_id: str) -> None:
    """Hold the classroom until the transaction ends, so that two lessons cannot open the same family at once."""
    transaction.execute(select(classroom.c.id).where(classroom.c.id == classroom_id).with_for_update())


def _moved_into(year: int) -> ColumnElement[bool]:
    return and_(classroom.c.school_year == year, classroom.c.moved_from.is_not(None))


def _of(school_id: str | None) -> ColumnElement[bool]:
    return true() if school_id is None else classroom.c.school_id == school_id


def _names(name: str) -> dict[str, str]:
    return {"name": written(name), "known_as": known_as(name)}


def _classroom(row: Any) -> Classroom:
    return Classroom(row.id, row.school_name, row.name, row.grade, row.school_year, row.size)
