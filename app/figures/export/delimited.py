"""The export as CSV for a Danish spreadsheet: a zip of the rows and the dictionary."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence

from app.domain.export_row import COLUMNS, ExportRow
from app.figures.export.cells import Cell, cells

ROWS, DICTIONARY = "pejling.csv", "ordbog.csv"

# The same rows make the same bytes, whenever they are asked for; 1980 is as early as a zip can say.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def delimited(rows: Sequence[ExportRow]) -> bytes:
    """A zip of ROWS and DICTIONARY: UTF-8 with a byte order mark, semicolons, decimal commas, texts defused."""
    header = [column.name for column in COLUMNS]
    described = [(column.name, column.danish, column.english) for column in COLUMNS]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        _put(archive, ROWS, [header, *map(cells, rows)])
        _put(archive, DICTIONARY, [("column", "dansk", "english"), *described])
    return buffer.getvalue()


def _put(archive: zipfile.ZipFile, name: str, lines: Iterable[Sequence[Cell]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([_written(cell) for cell in line] for line in lines)
    archive.writestr(zipfile.ZipInfo(name, _NO_TIME), text.getvalue().encode("utf-8-sig"), zipfile.ZIP_DEFLATED)


def _written(cell: Cell) -> str:
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    return "" if cell is None else str(cell)
