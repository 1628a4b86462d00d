"""Where a lesson stands, for the devices and boards that ask again and again: all of it in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import LargeBinary, bindparam, func, select

from app.domain.lesson import Lesson
from app.domain.poll import Poll
from app.store import lessons, polls
from app.store.database import Transaction
from app.store.prepared import Prepared
from app.store.tables import lesson, lesson_link, poll, release, seat, spent

_LESSON, _POLL = slice(0, len(lessons.COLUMNS)), slice(len(lessons.COLUMNS), -2)
_STANDING = (
    select(*lessons.COLUMNS, *polls.COLUMNS)
    .select_from(lessons.WITH_CLASSROOM)
    .join(poll, poll.c.lesson_id == lesson.c.id)
    .order_by(poll.c.position)
)
_OF_LINK = Prepared(
    _STANDING.add_columns(
        select(func.count()).where(seat.c.lesson_id == lesson.c.id).scalar_subquery(),
        func.coalesce(release.c.n, select(func.count()).where(spent.c.poll_id == poll.c.id).scalar_subquery()),
    )
    .join(lesson_link, lesson_link.c.lesson_id == lesson.c.id)
    .outerjoin(release, release.c.poll_id == poll.c.id)
    .where(lesson_link.c.hash == bindparam("link"))
)


@dataclass(frozen=True, slots=True)
class Seated:
    """A lesson and its polls in their order; `spent` has, for each seat asked about and alive in the lesson, the polls
    that it has cast its ballot in."""

    lesson: Lesson
    polls: tuple[Poll, ...]
    spent: dict[bytes, set[str]]


@dataclass(frozen=True, slots=True)
class Watched:
    """A lesson and its polls in their order, how many seats are taken, and how many ballots each poll has got: cast
    while it votes, counted once it is closed."""

    lesson: Lesson
    polls: tuple[Poll, ...]
    taken: int
    ballots: tuple[int, ...]


def of_seats(transaction: Transaction, hashes: Sequence[bytes]) -> Seated | None:
    """The lesson of the first of the seats that is alive, None when none is."""
    asked = {f"seat{number}": each for number, each in enumerate(hashes)}
    rows = _of_seats(*asked).rows(transaction, **asked)
    lesson_of = {bytes(row[-2]): row[0] for row in rows}
    mine = next((lesson_of[each] for each in hashes if each in lesson_of), None)
    if mine is None:
        return None
    rows = [row for row in rows if row[0] == mine]
    found = {row[_POLL.start]: polls.poll_from(row[_POLL]) for row in rows}
    cast: dict[bytes, set[str]] = {bytes(row[-2]): set() for row in rows}
    for row in rows:
        if row[-1] is not None:
            cast[bytes(row[-2])].add(row[_POLL.start])
    return Seated(lessons.lesson_from(rows[0][_LESSON]), tuple(found.values()), cast)


def of_link(transaction: Transaction, link_hash: bytes) -> Watched | None:
    """The lesson that a link belongs to."""
    rows = _OF_LINK.rows(transaction, link=link_hash)
    if not rows:
        return None
    return Watched(
        lessons.lesson_from(rows[0][_LESSON]),
        tuple(polls.poll_from(row[_POLL]) for row in rows),
        rows[0][-2],
        tuple(row[-1] for row in rows),
    )


@lru_cache
def _of_seats(*names: str) -> Prepared:
    return Prepared(
        _STANDING.add_columns(seat.c.hash, spent.c.seat_hash)
        .join(seat, seat.c.lesson_id == lesson.c.id)
        .outerjoin(spent, (spent.c.poll_id == poll.c.id) & (spent.c.seat_hash == seat.c.hash))
        .where(seat.c.hash.in_([bindparam(name, type_=LargeBinary) for name in names]))
    )
