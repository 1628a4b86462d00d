"""The production server: one granian, its worker bound to its parent's life and to its SQLite file."""

import ctypes
import fcntl
import gc
import logging
import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from granian import Granian
from granian.constants import Interfaces

from app import create_app, journal
from app.config import Settings
from app.services.house import House
from app.services.sweep import sweep
from app.web.arrivals import Arrivals

if TYPE_CHECKING:
    from app.metrics.counts import Counts

SWEEP_SECONDS = 60
SETTLE_SECONDS = 15
# Requests that one process works on: one waits for the disk while the other computes, and more only hinder each other.
AT_ONCE = 2
# Seconds for a worker to end. One that is told while it still starts may miss it, and would be waited for for ever.
PATIENCE = 8
_PR_SET_PDEATHSIG = 1
# Objects made and not yet gone before Python looks for rubbish; its own 700 are a few requests.
_RUBBISH = 50_000
logger = logging.getLogger(__name__)
_held: list[BinaryIO] = []


class AddressInUseError(Exception):
    """The port is served already, or the SQLite file is: two servers must never write one file."""


def serve(settings: Settings, host: str, port: int, *, workers: int = 1) -> None:
    """Serve until told to stop. Raises AddressInUseError."""
    _require_free_port(host, port)
    file = sqlite_file(settings)
    if file is not None:
        workers = 1  # one writer
        lock_file(file).close()
    journal.install()
    server = Granian(
        "app:create_app",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        websockets=False,
        log_access=False,
        log_level="warning",  # type: ignore[arg-type] # granian names its levels in an enum of strings
        log_dictconfig=journal.CONFIG,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE,
    )
    parent = os.getpid()
    with _metrics(settings) as metrics:
        server.serve(target_loader=lambda: _worker(settings, file, parent, metrics), wrap_loader=False)


def sqlite_file(settings: Settings) -> Path | None:
    """The file of the embedded database, None for another one."""
    prefix = "sqlite:///"
    return Path(settings.database_url.removeprefix(prefix)) if settings.database_url.startswith(prefix) else None


def lock_file(database: Path) -> BinaryIO:
    """Hold a SQLite file for this process as long as the returned file is open. Raises AddressInUseError."""
    lock = open(f"{database}.lock", "wb")  # noqa: SIM115 - held for as long as the process lives
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise AddressInUseError(f"{database} bruges allerede af en anden server.") from None
    return lock


@contextmanager
def _metrics(settings: Settings) -> Iterator[Path | None]:
    """A folder that only this server's user can read, where the workers leave their counts; none without a monitor."""
    if not settings.metrics_token:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="pejling-metrics-") as folder:
        yield Path(folder)


def _worker(settings: Settings, file: Path | None, parent: int, metrics: Path | None) -> Any:
    _die_with_parent(parent)
    try:
        if file is not None:
            _held.append(lock_file(file))
        app = create_app(settings, metrics)
    except Exception as error:
        # Python would print the message and the lines of code of a process that ends so.
        logger.error("not started: %s in %s", type(error).__name__, journal.place(error.__traceback__))
        raise SystemExit(1) from None
    house: House = app.extensions["pejling.house"]
    counts: Counts | None = app.extensions.get("pejling.counts")
    _for_ever("sweep", SWEEP_SECONDS, lambda: _sweep(house, counts))
    if counts is not None:
        _for_ever("metrics", SETTLE_SECONDS, counts.settle)
    _leave_alone_what_stays()
    return Arrivals(app, AT_ONCE)


def _sweep(house: House, counts: "Counts | None") -> None:
    try:
        lapsed = sweep(house)
    except Exception:
        if counts is not None:
            counts.server("sweep_failures")
        raise
    if counts is not None:
        counts.server("lapsed_polls", lapsed)


def _for_ever(name: str, seconds: float, act: Callable[[], None]) -> None:
    """Do it now and again, in a thread of its own that outlives a failure."""
    pause = threading.Event()

    def repeat() -> None:
        while True:
            try:
                act()
            except Exception as error:
                # Tried again after the pause; its message could hold a path or an address and is not logged.
                logger.error("%s: %s in %s", name, type(error).__name__, journal.place(error.__traceback__))
            pause.wait(seconds)

    threading.Thread(target=repeat, daemon=True, name=name).start()


def _die_with_parent(parent: int) -> None:
    """Granian's worker outlives a kill -9 of its parent and would go on writing beside the next server."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # not == 1: in a container the parent itself is the first process
            os.kill(os.getpid(), signal.SIGKILL)


def _leave_alone_what_stays() -> None:
    """The application lives as long as its process: Python need not look through it for rubbish all morning."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_RUBBISH)


def _require_free_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AddressInUseError(f"Port {port} på {host} kan ikke bruges: {error.strerror}.") from None
