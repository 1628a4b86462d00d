"""The shelf of lessons and their links."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select, true, update

from app.domain.lesson import Classroom, Lesson, LessonState
from app.domain.theme import Audience
from app.store import classrooms
from app.store.database import Transaction
from app.store.prepared import Prepared
from app.store.tables import account, classroom, lesson, lesson_link, lesson_maker, poll, release, school

WITH_CLASSROOM = lesson.join(classroom).join(school)
COLUMNS = (
    *lesson.c["id", "audience", "state", "code", "door", "one_seat", "reserved", "size"],
    classroom.c.id.label("classroom_id"),
    school.c.name.label("school_name"),
    classroom.c.name.label("classroom_name"),
    classroom.c.grade,
    classroom.c.school_year,
)
_LESSON = select(*COLUMNS).select_from(WITH_CLASSROOM)
_ORDER = (LessonState.RUNNING, LessonState.LOBBY, LessonState.READY, LessonState.ENDED)
_GOES_ON = case({state.value: order for order, state in enumerate(_ORDER)}, value=lesson.c.state)
# Built once: every page of every pupil asks one of these.
_BY_ID = _LESSON.where(lesson.c.id == bindparam("key"))
_BY_ID_HELD = _BY_ID.with_for_update(of=lesson)
_OPENED = _LESSON.where(or_(lesson.c.code == bindparam("key"), lesson.c.door == bindparam("key")))
_BY_DOOR, _BY_DOOR_HELD = Prepared(_OPENED), Prepared(_OPENED.with_for_update(of=lesson))


def add(
    transaction: Transaction, lesson_id: str, classroom_id: str, audience: Audience, account_id: str | None
) -> None:
    """A new lesson that is ready to start, made by an account or by nobody who signs in."""
    transaction.execute(
        lesson.insert().values(id=lesson_id, classroom_id=classroom_id, audience=audience, state=LessonState.READY)
    )
    if account_id is not None:
        transaction.execute(lesson_maker.insert().values(lesson_id=lesson_id, account_id=account_id))


def add_link(transaction: Transaction, lesson_id: str, link_hash: bytes) -> None:
    """One more link to a lesson."""
    transaction.execute(lesson_link.insert().values(hash=link_hash, lesson_id=lesson_id))


def by_id(transaction: Transaction, lesson_id: str, *, lock: bool = False) -> Lesson | None:
    """The lesson; with `lock` it is held until the transaction ends."""
    row = transaction.execute(_BY_ID_HELD if lock else _BY_ID, {"key": lesson_id}).first()
    return None if row is None else lesson_from(row)


def by_door(transaction: Transaction, key: str, *, lock: bool = False) -> Lesson | None:
    """The lesson that `key`, a join code or a QR token, opens now."""
    rows = (_BY_DOOR_HELD if lock else _BY_DOOR).rows(transaction, key=key)
    return lesson_from(rows[0]) if rows else None


def of_link(transaction: Transaction, link_hash: bytes) -> str | None:
    """The id of the lesson that a link belongs to."""
    found: str | None = transaction.scalar(select(lesson_link.c.lesson_id).where(lesson_link.c.hash == link_hash))
    return found


def is_opener(transaction: Transaction, link_hash: bytes) -> bool:
    """Whether this link opened the lesson's first vote."""
    return bool(transaction.scalar(select(lesson_link.c.opener).where(lesson_link.c.hash == link_hash)))


def mark_opener(transaction: Transaction, link_hash: bytes) -> None:
    """From now on this link alone opens and closes the lesson's votes."""
    transaction.execute(update(lesson_link).where(lesson_link.c.hash == link_hash).values(opener=True))


def unmark_openers(transaction: Transaction, lesson_id: str) -> None:
    """Undo mark_opener(): any of the lesson's links may open its first vote again."""
    transaction.execute(update(lesson_link).where(lesson_link.c.lesson_id == lesson_id).values(opener=False))


def change(transaction: Transaction, lesson_id: str, **values: Any) -> None:
    """Change columns of one lesson."""
    transaction.execute(update(lesson).where(lesson.c.id == lesson_id).values(**values))


@dataclass(frozen=True, slots=True)
class Row:
    """A lesson in a list; `week` is that of its latest release, "" before, `maker` the address of who made it."""

    id: str
    school: str
    classroom: str
    state: LessonState
    themes: tuple[str, ...]
    week: str
    maker: str


def listed(
    transaction: Transaction, account_id: str | None, year: int, search: str, start: int, number: int
) -> list[Row]:
    """A page of a school year's lessons made by an account, or by anybody where None: those that go on first."""
    week = func.coalesce(func.max(release.c.week), "").label("week")
    query = (
        select(lesson.c.id, lesson.c.state, classroom.c.name, school.c.name.label("school"), week, account.c.login)
        .select_from(lesson.join(classroom).join(school).join(poll).outerjoin(release))
        .outerjoin(lesson_maker, lesson_maker.c.lesson_id == lesson.c.id)
        .outerjoin(account, account.c.id == lesson_maker.c.account_id)
        .where(_among(account_id, year, search))
        .group_by(lesson.c.id, lesson.c.state, classroom.c.name, school.c.name, account.c.login)
        .order_by(_GOES_ON, week.desc(), school.c.name, classroom.c.name, lesson.c.id)
    )
    rows = transaction.execute(query.offset(start).limit(number)).all()
    asked = select(poll.c.lesson_id, poll.c.theme).where(poll.c.lesson_id.in_([row.id for row in rows]))
    themes: dict[str, list[str]] = {}
    for lesson_id, theme in transaction.execute(asked.order_by(poll.c.position)):
        themes.setdefault(lesson_id, []).append(theme)
    return [
        Row(row.id, row.school, row.name, LessonState(row.state), tuple(themes[row.id]), row.week, row.login or "")
        for row in rows
    ]


def count(transaction: Transaction, account_id: str | None, year: int, search: str) -> int:
    """How many lessons listed() has in all."""
    query = select(func.count()).select_from(lesson.join(classroom).join(school))
    return transaction.scalar(query.where(_among(account_id, year, search))) or 0


def going_on(transaction: Transaction, year: int) -> list[tuple[str, str]]:
    """School and classroom of each of a school year's lessons with its lobby or its votes open now, in their order."""
    query = select(school.c.name, classroom.c.name.label("classroom"))
    query = query.select_from(lesson.join(classroom).join(school)).where(
        classroom.c.school_year == year, lesson.c.state.in_([LessonState.LOBBY, LessonState.RUNNING])
    )
    rows = transaction.execute(query.order_by(school.c.name, classroom.c.name, lesson.c.id))
    return [(row.name, row.classroom) for row in rows]


def made_by(transaction: Transaction, lesson_id: str, account_id: str | None) -> bool:
    """Whether there is that lesson and that account made it, or anybody where None."""
    query = select(lesson.c.id).where(lesson.c.id == lesson_id)
    if account_id is not None:
        query = query.join(lesson_maker).where(lesson_maker.c.account_id == account_id)
    return transaction.scalar(query) is not None


def open_doors(transaction: Transaction) -> int:
    """How many join codes are alive."""
    return transaction.scalar(select(func.count()).where(lesson.c.code.is_not(None))) or 0


def code_taken(transaction: Transaction, code: str) -> bool:
    """Whether a join code is alive already."""
    return transaction.scalar(select(lesson.c.id).where(lesson.c.code == code)) is not None


def due(transaction: Transaction, hour: int) -> Sequence[str]:
    """The lessons that end by themselves at or before `hour`."""
    return transaction.scalars(select(lesson.c.id).where(lesson.c.ends_hour <= hour)).all()


def _among(account_id: str | None, year: int, search: str) -> ColumnElement[bool]:
    names = classrooms.called(search)
    made_by_them = select(lesson_maker.c.lesson_id).where(lesson_maker.c.account_id == account_id)
    made = true() if account_id is None else lesson.c.id.in_(made_by_them)
    return and_(made, classroom.c.school_year == year, names)


def lesson_from(columns: Sequence[Any]) -> Lesson:
    """The lesson that a row's COLUMNS hold."""
    lesson_id, audience, state, code, door, one_seat, reserved, size, *room = columns
    return Lesson(
        lesson_id, Classroom(*room), Audience(audience), LessonState(state), code, door, bool(one_seat), reserved, size
    )
