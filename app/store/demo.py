"""The shelf of the invented municipality Fjordby: its classrooms, and how an invented class answers."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_THEMES = {"fuld": "fuldskab"}


@dataclass(frozen=True, slots=True)
class DemoWave:
    """How an invented class answered once: pupils, mean guesses in tenths of the class, and yes answers."""

    pupils: int
    others: float
    mates: float
    yes: int


@dataclass(frozen=True, slots=True)
class DemoClass:
    """An invented class, the theme it was asked about in autumn, and again in spring unless that is None."""

    school: str
    name: str
    grade: int
    size: int
    theme: str
    autumn: DemoWave
    spring: DemoWave | None


def classes(surveys: Path) -> list[DemoClass]:
    """Every class of the demo."""
    with (surveys / "demo" / "fjordby.csv").open(encoding="utf-8", newline="") as file:
        return [
            DemoClass(
                school=row["skole"],
                name=row["klasse"],
                grade=int(row["klasse"].split(".")[0]),
                size=int(row["elever"]),
                theme=_THEMES.get(row["tema"], row["tema"]),
                autumn=_wave(row, "e"),
                spring=_wave(row, "f") if row["svar_f"] else None,
            )
            for row in csv.DictReader(file)
        ]


def _wave(row: Mapping[str, str], season: str) -> DemoWave:
    others, mates = float(row[f"q1_{season}"]), float(row[f"q2_{season}"])
    return DemoWave(int(row[f"svar_{season}"]), others, mates, int(row[f"ja_{season}"]))
