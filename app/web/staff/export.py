"""The export: the same rows in three formats, for spreadsheets and for statistics."""

from flask import Blueprint, Response, abort, render_template

from app.domain.account import Account
from app.domain.export_row import COLUMNS
from app.domain.total import MIN_CLASSROOMS
from app.figures.export.files import FORMATS
from app.services.export_rows import export_rows
from app.web import desk
from app.web.access import plans
from app.web.language import translate

export = Blueprint("export", __name__)


@export.get("/staff/export")
@plans
def page(mine: Account) -> str:
    """What can be downloaded, and what the columns mean."""
    language = translate().language
    said = {column.name: column.english if language == "en" else column.danish for column in COLUMNS}
    return render_template("staff/export.html", mine=mine, formats=FORMATS, columns=said, least=MIN_CLASSROOMS)


@export.get("/staff/export/<name>")
@plans
def download(_mine: Account, name: str) -> Response:
    """Every row as a file to keep."""
    if name not in FORMATS:
        abort(404)
    form = FORMATS[name]
    response = Response(form.write(desk.look(export_rows)), mimetype=form.mimetype)
    response.headers["Content-Disposition"] = f"attachment; filename={form.file}"
    return response
