"""Let Fjordby's invented classes answer in two waves of last school year, through the doors of real ones.

Ballots are cast and polls closed by the services that every class uses, under a clock that stands on the day.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from app.domain.poll import school_year
from app.domain.slip import Slip
from app.domain.theme import Audience
from app.sealing import tokens
from app.services.cast_ballot import cast_ballot
from app.services.close_poll import close_poll
from app.services.house import House, Work
from app.services.lead_lesson import end_lesson, open_lobby
from app.services.open_poll import open_poll
from app.services.play_class import ballots
from app.services.show_lesson import show_lesson
from app.services.start_lesson import find_classroom, start_lesson
from app.services.take_seat import take_seat
from app.store import classrooms, lessons
from app.store.demo import DemoClass, DemoWave


def seed_waves(house: House, classes: Sequence[DemoClass]) -> None:
    """Play both waves: autumn in October, spring in March, one poll a class."""
    began = school_year(house.clock().date()) - 1
    autumn = [(each, each.autumn) for each in classes]
    spring = [(each, each.spring) for each in classes if each.spring is not None]
    october, march = datetime(began, 10, 6, 9, tzinfo=UTC), datetime(began + 1, 3, 9, 9, tzinfo=UTC)
    for then, waves in ((october, autumn), (march, spring)):
        with replace(house, clock=partial(_stands_at, then)).writing() as work:
            for played, wave in waves:
                _play(work, played, wave)


def _stands_at(moment: datetime) -> datetime:
    return moment


def _play(work: Work, played: DemoClass, wave: DemoWave) -> None:
    theme = work.themes[played.theme]
    room = find_classroom(work, played.school, played.name, played.grade)
    classrooms.change(work.db, room.id, size=played.size)
    started = start_lesson(work, room, [theme], Audience.PUPILS)
    link = started.lesson, started.secret
    open_lobby(work, *link)
    lesson = lessons.by_id(work.db, started.lesson)
    seats = [tokens.mint_seat() for _ in range(wave.pupils)]
    for seat in seats:
        take_seat(work, (lesson.code if lesson else None) or "", seat)
    open_poll(work, *link)
    opened = show_lesson(work, *link)
    slip = Slip.of(opened.poll, opened.lesson.size)
    for seat, answers in zip(seats, ballots(wave, wave.pupils, wave.pupils), strict=True):
        cast_ballot(work, seat, slip, answers)
    close_poll(work, *link)
    end_lesson(work, *link)
