"""Proof-reading: whether a theme's words keep to the rules for what pupils read, and every sentence made of them.

A sentence of `means` has at most MEANS_WORDS words; a heading, a question (its window label not counted) and a card at
most QUESTION_WORDS, those of parents PARENTS_WORDS. Words on the list of labels and
morals stand nowhere, as whole words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.language import Translate
from app.domain.question import Question, questions
from app.domain.theme import Audience, Theme, Wording

MEANS_WORDS = 12
QUESTION_WORDS = 20
PARENTS_WORDS = 23
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
        for name, reason in (
            *_lengths(theme, words, t),
            *_shape(words),
            *_both(theme, words),
            *_labels(words, forbidden.get(code, ())),
        ):
            yield Fault(theme.key, f"{code}.{name}", reason)


def sentences(theme: Theme, t: Translate) -> list[str]:
    """Every sentence that is made of a theme's words in one language, as a class of SIZE in GRADE reads it."""
    words = theme.wording(t.language)
    asked = questions(theme, GRADE, SIZE, t, approval=theme.asks_approval)
    shown = [part for question in asked for part in _parts(question) if part]
    cards = [f"{result}: {card}" for result, given in words.cards.items() for card in given]
    facts = [f"{fact.sentence} ({fact.source} {fact.year})" for fact in words.knows]
    return [words.title, words.means, *shown, *cards, *facts]


def _parts(question: Question) -> tuple[str, ...]:
    return question.heading, question.group or "", question.line, question.hint


def _lengths(theme: Theme, words: Wording, t: Translate) -> Iterator[tuple[str, str]]:
    asked = questions(theme, GRADE, SIZE, t, approval=theme.asks_approval)
    texts = [("means", text, MEANS_WORDS) for text in (words.means, words.own_hint)]
    most_asked = QUESTION_WORDS if theme.audience is Audience.PUPILS else PARENTS_WORDS
    for question in asked:
        line = question.line.partition(": ")[2]
        texts += [(question.measure, text, most_asked) for text in (question.heading, line)]
    texts += [("knows", fact.sentence, QUESTION_WORDS) for fact in words.knows]
    texts += [(f"cards.{result}", card, QUESTION_WORDS) for result, cards in words.cards.items() for card in cards]
    for name, text, most in texts:
        for sentence in _split(text):
            if _count(sentence) > most:
                yield name, f"has a sentence of {_count(sentence)} words, at most {most}: {sentence}"


def _shape(words: Wording) -> Iterator[tuple[str, str]]:
    # They stand in the middle of a question, where a subordinate clause would need a comma that no template can know.
    for name in ("doing", "has_done"):
        text = getattr(words, name)
        if re.search(r"(?<!\bkl)[.?!]|, (der|som|at|hvis|who|that|which)\b", text) or text != text.strip():
            yield name, f"is a part of a sentence without a clause of its own, but is: {text}"
    for name, end in (("own", "?"), ("own_window", "?"), ("others", "?"), ("mates", "?"), ("means", ".")):
        text = getattr(words, name)
        if text and not text.endswith(end):
            yield name, f"ends with {end!r}"


def _both(theme: Theme, words: Wording) -> Iterator[tuple[str, str]]:
    if bool(words.approve) != theme.asks_approval:
        yield "approve", "stands in every language or in none"
    danish = theme.wordings["da"].knows
    for there, here in zip(danish, words.knows, strict=True):
        if _figures(there.sentence) != _figures(here.sentence):
            yield "knows", f"has other figures than the Danish: {here.sentence}"


def _figures(sentence: str) -> list[str]:
    return sorted(re.findall(r"[0-9]+", sentence))


def _labels(words: Wording, forbidden: Sequence[str]) -> Iterator[tuple[str, str]]:
    if not forbidden:
        return
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, forbidden))})\b", re.IGNORECASE)
    texts = {
        name: getattr(words, name) for name in ("title", "doing", "has_done", "own", "own_window", "means", "approve")
    }
    texts["knows"] = " ".join(fact.sentence for fact in words.knows)
    texts.update({f"cards.{result}": " ".join(cards) for result, cards in words.cards.items()})
    for name, text in texts.items():
        for found in pattern.findall(text):
            yield name, f"has the word {found!r}, which labels or moralises"


def _split(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.?!]) ", text) if sentence]


def _count(sentence: str) -> int:
    return len(sentence.split())
