"""Tables of figures as LibreOffice in Danish saves them are read as their owner sees them, or refused."""

import pytest

from app.config import resource_root
from app.domain.benchmark_list import REQUIRED, BenchmarkList, read_benchmarks
from app.domain.language import danish
from app.store import themes
from app.store.spreadsheets import read_table
from tests.store.conftest import Saved

KINDS = ["xlsx", "csv_1252", "csv_utf8"]
THEMES = themes.load(resource_root() / "surveys")


def read(saved: Saved, kind: str) -> BenchmarkList:
    """The figures of one of the saved files."""
    table = read_table(getattr(saved, kind), "tal", REQUIRED, danish)
    return read_benchmarks(((row.number, row.cells) for row in table.rows), THEMES, danish)


def shares(found: BenchmarkList) -> list[tuple[str, int, float, int | None]]:
    """What was read of each row."""
    return [(each.theme, each.figure.grade, each.figure.share, each.figure.n) for each in found.entries]


@pytest.mark.parametrize("kind", KINDS)
def test_title_decimal_commas_and_the_row_of_totals_are_understood(figures: Saved, kind: str) -> None:
    found = read(figures, kind)
    assert found.faults == ()
    assert shares(found) == [("alkohol", 7, 8.5, 301), ("nikotin", 8, 13.0, None)]


@pytest.mark.parametrize("kind", KINDS[1:])
def test_percentages_in_text_are_what_they_say(percentages: Saved, kind: str) -> None:
    assert shares(read(percentages, kind)) == [("alkohol", 7, 8.5, 301), ("nikotin", 8, 13.0, None)]


def test_a_workbook_that_holds_percentages_as_fractions_is_not_taken_a_hundred_times_too_small(
    percentages: Saved,
) -> None:
    (fault,) = read(percentages, "xlsx").faults
    assert (fault.row, fault.column) == (4, "Andel")
    assert "alle andele er 1 eller mindre" in fault.reason
