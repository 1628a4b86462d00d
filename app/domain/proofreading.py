"""Proof-reading: whether a theme's words keep to the rules for what pupils read, and every sentence made of them.

A sentence of `means` has at most MEANS_WORDS words; a heading, a question (its window label not counted) and a card at
most QUESTION_WORDS. Words on the list of labels and morals stand nowhere, as whole words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.language import Translate
from app.domain.question import Question, questions
from app.domain.theme import Theme, Wording

MEANS_WORDS = 12
QUESTION_WORDS = 20
GRADE, SIZE = 7, 22


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field of a theme."""

    theme: str
    key: str
    reason: str


def faults(theme: Theme, languages: Mapping[str, Translate], forbidden: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """Everything that breaks a rule in a theme, in every language that screens have."""
    for code, t in languages.items():
        if code not in theme.wordings:
            yield Fault(theme.key, code, "is missing")
            continue
        words = theme.wordings[code]
        for name, reason in (*_lengths(theme, words, t), *_shape(words), *_labels(words, forbidden.get(code, ()))):
            yield Fault(theme.key, f"{code}.{name}", reason)


def sentences(theme: Theme, t: Translate) -> list[str]:
    """Every sentence that is made of a theme's words in one language, as a class of 22 in grade 7 reads it."""
    words = theme.wording(t.language)
    asked = questions(words, theme.window, GRADE, SIZE, t)
    shown = [part for question in asked for part in _parts(question) if part]
    cards = [f"{result}: {card}" for result, given in words.cards.items() for card in given]
    return [words.title, words.means, *shown, *cards]


def _parts(question: Question) -> tuple[str, ...]:
    return question.heading, question.group or "", question.line, question.hint


def _lengths(theme: Theme, words: Wording, t: Translate) -> Iterator[tuple[str, str]]:
    for text in (words.means, words.own_hint):
        for sentence in _split(text):
            if _count(sentence) > MEANS_WORDS:
                yield "means", f"has a sentence of {_count(sentence)} words, at most {MEANS_WORDS}: {sentence}"
    for question in questions(words, theme.window, GRADE, SIZE, t):
        for text in (question.heading, question.line.partition(": ")[2]):
            if _count(text) > QUESTION_WORDS:
                yield question.measure, f"is asked in {_count(text)} words, at most {QUESTION_WORDS}: {text}"
    for result, cards in words.cards.items():
        for sentence in (sentence for card in cards for sentence in _split(card)):
            if _count(sentence) > QUESTION_WORDS:
                yield f"cards.{result}", f"has a sentence of {_count(sentence)} words: {sentence}"


def _shape(words: Wording) -> Iterator[tuple[str, str]]:
    # They stand in the middle of a question, where a subordinate clause would need a comma that no template can know.
    for name in ("doing", "has_done"):
        text = getattr(words, name)
        if re.search(r"(?<!\bkl)[.?!]|, (der|som|at|hvis|who|that|which)\b", text) or text != text.strip():
            yield name, f"is a part of a sentence without a clause of its own, but is: {text}"
    for name, end in (("own", "?"), ("own_window", "?"), ("means", ".")):
        if not getattr(words, name).endswith(end):
            yield name, f"ends with {end!r}"


def _labels(words: Wording, forbidden: Sequence[str]) -> Iterator[tuple[str, str]]:
    if not forbidden:
        return
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, forbidden))})\b", re.IGNORECASE)
    texts = {name: getattr(words, name) for name in ("title", "doing", "has_done", "own", "own_window", "means")}
    texts.update({f"cards.{result}": " ".join(cards) for result, cards in words.cards.items()})
    for name, text in texts.items():
        for found in pattern.findall(text):
            yield name, f"has the word {found!r}, which labels or moralises"


def _split(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.?!]) ", text) if sentence]


def _count(sentence: str) -> int:
    return len(sentence.split())
