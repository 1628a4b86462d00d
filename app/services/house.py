"""What every service works with: one transaction, the key folder, the ledger, the themes and the moment."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.domain.theme import Themes
from app.sealing.keyfolder import KeyFolder
from app.sealing.ledger import Ledger
from app.store.database import Database, Transaction

logger = logging.getLogger(__name__)


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

    def _work(self, transaction: Transaction) -> Work:
        return Work(transaction, self.keys, self.ledger, self.themes, self.clock(), self.database.checkpoint)
