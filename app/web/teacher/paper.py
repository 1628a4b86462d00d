"""A lesson on paper: slips to print, and the page where the count is typed, away from the board."""

import re

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from app.domain.lesson import MAX_SEATS
from app.domain.poll import PollState
from app.domain.question import questions
from app.domain.refusal import Reason, Refusal
from app.services.count_paper import count_paper
from app.services.show_lesson import LessonView, show_lesson
from app.web import desk
from app.web.access import holds_link
from app.web.errors import ANSWERS
from app.web.language import translate

paper = Blueprint("paper", __name__)


@paper.get("/lesson/<lesson_id>/paper")
@holds_link
def guide(lesson_id: str, secret: str) -> str:
    """How a lesson on paper goes, with the way to the slips and to the count."""
    return render_template("teacher/paper.html", view=desk.look(show_lesson, lesson_id, secret))


@paper.get("/lesson/<lesson_id>/slips")
@holds_link
def slips(lesson_id: str, secret: str) -> str:
    """One slip a pupil and theme, two on an A4 page."""
    view = desk.look(show_lesson, lesson_id, secret)
    text = request.args.get("size", "")
    if not re.fullmatch("[0-9]{1,3}", text) or not 1 <= int(text) <= MAX_SEATS[view.lesson.audience]:
        raise Refusal(Reason.BAD_NUMBER)
    size, t, grade = int(text), translate(), view.lesson.classroom.grade
    sheets = []
    for poll in (poll for poll in view.polls if poll.state is PollState.WAITING):
        theme = desk.house().themes[poll.theme]
        words = theme.wording(t.language)
        sheets.append((words, questions(theme, grade, size, t, approval=poll.approval)))
    return render_template("teacher/slips.html", view=view, size=size, sheets=sheets)


@paper.get("/lesson/<lesson_id>/count")
@holds_link
def count(lesson_id: str, secret: str) -> str:
    """The empty form of the count."""
    return _form(desk.look(show_lesson, lesson_id, secret))


@paper.post("/lesson/<lesson_id>/count")
@holds_link
def counted(lesson_id: str, secret: str) -> Response:
    """Close the poll with the typed totals; what cannot be right comes back as it was typed, with the reason."""
    try:
        desk.serve(count_paper, lesson_id, secret, request.form.get("theme", ""), request.form)
    except Refusal as refusal:
        answer = ANSWERS[refusal.reason]
        view = desk.look(show_lesson, lesson_id, secret)
        return make_response(_form(view, translate()(answer.sentence)), answer.status)
    return redirect(f"/lesson/{lesson_id}#step-0", 303)


def _form(view: LessonView, error: str = "") -> str:
    if view.upcoming is None:
        raise Refusal(Reason.WRONG_STATE)
    theme, t = desk.house().themes[view.upcoming.theme], translate()
    words = theme.wording(t.language)
    grade, size = view.lesson.classroom.grade, view.lesson.size or 0
    asked = questions(theme, grade, size, t, approval=view.upcoming.approval)
    return render_template(
        "teacher/count.html", view=view, theme=theme.key, words=words, asked=asked, typed=request.form, error=error
    )
