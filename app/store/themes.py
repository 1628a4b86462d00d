"""The shelf of themes: one TOML file each, read whole and refused with file, key and reason."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from app.domain.language import DRAFTED
from app.domain.theme import Audience, Care, Direction, Fact, Folder, Known, Talk, Theme, Themes, Window, Wording

_FIELDS = {"key", "audience", "family", "edition", "grades", "window", "direction", "care", "folder"}
_LISTS = {"benchmarks", "help", "known", "knows"}
_WORDS = {
    Audience.PUPILS: {"title", "doing", "has_done", "own", "own_window", "means"},
    Audience.PARENTS: {"title", "others", "mates", "own", "means"},
}
_NO_WORDS = {"doing": "", "has_done": "", "own_window": ""}
_OPTIONAL = {"own_hint": "", "approve": ""}
_CARDS = "talk/cards.toml"
_LANGUAGES = ("da", "en")
_E = TypeVar("_E", bound=StrEnum)


class ThemeError(ValueError):
    """A survey file that cannot be used: says which file, which key, and why."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key}: {reason}")


Cards = Mapping[Talk, tuple[str, ...]]


def load(folder: Path) -> Themes:
    """Every theme of a folder by its key; raises ThemeError for the first that is not right."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise ThemeError(str(folder), "*.toml", "no survey file here")
    shared = _Reader(folder / _CARDS)
    themes = [_Reader(file).theme(shared) for file in files]
    return {theme.key: theme for theme in themes}


def forbidden_words(folder: Path) -> Mapping[str, Sequence[str]]:
    """The words that label or moralise, by language; raises ThemeError."""
    return _Reader(folder / "talk" / "forbidden.toml").table


class _Reader:
    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self.table: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise ThemeError(file.name, "-", "is missing") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ThemeError(file.name, "-", f"not TOML in UTF-8: {error}") from None

    def theme(self, shared: "_Reader") -> Theme:
        """The whole file as a theme, checked field by field; cards that it does not give are the shared ones."""
        drafts = DRAFTED if self.table.get("audience") == Audience.PARENTS else ()
        self._known(self.table, {*_FIELDS, *_LISTS, *_LANGUAGES, *drafts}, "")
        key = self._text(self.table, "key")
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
            self._refuse("key", "small letters, digits and dashes only")
        if key != self.file.stem:
            self._refuse("key", f"is {key!r}, but the file is named {self.file.name}")
        audience = Audience.PUPILS
        if "audience" in self.table:
            audience = self._one_of(Audience, "audience")
        return Theme(
            key=key,
            audience=audience,
            family=self._text({"family": key, **self.table}, "family"),
            edition=self._typed(self.table, "edition", int, "a whole number from 1", lambda value: value >= 1),
            grades=self._grades(),
            window=self._one_of(Window, "window") if audience is Audience.PUPILS else None,
            direction=(direction := self._one_of(Direction, "direction")),
            care=self._one_of(Care, "care"),
            folder=self._one_of(Folder, "folder"),
            wordings=self._wordings(shared, audience, direction),
            known=self._known_figures(),
            benchmarks=self._sentences({"benchmarks": [], **self.table}, "benchmarks"),
            help=self._sentences({"help": [], **self.table}, "help"),
        )

    def shared_cards(self, language: str, direction: Direction) -> Cards:
        """The cards of every result, for acts of one direction."""
        where = f"{language}.{direction}."
        table = self._typed(self.table.get(language, {}), direction, dict, "a table of cards", prefix=f"{language}.")
        self._known(table, set(Talk), where)
        return {result: self._cards(table, result, where) for result in Talk}

    def parents_cards(self, language: str) -> Cards:
        """The cards of a parents' evening, the same for every result."""
        cards = self._cards(self.table.get(language, {}), "parents", f"{language}.")
        return dict.fromkeys(Talk, cards)

    def _wordings(self, shared: "_Reader", audience: Audience, direction: Direction) -> Mapping[str, Wording]:
        if "da" not in self.table:
            self._refuse("da", "the Danish words are missing")
        written = [language for language in _LANGUAGES if language in self.table]
        if audience is Audience.PARENTS:
            drafts = [language for language in DRAFTED if language in self.table]
            # Cards and facts stand on the board, which speaks no drafted language.
            board = {code: code for code in written} | dict.fromkeys(drafts, "da")
            return {
                code: self._wording(code, audience, shared.parents_cards(spoken), self._facts(spoken))
                for code, spoken in board.items()
            }
        return {
            code: self._wording(code, audience, shared.shared_cards(code, direction), self._facts(code))
            for code in written
        }

    def _wording(self, language: str, audience: Audience, shared: Cards, knows: tuple[Fact, ...]) -> Wording:
        table = {**_OPTIONAL, "cards": {}, **self._typed(self.table, language, dict, "a table of words")}
        wanted = _WORDS[audience]
        self._known(table, {*wanted, *_OPTIONAL, "cards"}, f"{language}.")
        own = self._typed(table, "cards", dict, "a table of cards", prefix=f"{language}.")
        self._known(own, set(Talk), f"{language}.cards.")
        words = {name: self._text(table, name, f"{language}.") for name in sorted(wanted)}
        words |= {name: self._typed(table, name, str, "a text", prefix=f"{language}.") for name in _OPTIONAL}
        cards = {Talk(result): self._cards(own, result, f"{language}.cards.") for result in own}
        if audience is Audience.PARENTS:
            words |= _NO_WORDS
        return Wording(**words, cards={**shared, **cards}, knows=knows)

    def _cards(self, table: Mapping[str, Any], path: str, prefix: str) -> tuple[str, ...]:
        cards = self._sentences(table, path, prefix)
        return cards or self._refuse(prefix + path, "has no card")

    def _sentences(self, table: Mapping[str, Any], path: str, prefix: str = "") -> tuple[str, ...]:
        sentences = self._typed(table, path, list, "a list of sentences", prefix=prefix)
        if not all(isinstance(sentence, str) and sentence.strip() for sentence in sentences):
            self._refuse(prefix + path, "holds something that is not a sentence")
        return tuple(sentences)

    def _facts(self, language: str) -> tuple[Fact, ...]:
        facts = []
        for row in self._typed({"knows": [], **self.table}, "knows", list, "a list of facts"):
            self._known(row, {*_LANGUAGES, "source", "year"}, "knows.")
            year = self._typed(row, "year", int, "a whole number", prefix="knows.")
            facts.append(Fact(self._text(row, language, "knows."), self._text(row, "source", "knows."), year))
        return tuple(facts)

    def _known_figures(self) -> tuple[Known, ...]:
        rows = self._typed({"known": [], **self.table}, "known", list, "a list of figures")
        figures = []
        for row in rows:
            self._known(row, {"grade", "share", "year", "source"}, "known.")
            grade, year = (self._typed(row, name, int, "a whole number", prefix="known.") for name in ("grade", "year"))
            share = self._typed(row, "share", int, "per cent", lambda value: 0 <= value <= 100, "known.")
            figures.append(Known(grade, share, year, self._text(row, "source", "known.")))
        return tuple(figures)

    def _grades(self) -> tuple[int, ...]:
        grades = self._typed(self.table, "grades", list, "a list of grades", bool)
        if not all(type(grade) is int and 0 <= grade <= 10 for grade in grades):
            self._refuse("grades", "every grade is a whole number from 0 to 10")
        return tuple(grades)

    def _one_of(self, kind: type[_E], key: str) -> _E:
        text = self._text(self.table, key)
        if text not in tuple(kind):
            self._refuse(key, f"is {text!r}, must be one of: {', '.join(kind)}")
        return kind(text)

    def _text(self, table: Mapping[str, Any], key: str, prefix: str = "") -> str:
        return str(self._typed(table, key, str, "a text", str.strip, prefix))

    def _typed(
        self,
        table: Mapping[str, Any],
        key: str,
        kind: type,
        wanted: str,
        holds: Callable[[Any], Any] = lambda _: True,
        prefix: str = "",
    ) -> Any:
        if key not in table:
            self._refuse(prefix + key, "is missing")
        value = table[key]
        if type(value) is not kind or not holds(value):
            self._refuse(prefix + key, f"must be {wanted}")
        return value

    def _known(self, table: Mapping[str, Any], names: set[str], prefix: str) -> None:
        for name in table:
            if name not in names:
                self._refuse(prefix + name, "is not a field of a theme")

    def _refuse(self, key: str, reason: str) -> NoReturn:
        raise ThemeError(self.file.name, key, reason)
