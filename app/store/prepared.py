"""Statements that every device asks again and again, compiled once and handed to the driver as they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement


@dataclass(frozen=True, slots=True)
class _Text:
    """A statement in one database's words; `order` is that of its values where it takes them by place."""

    sql: str
    order: tuple[str, ...] | None
    fixed: Mapping[str, object]


class Prepared:
    """A statement with plain values and columns: what SQLAlchemy does for others around it takes three times as long as
    it takes itself.

    Raises what SQLAlchemy raises.
    """

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._texts = dict[str, _Text]()

    def rows(self, transaction: Connection, **values: object) -> list[tuple[Any, ...]]:
        """The rows that it gives for these values."""
        return self._done(transaction, values, rows=True)

    def do(self, transaction: Connection, **values: object) -> None:
        """The same for one that gives none."""
        self._done(transaction, values, rows=False)

    def _done(self, transaction: Connection, values: dict[str, object], *, rows: bool) -> list[tuple[Any, ...]]:
        dialect = transaction.dialect
        text = self._texts.get(dialect.name) or self._text(dialect)
        values |= text.fixed
        raw = transaction.connection
        try:
            cursor = raw.cursor()
            cursor.execute(text.sql, values if text.order is None else [values[name] for name in text.order])
            return list(cursor.fetchall()) if rows else []
        except dialect.loaded_dbapi.Error as error:
            if dialect.is_disconnect(error, raw, None):
                transaction.exec_driver_sql("SELECT 1")  # fails, and makes SQLAlchemy forget what else went with it
            driver = dialect.loaded_dbapi.Error
            raise DBAPIError.instance(text.sql, None, error, driver, hide_parameters=True, dialect=dialect) from error

    def _text(self, dialect: Dialect) -> _Text:
        compiled: Any = self._statement.compile(dialect=dialect)
        fixed = {name: value for name, value in compiled.params.items() if value is not None}
        order = tuple(compiled.positiontup) if compiled.positiontup is not None else None
        text = self._texts[dialect.name] = _Text(str(compiled), order, fixed)
        return text
