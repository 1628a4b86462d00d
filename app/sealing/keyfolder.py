"""The key folder: shares of the polls that vote now, and the secrets that are made once. Never in a backup."""

import os
import re
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_POLL = re.compile(r"[0-9a-f]{16}")


class KeyFolder:
    """One folder outside database, backup and replication; several machines share it.

    Every write is on disk before the call returns. Raises OSError where the folder cannot be used.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._shares = root / "shares"
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._shares.mkdir(mode=0o700, exist_ok=True)

    def keep_share(self, poll: str, share: bytes) -> None:
        """Store a poll's share; an older one of the same poll is replaced."""
        _write(self._share(poll), share)

    def share(self, poll: str) -> bytes | None:
        """A poll's share, or None where it is not there."""
        try:
            return self._share(poll).read_bytes()
        except FileNotFoundError:
            return None

    def has_share(self, poll: str) -> bool:
        """Whether a poll's share is there: asked before each ballot is acknowledged."""
        return self._share(poll).exists()

    def remove_share(self, poll: str) -> None:
        """Remove a poll's share; one that is gone already is no error."""
        self._share(poll).unlink(missing_ok=True)

    def shares_older_than(self, seconds: float) -> Iterator[str]:
        """The polls whose share has been here for more than `seconds`."""
        for path in self._shares.iterdir():
            try:
                old = time.time() - path.stat().st_mtime > seconds
            except FileNotFoundError:  # another machine that shares the folder was quicker
                continue
            if old and _POLL.fullmatch(path.name):
                yield path.name

    def secret_key(self) -> bytes:
        """The installation's key for forms, made once and kept, so that it outlives a restart."""
        return self._made_once("secret")

    def ledger_key(self) -> bytes:
        """The key under which the ledger knows a classroom by its name; never changed, not even after a theft."""
        return self._made_once("ledger.key")

    def _made_once(self, name: str) -> bytes:
        path = self.root / name
        if not path.exists():
            with suppress(FileExistsError):  # another machine made it in this moment
                _write(path, secrets.token_bytes(32), replace=False)
        return path.read_bytes()

    def check(self) -> None:
        """Raise OSError unless something can be written here now."""
        with tempfile.TemporaryFile(dir=self.root) as file:
            file.write(b"w")  # a full disk takes an empty file
            file.flush()

    def _share(self, poll: str) -> Path:
        if not _POLL.fullmatch(poll):
            raise ValueError("not a poll")
        return self._shares / poll


def _write(path: Path, content: bytes, *, replace: bool = True) -> None:
    """Write a whole file or nothing, synced with its folder before this returns."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            temporary.replace(path)
        else:
            path.hardlink_to(temporary)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Put a folder's own entries on disk: without it a new file may be gone after a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
