"""Choose a lesson's themes, as long as its lobby has not opened."""

from collections.abc import Sequence

from app.domain.choosing import Offer, chosen, offers
from app.domain.lesson import LessonState
from app.domain.refusal import Reason, Refusal
from app.domain.theme import Audience
from app.sealing import tokens
from app.services.foresee import foresee
from app.services.house import Work
from app.services.lead_lesson import lesson_of
from app.store import benchmarks, lifts, polls, releases


def offered_themes(work: Work, lesson_id: str, secret: str) -> tuple[Offer, ...]:
    """The themes that fit the lesson's grade, with what holds some of them back or refuses them."""
    lesson = lesson_of(work, lesson_id, secret)
    return foresee(work, lesson, offers_for(work, lesson.classroom.grade, lesson.audience))


def offers_for(work: Work, grade: int, audience: Audience = Audience.PUPILS) -> tuple[Offer, ...]:
    """The themes of an audience that fit a grade, with what holds some of them back."""
    themes = work.themes.values()
    figures = benchmarks.newest_of_all(work.db, themes, grade)
    return offers(themes, grade, figures, lifts.lifted(work.db), lifts.unused(work.db), audience)


def is_new_here(work: Work, lesson_id: str, secret: str) -> bool:
    """Whether no lesson of the classroom has released anything yet."""
    return not releases.any_of_classroom(work.db, lesson_of(work, lesson_id, secret).classroom.id)


def choose_themes(work: Work, lesson_id: str, secret: str, keys: Sequence[str], *, approval: bool = False) -> None:
    """Give the lesson one to three themes in the place of those it had. Raises Refusal.

    With `approval` those that can also ask whether the act is okay.
    """
    lesson = lesson_of(work, lesson_id, secret, lock=True)
    if lesson.state is not LessonState.READY:
        raise Refusal(Reason.WRONG_STATE)
    themes = chosen(keys, offered_themes(work, lesson_id, secret))
    polls.remove_waiting(work.db, lesson_id)
    for position, theme in enumerate(themes):
        polls.add(work.db, tokens.mint_id(), lesson_id, position, theme, approval=approval and theme.asks_approval)


def lift(work: Work, theme: str, grade: int) -> None:
    """Let a theme be chosen in a grade although many do it there."""
    lifts.add(work.db, theme, grade)


def hold(work: Work, theme: str, grade: int) -> None:
    """Undo lift()."""
    lifts.remove(work.db, theme, grade)
