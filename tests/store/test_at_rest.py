"""Anonymity at rest: at no moment does anything stored depend on an answer, and nothing stored opens a box."""

import itertools
from pathlib import Path

import pytest
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from sqlalchemy import Column, Integer, LargeBinary, String, Table, select

from app.domain.ballot import LENGTH
from app.sealing import urn as sealing
from app.services.house import House
from app.store import tables
from tests.conftest import Clock, open_house
from tests.services.room import Room
from tests.store import worlds

PUPILS = 12
THEME = "alkohol"  # it has an approval item, so that a ballot is as full as it can be
ANSWERS_A = [{"own": "no", "others": "0", "mates": "unknown", "approve": "no", "approve_mates": "unknown"}] * PUPILS
ANSWERS_B = [
    {"own": own, "others": "12", "mates": "7", "approve": own, "approve_mates": "12"}
    for own in ("yes", "skip", "no") * 4
]


def played_copies(
    tmp_path: Path, name: str, answers: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> tuple[House, Room, list[Path], list[dict[str, list[tuple[object, ...]]]]]:
    """One world on SQLite: a vote whose every ballot is followed by a copy of all that is stored."""
    folder = tmp_path / name
    folder.mkdir()
    worlds.replay(monkeypatch)
    house = open_house(f"sqlite:///{folder / 'pejling.sqlite'}", folder / "keys", Clock())
    room = Room(house, [house.themes[THEME]], approval=True).voting(PUPILS)
    copies, seen = worlds.Copies(folder / "pejling.sqlite", folder / "keys", folder / "copies"), list[Path]()
    logical = []

    def look() -> None:
        seen.append(copies.take())
        logical.append(worlds.rows(house))

    worlds.cast_each(room, answers, look)
    return house, room, seen, logical


def test_after_every_ballot_the_copies_of_two_worlds_differ_in_the_boxes_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house_a, _, copies_a, rows_a = played_copies(tmp_path, "a", ANSWERS_A, monkeypatch)
    house_b, _, copies_b, rows_b = played_copies(tmp_path, "b", ANSWERS_B, monkeypatch)
    assert len(copies_a) == PUPILS
    sealed_a, sealed_b = worlds.boxes(house_a), worlds.boxes(house_b)
    for copy_a, copy_b in zip(copies_a, copies_b, strict=True):
        assert worlds.pages(copy_a, sealed_a) == worlds.pages(copy_b, sealed_b)
        assert worlds.key_files(copy_a / "keys") == worlds.key_files(copy_b / "keys")
    assert rows_a == rows_b


def test_a_planted_leak_is_caught_by_the_same_comparison(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The leak: a box whose length tells the answer.
    monkeypatch.setattr("app.domain.ballot.Ballot.to_bytes", lambda ballot: b"x" * (5 if ballot.own == "yes" else 4))
    *_, rows_a = played_copies(tmp_path, "a", ANSWERS_A, monkeypatch)
    *_, rows_b = played_copies(tmp_path, "b", ANSWERS_B, monkeypatch)
    assert rows_a != rows_b


def test_a_planted_count_in_the_file_is_caught_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The leak: a box that is not sealed at all.
    monkeypatch.setattr(sealing, "seal", lambda plain, _key: plain * 13)
    _, _, copies_a, _ = played_copies(tmp_path, "a", ANSWERS_A, monkeypatch)
    _, _, copies_b, _ = played_copies(tmp_path, "b", ANSWERS_B, monkeypatch)
    assert worlds.pages(copies_a[-1], []) != worlds.pages(copies_b[-1], [])


def test_nothing_stored_opens_a_box_and_the_teachers_link_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house, room, copies, _ = played_copies(tmp_path, "a", ANSWERS_B, monkeypatch)
    box = worlds.boxes(house)[0]
    stored = [value for table in worlds.rows(house).values() for row in table for value in row]
    blobs = {value for value in stored if isinstance(value, bytes)}
    blobs |= set(worlds.key_files(copies[-1] / "keys").values())
    texts = {value for value in stored if isinstance(value, str)} | {blob.hex() for blob in blobs}
    for blob in (blob for blob in blobs if len(blob) == 32):
        for key in (PrivateKey(blob), PrivateKey.from_seed(blob)):
            with pytest.raises(CryptoError):
                SealedBox(key).decrypt(box)
    for text, share in itertools.product(texts, (blob for blob in blobs if 16 <= len(blob) <= 64)):
        with pytest.raises(sealing.NotOpenedError):
            sealing.open_boxes([box], text, share)
    share = house.keys.share(room.view().poll.id)
    assert share is not None
    assert len(sealing.open_boxes([box], room.secret, share)[0]) == LENGTH


def test_after_the_close_no_byte_of_a_box_is_left_in_the_file_or_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, room, copies, _ = played_copies(tmp_path, "a", ANSWERS_B, monkeypatch)
    sealed = worlds.boxes(house)
    stored = (copies[-1] / "db-wal").read_bytes()
    assert all(box in stored for box in sealed), "they were there before"
    room.close()
    folder = tmp_path / "a"
    left = (folder / "pejling.sqlite").read_bytes() + (folder / "pejling.sqlite-wal").read_bytes()
    assert not any(box[start : start + 16] in left for box in sealed for start in range(0, 52, 4))


@pytest.mark.parametrize("yes", [1, 2, 3])
def test_no_yes_and_a_few_of_22_leave_identical_rows(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str, yes: int
) -> None:
    left = []
    house.keys.ledger_key()  # made once, so the second world would not make it
    for count in (0, yes):
        with house.writing() as work:
            for table in reversed(tables.metadata.sorted_tables):
                work.db.execute(table.delete())
        house.ledger.path.unlink(missing_ok=True)
        worlds.replay(monkeypatch)
        room = Room(house).voting(22)
        for number, seat in enumerate(room.seats):
            room.cast(seat, own="yes" if number < count else "no")
        room.close()
        left.append((worlds.rows(house), house.ledger.path.read_bytes(), list(worlds.key_files(tmp_path / "keys"))))
    assert left[0] == left[1]
    assert left[0][0]["urn"] == []
    assert left[0][0]["spent"] == []


def test_while_voting_the_rows_differ_in_the_boxes_only_on_both_databases(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    house.keys.ledger_key()  # made once, so the second world would not make it
    for answers in (ANSWERS_A, ANSWERS_B):
        with house.writing() as work:
            for table in reversed(tables.metadata.sorted_tables):
                work.db.execute(table.delete())
        worlds.replay(monkeypatch)
        room, taken = Room(house).voting(PUPILS), []
        worlds.cast_each(room, answers, lambda taken=taken: taken.append(worlds.rows(house)))  # type: ignore[misc]
        seen.append(taken)
    assert seen[0] == seen[1]


ABOUT_PUPILS = {
    "lesson": "id classroom_id audience state code door one_seat reserved size ends_hour",
    "lesson_link": "hash lesson_id opener",
    "poll": "id lesson_id position theme family edition state ruler school_year public_key lapse_hour paper approval",
    "seat": "hash lesson_id",
    "spent": "poll_id seat_hash",
    "urn": "poll_id key box",
    "release": "poll_id week n",
    "figure": "poll_id measure low high suppressed",
}


@pytest.mark.parametrize(("name", "columns"), ABOUT_PUPILS.items())
def test_tables_hold_these_columns_and_no_time_or_sequence(name: str, columns: str) -> None:
    table: Table = tables.metadata.tables[name]
    assert " ".join(column.name for column in table.columns) == columns
    for column in table.columns:
        assert isinstance(column, Column)
        assert column.autoincrement is not True
        assert not (column.primary_key and isinstance(column.type, Integer))


@pytest.mark.parametrize("name", ["seat", "spent", "urn"])
def test_pupils_tables_keep_no_order_of_arrival_on_sqlite(name: str) -> None:
    table = tables.metadata.tables[name]
    assert table.dialect_options["sqlite"]["with_rowid"] is False
    assert all(isinstance(column.type, LargeBinary | String) for column in table.columns)


def test_the_rows_looked_at_are_all_there_are(house: House) -> None:
    Room(house).voting(10)
    with house.reading() as work:
        seats = len(work.db.execute(select(tables.seat)).all())
    assert len(worlds.rows(house)["seat"]) == seats == 10
