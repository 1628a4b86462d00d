"""The export as a JSON-stat 2.0 dataset (https://json-stat.org/full/): a sparse cube of the rows' numbers."""

import json
from collections.abc import Mapping, Sequence
from math import prod

from app.domain.export_row import COLUMNS, ExportRow

MEASURE = "measure"
DIMENSIONS = ("school_year", "area", "grade", "theme", "edition", "wave")
MEASURES = (
    "n", "classrooms", "own_lower", "own_upper", "others_lower", "others_upper", "mates_lower", "mates_upper",
    "estimate_low", "estimate_high", "benchmark_share", "benchmark_year", "week_first", "week_last",
)  # fmt: skip

_COUNTED = {"n", "classrooms", "own_lower", "own_upper"}
_DATED = {"benchmark_year", "week_first", "week_last"}


def json_stat(rows: Sequence[ExportRow]) -> bytes:
    """A dataset with a dimension for each of DIMENSIONS and one of MEASURES.

    A week is a number, 202541 for 2025-W41, since a cube holds numbers. The mark is the status of the published share.
    `extension` holds the dictionary and, by the areas' ids, what kind of area each is.
    """
    ids = {name: sorted({_id(row, name) for row in rows}, key=_in_order) for name in DIMENSIONS} | {
        MEASURE: [*MEASURES]
    }
    sizes = [len(categories) for categories in ids.values()]
    values, status = _cells(rows, ids)
    areas = {_id(row, "area"): row for row in rows}
    dataset = {
        "version": "2.0",
        "class": "dataset",
        "label": "Pejling",
        "source": "Klasser, der har brugt værktøjet (ikke repræsentativt)",
        "id": [*ids],
        "size": sizes,
        "role": {"time": ["school_year"], "geo": ["area"], "metric": [MEASURE]},
        "dimension": {name: _dimension(name, categories, areas) for name, categories in ids.items()},
        "value": values if prod(sizes) else [],
        "status": status,
        "extension": {
            "dictionary": [{"name": each.name, "da": each.danish, "en": each.english} for each in COLUMNS],
            "area_kind": {area: row.area_kind for area, row in areas.items()},
        },
    }
    return json.dumps(dataset, ensure_ascii=False).encode()


def _cells(rows: Sequence[ExportRow], ids: Mapping[str, Sequence[str]]) -> tuple[dict[str, float], dict[str, str]]:
    """The values of the cube, and the status of those that have one, by their places in it."""
    values, status = dict[str, float](), dict[str, str]()
    for row in rows:
        cell = 0
        for name in DIMENSIONS:
            cell = cell * len(ids[name]) + ids[name].index(_id(row, name))
        for at, measure in enumerate(MEASURES, cell * len(MEASURES)):
            value = _number(row, measure)
            if value is not None:
                values[str(at)] = value
            if measure == "benchmark_share" and row.mark is not None:
                status[str(at)] = row.mark
    return values, status


def _id(row: ExportRow, name: str) -> str:
    # A school may be called what all of them together are called.
    return f"{row.area_kind}:{row.area}" if name == "area" else str(getattr(row, name))


def _in_order(category: str) -> tuple[int, str]:
    return (int(category), "") if category.isdigit() else (0, category)


def _number(row: ExportRow, measure: str) -> float | int | None:
    value: str | float | None = getattr(row, measure)
    return int(value.replace("-W", "")) if isinstance(value, str) else value


def _dimension(name: str, categories: Sequence[str], areas: dict[str, ExportRow]) -> dict[str, object]:
    category: dict[str, object] = {"index": [*categories]}
    if name == "area":
        category["label"] = {each: areas[each].area for each in categories}
    if name == MEASURE:
        category["unit"] = {each: _unit(each) for each in categories}
    return {"label": name, "category": category}


def _unit(measure: str) -> dict[str, object]:
    if measure in _COUNTED:
        return {"decimals": 0, "label": "classrooms" if measure == "classrooms" else "pupils"}
    if measure in _DATED:
        return {"decimals": 0, "label": "year" if measure == "benchmark_year" else "ISO week"}
    return {"decimals": 1 if measure == "benchmark_share" else 0, "label": "per cent"}
