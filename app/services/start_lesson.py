"""Make a lesson for a classroom, with its polls and its first link."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.lesson import Classroom
from app.domain.poll import school_year
from app.domain.refusal import Reason, Refusal
from app.domain.theme import Audience, Theme
from app.sealing import tokens
from app.services.house import Work
from app.store import classrooms, lessons, polls


@dataclass(frozen=True, slots=True)
class Started:
    """A new lesson and the secret of its link: shown this once, stored only as a hash."""

    lesson: str
    secret: str


def find_classroom(work: Work, school: str, name: str, grade: int) -> Classroom:
    """This school year's classroom of that name, made with its school where it is new.

    Refusal(OTHER_GRADE) where it is of another grade.
    """
    year = school_year(work.now.date())
    classroom = classrooms.find_or_add(work.db, tokens.mint_id(), school, name, grade, year)
    if classroom.grade != grade:
        raise Refusal(Reason.OTHER_GRADE)
    return classroom


def start_lesson(
    work: Work,
    classroom: Classroom,
    themes: Sequence[Theme],
    audience: Audience,
    *,
    approval: bool = False,
    by: str | None = None,
) -> Started:
    """A lesson on one to three themes, ready to start; with `approval` they ask what is okay where they can.

    `by` is the id of the account that makes it.
    """
    lesson, secret = tokens.mint_id(), tokens.mint_link()
    lessons.add(work.db, lesson, classroom.id, audience, by)
    lessons.add_link(work.db, lesson, tokens.link_hash(secret))
    for position, theme in enumerate(themes):
        polls.add(work.db, tokens.mint_id(), lesson, position, theme, approval=approval and theme.asks_approval)
    return Started(lesson, secret)
