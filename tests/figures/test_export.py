"""The export's files, each read back by another library than wrote it."""

import csv
import io
import json
import re
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import astuple, replace
from math import prod
from typing import Any

import pytest
from python_calamine import load_workbook

from app.domain.comparison import Mark
from app.domain.export_row import COLUMNS, ExportRow, Scope
from app.figures.export.cells import defused
from app.figures.export.delimited import DICTIONARY, ROWS, delimited
from app.figures.export.files import FORMATS
from app.figures.export.json_stat import DIMENSIONS, MEASURES, json_stat
from app.figures.export.workbook import workbook

WHOLE = ExportRow(
    school_year=2025, area_kind=Scope.MUNICIPALITY, area="Kommunen", grade=7, theme="alkohol", edition=1, wave=1,
    week_first="2025-W41", week_last="2025-W43", n=230, classrooms=11, own_lower=4, own_upper=37,
    others_lower=35, others_upper=46, mates_lower=18, mates_upper=30, estimate_low=0, estimate_high=15,
    benchmark_share=8.0, benchmark_year=2024, mark=Mark.B,
)  # fmt: skip
SCHOOL = replace(
    WHOLE, area_kind=Scope.SCHOOL, area="Ærø; Skole", n=44, classrooms=2, own_lower=0, own_upper=6,
    estimate_low=None, estimate_high=None, mates_lower=None, mates_upper=None,
)  # fmt: skip
MERGED = replace(
    WHOLE, school_year=2022, grade=9, week_first=None, week_last=None, estimate_low=None, estimate_high=None,
    benchmark_share=None, benchmark_year=None, mark=None,
)  # fmt: skip
EXPORTED = (MERGED, WHOLE, SCHOOL)

INJECTED = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    '=HYPERLINK("http://x")',
)
HARMLESS = ("Skovtroldeskolen", "10. klasse-skolen", "a=1", "{=1+1}", "'=1", "", " =1", "https://skole.example")


def members(content: bytes) -> dict[str, bytes]:
    """The files of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def lines(content: bytes, name: str = ROWS) -> list[list[str]]:
    """The lines of one file of the CSV export."""
    text = members(content)[name]
    assert text.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    """The sheets of the workbook."""
    with load_workbook(io.BytesIO(content)) as book:
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_csv_is_for_a_danish_spreadsheet() -> None:
    header, *rows = lines(delimited(EXPORTED))
    assert header == [column.name for column in COLUMNS]
    assert ";".join(rows[1]) == (
        "2025;municipality;Kommunen;7;alkohol;1;1;2025-W41;2025-W43;230;11;4;37;35;46;18;30;0;15;8,0;2024;B"
    )
    assert rows[2][2:6] == ["Ærø; Skole", "7", "alkohol", "1"]
    assert rows[2][15:19] == ["", "", "", ""]
    assert members(delimited(EXPORTED))[ROWS].count(b"\r\n") == len(rows) + 1


def test_the_same_rows_make_the_same_csv_and_json_bytes() -> None:
    assert delimited(EXPORTED) == delimited(EXPORTED)
    assert json_stat(EXPORTED) == json_stat(EXPORTED)


def test_each_format_has_the_dictionary_in_it() -> None:
    wanted = [[column.name, column.danish, column.english] for column in COLUMNS]
    assert lines(delimited(EXPORTED), DICTIONARY)[1:] == wanted
    assert sheets(workbook(EXPORTED))["Ordbog"][1:] == wanted
    listed = json.loads(json_stat(EXPORTED))["extension"]["dictionary"]
    assert [[each["name"], each["da"], each["en"]] for each in listed] == wanted


def test_the_workbook_holds_every_value_with_its_type() -> None:
    header, *rows = sheets(workbook(EXPORTED))["Data"]
    assert header == [column.name for column in COLUMNS]
    for row, wanted in zip(rows, EXPORTED, strict=True):
        assert [None if cell == "" else cell for cell in row] == list(astuple(wanted))


def test_the_workbook_has_one_native_chart_of_the_municipality_in_its_newest_year() -> None:
    parts = members(workbook(EXPORTED))
    (chart,) = [content.decode() for name, content in parts.items() if name.startswith("xl/charts/chart")]
    assert "<c:barChart>" in chart
    assert '<c:grouping val="stacked"/>' in chart
    assert re.findall(r"<c:f>([^<]+)</c:f>", chart) == [
        "Diagram!$B$1", "Diagram!$A$2", "Diagram!$B$2",
        "Diagram!$C$1", "Diagram!$A$2", "Diagram!$C$2",
    ]  # fmt: skip
    drawn = sheets(workbook(EXPORTED))["Diagram"]
    assert drawn[1] == ["alkohol, 7. klasse, 1. gang, udgave 1", pytest.approx(4 / 230), pytest.approx(33 / 230)]
    assert len(drawn) == 2, "one row, and no school beside it"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("rows", [(), (SCHOOL,)], ids=["no rows", "no row of the municipality"])
def test_there_is_a_file_when_there_is_nothing_to_draw(name: str, rows: Sequence[ExportRow]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert FORMATS[name].write(rows)


@pytest.mark.parametrize("text", INJECTED)
def test_a_text_that_a_spreadsheet_would_take_for_a_formula_is_defused(text: str) -> None:
    row = replace(SCHOOL, area=text)
    assert lines(delimited([row]))[1][2] == f"'{text}"
    (_, cells), parts = sheets(workbook([row]))["Data"], members(workbook([row]))
    assert cells[2].replace("\r", "\n") == f"'{text}".replace("\r", "\n")
    assert not any(b"<f>" in content for name, content in parts.items() if name.startswith("xl/worksheets"))


@pytest.mark.parametrize("text", HARMLESS)
def test_any_other_text_is_left_as_it_is_and_is_no_formula_either(text: str) -> None:
    assert defused(text) == text
    row = replace(SCHOOL, area=text)
    assert lines(delimited([row]))[1][2] == text
    assert sheets(workbook([row]))["Data"][1][2] == text
    parts = members(workbook([row]))
    sheet = b"".join(content for name, content in parts.items() if name.startswith("xl/worksheets"))
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def faults(dataset: dict[str, Any]) -> list[str]:
    """What a JSON-stat 2.0 dataset says that the format does not allow (https://json-stat.org/full/)."""
    ids, size, roles = dataset["id"], dataset["size"], dataset.get("role", {})
    cells = prod(size)
    rules = {
        "a dataset of version 2.0": (dataset.get("version"), dataset.get("class")) == ("2.0", "dataset"),
        "id and dimension name the same": len(set(ids)) == len(ids) and set(dataset["dimension"]) == set(ids),
        "a size a dimension": len(size) == len(ids) and all(type(each) is int for each in size),
        "roles of a kind": set(roles) <= {"time", "geo", "metric"},
        "roles of dimensions": {each for role in roles.values() for each in role} <= set(ids),
        "values are numbers in the cube": _is_in(dataset["value"], cells, (int, float)),
        "status is text in the cube": _is_in(dataset.get("status", {}), cells, (str,)),
    }
    found = [rule for rule, kept in rules.items() if not kept]
    for name, number in zip(ids, size, strict=False):
        category = dataset["dimension"].get(name, {}).get("category", {"index": []})
        index = set(category["index"])
        if not (len(category["index"]) == len(index) == number and all(isinstance(each, str) for each in index)):
            found.append(f"the categories of {name} are not as many texts as its size")
        if not all(set(category.get(part, {})) <= index for part in ("label", "unit")):
            found.append(f"{name} describes a category that it has not")
    return found


def _is_in(values: Any, cells: int, kinds: tuple[type, ...]) -> bool:
    if isinstance(values, list):
        return len(values) == cells and all(each is None or type(each) in kinds for each in values)
    at = [each for each in values if re.fullmatch("0|[1-9][0-9]*", each) and int(each) < cells]
    return len(at) == len(values) and all(type(each) in kinds for each in values.values())


@pytest.mark.parametrize("rows", [EXPORTED, (), (SCHOOL,)], ids=["rows", "no rows", "one row"])
def test_the_cube_keeps_the_rules_of_json_stat(rows: Sequence[ExportRow]) -> None:
    assert faults(json.loads(json_stat(rows))) == []


def test_the_checker_of_those_rules_sees_each_of_them_broken() -> None:
    good = json.loads(json_stat(EXPORTED))
    broken: list[dict[str, Any]] = [
        {"version": "1.0"}, {"id": [*good["id"], "more"]}, {"size": [*good["size"][:-1], 3]}, {"value": [1]},
        {"role": {"time": ["nothing"]}}, {"value": {"99999": 1}}, {"value": {"0": "x"}}, {"status": {"0": 1}},
    ]  # fmt: skip
    assert all(faults({**good, **change}) for change in broken)


def test_every_value_is_found_where_its_categories_say() -> None:
    cube = json.loads(json_stat(EXPORTED))
    seen = set()
    for row in EXPORTED:
        area = f"{row.area_kind}:{row.area}"
        assert cube["extension"]["area_kind"][area] == row.area_kind
        assert cube["dimension"]["area"]["category"]["label"][area] == row.area
        for measure in MEASURES:
            keys = {**{name: str(getattr(row, name)) for name in DIMENSIONS}, "area": area, "measure": measure}
            cell = 0
            for name, size in zip(cube["id"], cube["size"], strict=True):
                cell = cell * size + cube["dimension"][name]["category"]["index"].index(keys[name])
            value = getattr(row, measure)
            wanted = int(value.replace("-W", "")) if isinstance(value, str) else value
            assert cube["value"].get(str(cell)) == wanted
            assert cube["status"].get(str(cell)) == (row.mark if measure == "benchmark_share" else None)
            seen.add(str(cell))
    assert set(cube["value"]) <= seen
