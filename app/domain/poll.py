"""A poll: one theme in one lesson, and when a classroom may be asked about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.refusal import Reason, Refusal
from app.domain.release import Ruler

WEEKS_BEFORE_REPEAT = 8


class PollState(StrEnum):
    """waiting -> voting -> closed, or lapsed when nobody closed it in time."""

    WAITING = "waiting"
    VOTING = "voting"
    CLOSED = "closed"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll as it stands; `ruler` and `school_year` are known once the vote opens, `public_key` while it is open.

    `paper` says that its answers were counted on paper; a poll is on paper or on screens, never both. `approval` says
    that it also asks whether the act is okay."""

    id: str
    lesson: str
    theme: str
    family: str
    state: PollState
    ruler: Ruler | None
    school_year: int | None
    public_key: bytes | None
    paper: bool = False
    approval: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week, the only time a release carries."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Week":
        """The ISO week that holds `day`."""
        iso = day.isocalendar()
        return cls(iso.year, iso.week)

    @classmethod
    def parse(cls, text: str) -> "Week":
        """The inverse of str(): "2026-W47"."""
        year, number = text.split("-W")
        return cls(int(year), int(number))

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"

    def last_day(self) -> date:
        """The week's Sunday."""
        return date.fromisocalendar(self.year, self.number, 7)


def school_year(day: date) -> int:
    """The calendar year in which the school year of `day` began: Danish school years begin on 1 August."""
    return day.year if day.month >= 8 else day.year - 1


def current(polls: Sequence[Poll]) -> Poll:
    """The poll that the room is at: the one that votes, else the last one that ended, else the first one waiting."""
    for states in ((PollState.VOTING,), (PollState.CLOSED, PollState.LAPSED)):
        if found := [poll for poll in polls if poll.state in states]:
            return found[-1]
    return polls[0]


def upcoming(polls: Sequence[Poll]) -> Poll | None:
    """The poll that opens next, None when none is left."""
    return next((poll for poll in polls if poll.state is PollState.WAITING), None)


@dataclass(frozen=True, slots=True)
class Run:
    """A poll of one classroom, audience, family and school year that counts against the limits.

    `week` is the week of its release, None while it is voting; `paper` that it was counted on paper.
    """

    poll: str
    lesson: str
    theme: str
    ruler: Ruler
    week: Week | None
    paper: bool = False


def ruler_for(lesson: str, theme: str, runs: Iterable[Run], today: date, *, paper: bool = False) -> Ruler:
    """The ruler a new poll of `theme` in `lesson` is read with, given the family's other runs this school year.

    The first is read on A. One repeat of the same theme, on B, is allowed to another lesson at least eight weeks later.
    A lesson holds one theme of a family: a pupil who votes on the narrower of two only would be given away. A family
    stays on paper or on screens for the school year: whoever counts paper knows the exact number.
    Raises Refusal otherwise. A release knows its week only, so the eight weeks count from that week's Sunday.
    """
    asked = tuple(runs)
    if not asked:
        return Ruler.A
    weeks = [run.week for run in asked if run.week is not None]
    if len(weeks) < len(asked):
        raise Refusal(Reason.ASKED_NOW)
    if any(run.lesson == lesson or run.theme != theme for run in asked):
        raise Refusal(Reason.ASKED_TOGETHER)
    if any(run.paper is not paper for run in asked):
        raise Refusal(Reason.ASKED_OTHERWISE)
    if any(run.ruler is Ruler.B for run in asked):
        raise Refusal(Reason.ASKED_THIS_YEAR)
    if today < max(weeks).last_day() + timedelta(weeks=WEEKS_BEFORE_REPEAT):
        raise Refusal(Reason.ASKED_LATELY)
    return Ruler.B
