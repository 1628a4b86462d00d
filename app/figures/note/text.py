"""What a note and a slide are made of, before a page or a document draws them."""

from dataclasses import dataclass
from enum import StrEnum

EMPTY_LINES = 5  # for proposals written by hand


class Look(StrEnum):
    """How a bar is drawn: guesses striped, answers solid, a benchmark as a diamond."""

    GUESS = "guess"
    ANSWER = "answer"
    BENCHMARK = "benchmark"


@dataclass(frozen=True, slots=True)
class Bar:
    """From `low` to `high` on an axis from 0 to 1."""

    low: float
    high: float
    look: Look


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in words and, where there is one, as a bar."""

    text: str
    bar: Bar | None = None


@dataclass(frozen=True, slots=True)
class GradeText:
    """A theme in a grade: a heading, a sentence, a title for each occasion, and rows of (what, a cell an occasion)."""

    heading: str
    sentence: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, the titles of the columns, the rows, and what is said below them."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """The note from top to bottom: the first page ends with what was seen."""

    title: str
    kind: str
    municipality: str
    period: str
    reach: Section
    seen: Section
    grades: tuple[GradeText, ...]
    left_out: tuple[str, ...]
    twice: Table
    beside: Section
    cannot: Section
    proposals: str
    evaluation: Table


@dataclass(frozen=True, slots=True)
class Example:
    """One slide: what was believed and what was answered, as large as the wall allows; or, in `why_not`, why not."""

    heading: str
    guessed: str
    answered: str
    rest: str
    asked: str
    small: str
    why_not: str
