"""The shelf of urns: sealed ballots in no order, and the marks that say which seats have cast one."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from app.store.database import Transaction
from app.store.tables import spent, urn

_SPEND = {
    name: kind.insert(spent).on_conflict_do_nothing().returning(spent.c.seat_hash)
    for name, kind in (("sqlite", sqlite), ("postgresql", postgresql))
}
_DROP = urn.insert()
_SPENT_AMONG = select(spent.c.seat_hash).where(
    spent.c.poll_id == bindparam("poll"), spent.c.seat_hash.in_(bindparam("hashes", expanding=True))
)


def spend(transaction: Transaction, poll_id: str, seat_hash: bytes) -> bool:
    """Mark a seat as spent in a poll; False when it was spent before. Of two at once exactly one is told True."""
    # Not rowcount, which a driver may leave unknown for an insert: a mark set without its box would lose a ballot.
    mark = _SPEND[transaction.dialect.name]
    return transaction.execute(mark, {"poll_id": poll_id, "seat_hash": seat_hash}).first() is not None


def drop(transaction: Transaction, poll_id: str, key: bytes, box: bytes) -> None:
    """Put one sealed ballot into the urn under a random key."""
    transaction.execute(_DROP, {"poll_id": poll_id, "key": key, "box": box})


def boxes(transaction: Transaction, poll_id: str) -> list[bytes]:
    """The sealed ballots of a poll, in the order of their random keys."""
    query = select(urn.c.box).where(urn.c.poll_id == poll_id).order_by(urn.c.key)
    return [bytes(box) for box in transaction.scalars(query)]


def spent_count(transaction: Transaction, poll_id: str) -> int:
    """How many seats have cast their ballot."""
    return transaction.scalar(select(func.count()).where(spent.c.poll_id == poll_id)) or 0


def spent_among(transaction: Transaction, poll_id: str, hashes: Sequence[bytes]) -> set[bytes]:
    """Those of the seats that have cast their ballot in the poll."""
    return {bytes(found) for found in transaction.scalars(_SPENT_AMONG, {"poll": poll_id, "hashes": hashes})}


def empty(transaction: Transaction, poll_id: str) -> None:
    """Remove a poll's sealed ballots and spent marks."""
    transaction.execute(delete(urn).where(urn.c.poll_id == poll_id))
    transaction.execute(delete(spent).where(spent.c.poll_id == poll_id))
