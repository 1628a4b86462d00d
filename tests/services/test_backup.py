"""Backup and restore: what a backup holds, what it never holds, and that a restore is all or nothing."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.lesson import LessonState
from app.domain.poll import PollState
from app.domain.refusal import Reason
from app.services.backup import backup, restore
from app.services.close_poll import close_poll
from app.services.house import House
from app.services.lead_lesson import open_lobby
from app.services.open_poll import open_poll
from app.services.sweep import sweep
from app.store.backups import BackupError
from app.store.database import UndoneError
from tests import postgres
from tests.conftest import Clock, open_house
from tests.services.room import Room, played
from tests.store import worlds


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[House]:
    """Another house, on each kind of database, with a key folder of its own."""
    url = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    if request.param == "postgresql":
        url = postgres.new_database(request.getfixturevalue("postgres_socket"), f"elsewhere_{tmp_path.name}"[:60])
    made = open_house(url, tmp_path / "elsewhere-keys", clock)
    yield made
    made.database.dispose()


def test_what_was_released_moves_from_any_database_to_any_other_and_back(
    house: House, elsewhere: House, tmp_path: Path
) -> None:
    played(house, 22, yes=3, classroom="7.Ø")
    played(house, 9, classroom="7.B")
    before = worlds.rows(house)
    played(elsewhere, 12, classroom="9.Z")
    written = backup(house, tmp_path / "there.sqlite")
    assert written == restore(elsewhere, tmp_path / "there.sqlite")
    there = worlds.rows(elsewhere)
    assert there["release"] == before["release"]
    assert there["figure"] == before["figure"]
    assert there["classroom"] == before["classroom"], "what was there before is gone"
    backup(elsewhere, tmp_path / "back.sqlite")
    restore(house, tmp_path / "back.sqlite")
    assert worlds.rows(house) == there


def test_a_vote_under_way_comes_back_lapsed_and_cannot_be_closed(house: House, tmp_path: Path) -> None:
    room = Room(house).voting(12)
    for seat in room.seats:
        room.cast(seat)
    backup(house, tmp_path / "backup.sqlite")
    assert room.close().result().release.n == 12
    restore(house, tmp_path / "backup.sqlite")
    view = room.view()
    assert (view.poll.state, view.lesson.state, view.seats) == (PollState.LAPSED, LessonState.ENDED, 0)
    assert view.poll.public_key is None
    assert room.refused(close_poll) is Reason.WRONG_STATE
    assert room.refused(open_poll) is Reason.WRONG_STATE


def test_a_lobby_comes_back_ready_and_can_be_opened_again(house: House, tmp_path: Path) -> None:
    room = Room(house).lobby(5)
    backup(house, tmp_path / "backup.sqlite")
    restore(house, tmp_path / "backup.sqlite")
    view = room.view()
    assert (view.lesson.state, view.lesson.code, view.lesson.door, view.seats) == (LessonState.READY, None, None, 0)
    room.do(open_lobby)
    assert room.view().lesson.code is not None


def test_a_backup_made_mid_vote_holds_neither_box_nor_mark_nor_seat_nor_key(house: House, tmp_path: Path) -> None:
    room = Room(house).voting(12)
    for seat in room.seats:
        room.cast(seat, "yes")
    stored = worlds.rows(house, mask=bytes)
    poll = room.view().poll
    secret = {poll.public_key, house.keys.share(poll.id), *worlds.boxes(house)}
    secret |= (
        {row[0] for row in stored["seat"]} | {row[1] for row in stored["spent"]} | {row[1] for row in stored["urn"]}
    )
    assert len(secret) >= 2 + 12 * 3
    backup(house, tmp_path / "backup.sqlite")
    held = (tmp_path / "backup.sqlite").read_bytes()
    assert not any(isinstance(each, bytes) and each in held for each in secret)
    with sqlite3.connect(tmp_path / "backup.sqlite") as copied:
        counts = [copied.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("seat", "spent", "urn")]
        links = copied.execute("SELECT count(*) FROM lesson_link").fetchone()[0]
    copied.close()
    assert (counts, links) == ([0, 0, 0], 1)
    assert not (tmp_path / "backup.sqlite-wal").exists(), "one file is the whole backup"


def test_a_backup_never_takes_the_place_of_a_file(house: House, tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"precious")
    with pytest.raises(BackupError, match="findes allerede"):
        backup(house, tmp_path / "precious")
    assert (tmp_path / "precious").read_bytes() == b"precious"


def test_a_backup_into_a_folder_that_is_not_there_is_refused_with_a_sentence(house: House, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="kan ikke skrives"):
        backup(house, tmp_path / "nowhere" / "backup.sqlite")
    assert not (tmp_path / "nowhere").exists()


def _cut_short(good: bytes) -> bytes:
    return good[: len(good) // 2]


def _bits_turned(good: bytes) -> bytes:
    return good[:4096] + bytes(byte ^ 0xFF for byte in good[4096:])


def _text(_good: bytes) -> bytes:
    return b"not a database"


def _empty(_good: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("broken", [_cut_short, _bits_turned, _text, _empty])
def test_a_broken_backup_is_refused_and_changes_nothing(
    house: House, tmp_path: Path, broken: Callable[[bytes], bytes]
) -> None:
    played(house, 12)
    backup(house, tmp_path / "good.sqlite")
    (tmp_path / "broken").write_bytes(broken((tmp_path / "good.sqlite").read_bytes()))
    before = worlds.rows(house)
    with pytest.raises(BackupError, match="er ikke en sikkerhedskopi"):
        restore(house, tmp_path / "broken")
    assert worlds.rows(house) == before


@pytest.mark.parametrize(
    "sabotage",
    [
        "DROP TABLE figure",
        "PRAGMA user_version = 99",
        "ALTER TABLE poll DROP COLUMN edition",
        "DELETE FROM school",
        "UPDATE lesson SET audience = 'a word much longer than its column', classroom_id = 'nowhere'",
        "UPDATE figure SET low = 5, high = NULL, suppressed = 'both'",
        "UPDATE lesson_link SET hash = 'text'",
    ],
)
def test_a_backup_with_rows_that_do_not_fit_is_refused_and_changes_nothing(
    house: House, tmp_path: Path, sabotage: str
) -> None:
    played(house, 12)
    backup(house, tmp_path / "backup.sqlite")
    with sqlite3.connect(tmp_path / "backup.sqlite") as copied:
        copied.execute("PRAGMA ignore_check_constraints = ON")
        copied.execute(sabotage)
    copied.close()
    before = worlds.rows(house)
    with pytest.raises(BackupError):
        restore(house, tmp_path / "backup.sqlite")
    assert worlds.rows(house) == before


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_good_backup_is_not_blamed_where_others_use_the_database(house: House, tmp_path: Path) -> None:
    played(house, 12)
    backup(house, tmp_path / "backup.sqlite")
    with house.writing() as work:
        work.db.execute(text("SELECT id FROM school FOR UPDATE"))
        with pytest.raises(UndoneError):
            restore(house, tmp_path / "backup.sqlite")
    assert restore(house, tmp_path / "backup.sqlite")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_database_itself_is_not_its_own_backup(house: House) -> None:
    played(house, 12)
    before = worlds.rows(house)
    with pytest.raises(BackupError, match="er databasen selv"):
        restore(house, Path(house.database.url.database or ""))
    assert worlds.rows(house) == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_another_name_for_the_database_is_not_its_own_backup_either(house: House, tmp_path: Path) -> None:
    played(house, 12)
    before = worlds.rows(house)
    (tmp_path / "other-name").symlink_to(house.database.url.database or "")
    with pytest.raises(BackupError):
        restore(house, tmp_path / "other-name")
    assert worlds.rows(house) == before


def test_the_backup_file_itself_is_not_changed_by_a_restore(house: House, tmp_path: Path) -> None:
    played(house, 12)
    backup(house, tmp_path / "backup.sqlite")
    shutil.copy(tmp_path / "backup.sqlite", tmp_path / "same")
    restore(house, tmp_path / "backup.sqlite")
    restore(house, tmp_path / "backup.sqlite")
    assert (tmp_path / "backup.sqlite").read_bytes() == (tmp_path / "same").read_bytes()


def test_a_restore_into_a_vote_under_way_leaves_its_share_for_the_sweep_to_remove(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(house).voting(10)
    backup(house, tmp_path / "backup.sqlite")
    restore(house, tmp_path / "backup.sqlite")
    poll = room.view().poll.id
    assert house.keys.has_share(poll)
    monkeypatch.setattr("app.services.sweep.SHARE_REST_SECONDS", -1)
    sweep(house)
    assert not house.keys.has_share(poll)
