"""A lesson played through the services: what a teacher and a class do, without a browser."""

from collections.abc import Sequence

from app.domain.poll import PollState
from app.domain.refusal import Reason, Refusal
from app.domain.slip import Slip
from app.domain.theme import Audience, Theme
from app.sealing import tokens
from app.services.cast_ballot import cast_ballot
from app.services.close_poll import close_poll
from app.services.house import House
from app.services.lead_lesson import open_lobby
from app.services.open_poll import open_poll
from app.services.show_lesson import LessonView, Result, show_lesson, show_result
from app.services.start_lesson import find_classroom, start_lesson
from app.services.take_seat import take_seat
from app.store import lessons

THEME = "skaerm-om-natten"


class Room:
    """One lesson: its id and secret, and the seats that were taken through this room."""

    def __init__(
        self,
        house: House,
        chosen: Sequence[Theme] = (),
        classroom: str = "7.A",
        *,
        school: str = "Skovtroldeskolen",
        grade: int = 7,
        approval: bool = False,
    ) -> None:
        self.house = house
        with house.writing() as work:
            room = find_classroom(work, school, classroom, grade)
            started = start_lesson(work, room, chosen or [house.themes[THEME]], Audience.PUPILS, approval=approval)
        self.lesson, self.secret, self.seats = started.lesson, started.secret, list[str]()
        self._slips = dict[str, Slip]()  # from the pages that pupils have open

    def add_link(self, secret: str) -> None:
        """Another link to the lesson."""
        with self.house.writing() as work:
            lessons.add_link(work.db, self.lesson, tokens.link_hash(secret))

    def lobby(self, pupils: int = 0) -> "Room":
        """Open the lobby and let `pupils` take a seat."""
        self.do(open_lobby)
        for _ in range(pupils):
            self.sit()
        return self

    def sit(self) -> str:
        """One more pupil takes a seat."""
        token = tokens.mint_seat()
        code = self.view().lesson.code
        with self.house.writing() as work:
            take_seat(work, code or "", token)
        self.seats.append(token)
        return token

    def voting(self, pupils: int) -> "Room":
        """Lobby, seats, and the first vote open."""
        self.lobby(pupils).do(open_poll)
        return self

    def cast(
        self, seat: str, own: str = "no", others: str = "1", mates: str = "1", theme: str = THEME, **approval: str
    ) -> None:
        """One ballot, from the page that the vote made or from an old one."""
        view = self.view()
        if view.poll.state is PollState.VOTING:
            self._slips[view.poll.theme] = Slip.of(view.poll, view.lesson.size)
        with self.house.casting() as work:
            cast_ballot(work, seat, self._slips[theme], {"own": own, "others": others, "mates": mates, **approval})

    def close(self) -> "Room":
        """Close the vote."""
        self.do(close_poll)
        return self

    def do(self, verb: object, *arguments: object) -> None:
        """One of the teacher's verbs with this lesson's link."""
        with self.house.writing() as work:
            verb(work, self.lesson, self.secret, *arguments)  # type: ignore[operator]

    def view(self) -> LessonView:
        """What the teacher's page shows."""
        with self.house.glancing() as work:
            return show_lesson(work, self.lesson, self.secret)

    def result(self, theme: str = THEME) -> Result:
        """The released result."""
        with self.house.reading() as work:
            return show_result(work, self.lesson, self.secret, theme)

    def refused(self, verb: object, *arguments: object) -> Reason | None:
        """Why a verb is refused, None when it is done."""
        try:
            self.do(verb, *arguments)
        except Refusal as refusal:
            return refusal.reason
        return None


def played(house: House, ballots: int, yes: int = 0, **room: object) -> Room:
    """A whole vote: `ballots` pupils, `yes` of them answering yes, closed."""
    made = Room(house, **room).voting(ballots)  # type: ignore[arg-type]
    theme = made.view().poll.theme
    for number, seat in enumerate(made.seats):
        made.cast(seat, "yes" if number < yes else "no", theme=theme)
    return made.close()
