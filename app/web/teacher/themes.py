"""Choosing the lesson's themes, before its lobby opens."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from app.domain.question import folder_name
from app.domain.theme import Care, Folder
from app.services.choose_themes import choose_themes, is_new_here, offered_themes
from app.services.show_lesson import show_lesson
from app.web import desk
from app.web.access import holds_link
from app.web.errors import refused_for
from app.web.language import translate

choosing = Blueprint("choosing", __name__)


@choosing.get("/lesson/<lesson_id>/themes")
@holds_link
def page(lesson_id: str, secret: str) -> str:
    """The themes that fit the class; those about offences after a step that says why."""
    view, t = desk.look(show_lesson, lesson_id, secret), translate()
    offered = desk.look(offered_themes, lesson_id, secret)
    chosen = {poll.theme for poll in view.polls}
    # One that is chosen is seen: a box that is not on the page would be unticked by the next press.
    offences = {offer.theme.key for offer in offered if offer.theme.care is Care.OFFENCE}
    shows_offences = "offences" in request.args or bool(chosen & offences)
    free = [offer for offer in offered if not (offer.held or offer.refused)]
    shown = [offer for offer in free if (shows_offences or offer.theme.care is not Care.OFFENCE)]
    return render_template(
        "teacher/themes.html",
        view=view,
        everyday=[offer for offer in offered if offer.theme.care is not Care.OFFENCE],
        offences=[offer for offer in offered if offer.theme.care is Care.OFFENCE],
        shows_offences=shows_offences,
        chosen=chosen,
        is_new=desk.look(is_new_here, lesson_id, secret),
        can_ask=[offer.theme.wording(t.language).title for offer in shown if offer.theme.asks_approval],
        folders={folder: folder_name(folder, t) for folder in Folder},
        approval=any(poll.approval for poll in view.polls),
        refused=refused_for(offered),
        words={offer.theme.key: offer.theme.wording(t.language) for offer in offered},
    )


@choosing.post("/lesson/<lesson_id>/themes")
@holds_link
def choose(lesson_id: str, secret: str) -> Response:
    """Give the lesson the themes that were ticked."""
    asks_approval = "approval" in request.form
    desk.serve(choose_themes, lesson_id, secret, request.form.getlist("theme"), approval=asks_approval)
    return redirect(f"/lesson/{lesson_id}", 303)
