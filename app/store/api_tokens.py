"""The shelf of tokens with which other programs read the totals."""

from sqlalchemy import delete, select, update

from app.domain.api_token import ApiToken
from app.domain.poll import Week
from app.store.database import Transaction
from app.store.tables import api_token

_TOKEN = select(*api_token.c["id", "name", "used_week"])


def add(transaction: Transaction, new: ApiToken, token_hash: bytes) -> None:
    """A new token, known by its hash."""
    values = {"id": new.id, "name": new.name, "used_week": new.used_week}
    transaction.execute(api_token.insert().values(**values, hash=token_hash))


def remove(transaction: Transaction, token_id: str) -> bool:
    """Remove a token; whether there was one."""
    return transaction.execute(delete(api_token).where(api_token.c.id == token_id)).rowcount == 1


def all_(transaction: Transaction) -> list[ApiToken]:
    """Every token, in the order of their names."""
    rows = transaction.execute(_TOKEN.order_by(api_token.c.name, api_token.c.id))
    return [ApiToken(row.id, row.name, row.used_week) for row in rows]


def by_hash(transaction: Transaction, token_hash: bytes) -> ApiToken | None:
    """The token with a hash."""
    row = transaction.execute(_TOKEN.where(api_token.c.hash == token_hash)).first()
    return None if row is None else ApiToken(row.id, row.name, row.used_week)


def use(transaction: Transaction, token_id: str, week: Week) -> None:
    """The token was used in a week."""
    transaction.execute(update(api_token).where(api_token.c.id == token_id).values(used_week=str(week)))
