"""Invented pupils for the demo: they come through the doors that real ones use."""

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from app.config import resource_root
from app.domain.refusal import Reason, Refusal
from app.domain.slip import Slip
from app.sealing import tokens
from app.services.cast_ballot import cast_ballot
from app.services.play_class import ballots
from app.services.show_lesson import LessonView, show_lesson
from app.services.take_seat import take_seat
from app.store.demo import DemoClass, classes
from app.web import desk
from app.web.access import holds_link

PUPILS = 22

demo = Blueprint("demo", __name__)
_seated: dict[str, list[str]] = {}


@demo.post("/lesson/<lesson_id>/demo/seats")
@holds_link
def seats(lesson_id: str, secret: str) -> Response:
    """Fill the lobby with invented pupils, up to PUPILS; those of a lobby that was thrown away are forgotten."""
    view = desk.look(show_lesson, lesson_id, secret)
    if view.lesson.code is None:
        raise Refusal(Reason.WRONG_STATE)
    if view.seats == 0:
        _seated[lesson_id] = []
    for _ in range(PUPILS - view.seats):
        token = tokens.mint_seat()
        desk.serve(take_seat, view.lesson.code, token)
        _seated.setdefault(lesson_id, []).append(token)
    return redirect(f"/lesson/{lesson_id}", 303)


@demo.post("/lesson/<lesson_id>/demo/ballots")
@holds_link
def answers(lesson_id: str, secret: str) -> Response:
    """Let the invented pupils answer; those who did before change nothing."""
    view = desk.look(show_lesson, lesson_id, secret)
    pupils = _seated.get(lesson_id, [])
    forms = ballots(_class_of(view).autumn, len(pupils), view.lesson.size or 0)
    slip = Slip.of(view.poll, view.lesson.size)
    for token, form in zip(pupils, forms, strict=True):
        desk.cast(cast_ballot, token, slip, form)
    return redirect(f"/lesson/{lesson_id}", 303)


def _class_of(view: LessonView) -> DemoClass:
    room = view.lesson.classroom
    invented = classes(resource_root() / "surveys")
    return next((each for each in invented if (each.school, each.name) == (room.school, room.name)), invented[0])
