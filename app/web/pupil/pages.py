"""The pupil's pages: built once for each set of plain values, with a place for the device's token."""

from flask import render_template

from app.domain.question import questions
from app.domain.theme import Audience
from app.services.find_place import Stand
from app.web import desk
from app.web.built import TOKEN, built_once
from app.web.fields import ballot_fields
from app.web.language import translate


@built_once
def front_page() -> str:
    """The field for a code."""
    return render_template("pupil/front.html", seat=TOKEN)


@built_once
def door_page(*, moves: bool) -> str:
    """The button that takes a seat; `moves` where the device has one in another lesson."""
    return render_template("pupil/door.html", moves=moves, seat=TOKEN)


@built_once
def gone_page() -> str:
    """A thank-you for a device whose seats are deleted: nobody knows any more which lesson they were in."""
    return render_template("pupil/gone.html")


@built_once
def standing_page(stand: Stand, audience: Audience, *, early: bool, turn: bool, reserved: bool, follows: bool) -> str:
    """Where the device stands, when it is not at a ballot."""
    name = {Stand.WAITING: "wait", Stand.WATCHING: "watch"}.get(stand, "thanks")
    values = {"audience": audience, "early": early, "turn": turn, "reserved": reserved, "follows": follows}
    return render_template(f"pupil/{name}.html", **values, seat=TOKEN)


@built_once
def ballot_page(theme_key: str, grade: int, size: int, *, approval: bool, again: bool) -> str:
    """The ballot of a poll; `again` where the class was asked before."""
    theme, t = desk.house().themes[theme_key], translate()
    return render_template(
        "pupil/ballot.html",
        theme=theme,
        words=theme.wording(t.language),
        fields=ballot_fields(questions(theme, grade, size, t, approval=approval), size, t.language),
        size=size,
        again=again,
        token=TOKEN,
    )
