"""Invented staff for the demo: signed in by a button, without a password, and only there."""

from flask import Blueprint, make_response, redirect, render_template, request, session
from werkzeug.wrappers import Response

from app.domain.account import Role
from app.domain.refusal import Reason, Refusal
from app.services.seed_demo import STAFF, enter_as
from app.web import desk
from app.web.access import anyone, staff_cookie
from app.web.language import translate
from app.web.staff.accounts import role_names

demo_staff = Blueprint("demo_staff", __name__)


@demo_staff.get("/demo/staff")
@anyone
def choose() -> str:
    """Who to be."""
    return render_template("staff/demo.html", staff=STAFF, role_names=role_names(translate()))


@demo_staff.post("/demo/staff")
@anyone
def enter() -> Response:
    """Be that one."""
    role = request.form.get("role", "")
    if role not in STAFF:
        raise Refusal(Reason.NOT_YOURS)
    token = desk.serve(enter_as, Role(role))
    session.clear()
    response = make_response(redirect("/staff", 303))
    response.set_cookie(staff_cookie(), token, httponly=True, secure=desk.settings().https, samesite="Lax")
    return response
