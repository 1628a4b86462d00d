"""What the municipality decides: which themes are used in which grade, and its own texts."""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.language import DRAFTED
from app.services.house import Work
from app.store import lifts, settings

TEXTS = ("parents", "level", "focus", *(f"checklist-{number}" for number in range(1, 7)))
MAX_TEXT = 4000
_LANGUAGES = "languages"
_UNSEEN = {"Cc", "Cs", "Cn"}


class Rule(StrEnum):
    """What is decided about a theme in a grade: nothing, that it goes free, or that it is not used."""

    DEFAULT = "default"
    LIFTED = "lifted"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Decisions:
    """The rules that differ from the default by (theme, grade), the texts by name, and the approved drafts."""

    rules: Mapping[tuple[str, int], Rule]
    texts: Mapping[str, str]
    languages: tuple[str, ...]


def decisions(work: Work) -> Decisions:
    """Everything that is decided."""
    rules = dict.fromkeys(lifts.lifted(work.db), Rule.LIFTED) | dict.fromkeys(lifts.unused(work.db), Rule.UNUSED)
    texts = settings.all_(work.db)
    return Decisions(rules, texts, _drafts(texts.get(_LANGUAGES, "")))


def approved_languages(work: Work) -> tuple[str, ...]:
    """The drafted languages that parents may read in."""
    return _drafts(settings.one(work.db, _LANGUAGES))


def decide_themes(work: Work, rules: Mapping[tuple[str, int], Rule]) -> None:
    """Put these rules in the place of all others; those about no theme or grade that there is are left out."""
    known = {(key, grade): rule for (key, grade), rule in rules.items() if key in work.themes and 0 <= grade <= 10}
    lifted = {pair for pair, rule in known.items() if rule is Rule.LIFTED}
    lifts.replace(work.db, lifted, {pair for pair, rule in known.items() if rule is Rule.UNUSED})


def write_texts(work: Work, texts: Mapping[str, str]) -> None:
    """Keep the texts with these names, each without what cannot be seen and cut at MAX_TEXT characters."""
    settings.put(work.db, {name: _visible(text)[:MAX_TEXT] for name, text in texts.items() if name in TEXTS})


def approve_languages(work: Work, codes: Collection[str]) -> None:
    """Let parents read in these drafted languages and in no other; a code that is none of them is left out."""
    settings.put(work.db, {_LANGUAGES: ",".join(code for code in DRAFTED if code in codes)})


def _visible(text: str) -> str:
    """The text without the characters that no document may hold; lines stay lines, and a tab parts words."""
    text = text.replace("\t", " ")
    return "".join(each for each in text if each == "\n" or unicodedata.category(each) not in _UNSEEN).strip()


def _drafts(codes: str) -> tuple[str, ...]:
    return tuple(code for code in codes.split(",") if code in DRAFTED)
