"""The shelf of the municipality's own texts."""

from collections.abc import Mapping

from sqlalchemy import delete, select

from app.store.database import Transaction
from app.store.tables import setting


def all_(transaction: Transaction) -> dict[str, str]:
    """Every text by its name."""
    return {row.name: row.value for row in transaction.execute(select(setting))}


def one(transaction: Transaction, name: str) -> str:
    """The text of a name, "" where there is none."""
    return transaction.scalar(select(setting.c.value).where(setting.c.name == name)) or ""


def put(transaction: Transaction, values: Mapping[str, str]) -> None:
    """Put these in the place of those of the same names; an empty one is removed."""
    transaction.execute(delete(setting).where(setting.c.name.in_(list(values))))
    rows = [{"name": name, "value": value} for name, value in values.items() if value]
    if rows:
        transaction.execute(setting.insert(), rows)
