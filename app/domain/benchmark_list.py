"""A list of published figures as a consultant hands it in: read whole, or not at all with every fault named."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from app.domain.benchmark import AreaKind, Benchmark, Key, Record, Season
from app.domain.column import Fault, fault_in_text, grade_written, recognised, shown
from app.domain.language import Translate
from app.domain.theme import Theme, Themes, Window

_T = TypeVar("_T")

SUBJECT, GRADE, YEAR, SHARE = "Emne", "Klassetrin", "År", "Andel"
COUNT, SOURCE, AREA, KIND = "Antal", "Kilde", "Område", "Områdetype"
SEASON, WORDING, CHECKED = "Sæson", "Ordlyd", "Kontrolleret"
REQUIRED = (SUBJECT, GRADE, YEAR, SHARE)
MAX_AREA, MAX_SOURCE, MAX_WORDING = 120, 200, 200
# A collection of published figures on many things, of which some are ours: what does not fit is left out, not wrong.
_INDICATOR, _NOTE = "indicator", "note"
_COLLECTION = {
    SUBJECT: _INDICATOR, GRADE: "grade_or_age", YEAR: "year", SHARE: "share_percent", COUNT: "n", SOURCE: "source",
    AREA: "population", CHECKED: "verified",
}  # fmt: skip
COLLECTION_REQUIRED = tuple(_COLLECTION[column] for column in REQUIRED)
GRADES = range(11)
_YEARS = range(1950, 2101)
_COUNTRY, _MUNICIPALITY = "Danmark", "kommunen"
_KINDS = {
    "land": AreaKind.COUNTRY, "kommune": AreaKind.MUNICIPALITY, "skole": AreaKind.SCHOOL,
    "country": AreaKind.COUNTRY, "municipality": AreaKind.MUNICIPALITY, "school": AreaKind.SCHOOL,
}  # fmt: skip
_SEASONS: Mapping[str, Season | None] = {
    "": None, "efterår": Season.AUTUMN, "forår": Season.SPRING, "autumn": Season.AUTUMN,
    "spring": Season.SPRING,
}  # fmt: skip
_ANSWERS = {"": False, "nej": False, "no": False, "ja": True, "yes": True}
_SHARE = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,6})?) ?(%?)")
_COUNT = re.compile(r"[1-9][0-9]{0,6}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,2}")
_YEAR = re.compile(r"([0-9]{4})(?:/(?:[0-9]{2})?([0-9]{2}))?")
_AGED = re.compile(
    r"(?P<first>[0-9]{1,2}\. klasse) \([0-9-]{2,5} år\)|[0-9-]{2,5} år \((?P<last>[0-9]{1,2}\. klasse)\)"
)
_LATELY = "(?:seneste|sidste) "
_WINDOWS = {
    Window.DAYS_7: re.compile(_LATELY + r"(?:7 dage|uge\b)", re.IGNORECASE),
    Window.DAYS_30: re.compile(_LATELY + r"(?:30 dage|måned\b)", re.IGNORECASE),
    Window.MONTHS_12: re.compile(_LATELY + r"(?:12 (?:mdr|måneder)|år\b)", re.IGNORECASE),
}


class Why(StrEnum):
    """Why a row of a collection is left out."""

    NO_THEME = "no theme"
    NOT_ONE_GRADE = "not one grade"
    ONE_SEX = "one sex"
    NOT_REPRESENTATIVE = "not representative"
    ELSEWHERE = "elsewhere"

    def sentence(self, t: Translate) -> str:
        """The reason, for the person who has the file open."""
        match self:
            case Why.NO_THEME:
                return t("intet emne her handler om det")
            case Why.NOT_ONE_GRADE:
                return t("ikke ét klassetrin")
            case Why.ONE_SEX:
                return t("drenge eller piger for sig")
            case Why.NOT_REPRESENTATIVE:
                return t("kilden siger selv, at tallet ikke er repræsentativt")
            case Why.ELSEWHERE:
                return t("hverken Danmark eller en kommune")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row of a collection that is none of ours."""

    row: int
    why: Why


@dataclass(frozen=True, slots=True)
class BenchmarkList:
    """Either entries or faults, both in the order of the file: a list with a fault has no entries."""

    entries: tuple[Record, ...]
    faults: tuple[Fault, ...]
    left_out: tuple[LeftOut, ...] = ()


def read_benchmarks(rows: Iterable[tuple[int, Mapping[str, str]]], themes: Themes, t: Translate) -> BenchmarkList:
    """The figures of a table's rows, given as (row number, cells by heading); raises nothing.

    The headings are those of REQUIRED and, where they are there, the other names above; other columns are left alone. A
    subject is a theme's key or title, or the name under which a survey publishes figures on it; with such a name, or
    with a wording, the figure is in the survey's words and its time is what those say. "2020/21" is the year 2020. An
    area without a kind is a municipality, unless it is Denmark; without a name it is the reader's own.

    A table with the heading "indicator" is a collection of published figures: rows that are none of ours are left out,
    and a number of answers of which the note says that it is not the grade's is none.
    """
    reader = _Reader(themes, t)
    entries = [reader.record(number, cells) for number, cells in rows]
    reader.refuse_fractions()
    whole = () if reader.faults else tuple(entry for entry in entries if entry is not None)
    return BenchmarkList(whole, tuple(reader.faults), tuple(reader.left_out))


def as_cells(record: Record) -> dict[str, str]:
    """The row, by heading, that reads as the record where that is in the words of the theme's present edition or in
    the survey's own."""
    figure = record.figure
    return {
        SUBJECT: record.theme,
        GRADE: str(figure.grade),
        YEAR: str(figure.year),
        SHARE: f"{figure.share:.9g} %".replace(".", ","),
        COUNT: "" if figure.n is None else str(figure.n),
        SOURCE: figure.source,
        AREA: figure.area,
        KIND: next(word for word, kind in _KINDS.items() if kind is figure.kind),
        SEASON: next(word for word, season in _SEASONS.items() if season is figure.season),
        WORDING: record.wording,
        CHECKED: "ja" if record.verified else "nej",
    }


class _Reader:
    def __init__(self, themes: Themes, t: Translate) -> None:
        self.themes, self.t = themes, t
        self.named = {
            recognised(name): (theme, "")
            for theme in themes.values()
            for name in (theme.key, *(words.title for words in theme.wordings.values()))
        }
        for theme in themes.values():
            self.named |= {recognised(name): (theme, name) for name in theme.benchmarks}
        self.faults: list[Fault] = []
        self.left_out: list[LeftOut] = []
        self.seen: dict[Key, int] = {}
        self.bare_shares: list[tuple[int, str, float]] = []

    def record(self, row: int, cells: Mapping[str, str]) -> Record | None:
        """The figure of one row; None where it is left out, or, with a fault for each wrong cell, cannot be read."""
        by_column = {recognised(heading): cell.strip() for heading, cell in cells.items()}
        reading = _Row(self, row, by_column)
        why = reading.why_left_out()
        if why is not None:
            self.left_out.append(LeftOut(row, why))
            return None
        record = reading.record()
        if record is not None:
            first = self.seen.setdefault(record.key.known_as, row)
            if first != row:
                reason = self.t("samme emne, område, klassetrin og år står også i række {row}", row=first)
                reading.refuse(SUBJECT, reason)
        return record

    def refuse_fractions(self) -> None:
        """A workbook that shows 12,5 % may hold 0,125: nobody could see that every figure is a hundred times too small.

        A share with its % is taken at its word.
        """
        shares = [share for _row, _column, share in self.bare_shares]
        if shares and max(shares) <= 1 and any(share not in (0, 1) for share in shares):
            row, column, _share = self.bare_shares[0]
            reason = self.t("alle andele er 1 eller mindre; skriv dem i procent, for eksempel 12,5 eller 12,5 %")
            self.faults.append(Fault(row, column, reason))


class _Row:
    def __init__(self, reader: _Reader, number: int, cells: Mapping[str, str]) -> None:
        self.reader, self.number, self.cells, self.t = reader, number, cells, reader.t
        self.collected = _INDICATOR in cells

    def why_left_out(self) -> Why | None:
        """Why a collection's row is none of ours; None where it is, and for every other table."""
        if not self.collected:
            return None
        population = self._cell(AREA)
        if recognised(self._cell(SUBJECT)) not in self.reader.named:
            return Why.NO_THEME
        if re.search(r"\b(drenge|piger)\b", population, re.IGNORECASE):
            return Why.ONE_SEX
        if "ikke repræsentativ" in population:
            return Why.NOT_REPRESENTATIVE
        if not population.startswith(_COUNTRY) and not population.endswith(" Kommune"):
            return Why.ELSEWHERE
        return Why.NOT_ONE_GRADE if _grade(self._cell(GRADE)) is None else None

    def record(self) -> Record | None:
        """The figure; None, and a fault for each cell that is wrong, where it cannot be read."""
        before = len(self.reader.faults)
        found, grade, year, share = self._subject(), self._grade(), self._year(), self._share()
        n, kind, season = self._count(), self._kind(), self._one_of(SEASON, _SEASONS)
        source, wording = self._text(SOURCE, MAX_SOURCE), self._text(WORDING, MAX_WORDING)
        area, verified = self._area(kind), self._one_of(CHECKED, _ANSWERS)
        if verified and not source:
            self.refuse(SOURCE, self.t("et kontrolleret tal skal have en kilde"))
        if len(self.reader.faults) > before or found is None or grade is None or year is None or share is None:
            return None
        theme, name = found
        words = wording or name
        return Record(
            theme.key,
            None if words else theme.edition,
            _window(words) if words else theme.window,
            words,
            Benchmark(area, grade, year, share, n, source, kind, season),
            bool(verified),
        )

    def refuse(self, column: str, reason: str) -> None:
        """A fault in the cell of a column, called what the table calls it."""
        self.reader.faults.append(Fault(self.number, self._heading(column), reason))

    def _heading(self, column: str) -> str:
        return _COLLECTION.get(column, column) if self.collected else column

    def _cell(self, column: str) -> str:
        return self.cells.get(recognised(self._heading(column)), "")

    def _wanted(self, column: str) -> str:
        text = self._cell(column)
        if not text:
            self.refuse(column, self.t("feltet er tomt"))
        return text

    def _subject(self) -> tuple[Theme, str] | None:
        text = self._wanted(SUBJECT)
        found = self.reader.named.get(recognised(text))
        if text and found is None:
            self.refuse(SUBJECT, self.t('"{written}" er ikke et emne her', written=shown(text)))
        return found

    def _grade(self) -> int | None:
        text = self._wanted(GRADE)
        grade = _grade(text)
        if text and grade is None:
            low, high = GRADES[0], GRADES[-1]
            written = shown(text)
            self.refuse(
                GRADE,
                self.t('"{written}" er ikke et klassetrin fra {low} til {high}', written=written, low=low, high=high),
            )
        return grade

    def _year(self) -> int | None:
        text = self._wanted(YEAR)
        read = _YEAR.fullmatch(text)
        if read and int(read[1]) in _YEARS and (read[2] is None or int(read[2]) == (int(read[1]) + 1) % 100):
            return int(read[1])
        if text:
            self.refuse(YEAR, self.t('"{written}" er ikke et år som 2025 eller 2025/26', written=shown(text)))
        return None

    def _share(self) -> float | None:
        text = self._wanted(SHARE)
        read = _SHARE.fullmatch(text)
        if read is None:
            if text:
                self.refuse(SHARE, self.t('"{written}" er ikke et tal', written=shown(text)))
            return None
        share = float(read[1].replace(",", "."))
        if share > 100:
            self.refuse(SHARE, self.t('"{written}" er mere end 100 %', written=shown(text)))
            return None
        if not read[2]:
            self.reader.bare_shares.append((self.number, self._heading(SHARE), share))
        return share

    def _count(self) -> int | None:
        text = self._cell(COUNT)
        if not text or (self.collected and re.search(r"\bn (=|is)", self.cells.get(_NOTE, ""))):
            return None
        if _COUNT.fullmatch(text):
            return int(text.replace(".", ""))
        self.refuse(COUNT, self.t('"{written}" er ikke et antal elever', written=shown(text)))
        return None

    def _kind(self) -> AreaKind:
        text, area = recognised(self._cell(KIND)), recognised(self._cell(AREA))
        if text and text not in _KINDS:
            written = shown(self._cell(KIND))
            self.refuse(KIND, self.t('"{written}" er hverken land, kommune eller skole', written=written))
        country = re.match(rf"{recognised(_COUNTRY)}\b", area) is not None
        return _KINDS.get(text, AreaKind.COUNTRY if country else AreaKind.MUNICIPALITY)

    def _area(self, kind: AreaKind) -> str:
        area = self._text(AREA, MAX_AREA)
        if not area and kind is AreaKind.SCHOOL:
            self.refuse(AREA, self.t("feltet er tomt"))
        return area or (_COUNTRY if kind is AreaKind.COUNTRY else _MUNICIPALITY)

    def _text(self, column: str, most: int) -> str:
        text = self._cell(column)
        reason = fault_in_text(text, most, self.t)
        if reason:
            self.refuse(column, reason)
        return " ".join(text.split())

    def _one_of(self, column: str, known: Mapping[str, _T]) -> _T | None:
        text = self._cell(column)
        if recognised(text) not in known:
            words = ", ".join(filter(None, known))
            self.refuse(column, self.t('"{written}" er ikke en af: {words}', written=shown(text), words=words))
        return known.get(recognised(text))


def _grade(text: str) -> int | None:
    aged = _AGED.fullmatch(text)
    grade = grade_written(aged["first"] or aged["last"] if aged else text)
    return grade if grade in GRADES else None


def _window(words: str) -> Window | None:
    """The time that a survey's wording names; None where it names none that themes know."""
    return next((window for window, pattern in _WINDOWS.items() if pattern.search(words)), None)
