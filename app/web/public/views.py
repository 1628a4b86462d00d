"""Two addresses that tell a machine how the server is."""

from flask import Blueprint, Response, jsonify

from app.services.check_ready import check_ready
from app.web import desk
from app.web.access import anyone

public = Blueprint("public", __name__)


@public.get("/healthz")
@anyone
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@public.get("/readyz")
@anyone
def readyz() -> tuple[Response, int]:
    """Database reachable and at its newest schema, key folder writable; 503 with what is wrong otherwise."""
    wrong, unknown = check_ready(desk.house())
    status = {"status": "not ready" if wrong else "ok", "wrong": wrong, "unknown_shares": unknown}
    return jsonify(status), 503 if wrong else 200
