"""The contents of the database for outsiders to check: its tables as they are now, and a demo's rows as text."""

from dataclasses import dataclass

from sqlalchemy import MetaData, inspect, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from app.store.database import Transaction


@dataclass(frozen=True, slots=True)
class StoredTable:
    """A table that the database has, and the names of its columns."""

    name: str
    columns: tuple[str, ...]


def tables(db: Transaction) -> tuple[StoredTable, ...]:
    """Every table, read from the database itself and not from what the program thinks is there."""
    found = inspect(db).get_multi_columns()
    return tuple(StoredTable(name, tuple(each["name"] for each in columns)) for (_, name), columns in found.items())


def as_sql(db: Transaction) -> str:
    """Every table and every row as statements that SQLite reads, whatever the database is. Hides nothing."""
    there = MetaData()
    there.reflect(db)
    statements = ["BEGIN"]
    for table in there.sorted_tables:
        for column in table.columns:
            column.type = column.type.as_generic()
        statements.append(str(CreateTable(table).compile(dialect=sqlite.dialect())).strip())
        rows = db.execute(select(table))
        statements += [f'INSERT INTO "{table.name}" VALUES ({", ".join(map(_literal, row))})' for row in rows]  # noqa: S608 - the text is for downloading
    return ";\n".join([*statements, "COMMIT", ""])


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"X'{value.hex()}'"
    if isinstance(value, int | float):
        return repr(int(value) if isinstance(value, bool) else value)
    return "'" + str(value).replace("'", "''") + "'"
