"""The shelf of seats: hashes of random tokens, one a device or pupil, gone when the lesson ends."""

from collections.abc import Sequence

from sqlalchemy import LargeBinary, String, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql

from app.domain.lesson import LessonState
from app.store.database import Transaction
from app.store.prepared import Prepared
from app.store.tables import lesson, seat

_TAKEN = select(func.count()).where(seat.c.lesson_id == bindparam("lesson")).scalar_subquery()
_NEW = select(bindparam("seat", type_=LargeBinary), bindparam("lesson", type_=String)).where(bindparam("most") > _TAKEN)
_ADD = postgresql.insert(seat).from_select(["hash", "lesson_id"], _NEW)
_ADD_ONCE = Prepared(_ADD.on_conflict_do_nothing().returning(seat.c.hash))
_ALIVE = select(seat.c.hash, seat.c.lesson_id).where(seat.c.hash.in_(bindparam("hashes", expanding=True)))


def add(transaction: Transaction, seat_hash: bytes, lesson_id: str, most: int) -> bool:
    """One more seat in a lesson that has fewer than `most`, unless it is there already; whether it is a new one.

    The lesson must be held, so that nobody else takes the last seat meanwhile.
    """
    return bool(_ADD_ONCE.rows(transaction, seat=seat_hash, lesson=lesson_id, most=most))


def count(transaction: Transaction, lesson_id: str) -> int:
    """How many seats are taken."""
    return transaction.scalar(select(func.count()).where(seat.c.lesson_id == lesson_id)) or 0


def lesson_of(transaction: Transaction, hashes: Sequence[bytes]) -> dict[bytes, str]:
    """The lessons of those seats that are alive."""
    rows = transaction.execute(_ALIVE, {"hashes": hashes})
    return {bytes(row.hash): row.lesson_id for row in rows}


def leave_lobbies(transaction: Transaction, hashes: Sequence[bytes]) -> None:
    """Give up those of the seats whose lesson has not begun; in one that has, N is frozen."""
    waiting = select(lesson.c.id).where(lesson.c.state == LessonState.LOBBY)
    transaction.execute(delete(seat).where(seat.c.hash.in_(hashes), seat.c.lesson_id.in_(waiting)))


def remove_all(transaction: Transaction, lesson_id: str) -> None:
    """Remove every seat of a lesson."""
    transaction.execute(delete(seat).where(seat.c.lesson_id == lesson_id))
