"""What is stored, shown to anybody who asks."""

from app.services.house import Work
from app.store import contents
from app.store.contents import StoredTable


def show_tables(work: Work) -> tuple[StoredTable, ...]:
    """Every table of the database and its columns, without a row."""
    return contents.tables(work.db)


def show_dump(work: Work) -> str:
    """Everything in the database as SQL; for a demo, whose every row is invented."""
    return contents.as_sql(work.db)
