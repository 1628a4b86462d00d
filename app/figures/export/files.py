"""The formats of the export, by their names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.export_row import ExportRow
from app.figures.export.delimited import delimited
from app.figures.export.json_stat import json_stat
from app.figures.export.workbook import workbook


@dataclass(frozen=True, slots=True)
class Format:
    """How a file is written, and what it is called where it is downloaded."""

    write: Callable[[Sequence[ExportRow]], bytes]
    file: str
    mimetype: str


FORMATS: Mapping[str, Format] = {
    "csv": Format(delimited, "pejling-csv.zip", "application/zip"),
    "xlsx": Format(workbook, "pejling.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json-stat": Format(json_stat, "pejling.json", "application/json"),
}
