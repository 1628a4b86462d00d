"""The teacher's link, the board, and the few buttons of a lesson."""

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from app.domain.language import Translate
from app.domain.lesson import LessonState
from app.domain.poll import PollState
from app.domain.question import questions
from app.domain.refusal import Reason, Refusal
from app.domain.theme import Audience
from app.figures.qr import qr_svg
from app.services import lead_lesson
from app.services.close_poll import close_poll
from app.services.open_poll import open_poll
from app.services.show_lesson import LessonView, show_lesson, show_result
from app.web import desk
from app.web.access import anyone, holds_link, lesson_cookie
from app.web.language import translate
from app.web.teacher import standing
from app.web.teacher.forms import ReserveForm
from app.web.teacher.release import as_json
from app.web.teacher.reveal import staircase, trial

LINK_AGE = 24 * 3600

teacher = Blueprint("teacher", __name__)


@teacher.get("/t/<secret>")
@anyone
def link(secret: str) -> AnyResponse:
    """A lesson's link: keeps its secret in a cookie and leaves the address bar at once."""
    lesson_id = desk.look(lead_lesson.enter, secret)
    response = make_response(redirect(f"/lesson/{lesson_id}"))
    https = desk.settings().https
    response.set_cookie(lesson_cookie(lesson_id), secret, LINK_AGE, httponly=True, secure=https, samesite="Lax")
    return response


@teacher.get("/lesson/<lesson_id>")
@holds_link
def lesson(lesson_id: str, secret: str) -> str:
    """The teacher's page, which is also the board: what it shows follows from where the lesson stands.

    `theme` chooses the figures of another closed poll, which leaves the lesson where it is.
    """
    view = desk.glance(show_lesson, lesson_id, secret)
    chosen = request.args.get("theme", view.poll.theme)
    if any(poll.theme == chosen for poll in view.closed):
        result = desk.look(show_result, lesson_id, secret, chosen)
        return _page("reveal", view, **staircase(view, result, translate()))
    if view.lesson.state is LessonState.RUNNING and view.poll.state is PollState.VOTING:
        return _voting(view)
    if view.lesson.state is LessonState.RUNNING:
        return _page("between", view)
    if view.lesson.state is LessonState.READY:
        return _page("ready", view, awaits=awaits(view, translate()))
    return _page("lobby" if view.lesson.state is LessonState.LOBBY else "ended", view)


@teacher.get("/lesson/<lesson_id>/ended")
@holds_link
def ended(lesson_id: str, secret: str) -> str | AnyResponse:
    """That the lesson is over, with the way back to its figures."""
    view = desk.glance(show_lesson, lesson_id, secret)
    return _page("ended", view) if view.lesson.state is LessonState.ENDED else _back(lesson_id)


@teacher.get(standing.RULE)
@holds_link
def state(lesson_id: str, secret: str) -> AnyResponse:
    """Where the lesson stands, with an ETag: nothing that depends on an answer."""
    view = desk.glance(show_lesson, lesson_id, secret)
    status, headers, body = standing.answer(view, desk.settings(), request.headers.get("If-None-Match"))
    return Response(body, status, headers)


@teacher.get("/lesson/<lesson_id>/release")
@holds_link
def release(lesson_id: str, secret: str) -> Response:
    """What one closed poll released."""
    return jsonify(as_json(desk.look(show_result, lesson_id, secret, request.args.get("theme", ""))))


@teacher.get("/lesson/<lesson_id>/trial")
@holds_link
def trial_question(lesson_id: str, secret: str) -> str:
    """The trial question on the board, while the lobby fills."""
    return _page("trial", desk.glance(show_lesson, lesson_id, secret), stairs=trial(translate()))


@teacher.get("/lesson/<lesson_id>/pause")
@holds_link
def pause(lesson_id: str, secret: str) -> str | AnyResponse:
    """A quiet board between two meetings, once there is a result to come back to."""
    view = desk.glance(show_lesson, lesson_id, secret)
    return _page("pause", view) if view.poll.state is PollState.CLOSED else _back(lesson_id)


@teacher.post("/lesson/<lesson_id>/lobby")
@holds_link
def lobby(lesson_id: str, secret: str) -> AnyResponse:
    """Show the code."""
    desk.serve(lead_lesson.open_lobby, lesson_id, secret)
    return _back(lesson_id)


@teacher.post("/lesson/<lesson_id>/restart")
@holds_link
def restart(lesson_id: str, secret: str) -> AnyResponse:
    """Throw the lobby away and start a new one."""
    desk.serve(lead_lesson.restart_lobby, lesson_id, secret)
    return _back(lesson_id)


@teacher.post("/lesson/<lesson_id>/reserve")
@holds_link
def reserve(lesson_id: str, secret: str) -> AnyResponse:
    """Seats for pupils without a screen of their own."""
    form = ReserveForm()
    if not form.validate_on_submit():
        raise Refusal(Reason.BAD_NUMBER)
    desk.serve(lead_lesson.reserve_seats, lesson_id, secret, form.seats.data)
    return _back(lesson_id)


@teacher.post("/lesson/<lesson_id>/open")
@holds_link
def open_vote(lesson_id: str, secret: str) -> AnyResponse:
    """Open the next poll's vote."""
    desk.serve(open_poll, lesson_id, secret)
    return _back(lesson_id)


@teacher.post("/lesson/<lesson_id>/seat")
@holds_link
def one_more_seat(lesson_id: str, secret: str) -> AnyResponse:
    """A code that is good for one more seat."""
    desk.serve(lead_lesson.add_seat, lesson_id, secret)
    return _back(lesson_id)


@teacher.post("/lesson/<lesson_id>/close")
@holds_link
def close(lesson_id: str, secret: str) -> AnyResponse:
    """Close the vote and count."""
    desk.serve(close_poll, lesson_id, secret)
    return _back(lesson_id, "#step-0")


@teacher.post("/lesson/<lesson_id>/end")
@holds_link
def end(lesson_id: str, secret: str) -> AnyResponse:
    """End the lesson."""
    desk.serve(lead_lesson.end_lesson, lesson_id, secret)
    return _back(lesson_id, "/ended")


def _back(lesson_id: str, where: str = "") -> AnyResponse:
    return redirect(f"/lesson/{lesson_id}{where}", 303)


def code_groups(code: str) -> tuple[str, str]:
    """A join code in the two groups that it is read aloud in."""
    half = (len(code) + 1) // 2
    return code[:half], code[half:]


def awaits(view: LessonView, t: Translate) -> str:
    """What the class is going to be asked."""
    several, approval = len(view.polls) > 1, {poll.approval for poll in view.polls}
    if view.lesson.audience is Audience.PARENTS:
        if several:
            return t("Tre spørgsmål om hvert emne på jeres egne telefoner. Ingen navne, ingen login.")
        return t("Tre spørgsmål på jeres egne telefoner. Ingen navne, ingen login.")
    if approval == {True, False}:
        return t("Tre eller fem spørgsmål om hvert emne på elevernes egne skærme. Ingen navne, ingen login.")
    if True in approval:
        if several:
            return t("Fem spørgsmål om hvert emne på elevernes egne skærme. Ingen navne, ingen login.")
        return t("Fem spørgsmål på elevernes egne skærme. Ingen navne, ingen login.")
    if several:
        return t("Tre spørgsmål om hvert emne på elevernes egne skærme. Ingen navne, ingen login.")
    return t("Tre spørgsmål på elevernes egne skærme. Ingen navne, ingen login.")


def _page(name: str, view: LessonView, **values: object) -> str:
    themes, t = desk.house().themes, translate()
    address = standing.join_url(view, desk.settings())
    return render_template(
        f"teacher/{name}.html",
        view=view,
        titles={poll.theme: themes[poll.theme].wording(t.language).title for poll in view.polls},
        host=desk.settings().base_url.split("://")[1],
        code_groups=code_groups(view.lesson.code or ""),
        qr=qr_svg(address, t("QR-kode til timen")) if address else None,
        **values,
    )


def _voting(view: LessonView) -> str:
    theme = desk.house().themes[view.poll.theme]
    t = translate()
    words = theme.wording(t.language)
    grade, size = view.lesson.classroom.grade, view.lesson.size or 0
    return _page("voting", view, words=words, questions=questions(theme, grade, size, t))
