"""The shelf of workbooks: the first sheet of an XLSX file as lines of text, whatever the bytes are."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from enum import StrEnum
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, load_workbook

_ZIP = b"PK\x03\x04"
# Old Excel files, and new ones with a password, are in Microsoft's older container; only the latter hold this stream.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK = "xl/workbook.xml"
_MAX_UNPACKED = 40 * 1024 * 1024
_MAX_AREA = 1_000_000

Lines = Sequence[Sequence[str]]


class Trouble(StrEnum):
    """Why a workbook is not read."""

    FOREIGN = "another kind of file"
    LOCKED = "protected with a password"
    BROKEN = "broken, or cut off"
    SPRAWLING = "something is far from everything else"


class WorkbookError(ValueError):
    """A workbook that cannot be read, and what the trouble is."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def is_container(content: bytes) -> bool:
    """Whether the bytes begin as a workbook does; no text does."""
    return content.startswith((_ZIP, _OLE))


def first_sheet(content: bytes) -> Lines:
    """The lines of the first sheet that has cells, from row 1 and column 1; none where no sheet has.

    A number comes as it is typed in Denmark (7, 12,5), a day as 24-12-2026. Raises WorkbookError, and nothing else for
    any bytes.
    """
    if content.startswith(_OLE):
        raise WorkbookError(Trouble.LOCKED if _LOCKED in content else Trouble.FOREIGN)
    _refuse_what_calamine_cannot_bear(content)
    try:
        with load_workbook(io.BytesIO(content)) as workbook:
            return _first_with_cells(workbook)
    except CalamineError:
        raise WorkbookError(Trouble.BROKEN) from None


def _refuse_what_calamine_cannot_bear(content: bytes) -> None:
    # Calamine lays a sheet out in full, from its first cell to its last: two cells in opposite corners ask for 512 GB,
    # and the process ends. No exception can be caught there, so what a sheet spans is measured first.
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if _WORKBOOK not in archive.namelist():
                raise WorkbookError(Trouble.FOREIGN)
            if sum(member.file_size for member in members) > _MAX_UNPACKED:
                raise WorkbookError(Trouble.SPRAWLING)
            parts = [archive.read(member) for member in members]
        areas = [_area(part) for part in parts if b"sheetData" in part]
    except WorkbookError:
        raise
    except Exception:  # zipfile and zlib have a dozen kinds for bytes that are not what they say
        raise WorkbookError(Trouble.BROKEN) from None
    if any(area > _MAX_AREA for area in areas):
        raise WorkbookError(Trouble.SPRAWLING)


def _area(sheet: bytes) -> int:
    span = _Span()
    parser = expat.ParserCreate()
    parser.StartElementHandler = span.start
    parser.EndElementHandler = span.end
    parser.Parse(sheet, True)
    return span.rows * span.columns


class _Span:
    """How far down and out the cells of a sheet reach; a cell with a style and nothing in it reaches nowhere."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._row = self._column = 0
        self._in_cell = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins; one inside a cell is what the cell holds."""
        kind = tag.rpartition(":")[2]
        if kind == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif kind == "c":
            self._in_cell = True
            self._enter(attributes.get("r"))
        elif self._in_cell:
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag.rpartition(":")[2] == "c":
            self._in_cell = False

    def _enter(self, place: str | None) -> None:
        if place is None:
            self._column += 1
            return
        letters = place.rstrip("0123456789")
        self._row = int(place[len(letters) :])
        self._column = 0
        for letter in letters.upper():
            self._column = self._column * 26 + ord(letter) - ord("A") + 1


def _first_with_cells(workbook: CalamineWorkbook) -> Lines:
    for at in range(len(workbook.sheet_names)):
        lines = workbook.get_sheet_by_index(at).to_python(skip_empty_area=False)
        if lines:
            return [[_typed(cell) for cell in line] for line in lines]
    return []


def _typed(cell: object) -> str:
    """What a person in Denmark types to get this cell."""
    match cell:
        case bool():
            return "SAND" if cell else "FALSK"
        case float():
            # A spreadsheet shows 15 digits; the ones after them are how the machine holds the number.
            return f"{cell:.15g}".replace(".", ",")
        case datetime() if cell.time() != time():
            return f"{cell:%d-%m-%Y %H:%M}"
        case date():
            return f"{cell:%d-%m-%Y}"
        case _:
            return str(cell)
