"""The method's three questions and the approval item, made from a theme's fields so that they cannot drift apart."""

from dataclasses import dataclass

from app.domain.language import Translate
from app.domain.theme import Folder, Measure, Theme, Window, Wording


@dataclass(frozen=True, slots=True)
class Question:
    """One question as a pupil reads it: heading, the group it is about (None for oneself), and the exact line.

    `line` is empty where the heading says it all; `hint` says what to press in a special case."""

    measure: Measure
    heading: str
    group: str | None
    line: str
    hint: str = ""


def questions(theme: Theme, grade: int, size: int, t: Translate, *, approval: bool = False) -> tuple[Question, ...]:
    """The questions as they are asked of a group of `size` in `grade`: three, and with `approval` two more."""
    words = theme.wording(t.language)
    if theme.window is None:
        return _of_parents(words, grade, size, t)
    label = window_label(theme.window, t)
    mates = t("Tænk på jer {size}, der er her i dag. Du tæller selv med.", size=size)
    asked = (
        Question(
            Measure.OTHERS,
            t("Hvor mange af alle de andre {doing} for tiden?", doing=words.doing),
            t("Tænk på en anden {grade}. klasse med {size} elever.", grade=grade, size=size),
            t("{window}: Hvor mange af dem tror du har {has_done}?", window=label, has_done=words.has_done),
        ),
        Question(
            Measure.MATES,
            t("Hvor mange af dine kammerater tror du {doing} lige for tiden?", doing=words.doing),
            mates,
            t("{window}: Hvor mange af jer tror du har {has_done}?", window=label, has_done=words.has_done),
        ),
        Question(Measure.OWN, words.own, None, own_question(theme, t), words.own_hint),
    )
    if not approval:
        return asked
    return (
        *asked,
        Question(Measure.APPROVE, t("Synes du selv, det er okay at {approve}?", approve=words.approve), None, ""),
        Question(
            Measure.APPROVE_MATES, t("Hvor mange af jer {size} tror du synes, det er okay?", size=size), mates, ""
        ),
    )


def _of_parents(words: Wording, grade: int, size: int, t: Translate) -> tuple[Question, ...]:
    elsewhere = t("Tænk på {size} andre forældre til elever i {grade}. klasse i kommunen.", size=size, grade=grade)
    here = t("Tænk på jer {size} forældre, der er her i aften. Du tæller selv med.", size=size)
    return (
        Question(Measure.OTHERS, words.others, elsewhere, ""),
        Question(Measure.MATES, words.mates, here, ""),
        Question(Measure.OWN, words.own, None, t("Tænk på dit barn i denne klasse.")),
    )


def own_question(theme: Theme, t: Translate) -> str:
    """The exact question about oneself, for a page that shows no other: with its window, where it looks back on one."""
    words = theme.wording(t.language)
    return f"{window_label(theme.window, t)}: {words.own_window}" if theme.window else words.own


TRIAL_SIZE = 20


def trial_questions(t: Translate) -> tuple[Question, ...]:
    """Two questions about nothing, for the lobby: they teach the taps, and their answers are kept nowhere."""
    return (
        Question(
            Measure.OTHERS,
            t("Hvor mange så på en skærm i morges, før de stod op?"),
            t("Tænk på en klasse med {size} elever.", size=TRIAL_SIZE),
            t("Tryk på dit gæt."),
        ),
        Question(Measure.OWN, t("Så du på en skærm i morges, før du stod op?"), None, t("Tryk på dit svar.")),
    )


def window_label(window: Window | None, t: Translate) -> str:
    """The window as the label before a question, "" for a theme that looks back on none."""
    match window:
        case Window.DAYS_7:
            return t("De seneste 7 dage")
        case Window.DAYS_30:
            return t("De seneste 30 dage")
        case Window.MONTHS_12:
            return t("De seneste 12 måneder")
        case None:
            return ""


def folder_name(folder: Folder, t: Translate) -> str:
    """The folder in the reader's language."""
    match folder:
        case Folder.CRIME:
            return t("kriminalitet")
        case Folder.DRUGS:
            return t("rusmidler")
        case Folder.DIGITAL:
            return t("digital trivsel")
        case Folder.PUBLIC_SPACE:
            return t("det offentlige rum")
        case Folder.EVERYDAY:
            return t("hverdag")
