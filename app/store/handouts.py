"""The shelf of pages that parents take home."""

from sqlalchemy import delete, select

from app.store.database import Transaction
from app.store.tables import handout


def put(transaction: Transaction, token: str, lesson_id: str, ends_hour: int) -> None:
    """Open a page for a lesson, in the place of the one it had."""
    transaction.execute(delete(handout).where(handout.c.lesson_id == lesson_id))
    transaction.execute(handout.insert().values(token=token, lesson_id=lesson_id, ends_hour=ends_hour))


def of_lesson(transaction: Transaction, lesson_id: str, hour: int) -> str | None:
    """The token of a lesson's page, while it is open."""
    query = select(handout.c.token).where(handout.c.lesson_id == lesson_id, handout.c.ends_hour > hour)
    found: str | None = transaction.scalar(query)
    return found


def lesson(transaction: Transaction, token: str, hour: int) -> str | None:
    """The id of the lesson whose page this is, while it is open."""
    query = select(handout.c.lesson_id).where(handout.c.token == token, handout.c.ends_hour > hour)
    found: str | None = transaction.scalar(query)
    return found


def remove_ended(transaction: Transaction, hour: int) -> None:
    """Remove the pages that are over."""
    transaction.execute(delete(handout).where(handout.c.ends_hour <= hour))
