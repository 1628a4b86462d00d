"""What a thief of the whole disk can do with copies taken at any moment: nothing, tried byte by byte.

test_at_rest.py compares rows and pages; here are SQLite's shared memory, the file after a checkpoint, and every string
of bytes in the loot tried as a key.
"""

import base64
import re
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

import pytest
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from sqlalchemy import text

from app.sealing import urn as sealing
from app.services.sweep import sweep
from tests.conftest import Clock, open_house
from tests.services.room import Room
from tests.store import worlds

PUPILS = 12
KEY = 32
ANSWERS_A = [{"own": "no", "others": "0", "mates": "unknown"}] * PUPILS
ANSWERS_B = [{"own": own, "others": "12", "mates": "7"} for own in ("yes", "skip", "no") * 4]
# In each of the two copies of the index's header: the checksum of the last frame, the salts, and its own checksum.
SHM_HEADER, SHM_HEADERS, SHM_CHANCE = 48, 2, slice(24, 48)


class World:
    """One vote on SQLite whose every ballot is followed by a look at all that is stored."""

    def __init__(self, folder: Path, answers: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.database = folder, folder / "pejling.sqlite"
        folder.mkdir()
        worlds.replay(monkeypatch)
        self.house = open_house(f"sqlite:///{self.database}", folder / "keys", Clock())
        self.room = Room(self.house).voting(PUPILS)
        self.shared, self.files, self.sizes = list[bytes](), list[bytes](), list[list[int]]()
        worlds.cast_each(self.room, answers, self._look)
        self.sealed = worlds.boxes(self.house)

    def _look(self) -> None:
        self.shared.append(_without_chance(self._bytes("-shm")))
        self.sizes.append([len(self._bytes(suffix)) for suffix in ("", "-wal", "-shm")])
        if len(self.sizes) % 5 == 0:
            self.house.database.checkpoint()
            self.files.append(self._bytes(""))

    def _bytes(self, suffix: str) -> bytes:
        return Path(f"{self.database}{suffix}").read_bytes()

    def loot(self) -> bytes:
        """Everything stored: the database, its log and shared memory, and the key folder."""
        stored = b"".join(self._bytes(suffix) for suffix in ("", "-wal", "-shm"))
        return stored + b"".join(worlds.key_files(self.folder / "keys").values())


Make = Callable[[list[dict[str, str]]], World]


def _without_chance(shared: bytes) -> bytes:
    masked = bytearray(shared)
    for start in range(0, SHM_HEADER * SHM_HEADERS, SHM_HEADER):
        masked[start + SHM_CHANCE.start : start + SHM_CHANCE.stop] = bytes(SHM_HEADER - SHM_CHANCE.start)
    return bytes(masked)


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator["Make"]:
    """Makes worlds, and puts them away."""
    made = list[World]()

    def world(answers: list[dict[str, str]]) -> World:
        made.append(World(tmp_path / str(len(made)), answers, monkeypatch))
        return made[-1]

    yield world
    for each in made:
        each.house.database.dispose()


def blanked(file: bytes, sealed: list[bytes]) -> bytes:
    """A file with the sealed boxes blanked."""
    for box in sealed:
        file = file.replace(box, bytes(len(box)))
    return file


def differing(first: World, second: World) -> list[str]:
    """By what two worlds can be told apart without opening a box."""
    found = [name for name in ("sizes", "shared") if getattr(first, name) != getattr(second, name)]
    files = zip(first.files, second.files, strict=True)
    if any(blanked(a, first.sealed) != blanked(b, second.sealed) for a, b in files):
        found.append("files")
    return found


def test_sizes_shared_memory_and_checkpointed_files_of_two_worlds_are_equal(make: Make) -> None:
    first, second = make(ANSWERS_A), make(ANSWERS_B)
    assert len(first.sizes) == PUPILS
    assert len(first.files) == 2
    assert first.files != second.files, "the boxes themselves are never the same twice"
    assert differing(first, second) == []


def test_a_planted_count_of_the_answers_is_caught_by_the_same_comparison(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = Room.cast

    def leaking(room: Room, seat: str, **answer: str) -> None:
        cast(room, seat, **answer)
        with room.house.writing() as work:
            work.db.execute(text("UPDATE classroom SET grade = grade + :yes"), {"yes": int(answer["own"] == "yes")})

    monkeypatch.setattr(Room, "cast", leaking)
    assert differing(make(ANSWERS_A), make(ANSWERS_B)) != []


def test_a_planted_extra_write_after_a_yes_is_caught_though_it_is_taken_back(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = Room.cast

    def leaking(room: Room, seat: str, **answer: str) -> None:
        cast(room, seat, **answer)
        for change in (1, -1) if answer["own"] == "yes" else ():
            with room.house.writing() as work:
                work.db.execute(text("UPDATE classroom SET grade = grade + :change"), {"change": change})

    monkeypatch.setattr(Room, "cast", leaking)
    assert "sizes" in differing(make(ANSWERS_A), make(ANSWERS_B))


def opens(loot: bytes, share: bytes, public: bytes, box: bytes) -> bool:
    """Whether any 32 bytes of the loot, or any text in it, is the key, its seed, or what it is derived from.

    A key that has the poll's public key opens the box, and no other does: the box is tried on those only. The
    derivation is written out here, so that a change of ours which feeds it something stored is found.
    """
    windows = {loot[start : start + KEY] for start in range(len(loot) - KEY + 1)}
    materials = set(windows)
    for window in windows:
        materials |= {base64.urlsafe_b64encode(window).rstrip(b"="), window.hex().encode()}
    for run in re.findall(rb"[A-Za-z0-9_-]{16,}", loot):
        materials |= {run[start : start + length] for length in (16, 24, 43) for start in range(len(run) - length + 1)}
    seeds = {blake2b(material, digest_size=KEY, key=share, person=b"pejling-seal").digest() for material in materials}
    keys = (*map(PrivateKey, windows), *map(PrivateKey.from_seed, windows), *map(PrivateKey.from_seed, seeds))
    return any(_opened(box, key) for key in keys if bytes(key.public_key) == public)


def _opened(box: bytes, key: PrivateKey) -> bool:
    try:
        return len(SealedBox(key).decrypt(box)) > 0
    except CryptoError:
        return False


def test_no_string_of_bytes_in_the_loot_opens_a_box_and_the_teachers_link_does(make: Make) -> None:
    world = make(ANSWERS_B)
    poll, house = world.room.view().poll, world.house
    share, public = house.keys.share(poll.id), poll.public_key
    assert share is not None
    assert public is not None
    loot, box = world.loot(), world.sealed[0]
    assert share in loot
    assert public in loot
    assert box in loot
    assert not opens(loot, share, public, box)
    assert opens(world.room.secret.encode(), share, public, box), "the search finds the link where it is"
    seed = bytes(sealing._private_key(world.room.secret, share))
    assert opens(b"?" * 7 + seed, share, public, box), "and the key where it is"
    assert len(sealing.open_boxes(world.sealed, world.room.secret, share)) == PUPILS


def test_one_half_of_the_key_is_not_enough(make: Make) -> None:
    world = make(ANSWERS_B)
    share = world.house.keys.share(world.room.view().poll.id) or b""
    for secret, half in ((world.room.secret, bytes(KEY)), (world.room.secret, share[::-1]), ("", share)):
        with pytest.raises(sealing.NotOpenedError):
            sealing.open_boxes(world.sealed, secret, half)


def test_a_copy_taken_mid_vote_still_opens_nothing_after_the_close(make: Make) -> None:
    world = make(ANSWERS_B)
    poll, house = world.room.view().poll, world.house
    before, share = world.loot(), house.keys.share(poll.id) or b""
    world.room.close()
    after = world.loot()
    assert share not in after
    assert (poll.public_key or b"?") not in after
    assert not opens(after, share, poll.public_key or b"", world.sealed[0])
    assert len(before) > len(after)


def test_after_a_lapse_no_piece_of_a_box_is_left(make: Make) -> None:
    world = make(ANSWERS_B)
    assert isinstance(world.house.clock, Clock)
    world.house.clock.forward(hours=26)
    sweep(world.house)
    left = world.loot()
    assert not any(box[start : start + 8] in left for box in world.sealed for start in range(45))
