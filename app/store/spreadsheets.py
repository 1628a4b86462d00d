"""The shelf of tables that people hand in: CSV and XLSX, read into rows of text or refused with a sentence for them."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from app.domain.column import recognised
from app.domain.language import Translate
from app.store import workbooks
from app.store.workbooks import Lines, Trouble, WorkbookError

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 10_000
# Empty rows are left out of MAX_ROWS, but not every file of nothing but line breaks is worth its memory.
_MAX_LINES = 10 * MAX_ROWS
_DELIMITERS = (";", ",", "\t")
_TOTALS = {"i alt", "total", "sum"}


class SpreadsheetError(ValueError):
    """A file that cannot be used; its text is a sentence for the person who handed it in."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, and its cells by the header's text as written."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The named columns from left to right, and the rows under them that hold anything, from the top."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(content: bytes, name: str, required: Sequence[str], t: Translate) -> Table:
    """The table in a CSV or XLSX file called `name`; raises SpreadsheetError, and nothing else for any bytes.

    The header is the first row with two cells or more among which every `required` name is found, compared as
    `recognised`. What stands above it, empty rows, columns without a name and a last row of totals are left out. In a
    workbook the first sheet with cells is read, its numbers as a person in Denmark types them.
    """
    if len(content) > MAX_BYTES:
        raise SpreadsheetError(t("{name} er for stor: en tabel må højst fylde 2 MB.", name=name))
    grids = [_sheet(content, name, t)] if workbooks.is_container(content) else _separated(_text(content, name, t))
    if any(len(grid.lines) > _MAX_LINES for grid in grids):
        raise _too_many_rows(name, t)
    if any(grid.whole and _is_blank(grid.lines) for grid in grids):
        raise SpreadsheetError(t("{name} er tom.", name=name))
    wanted = [recognised(column) for column in required]
    for grid in grids:
        at = _header_at(grid.lines, wanted)
        if at is not None:
            return _table(grid, at, name, t)
    if not any(grid.whole for grid in grids):
        raise _no_table(name, t)
    missing = ", ".join(_missing(grids, required))
    raise SpreadsheetError(t("{name} mangler kolonner: {columns}.", name=name, columns=missing))


@dataclass(frozen=True, slots=True)
class _Grid:
    """Lines of cells, each at its place in the spreadsheet; not `whole` where a quotation mark breaks them off."""

    lines: Lines
    whole: bool = True


def _no_table(name: str, t: Translate) -> SpreadsheetError:
    return SpreadsheetError(t("{name} er ikke en tabel, der kan læses. Gem den som .xlsx eller .csv.", name=name))


def _too_many_rows(name: str, t: Translate) -> SpreadsheetError:
    return SpreadsheetError(t("{name} har for mange rækker: der må højst være 10.000.", name=name))


def _sheet(content: bytes, name: str, t: Translate) -> _Grid:
    try:
        return _Grid(workbooks.first_sheet(content))
    except WorkbookError as error:
        trouble = error.trouble
    if trouble is Trouble.LOCKED:
        raise SpreadsheetError(t("{name} er låst med en adgangskode. Gem den uden, og prøv igen.", name=name))
    if trouble is Trouble.BROKEN:
        raise SpreadsheetError(t("{name} er gået i stykker. Gem den igen fra regnearket.", name=name))
    if trouble is Trouble.SPRAWLING:
        sentence = t("{name} har noget stående langt fra tabellen. Find det med Ctrl+End, slet det, og gem.", name=name)
        raise SpreadsheetError(sentence)
    raise _no_table(name, t)


def _text(content: bytes, name: str, t: Translate) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _no_table(name, t)


def _separated(text: str) -> list[_Grid]:
    return [_split(text, delimiter) for delimiter in _DELIMITERS]


def _split(text: str, delimiter: str) -> _Grid:
    lines: list[Sequence[str]] = []
    try:
        # Strict, because a quotation mark that is never closed would otherwise swallow the rest of the file unseen.
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        lines.extend(islice(reader, _MAX_LINES + 1))
    except csv.Error:
        return _Grid(lines, whole=False)
    return _Grid(lines)


def _header_at(lines: Lines, wanted: Sequence[str]) -> int | None:
    return next((at for at, line in enumerate(lines) if _is_wide(line) and _named(line).issuperset(wanted)), None)


def _missing(grids: Sequence[_Grid], required: Sequence[str]) -> Sequence[str]:
    """The required names that the row most like a header lacks."""
    rows = [_named(line) for grid in grids for line in grid.lines if _is_wide(line)]
    return min(([each for each in required if recognised(each) not in row] for row in rows), key=len, default=required)


def _is_blank(lines: Lines) -> bool:
    return not any(cell.strip() for line in lines for cell in line)


def _is_wide(line: Sequence[str]) -> bool:
    return sum(bool(cell.strip()) for cell in line) > 1


def _named(line: Sequence[str]) -> set[str]:
    return {recognised(cell) for cell in line}


def _table(grid: _Grid, at: int, name: str, t: Translate) -> Table:
    header = {place: heading for place, heading in enumerate(grid.lines[at]) if heading.strip()}
    _refuse_twins(header.values(), name, t)
    if not grid.whole:
        last = len(grid.lines)
        raise SpreadsheetError(t("{name} har et løst anførselstegn i rækken efter række {row}.", name=name, row=last))
    rows = list(_rows(grid.lines, at, header))
    if rows and _is_total(rows[-1], next(iter(header.values()))):
        rows.pop()
    if not rows:
        raise SpreadsheetError(t("{name} har ingen rækker under overskrifterne.", name=name))
    if len(rows) > MAX_ROWS:
        raise _too_many_rows(name, t)
    return Table(tuple(header.values()), tuple(rows))


def _refuse_twins(headings: Iterable[str], name: str, t: Translate) -> None:
    seen = set()
    for heading in headings:
        if recognised(heading) in seen:
            raise SpreadsheetError(t("{name} har to kolonner, der hedder {column}.", name=name, column=heading.strip()))
        seen.add(recognised(heading))


def _rows(lines: Lines, at: int, header: Mapping[int, str]) -> Iterator[Row]:
    for number, line in enumerate(lines[at + 1 :], at + 2):
        cells = {heading: line[place] if place < len(line) else "" for place, heading in header.items()}
        if any(cell.strip() for cell in cells.values()):
            yield Row(number, cells)


def _is_total(row: Row, first: str) -> bool:
    return recognised(row.cells[first]).rstrip(": ") in _TOTALS
