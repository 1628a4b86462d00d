"""The export as a workbook: the rows, the dictionary, and a native chart of the newest school year."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from app.domain.export_row import COLUMNS, ExportRow, Scope
from app.figures.export.cells import Cell, cells

ROWS, DICTIONARY, CHART = "Data", "Ordbog", "Diagram"

# Texts stay texts: nothing that is typed into a name becomes a formula, a link or a number.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_PIXELS_A_BAR = 26
_BLUE = "#0072B2"
_SHARE = "Andel af dem, der svarede, i klasser, der har brugt værktøjet (ikke repræsentativt)"


def workbook(rows: Sequence[ExportRow]) -> bytes:
    """An XLSX file with the sheets ROWS and DICTIONARY, and CHART where there is anything to draw; texts defused."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    header = [column.name for column in COLUMNS]
    described = [(column.name, column.danish, column.english) for column in COLUMNS]
    _fill(book, ROWS, header, map(cells, rows)).autofit()
    _fill(book, DICTIONARY, ("column", "dansk", "english"), described).autofit()
    drawn = _drawn(rows)
    if drawn:
        _draw(book, drawn)
    book.close()
    return buffer.getvalue()


def _fill(book: Workbook, name: str, header: Sequence[Cell], lines: Iterable[Sequence[Cell]]) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, header, book.add_format({"bold": True}))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for number, line in enumerate(lines, 1):
        sheet.write_row(number, 0, line)
    return sheet


def _drawn(rows: Sequence[ExportRow]) -> list[ExportRow]:
    """The municipality's rows of the newest school year: a chart of schools would set them against one another."""
    whole = [row for row in rows if row.area_kind is Scope.MUNICIPALITY]
    newest = max((row.school_year for row in whole), default=0)
    return [row for row in whole if row.school_year == newest]


def _draw(book: Workbook, rows: Sequence[ExportRow]) -> None:
    """One bar a row from the least to the greatest share of yes: a stack whose first part is not seen."""
    lines = [(_label(row), row.own_lower / row.n, (row.own_upper - row.own_lower) / row.n) for row in rows]
    sheet = _fill(book, CHART, ("emne", "mindst", "op til højst"), lines)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 2, 14, book.add_format({"num_format": "0.0 %"}))
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for column, look in ((1, {"none": True}), (2, {"color": _BLUE})):
        values, names = ([CHART, 1, at, len(lines), at] for at in (column, 0))
        series = {"name": [CHART, 0, column], "categories": names, "values": values, "fill": look, "gap": 40}
        chart.add_series(series)
    year = rows[0].school_year
    chart.set_title({"name": f"Svarede ja, mindst til højst, {year}/{year + 1}", "overlay": False})
    chart.set_legend({"none": True})
    chart.set_x_axis({"min": 0, "max": 1, "num_format": "0 %", "name": _SHARE})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 800, "height": 160 + _PIXELS_A_BAR * len(lines)})
    sheet.insert_chart(1, 4, chart, {"description": "De samme tal som i tabellen ved siden af."})


def _label(row: ExportRow) -> str:
    return f"{row.theme}, {row.grade}. klasse, {row.wave}. gang, udgave {row.edition}"
