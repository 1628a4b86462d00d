"""The shelf of lifts: themes that may be chosen in a grade although a figure would hold them back there."""

from sqlalchemy import delete, select

from app.store.database import Transaction
from app.store.tables import theme_lift


def all_(transaction: Transaction) -> set[tuple[str, int]]:
    """Every lift as (theme, grade)."""
    return {(row.theme, row.grade) for row in transaction.execute(select(theme_lift))}


def add(transaction: Transaction, theme: str, grade: int) -> None:
    """Lift a theme in a grade; once is enough."""
    remove(transaction, theme, grade)
    transaction.execute(theme_lift.insert().values(theme=theme, grade=grade))


def remove(transaction: Transaction, theme: str, grade: int) -> None:
    """Hold it back again."""
    transaction.execute(delete(theme_lift).where(theme_lift.c.theme == theme, theme_lift.c.grade == grade))
