"""Anybody can check what is stored: the tables as they are, a demo's rows, and whom to ask."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import BigInteger, Boolean, Float, Integer, LargeBinary, String, Text, func, select, text

from app import create_app
from app.config import Settings
from app.domain.language import danish
from app.services.house import House
from app.services.show_storage import show_dump, show_tables
from app.store.tables import metadata
from app.web import desk
from app.web.public.privacy import purposes
from tests.services.room import Room, played
from tests.web.conftest import BASE, Teacher, ballot, seated

Make = Callable[..., Flask]


@pytest.fixture
def made(tmp_path: Path) -> Make:
    """Makes the application with settings of its own."""

    def make(**settings: object) -> Flask:
        plain = Settings(f"sqlite:///{tmp_path / 'pejling.sqlite'}", tmp_path / "keys", BASE)
        return create_app(replace(plain, **settings))  # type: ignore[arg-type]

    return make


def page(app: Flask, address: str = "/privacy", language: str = "da") -> str:
    """What a visitor without any log-in reads."""
    visitor = app.test_client()
    visitor.set_cookie("language", language)
    answer = visitor.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_every_table_has_a_sentence_on_what_it_is_for(house: House) -> None:
    with house.reading() as work:
        assert {table.name for table in show_tables(work)} == set(purposes(danish))


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_names_every_table_and_every_column(app: Flask, language: str) -> None:
    said = page(app, language=language)
    for table in metadata.sorted_tables:
        columns = ", ".join(column.name for column in table.columns)
        assert f'<code>{table.name}</code> <span class="columns">{columns}</span>' in said
    assert "Den tabel kommer ikke fra Pejling" not in said


def test_a_table_and_a_column_that_somebody_added_are_on_the_page(app: Flask) -> None:
    with desk_of(app).writing() as work:
        work.db.execute(text("CREATE TABLE follow (pupil TEXT, answer TEXT)"))
        work.db.execute(text("ALTER TABLE urn ADD COLUMN arrived INTEGER"))
    said = page(app)
    assert '<code>follow</code> <span class="columns">pupil, answer</span>' in said
    assert "Den tabel kommer ikke fra Pejling" in said
    assert '<code>urn</code> <span class="columns">poll_id, key, box, arrived</span>' in said


def desk_of(app: Flask) -> House:
    """The house of an application."""
    with app.app_context():
        return desk.house()


def loaded(dump: str) -> sqlite3.Connection:
    """A fresh database with a dump in it."""
    fresh = sqlite3.connect(":memory:")
    fresh.executescript(dump)
    return fresh


@pytest.mark.parametrize("voting", [True, False], ids=["while voting", "after the close"])
def test_a_dump_of_either_database_loads_into_sqlite_with_every_row_as_it_was(house: House, voting: bool) -> None:
    room = Room(house).voting(12) if voting else played(house, 12)
    if voting:
        room.cast(room.seats[0])
    with house.writing() as work:
        work.db.execute(text("UPDATE school SET name = 'Nørre \"Å\"; ''skole'''"))
    with house.reading() as work:
        fresh = loaded(show_dump(work))
        for table in metadata.sorted_tables:
            count = work.db.scalar(select(func.count()).select_from(table))
            rows = fresh.execute(f'SELECT * FROM "{table.name}"').fetchall()
            assert len(rows) == count, table.name
            assert set(rows) == {tuple(row) for row in work.db.execute(select(table))}, table.name
    assert (fresh.execute("SELECT count(*) FROM urn").fetchone() == (1,)) is voting
    fresh.close()


def test_the_dump_writes_every_kind_of_value_that_a_table_holds(house: House) -> None:
    kinds = {type(column.type.as_generic()) for table in metadata.sorted_tables for column in table.columns}
    assert kinds == {BigInteger, Boolean, Float, Integer, LargeBinary, String, Text}


def test_a_demo_hands_its_whole_database_to_anybody(made: Make) -> None:
    app = made(demo=True)
    teacher = Teacher(app)
    teacher.press("lobby")
    pupil = seated(teacher)
    teacher.press("open")
    pupil.post("/s", data=ballot(pupil))
    assert 'href="/privacy/demo.sql"' in page(app)
    answer = app.test_client().get("/privacy/demo.sql")
    assert "pejling-demo.sql" in answer.headers["Content-Disposition"]
    fresh = loaded(answer.get_data(as_text=True))
    assert fresh.execute("SELECT count(*) FROM urn").fetchone() == (1,)
    fresh.close()


def test_nobody_else_has_a_dump_or_a_link_to_one(app: Flask) -> None:
    assert "demo.sql" not in page(app)
    assert app.test_client().get("/privacy/demo.sql").status_code == 404


def test_the_front_page_leads_to_the_page(app: Flask) -> None:
    assert 'href="/privacy"' in page(app, "/")


def test_the_text_for_parents_says_where_the_rest_stands(app: Flask) -> None:
    said = page(app)
    assert said.index("<textarea") < said.index(f"{BASE}/privacy") < said.index("</textarea>")


def test_the_contact_is_named_where_there_is_one(made: Make) -> None:
    assert "kommunens egen kontaktadresse" in page(made())
    assert 'href="mailto:dpo@fjordby.dk"' in page(made(contact="dpo@fjordby.dk"))


def test_the_way_to_the_declaration_leads_there_or_says_that_it_is_not_published(made: Make) -> None:
    declaration = "https://was.digst.dk/fjordby"
    answer = made(was_url=declaration).test_client().get("/was")
    assert (answer.status_code, answer.headers["Location"]) == (302, declaration)
    said = page(made(), "/was")
    assert "ikke offentliggjort endnu" in said
    assert "axe-core" in said


def test_security_txt_says_whom_to_tell_and_runs_out_within_a_year(made: Make) -> None:
    app = made(contact="dpo@fjordby.dk", base_url="https://pejling.example.dk")
    answer = app.test_client().get("/.well-known/security.txt")
    assert answer.mimetype == "text/plain"
    lines = dict(line.split(": ", 1) for line in answer.get_data(as_text=True).splitlines())
    expires = datetime.fromisoformat(lines.pop("Expires"))
    assert 364 <= (expires - datetime.now(UTC)).days <= 365
    assert lines == {
        "Contact": "mailto:dpo@fjordby.dk",
        "Preferred-Languages": "da, en",
        "Canonical": "https://pejling.example.dk/.well-known/security.txt",
    }


def test_without_a_contact_there_is_no_security_txt_and_without_https_no_canonical_address(made: Make) -> None:
    assert made().test_client().get("/.well-known/security.txt").status_code == 404
    plain = made(contact="dpo@fjordby.dk").test_client().get("/.well-known/security.txt")
    assert "Canonical" not in plain.get_data(as_text=True)
