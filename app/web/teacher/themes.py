"""Choosing the lesson's themes, before its lobby opens."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from app.domain.theme import Care
from app.services.choose_themes import choose_themes, offered_themes
from app.services.show_lesson import show_lesson
from app.web import desk
from app.web.access import holds_link
from app.web.language import translate

choosing = Blueprint("choosing", __name__)


@choosing.get("/lesson/<lesson_id>/themes")
@holds_link
def page(lesson_id: str, secret: str) -> str:
    """The themes that fit the class; those about offences after a step that says why."""
    view, t = desk.look(show_lesson, lesson_id, secret), translate()
    offered = desk.look(offered_themes, lesson_id, secret)
    return render_template(
        "teacher/themes.html",
        view=view,
        everyday=[offer for offer in offered if offer.theme.care is not Care.OFFENCE],
        offences=[offer for offer in offered if offer.theme.care is Care.OFFENCE],
        shows_offences="offences" in request.args,
        chosen={poll.theme for poll in view.polls},
        words={offer.theme.key: offer.theme.wording(t.language) for offer in offered},
    )


@choosing.post("/lesson/<lesson_id>/themes")
@holds_link
def choose(lesson_id: str, secret: str) -> Response:
    """Give the lesson the themes that were ticked."""
    desk.serve(choose_themes, lesson_id, secret, request.form.getlist("theme"))
    return redirect(f"/lesson/{lesson_id}", 303)
