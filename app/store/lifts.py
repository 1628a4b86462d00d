"""The shelf of what the municipality decides about themes: some go free in a grade, some are not used there."""

from collections.abc import Set

from sqlalchemy import Table, delete, select

from app.store.database import Transaction
from app.store.tables import theme_hold, theme_lift

Pairs = Set[tuple[str, int]]


def lifted(transaction: Transaction) -> Pairs:
    """Every (theme, grade) that may be chosen although a figure would hold it back."""
    return _all(transaction, theme_lift)


def unused(transaction: Transaction) -> Pairs:
    """Every (theme, grade) that is not offered."""
    return _all(transaction, theme_hold)


def add(transaction: Transaction, theme: str, grade: int) -> None:
    """Let a theme go free in a grade; doing it twice changes nothing."""
    remove(transaction, theme, grade)
    transaction.execute(theme_lift.insert().values(theme=theme, grade=grade))


def remove(transaction: Transaction, theme: str, grade: int) -> None:
    """Undo add()."""
    transaction.execute(delete(theme_lift).where(theme_lift.c.theme == theme, theme_lift.c.grade == grade))


def replace(transaction: Transaction, lifted_: Pairs, unused_: Pairs) -> None:
    """Put these in the place of everything that was decided."""
    for table, pairs in ((theme_lift, lifted_), (theme_hold, unused_)):
        transaction.execute(delete(table))
        if pairs:
            transaction.execute(table.insert(), [{"theme": theme, "grade": grade} for theme, grade in sorted(pairs)])


def _all(transaction: Transaction, table: Table) -> Pairs:
    return {(row.theme, row.grade) for row in transaction.execute(select(table))}
