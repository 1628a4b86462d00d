"""Figures are kept by theme, area, grade and year; the board and the choice of themes take only those that may."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event

from app.config import resource_root
from app.domain.benchmark import AreaKind, Benchmark, Record, Season
from app.domain.language import danish
from app.domain.refusal import Reason, Refusal
from app.domain.theme import Window
from app.services import keep_benchmarks as keep
from app.services.choose_themes import offers_for
from app.services.house import House
from app.store import benchmarks

DENMARK = resource_root() / "surveys" / "reference" / "denmark.csv"
FIGURE = Benchmark("Fjordby", 7, 2025, 8.0, 301, "Ungeprofil", AreaKind.MUNICIPALITY, Season.AUTUMN)
RECORD = Record("alkohol", 1, Window.DAYS_30, "", FIGURE, verified=True)


def record(share: float = 8.0, *, verified: bool = True, **changes: object) -> Record:
    """The record with another figure."""
    figure = replace(FIGURE, share=share, **changes)  # type: ignore[arg-type]
    return replace(RECORD, figure=figure, verified=verified)


def take_in(house: House, *records: Record) -> int:
    """Keep them."""
    with house.writing() as work:
        return keep.take_in(work, records)


def kept(house: House) -> list[Record]:
    """All that is kept, in the order of the list."""
    with house.reading() as work:
        return list(keep.list_benchmarks(work, "", 1).records)


def newest(house: House, grade: int = 7) -> Benchmark | None:
    """What the board would show."""
    with house.reading() as work:
        return benchmarks.newest(work.db, work.themes["alkohol"], grade)


def held(house: House, theme: str = "alkohol", grade: int = 7) -> float | None:
    """The share that holds a theme back."""
    with house.reading() as work:
        (offer,) = (offer for offer in offers_for(work, grade) if offer.theme.key == theme)
    return offer.held.share if offer.held else None


@contextmanager
def queries(house: House) -> Iterator[list[str]]:
    """The statements that are sent to the database meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(house.database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(house.database.engine, "before_cursor_execute", note)


def test_a_figure_comes_back_as_it_was_kept(house: House) -> None:
    other = Record("hash", None, None, "har prøvet hash", Benchmark("Danmark", 9, 2018, 12.4, None, ""), verified=False)
    assert take_in(house, RECORD, other) == 2
    assert kept(house) == [RECORD, other]


def test_a_later_figure_takes_the_place_of_the_one_with_its_key(house: House) -> None:
    take_in(house, record())
    changed, added = record(9.0, n=None, source="x"), record(10.0, grade=8)
    with house.reading() as work:
        plan = keep.plan_import(work, [changed, added])
    assert plan == keep.BenchmarkPlan((added,), (changed,), (RECORD.key,), 0)
    assert kept(house) == [record()], "a preview changes nothing"
    assert take_in(house, changed, added) == 2
    assert take_in(house, changed, added) == 0
    assert kept(house) == [changed, added]


def test_an_area_in_other_letters_is_the_same_one(house: House) -> None:
    take_in(house, record(area="Ærø Kommune"))
    changed = record(9.0, area="ærø  KOMMUNE")
    assert take_in(house, changed) == 1
    assert kept(house) == [changed]


@pytest.mark.parametrize("search", ["Ærø", "ærø", "ÆRØ", "kommune", "KOMMUNE"])
def test_a_search_finds_what_is_written_in_other_letters(house: House, search: str) -> None:
    take_in(house, record(area="Ærø Kommune"), record(area="Fjordby"))
    with house.reading() as work:
        found = keep.list_benchmarks(work, search, 1)
    assert [each.figure.area for each in found.records] == ["Ærø Kommune"]


def test_a_school_that_is_called_as_its_municipality_has_figures_of_its_own(house: House) -> None:
    both = [record(), record(20.0, kind=AreaKind.SCHOOL)]
    assert take_in(house, *both) == 2
    assert kept(house) == both


def test_many_figures_are_taken_in_with_as_many_statements_as_two(house: House) -> None:
    take_in(house, record(), record(grade=8))
    sent = []
    for changed, new in ((9.0, 1), (10.0, 500)):
        records = [record(changed), *(record(7.0, area=f"By {new}, {number}") for number in range(new))]
        with house.writing() as work, queries(house) as seen:
            assert keep.take_in(work, records) == len(records)
        sent.append(len(seen))
    assert sent[0] == sent[1] == 3


def test_one_is_removed_and_what_is_not_there_is_refused(house: House) -> None:
    take_in(house, record(), record(year=2024))
    with house.writing() as work:
        keep.remove(work, RECORD.key)
        for verb in (keep.remove, keep.find):
            with pytest.raises(Refusal) as refused:
                verb(work, RECORD.key)
            assert refused.value.reason is Reason.NOT_YOURS
    assert [each.figure.year for each in kept(house)] == [2024]


def test_the_list_has_pages_a_search_and_two_queries(house: House) -> None:
    take_in(house, *(record(area=f"By {number}") for number in range(40)), record(area="50 % af Fyn"))
    take_in(house, Record("hash", 1, Window.MONTHS_12, "", FIGURE, verified=True))
    for search, page, shown, total in (
        ("", 1, 30, 42), ("", 2, 12, 42), ("", 3, 0, 42), ("by 1", 1, 11, 11), ("CANNABIS", 1, 1, 1), ("%", 1, 1, 1),
    ):  # fmt: skip
        with house.reading() as work, queries(house) as seen:
            found = keep.list_benchmarks(work, search, page)
        assert (len(found.records), found.total) == (shown, total), search
        assert len(seen) == 2


@pytest.mark.parametrize(
    "unfit",
    [
        record(verified=False),
        record(kind=AreaKind.SCHOOL),
        record(grade=8),
        replace(record(), theme="hash"),
        replace(record(), edition=None, wording="drukket alkohol seneste måned"),
        replace(record(), edition=2),
        replace(record(), window=Window.DAYS_7),
        replace(record(), window=None),
    ],
)
def test_the_board_shows_only_a_checked_figure_of_no_school_that_asks_as_we_do(house: House, unfit: Record) -> None:
    take_in(house, unfit)
    assert newest(house) is None
    take_in(house, record(area="Fjordby Kommune", year=2001))
    assert newest(house) == replace(FIGURE, area="Fjordby Kommune", year=2001)


def test_the_board_shows_the_newest_and_of_one_year_the_nearest(house: House) -> None:
    take_in(house, record(year=2023), record(area="Danmark", kind=AreaKind.COUNTRY, year=2024))
    found = newest(house)
    assert found is not None
    assert found.area == "Danmark"
    take_in(house, record(year=2024))
    assert newest(house) == replace(FIGURE, year=2024)


@pytest.mark.parametrize(
    ("figure", "holds"),
    [
        (record(40.0), 40.0),
        (record(39.9), None),
        (record(40.0, verified=False), None),
        (record(40.0, kind=AreaKind.SCHOOL), None),
        (record(40.0, grade=8), None),
        (replace(record(40.0), edition=None, wording="drukket alkohol seneste måned"), 40.0),
        (replace(record(40.0), edition=None, window=None, wording="har prøvet alkohol"), None),
        (replace(record(40.0), window=Window.MONTHS_12), None),
    ],
)
def test_a_theme_waits_for_a_checked_figure_over_its_time_in_whatever_words(
    house: House, figure: Record, holds: float | None
) -> None:
    take_in(house, figure)
    assert held(house) == holds


def test_the_choice_of_themes_asks_for_all_figures_at_once(house: House) -> None:
    with house.reading() as work, queries(house) as seen:
        offers_for(work, 9)
    assert len(seen) == 3


def test_the_shipped_figures_are_checked_and_worded_as_the_themes_know_them(house: House) -> None:
    with house.writing() as work:
        found = keep.read_file(work, DENMARK.read_bytes(), DENMARK.name, danish)
        assert found.faults == ()
        assert all(each.verified and each.wording in work.themes[each.theme].benchmarks for each in found.entries)
        keep.take_in(work, found.entries)
    assert [(each.theme, each.figure.grade, each.figure.share) for each in kept(house)] == [
        ("alkohol", 9, 65.0), ("fuldskab", 9, 40.0), ("rygning", 7, 6.0),
    ]  # fmt: skip
    assert (held(house, "alkohol", 9), held(house, "fuldskab", 9), held(house, "rygning")) == (65.0, 40.0, None)


def test_a_collection_with_its_own_headings_is_read(house: House) -> None:
    text = "indicator,population,grade_or_age,year,share_percent,n\nhash,Norge,9. klasse,2016,20,\n"
    with house.reading() as work:
        found = keep.read_file(work, text.encode(), "x.csv", danish)
    assert keep.why_left_out(found) == {"elsewhere": 1}
