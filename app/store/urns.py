"""The shelf of urns: sealed ballots in no order, and the marks that say which seats have cast one."""

from sqlalchemy import BindParameter, LargeBinary, Select, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from app.store.database import Transaction
from app.store.prepared import Prepared
from app.store.tables import poll, spent, urn

# Only while it votes has a poll a public key, so a poll with this key takes ballots sealed with it.
_VOTING = select(poll.c.id).where(poll.c.id == bindparam("poll"), poll.c.public_key == bindparam("public_key"))
_VOTES = Prepared(_VOTING)
_MARK = sqlite.insert(spent).values(poll_id=bindparam("poll"), seat_hash=bindparam("seat"))
_MARK_ONCE = Prepared(_MARK.on_conflict_do_nothing().returning(spent.c.seat_hash))
_DROP = Prepared(urn.insert().values(poll_id=bindparam("poll"), key=bindparam("key"), box=bindparam("box")))


def _at_once() -> Select[int]:
    held = _VOTING.with_for_update(read=True).cte("held")
    mark = postgresql.insert(spent).from_select(["poll_id", "seat_hash"], select(held.c.id, _bytes("seat")))
    marked = mark.on_conflict_do_nothing().returning(spent.c.poll_id).cte("marked")
    sealed = select(marked.c.poll_id, _bytes("key"), _bytes("box"))
    dropped = postgresql.insert(urn).from_select(["poll_id", "key", "box"], sealed).cte("dropped")
    return select(func.count()).select_from(held).add_cte(dropped)


def _bytes(name: str) -> BindParameter[bytes]:
    return bindparam(name, type_=LargeBinary)


_AT_ONCE = Prepared(_at_once())


def cast(transaction: Transaction, poll_id: str, public_key: bytes, seat_hash: bytes, key: bytes, box: bytes) -> bool:
    """Mark a seat as spent in the poll that votes with `public_key`, and put its box into the urn under `key`: both
    or none of them. A seat that is spent changes nothing. False where the poll does not vote so any more.

    PostgreSQL holds the poll meanwhile, so that it cannot be closed, and does all of it in one statement; on SQLite
    the transaction must be one that writes.
    """
    vote, mark, drop = {"poll": poll_id, "public_key": public_key}, {"seat": seat_hash}, {"key": key, "box": box}
    if transaction.dialect.name == "postgresql":
        return _AT_ONCE.rows(transaction, **vote, **mark, **drop) == [(1,)]
    if not _VOTES.rows(transaction, **vote):
        return False
    # Not rowcount, which a driver may leave unknown for an insert: a mark set without its box would lose a ballot.
    if _MARK_ONCE.rows(transaction, poll=poll_id, **mark):
        _DROP.do(transaction, poll=poll_id, **drop)
    return True


def boxes(transaction: Transaction, poll_id: str) -> list[bytes]:
    """The sealed ballots of a poll, in the order of their random keys."""
    query = select(urn.c.box).where(urn.c.poll_id == poll_id).order_by(urn.c.key)
    return [bytes(box) for box in transaction.scalars(query)]


def empty(transaction: Transaction, poll_id: str) -> None:
    """Remove a poll's sealed ballots and spent marks."""
    transaction.execute(delete(urn).where(urn.c.poll_id == poll_id))
    transaction.execute(delete(spent).where(spent.c.poll_id == poll_id))
