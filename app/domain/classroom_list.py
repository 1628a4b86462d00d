"""A list of classrooms as a municipality hands it in: read whole, or not at all with every fault named."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.column import Fault, fault_in_text, grade_written, known_as, recognised, shown, written
from app.domain.language import Translate

SCHOOL, NAME, GRADE, SIZE = "Skole", "Klasse", "Klassetrin", "Elever"
REQUIRED = (SCHOOL, NAME, GRADE)
MAX_SCHOOL, MAX_NAME, MAX_SIZE = 120, 60, 60
_SIZE = re.compile(r"[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One classroom of the list; `size` is the number of its pupils, None where the list does not say."""

    school: str
    name: str
    grade: int
    size: int | None


@dataclass(frozen=True, slots=True)
class ClassroomList:
    """Either entries or faults, both in the order of the file: a list with a fault has no entries."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


def read_classrooms(rows: Iterable[tuple[int, Mapping[str, str]]], grades: range, t: Translate) -> ClassroomList:
    """The classrooms of a table's rows, given as (row number, cells by heading); raises nothing.

    The headings are SCHOOL, NAME, GRADE and, where there is one, SIZE; other columns are left alone. `grades` are those
    that a classroom may be in, without a gap. Spaces around and between words are evened out in what is read.
    """
    reader = _Reader(grades, t)
    entries = [reader.entry(number, cells) for number, cells in rows]
    whole = () if reader.faults else tuple(entry for entry in entries if entry is not None)
    return ClassroomList(whole, tuple(reader.faults))


class _Reader:
    def __init__(self, grades: range, t: Translate) -> None:
        self.grades, self.t = grades, t
        self.faults: list[Fault] = []
        self.seen: dict[tuple[str, str], int] = {}

    def entry(self, row: int, cells: Mapping[str, str]) -> Entry | None:
        """The classroom of one row; None, and a fault for each cell that is wrong, where it cannot be read."""
        by_column = {recognised(heading): cell.strip() for heading, cell in cells.items()}
        texts = {column: by_column.get(recognised(column), "") for column in (SCHOOL, NAME, GRADE, SIZE)}
        school = self._text(row, SCHOOL, texts[SCHOOL], MAX_SCHOOL)
        name = self._text(row, NAME, texts[NAME], MAX_NAME)
        grade = self._grade(row, texts[GRADE])
        size = self._size(row, texts[SIZE]) if texts[SIZE] else None
        if school is not None and name is not None:
            self._once(row, school, name)
        return None if school is None or name is None or grade is None else Entry(school, name, grade, size)

    def _text(self, row: int, column: str, text: str, most: int) -> str | None:
        reason = fault_in_text(text, most, self.t) if text else self.t("feltet er tomt")
        if reason:
            self._refuse(row, column, reason)
            return None
        return written(text)

    def _grade(self, row: int, text: str) -> int | None:
        if not text:
            self._refuse(row, GRADE, self.t("feltet er tomt"))
            return None
        grade = grade_written(text)
        if grade in self.grades:
            return grade
        low, high = self.grades[0], self.grades[-1]
        reason = self.t(
            '"{written}" er ikke et klassetrin fra {low} til {high}', written=shown(text), low=low, high=high
        )
        self._refuse(row, GRADE, reason)
        return None

    def _size(self, row: int, text: str) -> int | None:
        if _SIZE.fullmatch(text) and 1 <= int(text) <= MAX_SIZE:
            return int(text)
        reason = self.t('"{written}" er ikke et antal elever fra 1 til {high}', written=shown(text), high=MAX_SIZE)
        self._refuse(row, SIZE, reason)
        return None

    def _once(self, row: int, school: str, name: str) -> None:
        first = self.seen.setdefault((known_as(school), known_as(name)), row)
        if first != row:
            reason = self.t('"{name}" på samme skole står også i række {row}', name=name, row=first)
            self._refuse(row, NAME, reason)

    def _refuse(self, row: int, column: str, reason: str) -> None:
        self.faults.append(Fault(row, column, reason))
