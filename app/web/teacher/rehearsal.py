"""Try the whole lesson: the pages of board and pupil with an invented class, without log-in and stored nowhere."""

from typing import Any

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from app.config import resource_root
from app.domain.question import questions
from app.domain.theme import Audience, Theme
from app.figures.qr import qr_svg
from app.services.rehearse import CODE, Stage, rehearsed_class, rehearsed_place, rehearsed_result, rehearsed_view
from app.services.seed_demo import FIRST_THEME
from app.store.demo import DemoClass, classes
from app.web import desk, guards
from app.web.access import anyone
from app.web.fields import ballot_fields
from app.web.language import translate
from app.web.teacher.reveal import staircase
from app.web.teacher.views import awaits, code_groups

# Where the board's buttons lead to instead of changing a lesson.
LEADS_TO = {"lobby": "/try/lobby", "open": "/try/vote", "close": "/try/reveal", "end": "/"}

rehearsal = Blueprint("rehearsal", __name__, url_prefix="/try")
guards.csrf.exempt(rehearsal)  # there is nothing here that a post could change


@rehearsal.get("")
@anyone
def start() -> str:
    """The lesson before it begins."""
    return _board("ready", Stage.READY, awaits=awaits(rehearsed_view(Stage.READY, *_played()), translate()))


@rehearsal.get("/lobby")
@anyone
def lobby() -> str:
    """The code and a QR code that leads a curious phone to the pupil's page."""
    return _board("lobby", Stage.LOBBY)


@rehearsal.get("/vote")
@anyone
def vote() -> str:
    """The vote before anybody has answered."""
    return _board("voting", Stage.VOTE, **_asked())


@rehearsal.get("/ballot")
@anyone
def ballot() -> str:
    """The pupil's ballot."""
    place, asked, t = rehearsed_place(*_played()), _asked(), translate()
    fields = ballot_fields(asked["questions"], place.size, t.language)
    theme = desk.house().themes[FIRST_THEME]
    return render_template("pupil/ballot.html", theme=theme, token="", words=asked["words"], fields=fields, **_SIGNS)


@rehearsal.post("/ballot")
@anyone
def cast() -> Response:
    """Read nothing and keep nothing."""
    return redirect("/try/thanks", 303)


@rehearsal.get("/thanks")
@anyone
def thanks() -> str:
    """The pupil's thank-you, with the way back to the board."""
    return render_template("pupil/thanks.html", audience=Audience.PUPILS, **_SIGNS)


@rehearsal.get("/answered")
@anyone
def answered() -> str:
    """The vote when the invented class has answered."""
    return _board("voting", Stage.ANSWERED, **_asked())


@rehearsal.get("/reveal")
@anyone
def reveal() -> str:
    """The staircase."""
    view = rehearsed_view(Stage.REVEAL, *_played())
    return _board("reveal", Stage.REVEAL, **staircase(view, rehearsed_result(*_played()), translate()))


_SIGNS = {"tried": LEADS_TO, "demo": False}


def _played() -> tuple[DemoClass, Theme]:
    return rehearsed_class(classes(resource_root() / "surveys")), desk.house().themes[FIRST_THEME]


def _asked() -> dict[str, Any]:
    (played, theme), t = _played(), translate()
    words = theme.wording(t.language)
    place = rehearsed_place(played, theme)
    return {"words": words, "questions": questions(theme, place.grade, place.size, t)}


def _board(name: str, stage: Stage, **values: object) -> str:
    (played, theme), t, base = _played(), translate(), desk.settings().base_url
    return render_template(
        f"teacher/{name}.html",
        view=rehearsed_view(stage, played, theme),
        titles={theme.key: theme.wording(t.language).title},
        host=base.split("://")[1],
        code_groups=code_groups(CODE),
        qr=qr_svg(f"{base}/try/ballot", t("QR-kode til timen")),
        **_SIGNS,
        **values,
    )
