"""The database: one engine, and transactions that promise what the sealing order needs.

SQLite is the embedded default: WAL with full durability, deleted content overwritten, writers begun IMMEDIATE so that
a transaction never has to be upgraded. PostgreSQL keeps its defaults, which are durable.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError, ProgrammingError, SQLAlchemyError

from app.store import schema

Transaction = Connection
DatabaseUnavailable = (OperationalError, ProgrammingError)  # not reachable, or without its tables

_WRITES = "pejling_writes"


class Database:
    """One database by its address ("sqlite:////path/file" or "postgresql://...")."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.embedded = self.url.get_backend_name() == "sqlite"
        self.engine = _engine(url, self.embedded)
        # SQLite's readers see one moment by themselves.
        moment = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self._reads: dict[str, Any] = {} if self.embedded else moment

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """One transaction that may write; committed when the block ends, rolled back when it raises."""
        with self.engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """One transaction that only reads, never upgraded, and sees one moment of the database whatever goes on."""
        with self.engine.connect().execution_options(**self._reads) as connection, connection.begin():
            yield connection

    def upgrade(self) -> None:
        """Bring the schema to the newest migration. Raises SchemaError."""
        schema.upgrade(self.engine.execution_options(**{_WRITES: True}))

    def fault(self) -> str | None:
        """What keeps the database from serving, None when nothing does."""
        try:
            with self.engine.connect() as connection:
                return schema.fault(connection)
        except SQLAlchemyError:
            return "not reachable"

    def checkpoint(self) -> None:
        """Fold SQLite's log into the file and empty it; other databases look after their log themselves."""
        if not self.embedded:
            return
        connection = self.engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _engine(url: str, embedded: bool) -> Engine:
    if not embedded:
        return create_engine(url, hide_parameters=True, pool_pre_ping=True)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 15, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; _begin_sqlite does
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
