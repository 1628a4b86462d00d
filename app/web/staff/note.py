"""The note to the local SSP committee: a page to print, the same as a document to edit, and one example to show."""

import base64
from datetime import UTC
from io import BytesIO

from flask import Blueprint, render_template, request, send_file
from werkzeug.wrappers import Response

from app.domain.account import Account
from app.domain.note import SchoolYear
from app.figures import bars
from app.figures.document import document
from app.figures.note import note
from app.figures.note.slide import example
from app.figures.note.text import EMPTY_LINES, Bar
from app.figures.note.words import grade_heading, period
from app.services import show_note
from app.web import desk
from app.web.access import plans
from app.web.language import translate

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

notes = Blueprint("notes", __name__)


@notes.get("/staff/note")
@plans
def page(mine: Account) -> str:
    """The note on two A4 pages, with the ways to the document, to other school years and to the examples."""
    found, t = _found(), translate()
    return render_template(
        "staff/note.html",
        mine=mine,
        year=found.year,
        years={year: period(year, t) for year in desk.look(show_note.years)},
        examples=[(each.theme.key, each.grade, grade_heading(each.theme, each.grade, t)) for each in found.grades],
        note=note(found, t),
        lines=range(EMPTY_LINES),
        axis=_address(bars.axis()),
        picture=_picture,
    )


@notes.get("/staff/note.docx")
@plans
def download(_mine: Account) -> Response:
    """The same text as a document that can be edited."""
    found, t = _found(), translate()
    footer = t("Demo – opdigtede tal") if desk.settings().demo else ""
    made = document(note(found, t), t.language, footer, desk.house().clock().astimezone(UTC).replace(tzinfo=None))
    return send_file(BytesIO(made), _WORD, as_attachment=True, download_name=f"notat-{found.year}.docx")


@notes.get("/staff/example")
@plans
def slide(mine: Account) -> str:
    """One theme in one grade as a slide, or the sentence that says why it is none."""
    year, grade = request.args.get("year", ""), request.args.get("grade", "")
    number = int(grade) if grade.isascii() and grade.isdigit() and len(grade) <= 2 else -1
    asked = _year(year)
    seen = desk.look(show_note.show_example, request.args.get("theme", ""), number, asked)
    return render_template("staff/example.html", mine=mine, year=asked, example=example(seen, asked, translate()))


def _found() -> SchoolYear:
    return desk.look(show_note.show_note, _year(request.args.get("year", "")))


def _year(text: str) -> int:
    """The school year that is asked for, the newest where there is none of that number."""
    there = desk.look(show_note.years)
    return next((year for year in there if str(year) == text), there[0])


def _picture(bar: Bar | None) -> str:
    return _address(bars.row(bar))


def _address(png: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(png).decode()
