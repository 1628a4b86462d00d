"""The schema: where a database stands, and how it is brought up while a house is open."""

import random
import time
from contextlib import AbstractContextManager
from typing import Protocol

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

BEHIND = "run: pejling db upgrade"
NEWER = "newer than this version of Pejling"
NEWER_SENTENCE = "Databasen er fra en nyere version af Pejling. Brug den version, eller læg en kopi tilbage."
TRIES = 30
# Whoever comes after an upgrade that waits for a lock waits behind it: it steps aside soon, and comes again.
_STEPS_ASIDE = "SET LOCAL lock_timeout = '1s'"
_UNHURRIED = "SET LOCAL statement_timeout = 0"  # a large table takes the time it takes
_BETWEEN = "SET LOCAL idle_in_transaction_session_timeout = 0"  # and so does what is reckoned between two statements
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(2018)"
_WAITED_IN_VAIN = {"55P03", "40P01"}  # lock_not_available, deadlock_detected


class SchemaError(Exception):
    """A schema that cannot be brought up; the message is for the person who asked, in Danish."""


class Beginner(Protocol):
    """What begins transactions that may write."""

    def begin(self) -> AbstractContextManager[Connection]:
        """One transaction."""


def upgrade(engine: Beginner) -> None:
    """Bring the schema to the newest migration, all or nothing. Raises SchemaError.

    On PostgreSQL several may do so at once, and the house goes on meanwhile.
    """
    for _ in range(TRIES):
        try:
            with engine.begin() as connection:
                _upgrade(connection)
                return
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) not in _WAITED_IN_VAIN:
                raise
        time.sleep(random.uniform(0.5, 1.5))  # noqa: S311 - so that two do not meet again, not a secret
    raise SchemaError("Databasen er i brug hele tiden, så intet er ændret. Prøv igen, når ingen stemmer.")


def fault(connection: Connection) -> str | None:
    """What is wrong with the schema, None when it is at the newest migration."""
    scripts = ScriptDirectory.from_config(_alembic())
    current = MigrationContext.configure(connection).get_current_revision()
    if current == scripts.get_current_head():
        return None
    known = {script.revision for script in scripts.walk_revisions()}
    return BEHIND if current is None or current in known else NEWER


def schema_version() -> int:
    """The number of the newest migration."""
    return int(ScriptDirectory.from_config(_alembic()).get_current_head() or 0)


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        for statement in (_STEPS_ASIDE, _UNHURRIED, _BETWEEN, _ONE_AT_A_TIME):
            connection.exec_driver_sql(statement)
    if fault(connection) == NEWER:
        raise SchemaError(NEWER_SENTENCE)
    config = _alembic()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", "app.store:migrations")
    return config
