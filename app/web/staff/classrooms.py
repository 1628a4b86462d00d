"""The municipality's classrooms: the list, an import with preview, one classroom, and moving up a year."""

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from app.domain.account import Account
from app.domain.classroom_list import MAX_NAME, MAX_SIZE, REQUIRED, ClassroomList, read_classrooms
from app.domain.refusal import Refusal
from app.services import keep_classrooms, teach
from app.store.spreadsheets import read_table
from app.web import desk
from app.web.access import plans
from app.web.errors import ANSWERS
from app.web.guards import large_body
from app.web.language import translate
from app.web.staff.importing import Importing
from app.web.staff.paging import page_number

GRADES = range(11)

classrooms = Blueprint("classrooms", __name__)


@classrooms.get("/staff/classrooms")
@plans
def page(mine: Account) -> str:
    """This school year's classrooms, and the button that moves them up."""
    listed = desk.look(teach.list_classrooms, mine, request.args.get("search", ""), page_number())
    year = desk.look(keep_classrooms.year_plan)
    return render_template("staff/classrooms.html", mine=mine, page=listed, size=teach.PAGE, year=year)


@classrooms.get("/staff/import")
@plans
def choose_file(mine: Account) -> str:
    """The form for a file."""
    return _IMPORT.page(mine)


@classrooms.post("/staff/import")
@large_body
@plans
def take_in(mine: Account) -> Response:
    """A preview of what a file would change, then the change."""
    return _IMPORT.answer(mine)


@classrooms.get("/staff/classrooms/<classroom_id>")
@plans
def one(mine: Account, classroom_id: str) -> str:
    """One classroom's name and size."""
    found = desk.look(keep_classrooms.find, classroom_id)
    return render_template("staff/classroom.html", mine=mine, classroom=found, name=found.name, number=found.size)


@classrooms.post("/staff/classrooms/<classroom_id>")
@plans
def change(mine: Account, classroom_id: str) -> Response:
    """Change them; what cannot be comes back as it was typed, with the reason."""
    found, t = desk.look(keep_classrooms.find, classroom_id), translate()
    name, number = " ".join(request.form.get("name", "").split()), request.form.get("size", "").strip()
    error, status = "", 400
    if not (name and name.isprintable() and len(name) <= MAX_NAME):
        error = t("Skriv et navn på højst {most} tegn.", most=MAX_NAME)
    elif number and not (number.isascii() and number.isdigit() and len(number) < 4 and 1 <= int(number) <= MAX_SIZE):
        error = t("Skriv et antal elever fra 1 til {most}, eller lad feltet være tomt.", most=MAX_SIZE)
    else:
        try:
            desk.serve(keep_classrooms.rename, classroom_id, name, int(number) if number else None)
            return redirect("/staff/classrooms", 303)
        except Refusal as refusal:
            answer = ANSWERS[refusal.reason]
            error, status = t(answer.sentence), answer.status
    shown = render_template("staff/classroom.html", mine=mine, classroom=found, name=name, number=number, error=error)
    return make_response(shown, status)


@classrooms.post("/staff/move-up")
@plans
def move_up(_mine: Account) -> Response:
    """Make next school year's classrooms."""
    desk.serve(keep_classrooms.move_up)
    return redirect("/staff/classrooms", 303)


@classrooms.post("/staff/move-up/undo")
@plans
def undo(_mine: Account) -> Response:
    """Take them back."""
    desk.serve(keep_classrooms.undo_move)
    return redirect("/staff/classrooms", 303)


def _read(content: bytes, name: str) -> ClassroomList:
    t = translate()
    table = read_table(content, name, REQUIRED, t)
    return read_classrooms(((row.number, row.cells) for row in table.rows), GRADES, t)


_IMPORT = Importing(
    "staff/import_classrooms.html",
    "/staff/classrooms",
    _read,
    keep_classrooms.plan_import,
    keep_classrooms.take_in,
)
