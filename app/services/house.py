"""What every service works with: one transaction, the key folder, the ledger, the themes and the moment."""

import logging
import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Concatenate, ParamSpec, TypeVar

from app.domain.theme import Themes
from app.sealing.keyfolder import KeyFolder
from app.sealing.ledger import Ledger
from app.store.database import Database, Transaction, UndoneError

TRIES = 4
FIRST_PAUSE = 0.05  # seconds, doubled each time

logger = logging.getLogger(__name__)
_P = ParamSpec("_P")
_T = TypeVar("_T")


def clock() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work in one transaction; `afterwards` runs when it is committed, and only then."""

    db: Transaction
    keys: KeyFolder
    ledger: Ledger
    themes: Themes
    now: datetime
    checkpoint: Callable[[], None]
    afterwards: list[Callable[[], None]] = field(default_factory=list)

    @property
    def minute(self) -> int:
        """The whole minute since 1970."""
        return int(self.now.timestamp()) // 60

    @property
    def hour(self) -> int:
        """The whole hour since 1970."""
        return int(self.now.timestamp()) // 3600


@dataclass(frozen=True, slots=True)
class House:
    """The parts that last as long as the process."""

    database: Database
    keys: KeyFolder
    ledger: Ledger
    themes: Themes
    clock: Callable[[], datetime] = clock

    @contextmanager
    def writing(self) -> Iterator[Work]:
        """Work that may change something; undone as a whole when the block raises."""
        with self.database.writing() as transaction:
            work = self._work(transaction)
            yield work
        for act in work.afterwards:
            try:
                act()
            except Exception as error:
                # Committed all the same, and the sweep tries again; the message could hold a path and is not logged.
                logger.warning("left for the sweep: %s", type(error).__name__)

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """Work that only looks."""
        with self.database.reading() as transaction:
            yield self._work(transaction)

    @contextmanager
    def glancing(self) -> Iterator[Work]:
        """Work that looks with one statement only."""
        with self.database.glancing() as transaction:
            yield self._work(transaction)

    @contextmanager
    def casting(self) -> Iterator[Work]:
        """Work whose writing is one statement, and may be done twice."""
        with self.database.casting() as transaction:
            yield self._work(transaction)

    def _work(self, transaction: Transaction) -> Work:
        return Work(transaction, self.keys, self.ledger, self.themes, self.clock(), self.database.checkpoint)


def patiently(
    begin: Callable[[], AbstractContextManager[Work]],
    verb: Callable[Concatenate[Work, _P], _T],
    *args: _P.args,
    **kwargs: _P.kwargs,
) -> _T:
    """Do `verb` in the work that `begin` gives, and again where the database undid it, TRIES times in all.

    A server that is restarted, or two who wait for each other, are no reason to send a pupil away.
    """
    for pause in [FIRST_PAUSE * 2**number for number in range(TRIES - 1)]:
        try:
            with begin() as work:
                return verb(work, *args, **kwargs)
        except UndoneError:
            time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - so that two do not meet again, not a secret
    with begin() as work:
        return verb(work, *args, **kwargs)
