"""What a teacher or consultant does from their own page: begin a lesson, find one again, open it anew."""

from dataclasses import dataclass

from app.domain.account import Account, Role
from app.domain.choosing import Offer, chosen
from app.domain.lesson import Classroom, planned
from app.domain.poll import school_year
from app.domain.refusal import Reason, Refusal
from app.domain.theme import Audience
from app.sealing import tokens
from app.services.choose_themes import offers_for
from app.services.foresee import foresee
from app.services.house import Work
from app.services.start_lesson import start_lesson
from app.store import classrooms, lessons

PAGE = 30


@dataclass(frozen=True, slots=True)
class ClassroomPage:
    """A page of this school year's classrooms, and how many there are in all."""

    classrooms: tuple[Classroom, ...]
    total: int
    number: int
    search: str


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A page of lessons, those that go on first, and how many there are in all."""

    lessons: tuple[lessons.Row, ...]
    total: int
    number: int
    search: str


def list_classrooms(work: Work, mine: Account, search: str, number: int) -> ClassroomPage:
    """The classrooms that one may teach: those of one's school, or all. A constant number of queries."""
    which = mine.school, school_year(work.now.date()), search.strip()
    found = classrooms.listed(work.db, *which, (number - 1) * PAGE, PAGE)
    return ClassroomPage(tuple(found), classrooms.count(work.db, *which), number, search.strip())


def classroom_for(work: Work, mine: Account, classroom_id: str) -> Classroom:
    """A classroom of this school year that one may teach; Refusal(NOT_YOURS) for any other, there or not."""
    found = classrooms.by_id(work.db, classroom_id, mine.school)
    if found is None or found.school_year != school_year(work.now.date()):
        raise Refusal(Reason.NOT_YOURS)
    return found


def offered(work: Work, mine: Account, classroom_id: str) -> tuple[Offer, ...]:
    """The themes that fit a classroom, its pupils' first and then its parents', with what refuses some of them."""
    classroom = classroom_for(work, mine, classroom_id)
    found = list[Offer]()
    for audience in Audience:
        found += foresee(work, planned(classroom, audience), offers_for(work, classroom.grade, audience))
    return tuple(found)


def begin(work: Work, mine: Account, classroom_id: str, theme: str) -> tuple[str, str]:
    """A lesson of one's own on a theme: its id, and the secret of its link. Raises Refusal."""
    classroom = classroom_for(work, mine, classroom_id)
    themes = chosen([theme], offered(work, mine, classroom_id))
    started = start_lesson(work, classroom, themes, themes[0].audience, by=mine.id)
    return started.lesson, started.secret


def list_lessons(work: Work, mine: Account, search: str, number: int) -> LessonPage:
    """One's own lessons of this school year, a consultant's those of everybody. A constant number of queries."""
    which = _by(mine), school_year(work.now.date()), search.strip()
    found = lessons.listed(work.db, *which, (number - 1) * PAGE, PAGE)
    return LessonPage(tuple(found), lessons.count(work.db, *which), number, search.strip())


def own_lessons(work: Work, mine: Account) -> LessonPage:
    """The first page of the lessons that one made oneself."""
    which = mine.id, school_year(work.now.date()), ""
    return LessonPage(tuple(lessons.listed(work.db, *which, 0, PAGE)), lessons.count(work.db, *which), 1, "")


def new_link(work: Work, mine: Account, lesson_id: str) -> str:
    """The secret of a new link to a lesson; one made after its first vote opened shows board and reveal only."""
    if not lessons.made_by(work.db, lesson_id, _by(mine)):
        raise Refusal(Reason.NOT_YOURS)
    secret = tokens.mint_link()
    lessons.add_link(work.db, lesson_id, tokens.link_hash(secret))
    return secret


def _by(mine: Account) -> str | None:
    """Whose lessons one sees: one's own, or everybody's."""
    return None if mine.role is Role.CONSULTANT else mine.id
