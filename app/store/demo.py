"""The shelf of the invented municipality Fjordby: its classrooms, and how an invented class answers."""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DemoClass:
    """An invented class: pupils there in autumn, mean guesses in tenths of the class, and yes answers."""

    school: str
    name: str
    grade: int
    pupils: int
    others: float
    mates: float
    yes: int


def classes(surveys: Path) -> list[DemoClass]:
    """Every class of the demo."""
    with (surveys / "demo" / "fjordby.csv").open(encoding="utf-8", newline="") as file:
        return [
            DemoClass(
                school=row["skole"],
                name=row["klasse"],
                grade=int(row["klasse"].split(".")[0]),
                pupils=int(row["svar_e"]),
                others=float(row["q1_e"]),
                mates=float(row["q2_e"]),
                yes=int(row["ja_e"]),
            )
            for row in csv.DictReader(file)
        ]
