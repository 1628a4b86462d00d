"""What is read off server and database every few seconds: memory, files, connections, sizes, and rows about pupils."""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import process_time, thread_time

from sqlalchemy import func, select

from app.domain.lesson import LessonState
from app.store import tables
from app.store.database import Database
from tests.bench.servers import cpu_of, family, resident

ABOUT_PUPILS = (tables.seat, tables.spent, tables.urn)
MEGABYTE = 1024 * 1024
WORK = 60_000


@dataclass(frozen=True)
class Sample:
    """One reading; sizes and memory in megabytes, CPU in seconds so far of server, database and driver; `piece` is the
    CPU that the machine needed this time for a piece of work that is always the same."""

    moment: float
    ballots: int
    visits: int
    cpu: tuple[float, float, float]
    piece: float
    server: float
    largest: float
    database_memory: float
    files: int
    connections: int
    data: float
    pupils_tables: float
    log: float
    rows: dict[str, int]
    shares: int


class Gauges:
    """The instruments of one server, its database and its key folder."""

    def __init__(self, server: int, database_server: int, database: Database, keys: Path) -> None:
        self.server, self.database_server, self.database = server, database_server, database
        self.shares_folder = keys / "shares"
        self._log_start = self._log()

    def read(self, ballots: int, visits: int) -> Sample:
        """One reading, now."""
        ours = family(self.server)
        data, about_pupils, connections = self._sizes()
        return Sample(
            moment=time.perf_counter(),
            ballots=ballots,
            visits=visits,
            cpu=(cpu_of(self.server), cpu_of(self.database_server) if self.database_server else 0.0, process_time()),
            piece=piece_of_work(),
            server=total(proportional, ours),
            largest=max(total(resident, [pid]) for pid in ours),
            database_memory=total(proportional, family(self.database_server)) if self.database_server else 0.0,
            files=int(total(open_files, ours)),
            connections=connections,
            data=data,
            pupils_tables=about_pupils,
            log=self._log() - self._log_start,
            rows=self.rows(),
            shares=len(self.shares()),
        )

    async def keep_reading(self, seconds: float, counts: Callable[[], tuple[int, int]], samples: list[Sample]) -> None:
        """Read every few seconds until cancelled, beside the driver's own work."""
        while True:
            samples.append(await asyncio.to_thread(self.read, *counts()))
            await asyncio.sleep(seconds)

    def rows(self) -> dict[str, int]:
        """How many rows there are of what must be gone at the end."""
        with self.database.reading() as transaction:
            return {
                table.name: transaction.scalar(select(func.count()).select_from(table)) or 0 for table in ABOUT_PUPILS
            }

    def lessons_not_ended(self) -> int:
        """How many lessons have begun and not ended, or not begun."""
        query = select(func.count()).where(tables.lesson.c.state != LessonState.ENDED)
        with self.database.reading() as transaction:
            return transaction.scalar(query) or 0

    def shares(self) -> list[Path]:
        """The shares in the key folder."""
        return list(self.shares_folder.iterdir())

    def tables(self) -> list[dict[str, object]]:
        """PostgreSQL's own counts of what was done to each table, the largest first."""
        if self.database.embedded:
            return []
        query = (
            "SELECT relname, n_tup_ins, n_tup_upd, n_tup_hot_upd, n_tup_del, n_dead_tup, seq_scan, seq_tup_read,"
            " idx_scan, autovacuum_count, autoanalyze_count,"
            " pg_relation_size(relid) AS heap, pg_indexes_size(relid) AS indexes"
            " FROM pg_stat_user_tables WHERE n_tup_ins > 0 ORDER BY pg_total_relation_size(relid) DESC"
        )
        with self.database.reading() as transaction:
            return [dict(row._mapping) for row in transaction.exec_driver_sql(query)]

    def _sizes(self) -> tuple[float, float, int]:
        """Megabytes of the database, those of the tables about pupils with their indexes, and its connections."""
        if self.database.embedded:
            return _size(self._file()), 0.0, 0
        pupils = " + ".join(f"pg_total_relation_size('{table.name}')" for table in ABOUT_PUPILS)
        with self.database.reading() as transaction:
            found = transaction.exec_driver_sql(
                f"SELECT pg_database_size(current_database()), {pupils},"
                " (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database())"
            ).one()
        return found[0] / MEGABYTE, found[1] / MEGABYTE, found[2]

    def _log(self) -> float:
        """Megabytes of log written since the beginning on PostgreSQL, those of the log as it is on SQLite."""
        if self.database.embedded:
            return _size(Path(f"{self._file()}-wal"))
        with self.database.reading() as transaction:
            return float(transaction.exec_driver_sql("SELECT pg_current_wal_lsn() - '0/0'").scalar_one()) / MEGABYTE

    def _file(self) -> Path:
        return Path(self.database.url.database or "")


def piece_of_work() -> float:
    """Seconds of CPU for some work on data that does not fit into the nearest memory."""
    begun = thread_time()
    numbers = list(range(WORK))
    numbers.sort(key=lambda number: -(number * number))
    return thread_time() - begun


def rates(samples: Sequence[Sample]) -> list[float]:
    """Ballots a second between each two samples."""
    return [(after.ballots - before.ballots) / (after.moment - before.moment) for before, after in pairwise(samples)]


def total(gauge: Callable[[int], float], pids: Iterable[int]) -> float:
    """The sum over those processes that are still there."""
    read = 0.0
    for pid in pids:
        with suppress(FileNotFoundError, ProcessLookupError):
            read += gauge(pid)
    return read


def proportional(pid: int) -> float:
    """Megabytes of a process, where what it shares with others is shared out among them."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def open_files(pid: int) -> float:
    """How many files, sockets among them, a process has open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def _size(file: Path) -> float:
    return file.stat().st_size / MEGABYTE if file.exists() else 0.0
