"""Rehearse a lesson with an invented class: what the board and a pupil would see, made in memory, stored nowhere."""

from collections.abc import Sequence
from enum import StrEnum

from app.domain.ballot import Ballot
from app.domain.disclosure import disclose
from app.domain.lesson import Classroom, Lesson, LessonState
from app.domain.norms import read
from app.domain.poll import Poll, PollState
from app.domain.release import Ruler
from app.domain.tally import count
from app.domain.theme import Audience, Theme
from app.services.find_place import Place, Stand
from app.services.play_class import ballots
from app.services.seed_demo import READY, REFERENCE
from app.services.show_lesson import LessonView, Result
from app.store.demo import DemoClass

PUPILS = 22
CODE = "482915"


class Stage(StrEnum):
    """Where a rehearsed lesson stands."""

    READY = "ready"
    LOBBY = "lobby"
    VOTE = "vote"
    ANSWERED = "answered"
    REVEAL = "reveal"


_LESSON = {Stage.READY: LessonState.READY, Stage.LOBBY: LessonState.LOBBY}
_POLL = {Stage.VOTE: PollState.VOTING, Stage.ANSWERED: PollState.VOTING, Stage.REVEAL: PollState.CLOSED}


def rehearsed_view(stage: Stage, played: DemoClass, theme: Theme) -> LessonView:
    """The lesson as the board shows it at `stage`; its id is "try", which no real lesson has."""
    lesson = Lesson(
        id="try",
        classroom=Classroom("try", played.school, played.name, played.grade, school_year=0),
        audience=Audience.PUPILS,
        state=_LESSON.get(stage, LessonState.RUNNING),
        code=CODE if stage is Stage.LOBBY else None,
        door=None,
        one_seat=False,
        reserved=0,
        size=PUPILS,
    )
    poll = Poll("try", "try", theme.key, theme.family, _POLL.get(stage, PollState.WAITING), Ruler.A, None, None)
    seats = 0 if stage is Stage.READY else PUPILS
    return LessonView(lesson, (poll,), poll, None, seats, PUPILS if stage is Stage.ANSWERED else 0)


def rehearsed_place(played: DemoClass, theme: Theme) -> Place:
    """A pupil's device whose turn it is, without a seat."""
    poll = Poll("try", "try", theme.key, theme.family, PollState.VOTING, Ruler.A, None, None)
    return Place(
        Stand.BALLOT,
        "try",
        played.grade,
        PUPILS,
        poll,
        slip=None,
        seats=(),
        turn=None,
        spent=False,
        reserved=False,
        follows=False,
        audience=Audience.PUPILS,
    )


def rehearsed_result(played: DemoClass, theme: Theme) -> Result:
    """What the invented class's ballots release, by the rules of every other class."""
    cast = [Ballot.from_form(form, PUPILS) for form in ballots(played.autumn, PUPILS, PUPILS)]
    release = disclose(count(cast, PUPILS), Ruler.A)
    benchmark = next((figure for key, figure in REFERENCE if (key, figure.grade) == (theme.key, played.grade)), None)
    return Result(theme, played.grade, PUPILS, release, read(release, theme.direction), None, benchmark)


def rehearsed_class(classes: Sequence[DemoClass]) -> DemoClass:
    """The demo's first class with a lesson."""
    return next(each for each in classes if (each.school, each.name) == READY[0])
