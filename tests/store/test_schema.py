"""The schema: what the migrations make is what the tables say, and the settings that anonymity leans on are on."""

from collections.abc import Callable, Iterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, column, func, insert, inspect, select, text
from sqlalchemy import table as sql_table
from sqlalchemy.exc import IntegrityError, OperationalError

from app.domain.benchmark import AreaKind, Benchmark, Key, Record
from app.services.house import House
from app.store import benchmarks, classrooms
from app.store.database import Database
from app.store.tables import classroom, figure, metadata, school
from tests.services.room import played
from tests.store import worlds


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    """A database that was never migrated."""
    made = Database(database_url)
    yield made
    made.dispose()


def differences(connection: Connection) -> list[object]:
    """What the migrated schema and the tables disagree about."""
    options = {"compare_type": True, "compare_server_default": True}
    found: list[object] = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    return found


def test_the_migrations_make_exactly_the_tables(house: House) -> None:
    with house.reading() as work:
        assert differences(work.db) == []


def test_a_column_too_few_is_seen_by_the_same_comparison(house: House) -> None:
    with house.writing() as work:
        work.db.execute(text("ALTER TABLE benchmark DROP COLUMN source"))
        assert len(differences(work.db)) == 1


def test_the_migrations_make_the_same_checks_as_the_tables(house: House) -> None:
    # Alembic does not compare check constraints.
    with house.reading() as work:
        seen = inspect(work.db)
        made = {check["name"] for table in metadata.tables for check in seen.get_check_constraints(table)}
    assert made == {"ck_lesson_reserved", "ck_figure_band_or_reason"}


def test_an_empty_database_says_what_to_do_and_upgrading_twice_changes_nothing(empty: Database) -> None:
    assert empty.fault() == "run: pejling db upgrade"
    empty.upgrade()
    assert empty.fault() is None
    empty.upgrade()
    with empty.reading() as transaction:
        assert differences(transaction) == []


def test_a_database_that_cannot_be_reached_is_a_sentence_and_no_address(tmp_path: object) -> None:
    for url in (f"postgresql:///nobody?host={tmp_path}", f"sqlite:///{tmp_path}/nowhere/file"):
        database = Database(url)
        assert database.fault() == "not reachable"
        database.dispose()


def test_no_key_is_counted_up(house: House) -> None:
    keys = [list(table.primary_key.columns) for table in metadata.tables.values()]
    assert [key for key in keys if len(key) == 1 and key[0].type.python_type is int] == [], "SQLite counts such a key"
    if not house.database.embedded:
        with house.reading() as work:
            assert inspect(work.db).get_sequence_names() == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_pupils_tables_have_no_rowid_in_the_file_itself(house: House) -> None:
    with house.reading() as work:
        for table in ("seat", "spent", "urn"):
            with pytest.raises(OperationalError, match="no such column: rowid"):
                work.db.execute(text(f"SELECT rowid FROM {table}"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_writes_through_and_overwrites_what_is_deleted(house: House) -> None:
    with house.reading() as work:
        said = {
            name: work.db.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "busy_timeout")
        }
    assert (said["journal_mode"], said["synchronous"], said["secure_delete"], said["foreign_keys"]) == ("wal", 2, 1, 1)
    assert said["busy_timeout"]


def test_a_reading_transaction_on_sqlite_lets_a_writer_by_and_a_second_writer_waits(house: House) -> None:
    with house.reading() as reading:
        before = reading.db.execute(school.select()).all()
        with house.writing() as writing:
            writing.db.execute(school.insert().values(id="s", name="Skovtroldeskolen"))
        assert reading.db.execute(school.select()).all() == before or not house.database.embedded
    with house.reading() as reading:
        assert len(reading.db.execute(school.select()).all()) == 1


@pytest.mark.parametrize(
    "row",
    [
        {"low": 0, "high": None, "suppressed": None},
        {"low": 0, "high": 3, "suppressed": "for få svar"},
        {"low": None, "high": None, "suppressed": None},
    ],
)
def test_a_figure_is_a_band_or_a_reason_and_never_half_of_each(house: House, row: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), house.writing() as work:
        work.db.execute(figure.insert().values(poll_id="p", measure="own", **row))


def test_what_a_failed_statement_was_given_stays_out_of_its_message(house: House) -> None:
    with pytest.raises(IntegrityError) as fault, house.writing() as work:
        work.db.execute(classroom.insert().values(id="c", school_id="nowhere", name="a secret name", grade=7))
    assert "a secret name" not in str(fault.value)


def test_an_older_database_is_brought_up_with_everything_that_is_in_it(house: House) -> None:
    room = played(house, 12)
    before = worlds.rows(house)
    with house.writing() as work:
        revision(work.db, command.downgrade, "0001")
    with house.writing() as work:
        revision(work.db, command.upgrade, "head")
    assert worlds.rows(house) == before
    assert room.result().release.n == 12


def test_figures_of_before_are_the_municipalitys_and_are_kept_undrawn(house: House) -> None:
    old = {"theme": "ude-sent", "area": "Fjordby", "grade": 7, "year": 2025, "edition": 1, "share": 8.0, "n": 301}
    with house.writing() as work:
        revision(work.db, command.downgrade, "0006")
        columns = [column(name) for name in (*old, "source", "verified")]
        work.db.execute(insert(sql_table("benchmark", *columns)).values(**old, source="Ungeprofil", verified=True))
    with house.writing() as work:
        revision(work.db, command.upgrade, "head")
        figure = Benchmark("Fjordby", 7, 2025, 8.0, 301, "Ungeprofil")
        assert benchmarks.all_(work.db) == {
            Key("ude-sent", AreaKind.MUNICIPALITY, "Fjordby", 7, 2025): Record(
                "ude-sent", 1, None, "", figure, verified=True
            )
        }
        assert benchmarks.newest(work.db, work.themes["ude-sent"], 7) is None
        revision(work.db, command.downgrade, "0006")
        assert work.db.scalar(text("SELECT n FROM benchmark")) == 301


def test_before_schools_had_figures_of_their_own_a_name_had_one_and_the_larger_groups_is_kept(house: House) -> None:
    kinds = (AreaKind.SCHOOL, AreaKind.MUNICIPALITY)
    figures = [Benchmark("Fjordby", 7, 2025, 8.0, 301, "Ungeprofil", kind) for kind in kinds]
    records = [Record("ude-sent", 1, None, "", each, verified=True) for each in figures]
    with house.writing() as work:
        benchmarks.put(work.db, records)
        revision(work.db, command.downgrade, "0010")
        revision(work.db, command.upgrade, "head")
        assert list(benchmarks.all_(work.db).values()) == records[1:]


def test_names_of_before_are_known_again_and_two_that_are_called_alike_stay_two(house: House) -> None:
    with house.writing() as work:
        revision(work.db, command.downgrade, "0009")
        schools = sql_table("school", *map(column, ("id", "name")))
        rooms = sql_table("classroom", *map(column, ("id", "school_id", "name", "grade", "school_year")))
        work.db.execute(insert(schools).values([{"id": "a", "name": "Åskolen"}, {"id": "b", "name": "åSKOLEN"}]))
        older = [
            {"id": number, "school_id": "a", "name": name, "grade": 7, "school_year": 2026}
            for number, name in enumerate(("7.A", "7a", "…"))
        ]
        work.db.execute(insert(rooms).values([{**each, "id": str(each["id"])} for each in older]))
        revision(work.db, command.upgrade, "head")
    with house.writing() as work:
        assert classrooms.school_id(work.db, "ÅSKOLEN") == "a"
        found = [classrooms.find_or_add(work.db, "new", "Åskolen", name, 7, 2026) for name in ("7 A", "…", "7.B")]
        assert [(each.id, each.name) for each in found] == [("0", "7.A"), ("2", "…"), ("new", "7.B")]
        assert len(classrooms.of_year(work.db, 2026)) == 4


def revision(connection: Connection, go: Callable[[Config, str], None], to: str) -> None:
    """Go to a migration on a connection."""
    config = Config()
    config.set_main_option("script_location", "app.store:migrations")
    config.attributes["connection"] = connection
    go(config, to)


def test_a_reader_sees_one_moment_whatever_is_written_meanwhile(house: House) -> None:
    names = select(func.count()).select_from(school)
    with house.reading() as before:
        assert before.db.scalar(names) == 0
        with house.writing() as work:
            work.db.execute(school.insert().values(id="s" * 16, name="Skovtroldeskolen"))
        assert before.db.scalar(names) == 0
    with house.reading() as after:
        assert after.db.scalar(names) == 1
