"""Foresee a refusal: which themes a classroom may not be asked about today, before a class has taken its seats."""

from collections.abc import Iterable
from dataclasses import replace

from app.domain.choosing import Offer
from app.domain.lesson import Lesson
from app.domain.poll import Poll, PollState
from app.domain.refusal import Reason, Refusal
from app.domain.theme import Theme
from app.services.house import Work
from app.services.release_poll import choose_ruler
from app.store import polls


def foresee(work: Work, lesson: Lesson, offered: Iterable[Offer]) -> tuple[Offer, ...]:
    """The offers, each with the reason why its vote would open neither on screens nor on paper today."""
    return tuple(replace(offer, refused=_refusal(work, lesson, offer.theme)) for offer in offered)


def require_askable(work: Work, lesson: Lesson) -> None:
    """Raises the Refusal that the lesson's votes on screens would meet today."""
    for poll in polls.of_lesson(work.db, lesson.id):
        choose_ruler(work, lesson, poll, paper=False)


def _refusal(work: Work, lesson: Lesson, theme: Theme) -> Reason | None:
    poll = Poll("", lesson.id, theme.key, theme.family, PollState.WAITING, None, None, None)
    reasons = []
    for paper in (False, True):
        try:
            choose_ruler(work, lesson, poll, paper=paper)
        except Refusal as refusal:
            reasons.append(refusal.reason)
        else:
            return None
    return reasons[0]
