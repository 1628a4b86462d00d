"""The rows of the export: sums of Fjordby's classrooms, never of one, and what purge left of old school years."""

from dataclasses import astuple, fields, replace
from itertools import groupby

import pytest
from sqlalchemy import event, select

from app.domain.comparison import Mark
from app.domain.export_row import COLUMNS, EVERY_SCHOOL, ExportRow, Scope
from app.domain.total import MIN_CLASSROOMS
from app.services.export_rows import PAGE, Wanted, export_page, export_rows
from app.services.house import House
from app.services.purge import purge
from app.store.tables import classroom, figure, poll
from tests.conftest import Clock
from tests.services.room import played
from tests.services.test_fjordby import fjordby

__all__ = ["fjordby"]


def rows_of(house: House, **wanted: object) -> tuple[ExportRow, ...]:
    """The rows of a house."""
    with house.reading() as work:
        return export_rows(work, Wanted(**wanted))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def rows(fjordby: House) -> tuple[ExportRow, ...]:
    """Fjordby's."""
    return rows_of(fjordby)


def test_every_column_is_a_field_and_is_described_in_one_sentence_in_both_languages() -> None:
    assert [column.name for column in COLUMNS] == [field.name for field in fields(ExportRow)]
    for column in COLUMNS:
        for sentence in (column.danish, column.english):
            assert sentence[0].isupper() or sentence[0].isdigit()
            assert sentence.endswith(".")
            assert ". " not in sentence


def test_a_row_of_the_municipality_is_worth_these_values(rows: tuple[ExportRow, ...]) -> None:
    assert astuple(rows[0]) == (
        2025, "municipality", "Kommunen", 7, "alkohol", 1, 1, "2025-W41", "2025-W41", 210, 10, 4, 34,
        35, 45, 17, 29, 0, 17, 8.0, 2025, Mark.B,
    )  # fmt: skip


def test_a_row_of_a_school_is_worth_these_values_and_has_no_estimate(rows: tuple[ExportRow, ...]) -> None:
    (row,) = [each for each in rows if (each.area, each.grade, each.wave) == ("Vindebroskolen", 7, 1)]
    # 7.A: 0-3 of 21, guesses 8-10 and 6-8. 7.B: 4-7 of 23, guesses 8-10 and 4-6.
    assert astuple(row) == (
        2025, "school", "Vindebroskolen", 7, "alkohol", 1, 1, "2025-W41", "2025-W41", 44, 2, 4, 10,
        36, 46, 22, 32, None, None, 8.0, 2025, Mark.B,
    )  # fmt: skip


def test_rows_stand_by_their_keys_and_never_by_results(rows: tuple[ExportRow, ...]) -> None:
    keys = [astuple(row)[:7] for row in rows]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_no_row_holds_fewer_than_two_classrooms(fjordby: House, rows: tuple[ExportRow, ...]) -> None:
    assert min(row.classrooms for row in rows) == MIN_CLASSROOMS
    # At these schools one classroom of the grade is all that is left, of a class with too few answers or one wave.
    alone = {(row.area, row.grade, row.wave) for row in rows}
    assert not alone & {("Havtornskolen", 7, 1), ("Havtornskolen", 7, 2), ("Vindebroskolen", 8, 1)}


def shape(house: House) -> list[tuple[str, int, int]]:
    """What a row is about, how many classrooms it holds and how many pupils."""
    return [(row.area, row.classrooms, row.n) for row in rows_of(house)]


def test_no_classroom_is_what_the_municipality_has_more_than_its_schools(house: House, clock: Clock) -> None:
    played(house, 22, 2, classroom="7.A")
    played(house, 23, 5, classroom="7.B")
    played(house, 24, 9, classroom="7.C", school="Engtroldeskolen")
    clock.forward(weeks=1)
    assert shape(house) == [("Kommunen", 2, 45), ("Skovtroldeskolen", 2, 45)]
    played(house, 25, 1, classroom="7.C", school="Mostroldeskolen")
    clock.forward(weeks=1)
    assert shape(house) == [("Kommunen", 4, 94), ("Skovtroldeskolen", 2, 45)]


def test_no_classroom_is_what_this_week_has_more_than_last_week(house: House, clock: Clock) -> None:
    played(house, 22, 2, classroom="7.A")
    played(house, 23, 5, classroom="7.B")
    assert shape(house) == [], "the week is not over: more may come"
    clock.forward(weeks=1)
    before = rows_of(house)
    played(house, 24, 9, classroom="7.C")
    clock.forward(weeks=1)
    assert rows_of(house) == before
    played(house, 25, 9, classroom="7.D")
    clock.forward(weeks=1)
    assert shape(house) == [("Kommunen", 4, 94), ("Skovtroldeskolen", 4, 94)]


def test_whoever_knows_the_sizes_cannot_tell_whose_band_is_whose(house: House, clock: Clock) -> None:
    sizes = [14, *range(19, 28)]
    for grade, higher in ((7, 14), (8, 27)):
        for n in sizes:
            played(house, n, 5 if n == higher else 1, classroom=f"{grade}.{n}", grade=grade)
    clock.forward(weeks=1)
    seventh, eighth = (row for row in rows_of(house) if row.area == EVERY_SCHOOL)
    assert (seventh.own_lower, seventh.own_upper, seventh.classrooms) == (4, 34, len(sizes))
    assert seventh.estimate_high is not None
    assert replace(seventh, grade=8) == eighth


def test_a_percentage_is_whole_and_holds_the_exact_one(rows: tuple[ExportRow, ...]) -> None:
    for row in rows:
        ends = (row.others_lower, row.others_upper, row.mates_lower, row.mates_upper, row.estimate_low)
        assert {type(end) for end in (*ends, row.estimate_high)} <= {int, type(None)}
    (row,) = [each for each in rows if (each.area, each.grade, each.wave) == ("Vindebroskolen", 7, 1)]
    assert row.mates_lower is not None
    assert row.mates_lower < 100 * 10 / 44 < 100 * 14 / 44 < row.mates_upper  # type: ignore[operator]


def test_a_school_called_as_all_of_them_together_has_its_own_figures_only(house: House, clock: Clock) -> None:
    for name, (first, second) in {EVERY_SCHOOL: (22, 23), "Skovtroldeskolen": (24, 25)}.items():
        played(house, first, 2, classroom="7.A", school=name)
        played(house, second, 5, classroom="7.B", school=name)
    clock.forward(weeks=1)
    assert shape(house) == [(EVERY_SCHOOL, 4, 94), (EVERY_SCHOOL, 2, 45), ("Skovtroldeskolen", 2, 49)]


def test_purge_adds_nobody_to_what_was_exported(house: House, clock: Clock) -> None:
    played(house, 22, 2, classroom="7.A")
    played(house, 23, 5, classroom="7.B")
    played(house, 24, 9, classroom="7.C", school="Engtroldeskolen")
    clock.forward(days=3 * 365)
    (before, _) = shape(house)
    with house.writing() as work:
        assert purge(work).classrooms == 3
    assert shape(house) == [before]


def test_a_guess_of_one_classroom_is_not_there_although_the_row_is(fjordby: House) -> None:
    with fjordby.database.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        taken = select(poll.c.id).where(poll.c.theme == "alkohol", poll.c.ruler == "A")
        polls = list(connection.scalars(taken))
        suppressed = figure.update().where(figure.c.poll_id.in_(polls), figure.c.measure == "mates")
        connection.execute(suppressed.values(low=None, high=None, suppressed="for få gættede"))
        one = figure.update().where(figure.c.poll_id == polls[0], figure.c.measure == "mates")
        connection.execute(one.values(low=4, high=6, suppressed=None))
        with fjordby.reading() as work:
            object.__setattr__(work, "db", connection)
            found = [row for row in export_rows(work) if (row.theme, row.wave) == ("alkohol", 1)]
        connection.rollback()
    assert found
    assert {(row.mates_lower, row.mates_upper) for row in found} == {(None, None)}
    assert None not in {row.others_lower for row in found}


def test_no_classroom_is_named(fjordby: House, rows: tuple[ExportRow, ...]) -> None:
    with fjordby.reading() as work:
        names = set(work.db.scalars(select(classroom.c.name)))
    assert names
    assert not names & {cell for row in rows for cell in astuple(row)}


def test_the_sums_of_schools_never_exceed_those_of_the_municipality(rows: tuple[ExportRow, ...]) -> None:
    def key(row: ExportRow) -> tuple[int, str, int]:
        return row.grade, row.theme, row.wave

    for _, same in groupby(sorted(rows, key=key), key):
        both = {kind: list[ExportRow]() for kind in Scope}
        for row in same:
            both[row.area_kind].append(row)
        (whole,) = both[Scope.MUNICIPALITY]
        for name in ("n", "classrooms", "own_lower", "own_upper"):
            assert sum(getattr(row, name) for row in both[Scope.SCHOOL]) <= getattr(whole, name)


def test_a_filter_gives_the_same_rows_as_picking_them(fjordby: House, rows: tuple[ExportRow, ...]) -> None:
    assert rows_of(fjordby, theme="nikotin") == tuple(row for row in rows if row.theme == "nikotin")
    assert rows_of(fjordby, grade=9) == tuple(row for row in rows if row.grade == 9)
    assert rows_of(fjordby, year=2025) == rows
    assert rows_of(fjordby, year=2024) == rows_of(fjordby, theme="hash") == ()


def test_pages_put_together_are_all_rows(fjordby: House, rows: tuple[ExportRow, ...]) -> None:
    with fjordby.reading() as work:
        first, second = (export_page(work, Wanted(), number) for number in (1, 2))
    assert (first.rows + second.rows, first.total) == (rows, len(rows))
    assert len(rows) <= PAGE


def test_the_rows_are_asked_with_as_many_queries_however_many_there_are(fjordby: House) -> None:
    counts = []
    for theme in (None, "alkohol", "hash"):
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object, seen: list[str] = seen) -> None:
            seen.append(statement)

        event.listen(fjordby.database.engine, "before_cursor_execute", note)
        rows_of(fjordby, theme=theme)
        event.remove(fjordby.database.engine, "before_cursor_execute", note)
        counts.append(len(seen))
    assert len(set(counts)) == 1


def test_what_purge_left_of_an_old_school_year_is_a_row_without_weeks_and_estimate(house: House, clock: Clock) -> None:
    played(house, 22, 2, classroom="7.A")
    played(house, 22, 5, classroom="7.B")
    played(house, 12, 1, classroom="8.A", grade=8)
    clock.forward(weeks=1)
    (before,) = [row for row in rows_of(house) if row.area == EVERY_SCHOOL]
    clock.forward(days=3 * 365)
    with house.writing() as work:
        assert purge(work).classrooms == 3
    (after,) = rows_of(house)
    assert (after.week_first, after.week_last, after.estimate_low) == (None, None, None)
    assert (before.week_first, before.classrooms, before.own_lower, before.own_upper) == ("2026-W36", 2, 4, 10)
    assert astuple(after)[:7] == astuple(before)[:7]
    assert astuple(after)[9:17] == astuple(before)[9:17], "the sums and guesses are what they were"
