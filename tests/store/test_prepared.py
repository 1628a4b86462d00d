"""Prepared statements do what SQLAlchemy does with the same ones, also when something goes wrong."""

from collections.abc import Iterator

import pytest
from sqlalchemy import bindparam, insert, literal, or_, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from app.services.house import House
from app.store.database import Database
from app.store.prepared import Prepared
from app.store.tables import school

NAMED = select(school.c.id, school.c.name, literal("fixed")).where(
    or_(school.c.name == bindparam("name"), school.c.id == bindparam("name"))
)
NEW = insert(school).values(id=bindparam("key"), name=bindparam("name"))


@pytest.fixture
def database(house: House) -> Iterator[Database]:
    """A database with one school, on SQLite and on PostgreSQL."""
    with house.database.writing() as work:
        Prepared(NEW).do(work, key="a", name="Skovtroldeskolen")
    return house.database


def test_the_rows_are_those_that_sqlalchemy_gives(database: Database) -> None:
    prepared = Prepared(NAMED)
    with database.glancing() as work:
        for name in ("Skovtroldeskolen", "a", "nobody"):
            assert prepared.rows(work, name=name) == [tuple(row) for row in work.execute(NAMED, {"name": name})]


def test_what_a_transaction_that_fails_has_prepared_is_undone(database: Database) -> None:
    def fail() -> None:
        with database.writing() as work:
            Prepared(NEW).do(work, key="b", name="Havnetroldeskolen")
            raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        fail()
    with database.glancing() as work:
        assert Prepared(NAMED).rows(work, name="b") == []


def test_a_fault_is_sqlalchemy_s_and_tells_no_value(database: Database) -> None:
    with pytest.raises(IntegrityError) as twice, database.writing() as work:
        Prepared(NEW).do(work, key="secret", name="Skovtroldeskolen")
    with pytest.raises((OperationalError, ProgrammingError)), database.glancing() as work:
        Prepared(text("select 1 from nowhere")).rows(work)
    assert twice.value.params is None
    with database.glancing() as work:
        assert Prepared(NAMED).rows(work, name="a"), "the connection is as good as before"
