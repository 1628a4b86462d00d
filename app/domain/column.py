"""A column of a table that people made: known by its heading, however it was typed, and what is wrong in a cell."""

import re
import unicodedata
from dataclasses import dataclass

from app.domain.language import Translate

_SHOWN = 40
_GRADE = re.compile(r"([0-9]{1,2})\.? ?(klasse)?", re.IGNORECASE)
# Controls, invisible formatting, no characters or halves, and line breaks: names that look alike would not be alike.
_UNSEEN = {"Cc", "Cf", "Cn", "Cs", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell; `reason` is already in the reader's language."""

    row: int
    column: str
    reason: str

    def sentence(self, t: Translate) -> str:
        """The place and the reason, for the person who has the file open."""
        return t("række {row}, kolonne {column}: {reason}", row=self.row, column=self.column, reason=self.reason)


def recognised(heading: str) -> str:
    """The form in which headings are compared; two that a person reads as the same give the same.

    >>> recognised("  Antal   ELEVER ") == recognised("antal elever")
    True
    """
    return written(heading).casefold()


def written(name: str) -> str:
    """A name as it is kept: what a person reads as the same is the same characters, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def known_as(name: str) -> str:
    """The form in which names of schools and classrooms are compared: 7.A, 7a and "7 A" are one classroom.

    >>> known_as("7. A") == known_as("7a") != known_as("7b")
    True
    """
    name = recognised(name)
    return "".join(filter(str.isalnum, name)) or name


def grade_written(text: str) -> int | None:
    """The grade that a cell says as people write one ("7", "7.", "7. klasse"); None where it says something else."""
    read = _GRADE.fullmatch(" ".join(text.split()))
    return None if read is None else int(read[1])


def fault_in_text(text: str, most: int, t: Translate) -> str:
    """What is wrong with a cell of text, "" where nothing is; a text of `most` characters is not too long."""
    if any(unicodedata.category(character) in _UNSEEN for character in text):
        return t("der er et tegn, som ikke kan ses; skriv feltet igen")
    if len(" ".join(text.split())) > most:
        return t("teksten er længere end {most} tegn", most=most)
    return ""


def shown(text: str) -> str:
    """A cell as a sentence about it quotes it: its beginning where it is long."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
