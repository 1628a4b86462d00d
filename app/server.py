"""The production server: one granian, its worker bound to its parent's life and to its SQLite file."""

import ctypes
import fcntl
import logging
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO

from granian import Granian
from granian.constants import Interfaces

from app import create_app
from app.config import Settings
from app.services.house import House
from app.services.sweep import sweep
from app.web.turns import Turns

SWEEP_SECONDS = 60
# Requests whose bodies may be on their way beside those that are served; a thread that waits costs next to nothing.
ARRIVING = 256
_PR_SET_PDEATHSIG = 1
logger = logging.getLogger(__name__)
_held: list[BinaryIO] = []


class AddressInUseError(Exception):
    """The port is served already, or the SQLite file is: two servers must never write one file."""


def serve(settings: Settings, host: str, port: int, *, workers: int = 1, threads: int = 4) -> None:
    """Serve until told to stop. Raises AddressInUseError."""
    _require_free_port(host, port)
    file = sqlite_file(settings)
    if file is not None:
        workers, threads = 1, 2  # one writer: more threads only queue
        lock_file(file).close()
    server = Granian(
        "app:create_app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads + ARRIVING,
        log_access=False,
        log_level="warning",  # type: ignore[arg-type] # granian names its levels in an enum of strings
        respawn_failed_workers=True,
    )
    # Granian warns of many threads; here most of them only wait.
    logging.getLogger("_granian").addFilter(lambda line: "Python threads" not in str(line.msg))
    parent = os.getpid()
    server.serve(target_loader=lambda: _worker(settings, file, parent, threads), wrap_loader=False)


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


def _worker(settings: Settings, file: Path | None, parent: int, threads: int) -> Any:
    _die_with_parent(parent)
    if file is not None:
        _held.append(lock_file(file))
    app = create_app(settings)
    house: House = app.extensions["pejling.house"]
    threading.Thread(target=_sweep_for_ever, args=(house,), daemon=True, name="sweep").start()
    return Turns(app, threads)


def _sweep_for_ever(house: House) -> None:
    pause = threading.Event()
    while True:
        try:
            sweep(house)
        except Exception as error:
            # The sweep is tried again in a minute; its message could hold a path or an address and is not logged.
            logger.error("sweep: %s", type(error).__name__)
        pause.wait(SWEEP_SECONDS)


def _die_with_parent(parent: int) -> None:
    """Granian's worker outlives a kill -9 of its parent and would go on writing beside the next server."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # not == 1: in a container the parent itself is the first process
            os.kill(os.getpid(), signal.SIGKILL)


def _require_free_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AddressInUseError(f"Port {port} på {host} kan ikke bruges: {error.strerror}.") from None
