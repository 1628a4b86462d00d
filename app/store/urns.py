"""The shelf of urns: sealed ballots in no order, and the marks that say which seats have cast one."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from app.store.database import Transaction
from app.store.tables import spent, urn


def spend(transaction: Transaction, poll_id: str, seat_hash: bytes) -> bool:
    """Mark a seat as spent in a poll; False when it was spent before. Of two at once exactly one is told True."""
    insert = sqlite.insert if transaction.dialect.name == "sqlite" else postgresql.insert
    mark = insert(spent).values(poll_id=poll_id, seat_hash=seat_hash).on_conflict_do_nothing()
    # Not rowcount, which a driver may leave unknown for an insert: a mark set without its box would lose a ballot.
    return transaction.execute(mark.returning(spent.c.seat_hash)).first() is not None


def drop(transaction: Transaction, poll_id: str, key: bytes, box: bytes) -> None:
    """Put one sealed ballot into the urn under a random key."""
    transaction.execute(urn.insert().values(poll_id=poll_id, key=key, box=box))


def boxes(transaction: Transaction, poll_id: str) -> list[bytes]:
    """The sealed ballots of a poll, in the order of their random keys."""
    query = select(urn.c.box).where(urn.c.poll_id == poll_id).order_by(urn.c.key)
    return [bytes(box) for box in transaction.scalars(query)]


def spent_count(transaction: Transaction, poll_id: str) -> int:
    """How many seats have cast their ballot."""
    return transaction.scalar(select(func.count()).where(spent.c.poll_id == poll_id)) or 0


def spent_among(transaction: Transaction, poll_id: str, hashes: Sequence[bytes]) -> set[bytes]:
    """Those of the seats that have cast their ballot in the poll."""
    query = select(spent.c.seat_hash).where(spent.c.poll_id == poll_id, spent.c.seat_hash.in_(hashes))
    return {bytes(found) for found in transaction.scalars(query)}


def empty(transaction: Transaction, poll_id: str) -> None:
    """Remove a poll's sealed ballots and spent marks."""
    transaction.execute(delete(urn).where(urn.c.poll_id == poll_id))
    transaction.execute(delete(spent).where(spent.c.poll_id == poll_id))
