"""Two addresses that tell a machine how the server is."""

from flask import Blueprint, Response, jsonify

from app.sealing import tokens
from app.services.check_ready import check_ready
from app.web import desk, guards
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
    """Whether this machine can serve, 503 with what is wrong otherwise, and what two machines must have in common."""
    ready = check_ready(desk.house())
    status = {
        "status": "not ready" if ready.wrong else "ok",
        "wrong": ready.wrong,
        "unknown_shares": ready.unknown_shares,
        "missing_shares": ready.missing_shares,
        "key_folder": ready.key_folder,
        "installation": tokens.fingerprint(guards.secret_key()),
    }
    return jsonify(status), 503 if ready.wrong else 200
