"""The shelf of seats: hashes of random tokens, one a device or pupil, gone when the lesson ends."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, func, select

from app.domain.lesson import LessonState
from app.store.database import Transaction
from app.store.tables import lesson, seat

_ADD = seat.insert()
_ALIVE = select(seat.c.hash, seat.c.lesson_id).where(seat.c.hash.in_(bindparam("hashes", expanding=True)))


def add(transaction: Transaction, seat_hash: bytes, lesson_id: str) -> None:
    """One more seat in a lesson."""
    transaction.execute(_ADD, {"hash": seat_hash, "lesson_id": lesson_id})


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
