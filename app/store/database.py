"""The database: one engine, and transactions that promise what the sealing order needs.

SQLite is the embedded default: WAL with full durability, deleted content overwritten, writers begun IMMEDIATE so that
a transaction never has to be upgraded. PostgreSQL keeps its defaults, which are durable; what it is asked has a limit
in time, so that one stuck statement or one lost machine does not hold a whole morning.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from app.store import schema
from app.store.prepared import Prepared

Transaction = Connection

_BEGIN = "pejling_begin"
_TO_WRITE, _TO_READ = Prepared(text("BEGIN IMMEDIATE")), Prepared(text("BEGIN"))
# What PostgreSQL says of a transaction that it undid for the sake of others (serialisation, deadlock, a lock waited for
# too long), or because it is stopping or starting (https://www.postgresql.org/docs/current/errcodes-appendix.html).
_UNDONE = {"40001", "40P01", "55P03", "57P01", "57P02", "57P03"}
_POSTGRESQL = {"connect_timeout": 3, "tcp_user_timeout": 10_000}
_WAITS = "-c lock_timeout=5s"
_HURRY = f"{_WAITS} -c statement_timeout=15s -c idle_in_transaction_session_timeout=30s"


class UndoneError(Exception):
    """Nothing was done, through no fault of what was asked: the same transaction may be tried again."""


DatabaseUnavailable = (OperationalError, ProgrammingError, UndoneError)  # not reachable, or without its tables


class Database:
    """One database by its address ("sqlite:////path/file" or "postgresql://...").

    An `unhurried` one lets a statement take the time it takes: a whole house is copied by few of them.
    """

    def __init__(self, url: str, *, unhurried: bool = False) -> None:
        self.url = make_url(url)
        self.embedded = self.url.get_backend_name() == "sqlite"
        self.engine = _engine(url, self.embedded, _WAITS if unhurried else _HURRY)
        # SQLite's readers see one moment by themselves, and it has no trips to a server to save.
        moment = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        whole = {"isolation_level": "READ COMMITTED"}
        self._writes = self.engine.execution_options(**({_BEGIN: _TO_WRITE} if self.embedded else whole))
        self._reads = self.engine.execution_options(**({_BEGIN: _TO_READ} if self.embedded else moment))

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """One transaction that may write; committed when the block ends, rolled back when it raises.

        Raises UndoneError, like its sisters, where nothing was done and the same may be tried again.
        """
        with _connected(self._writes) as connection, connection.begin(), _said_if_undone():
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """One transaction that only reads, never upgraded, and sees one moment of the database whatever goes on."""
        with _connected(self._reads) as connection, connection.begin(), _said_if_undone():
            yield connection

    @contextmanager
    def glancing(self) -> Iterator[Transaction]:
        """One statement by itself: one trip to the server, where a transaction would be three."""
        with _connected(self.engine) as connection, _said_if_undone():
            yield connection

    def casting(self) -> AbstractContextManager[Transaction]:
        """Statements that are each a transaction of their own on PostgreSQL, so any of them may have been done when
        UndoneError is raised; on SQLite all are one transaction that may write."""
        return self.writing() if self.embedded else self.glancing()

    def upgrade(self) -> None:
        """Bring the schema to the newest migration. Raises SchemaError."""
        schema.upgrade(self._writes)

    def fault(self) -> str | None:
        """What keeps the database from serving, None when nothing does."""
        try:
            try:
                return self._schema_fault()
            except UndoneError:  # the connection may have died with an earlier run of the server: a new one is asked
                return self._schema_fault()
        except (SQLAlchemyError, UndoneError):
            return "not reachable"

    def connections(self) -> int:
        """How many connections are open, in use or not."""
        pool = self.engine.pool
        return pool.checkedin() + pool.checkedout() if isinstance(pool, QueuePool) else 0

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

    def _schema_fault(self) -> str | None:
        with self.glancing() as connection:
            return schema.fault(connection)


def _engine(url: str, embedded: bool, limits: str) -> Engine:
    if not embedded:
        # No ping before each use: who meets a connection that died with its server tries again with a new one.
        settings = {**_POSTGRESQL, "options": limits}
        return create_engine(url, hide_parameters=True, isolation_level="AUTOCOMMIT", connect_args=settings)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 15, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; _begin_sqlite does
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    # SQLite's own knows no letter beyond z: a search for "ærø" would not find "Ærø".
    connection.create_function("lower", 1, lambda text: None if text is None else str(text).lower(), deterministic=True)


def _begin_sqlite(connection: Connection) -> None:
    begin = connection.get_execution_options().get(_BEGIN)
    if begin is not None:
        begin.do(connection)


def _connected(engine: Engine) -> Connection:
    try:
        return engine.connect()
    except OperationalError as error:
        raise UndoneError from error


@contextmanager
def _said_if_undone() -> Iterator[None]:
    """Around what comes before the commit: a commit that fails may have happened, and is nobody's to repeat."""
    try:
        yield
    except DBAPIError as error:
        if undone(error):
            raise UndoneError from error
        raise


def undone(error: Exception) -> bool:
    """Whether a database says that it did nothing, through no fault of what it was asked."""
    if not isinstance(error, DBAPIError):
        return False
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) in _UNDONE
