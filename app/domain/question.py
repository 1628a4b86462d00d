"""The method's three questions, generated from a theme's fields so that they cannot drift apart."""

from dataclasses import dataclass

from app.domain.language import Translate
from app.domain.theme import Measure, Window, Wording


@dataclass(frozen=True, slots=True)
class Question:
    """One question as a pupil reads it: heading, the group it is about (None for oneself), and the exact line.

    `hint` says what to press in a special case."""

    measure: Measure
    heading: str
    group: str | None
    line: str
    hint: str = ""


def questions(words: Wording, window: Window, grade: int, size: int, t: Translate) -> tuple[Question, ...]:
    """The three questions in the order they are asked, for a lesson of `size` pupils of `grade`."""
    label = window_label(window, t)
    return (
        Question(
            Measure.OTHERS,
            t("Hvor mange af alle de andre {doing} for tiden?", doing=words.doing),
            t("Tænk på en anden {grade}. klasse med {size} elever.", grade=grade, size=size),
            t("{window}: Hvor mange af dem tror du har {has_done}?", window=label, has_done=words.has_done),
        ),
        Question(
            Measure.MATES,
            t("Hvor mange af dine kammerater tror du {doing} lige for tiden?", doing=words.doing),
            t("Tænk på jer {size}, der er her i dag. Du tæller selv med.", size=size),
            t("{window}: Hvor mange af jer tror du har {has_done}?", window=label, has_done=words.has_done),
        ),
        Question(Measure.OWN, words.own, None, f"{label}: {words.own_window}", words.own_hint),
    )


TRIAL_SIZE = 20


def trial_questions(t: Translate) -> tuple[Question, ...]:
    """Two questions about nothing, for the lobby: they teach the taps, and their answers are kept nowhere."""
    return (
        Question(
            Measure.OTHERS,
            t("Hvor mange så på en skærm i morges, før de stod op?"),
            t("Tænk på en klasse med {size} elever.", size=TRIAL_SIZE),
            t("Tryk på det antal, du tror."),
        ),
        Question(Measure.OWN, t("Så du på en skærm i morges, før du stod op?"), None, t("Tryk på dit svar.")),
    )


def window_label(window: Window, t: Translate) -> str:
    """The window as the label before a question."""
    match window:
        case Window.DAYS_7:
            return t("De seneste 7 dage")
        case Window.DAYS_30:
            return t("De seneste 30 dage")
        case Window.MONTHS_12:
            return t("De seneste 12 måneder")
