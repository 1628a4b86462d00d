"""Backups: a SQLite file with the same tables, whatever the database is, so that a backup also moves between them.

Urns, spent marks, public keys, who is signed in and the tokens of other programs are not in it. A poll that was voting
when the backup was made is lapsed when it comes back, and a lobby is ready again: nobody sits in it any more.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, delete, insert, select
from sqlalchemy.exc import DatabaseError, StatementError

from app.domain.lesson import LessonState
from app.domain.poll import PollState
from app.store.database import Database, Transaction, undone
from app.store.schema import schema_version
from app.store.tables import api_token, attempt, invitation, lesson, metadata, poll, seat, spent, staff_session, urn

_LEFT_OUT = {table.name for table in (urn, spent, seat, staff_session, invitation, attempt, api_token)}
_CHUNK = 500
_NOT_OURS = "{file} er ikke en sikkerhedskopi fra Pejling, eller den er fra en anden version."


class BackupError(Exception):
    """A backup that cannot be written or read; the message is for the person who asked, in Danish."""


def write(source: Transaction, file: Path) -> int:
    """Copy every table into a new file and return the number of rows. Raises BackupError."""
    if file.exists():
        raise BackupError(f"{file} findes allerede. Vælg et andet navn.")
    engine = create_engine(f"sqlite:///{file}", hide_parameters=True)
    try:
        with engine.begin() as target:
            metadata.create_all(target)
            target.exec_driver_sql(f"PRAGMA user_version = {schema_version()}")
            return _copy(source, target)
    except DatabaseError:
        file.unlink(missing_ok=True)
        raise BackupError(f"{file} kan ikke skrives.") from None
    finally:
        engine.dispose()


def read(file: Path, target: Transaction) -> int:
    """Put a backup in the place of everything in the database and return the number of rows. Raises BackupError."""
    engine = create_engine(f"sqlite:///{file}", hide_parameters=True)
    try:
        with engine.connect() as source:
            if source.exec_driver_sql("PRAGMA user_version").scalar() != schema_version():
                raise BackupError(_NOT_OURS.format(file=file))
            for table in reversed(metadata.sorted_tables):
                target.execute(delete(table))
            return _copy(source, target)
    except (DatabaseError, StatementError, TypeError) as error:  # TypeError: what a driver says of a wrong cell
        if undone(error):
            raise  # by the database that is written to: the backup may be a good one
        raise BackupError(_NOT_OURS.format(file=file)) from None
    finally:
        engine.dispose()


def same_place(database: Database, file: Path) -> bool:
    """Whether `file` is the database itself."""
    return database.embedded and Path(database.url.database or "").samefile(file)


def _copy(source: Transaction, target: Transaction) -> int:
    copied = 0
    for table in metadata.sorted_tables:
        if table.name in _LEFT_OUT:
            continue
        rows = source.execution_options(yield_per=_CHUNK).execute(select(table)).mappings()
        for chunk in rows.partitions(_CHUNK):
            target.execute(insert(table), [_at_rest(table.name, row) for row in chunk])
            copied += len(chunk)
    return copied


def _at_rest(table: str, row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row as it is when nobody sits and nobody votes."""
    values = dict(row)
    if table == poll.name:
        values.update(public_key=None, lapse_hour=None)
        if values["state"] == PollState.VOTING:
            values["state"] = PollState.LAPSED
    if table == lesson.name:
        values.update(code=None, door=None, one_seat=False, reserved=0)
        if values["state"] == LessonState.LOBBY:
            values.update(state=LessonState.READY, ends_hour=None)
        if values["state"] == LessonState.RUNNING:
            values.update(state=LessonState.ENDED, ends_hour=None)
    return values
