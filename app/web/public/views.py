"""The front page with the field for a code, and two addresses that tell a machine how the server is."""

import re

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from app.services.check_ready import check_ready
from app.web import desk
from app.web.errors import CODE_DEAD, page

public = Blueprint("public", __name__)


@public.get("/")
def front() -> str | AnyResponse:
    """A field for the code; a typed one leads on to its own address."""
    typed = re.sub(r"[\s-]", "", request.args.get("code", ""))
    if "code" not in request.args:
        return render_template("public/front.html")
    return redirect(f"/{typed}") if re.fullmatch("[0-9]{4,12}", typed) else page(CODE_DEAD, back="/")


@public.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@public.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Database reachable and at its newest schema, key folder writable; 503 with what is wrong otherwise."""
    wrong, unknown = check_ready(desk.house())
    status = {"status": "not ready" if wrong else "ok", "wrong": wrong, "unknown_shares": unknown}
    return jsonify(status), 503 if wrong else 200
