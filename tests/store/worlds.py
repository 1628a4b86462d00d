"""Two worlds that differ in the answers only: all randomness is replayed, so any other difference is a leak."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from app.services.house import House
from app.store.tables import metadata, urn
from tests.services.room import Room

WAL_HEADER, FRAME_HEADER = 32, 24


class Replayed:
    """Stands in for the `secrets` module: the same numbers in every world."""

    def __init__(self) -> None:
        self._source = random.Random(2026)

    def token_bytes(self, size: int) -> bytes:
        """The next bytes."""
        return self._source.randbytes(size)

    def token_hex(self, size: int) -> str:
        """The next bytes in hexadecimal."""
        return self.token_bytes(size).hex()

    def token_urlsafe(self, size: int) -> str:
        """The next bytes as text for an address: four characters for each three bytes, like the real one."""
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        return "".join(alphabet[self.randbelow(64)] for _ in range(-(-size * 4 // 3)))

    def randbelow(self, end: int) -> int:
        """The next number below `end`."""
        return self._source.randrange(end)


def replay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin a world: from here on randomness is replayed from its start, but for libsodium's own in the boxes."""
    source = Replayed()
    for module in ("app.sealing.tokens", "app.sealing.urn", "app.sealing.keyfolder"):
        monkeypatch.setattr(f"{module}.secrets", source)


def rows(house: House, mask: Callable[[bytes], object] = len) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, sealed boxes seen through `mask` (their length)."""
    found: dict[str, list[tuple[object, ...]]] = {}
    with house.reading() as work:
        for table in metadata.sorted_tables:
            box = list(table.c).index(table.c.box) if table is urn else None
            listed = [
                tuple(mask(bytes(value)) if index == box else value for index, value in enumerate(row))
                for row in work.db.execute(select(table))
            ]
            found[table.name] = sorted(listed, key=repr)
    return found


def boxes(house: House) -> list[bytes]:
    """Every sealed box."""
    with house.reading() as work:
        return [bytes(box) for box in work.db.scalars(select(urn.c.box))]


def key_files(keys: Path) -> dict[str, bytes]:
    """Every file of the key folder."""
    return {str(path.relative_to(keys)): path.read_bytes() for path in sorted(keys.rglob("*")) if path.is_file()}


class Copies:
    """Copies of a SQLite database with its log and key folder, taken after every ballot."""

    def __init__(self, database: Path, keys: Path, into: Path) -> None:
        self.database, self.keys, self.into, self.taken = database, keys, into, 0

    def take(self) -> Path:
        """Copy everything as a thief would, in this moment."""
        folder = self.into / str(self.taken)
        folder.mkdir(parents=True)
        self.taken += 1
        for suffix in ("", "-wal"):
            shutil.copy(f"{self.database}{suffix}", folder / f"db{suffix}")
        shutil.copytree(self.keys, folder / "keys")
        return folder


def pages(copy: Path, sealed: list[bytes]) -> list[tuple[object, bytes]]:
    """Every page of a copy, from the file and from each frame of the log, with the sealed boxes blanked.

    A frame's salts and checksums are left out: they are functions of the pages and of chance.
    """
    file, log = (copy / "db").read_bytes(), (copy / "db-wal").read_bytes()
    size = int.from_bytes(file[16:18], "big") if len(file) >= 18 else 4096
    found: list[tuple[object, bytes]] = [("file", file)]
    for start in range(WAL_HEADER, len(log), FRAME_HEADER + size):
        header, page = log[start : start + 8], log[start + FRAME_HEADER : start + FRAME_HEADER + size]
        found.append((header, page))
    return [(where, _blank(page, sealed)) for where, page in found]


def _blank(page: bytes, sealed: list[bytes]) -> bytes:
    for box in sealed:
        page = page.replace(box, bytes(len(box)))
    return page


def cast_each(room: Room, answers: list[dict[str, str]], after: Callable[[], object]) -> None:
    """Cast each answer from the next seat, and do `after` when it is acknowledged."""
    theme = room.view().poll.theme
    for seat, answer in zip(room.seats, answers, strict=True):
        room.cast(seat, theme=theme, **answer)
        after()
