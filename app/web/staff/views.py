"""The front page of staff, a new lesson, and one's lessons."""

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from app.domain.account import Account, Role
from app.domain.language import Translate
from app.domain.lesson import LessonState
from app.services import teach
from app.services.show_overview import show_overview
from app.services.show_school import show_school
from app.web import desk
from app.web.access import heads, holds_link, lesson_cookie, staff, teaches
from app.web.errors import refused_for
from app.web.language import translate
from app.web.staff.paging import page_number

LINK_AGE = 24 * 3600

work = Blueprint("work", __name__)


@work.get("/staff")
@staff
def front(mine: Account) -> str | Response:
    """The one thing that needs doing, and below it what one's work begins with."""
    if mine.role is Role.ADMINISTRATOR:
        return redirect("/staff/accounts", 303)
    if mine.role is Role.LEADER:
        return redirect("/staff/school", 303)
    classrooms = desk.look(teach.list_classrooms, mine, request.args.get("search", ""), page_number())
    own = desk.look(teach.own_lessons, mine).lessons
    open_now = [lesson for lesson in own if lesson.state in (LessonState.LOBBY, LessonState.RUNNING)]
    overview = desk.look(show_overview) if mine.role is Role.CONSULTANT else None
    shown = {"page": classrooms, "size": teach.PAGE, "open_now": open_now, "overview": overview}
    return render_template("staff/front.html", mine=mine, titles=_titles(translate()), **shown)


@work.get("/staff/classrooms/<classroom_id>/new")
@teaches
def new_lesson(mine: Account, classroom_id: str) -> str:
    """Choose a theme; one press makes the lesson."""
    classroom = desk.look(teach.classroom_for, mine, classroom_id)
    offered = desk.look(teach.offered, mine, classroom_id)
    shown = {"offered": offered, "refused": refused_for(offered), "titles": _titles(translate())}
    return render_template("staff/new_lesson.html", mine=mine, classroom=classroom, **shown)


@work.post("/staff/classrooms/<classroom_id>/new")
@teaches
def begin(mine: Account, classroom_id: str) -> Response:
    """Make the lesson, keep its link in this browser, and go on to where the link is shown."""
    lesson_id, secret = desk.serve(teach.begin, mine, classroom_id, request.form.get("theme", ""))
    return _opened(lesson_id, secret, "/link")


@work.get("/lesson/<lesson_id>/link")
@holds_link
def link(lesson_id: str, secret: str) -> str:
    """The lesson's link, to keep before the screen is mirrored to the board."""
    return render_template("staff/link.html", lesson=lesson_id, link=f"{desk.settings().base_url}/t/{secret}")


@work.get("/staff/school")
@heads
def school(mine: Account) -> str:
    """The totals of one's own school."""
    page = desk.look(show_school, mine)
    return render_template("staff/school.html", mine=mine, page=page, titles=_titles(translate()))


@work.get("/staff/lessons")
@teaches
def lessons(mine: Account) -> str:
    """One's lessons of this school year."""
    page = desk.look(teach.list_lessons, mine, request.args.get("search", ""), page_number())
    t = translate()
    return render_template(
        "staff/lessons.html", mine=mine, page=page, size=teach.PAGE, titles=_titles(t), states=_states(t)
    )


@work.post("/staff/lessons/<lesson_id>/link")
@teaches
def open_again(mine: Account, lesson_id: str) -> Response:
    """A new link to a lesson, opened in this browser at once."""
    # A lesson that goes on may be on the board already, where no link may stand.
    return _opened(lesson_id, desk.serve(teach.new_link, mine, lesson_id), "" if "goes_on" in request.form else "/link")


def _opened(lesson_id: str, secret: str, where: str) -> Response:
    response = make_response(redirect(f"/lesson/{lesson_id}{where}", 303))
    https = desk.settings().https
    response.set_cookie(lesson_cookie(lesson_id), secret, LINK_AGE, httponly=True, secure=https, samesite="Lax")
    return response


def _titles(t: Translate) -> dict[str, str]:
    return {key: theme.wording(t.language).title for key, theme in desk.house().themes.items()}


def _states(t: Translate) -> dict[LessonState, str]:
    return {
        LessonState.READY: t("klar"),
        LessonState.LOBBY: t("eleverne tager plads"),
        LessonState.RUNNING: t("i gang"),
        LessonState.ENDED: t("slut"),
    }
