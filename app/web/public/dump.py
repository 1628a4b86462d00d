"""A demo's whole database for anybody to search; elsewhere the address does not exist."""

from flask import Blueprint, Response

from app.services.show_storage import show_dump
from app.web import desk
from app.web.access import anyone

dump = Blueprint("dump", __name__)


@dump.get("/privacy/demo.sql")
@anyone
def demo_sql() -> Response:
    """Every row as it stands now, as a file to keep."""
    response = Response(desk.look(show_dump), mimetype="application/sql")
    response.headers["Content-Disposition"] = "attachment; filename=pejling-demo.sql"
    return response
