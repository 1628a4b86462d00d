"""Signing in and out, and what a one-time link is for."""

import re
import secrets

from flask import Blueprint, Response, make_response, redirect, render_template, request, session
from werkzeug.wrappers import Response as AnyResponse

from app.domain.account import WITH_CODE, Account
from app.domain.refusal import Refusal
from app.figures.qr import qr_svg
from app.sealing import time_codes, tokens
from app.services import manage_accounts
from app.services.sign_in import sign_in, sign_out
from app.web import desk, guards
from app.web.access import anyone, staff, staff_cookie
from app.web.errors import ANSWERS
from app.web.language import keep_language, translate

DEVICE_AGE = 365 * 24 * 3600

account = Blueprint("account", __name__)


@account.get("/staff/sign-in")
@anyone
def sign_in_page() -> str:
    """The form to sign in."""
    return _sign_in_page()


@account.post("/staff/sign-in")
@anyone
def signed_in() -> AnyResponse:
    """Sign in: a new session and nothing kept of the old one. What was typed comes back but for the password."""
    login = request.form.get("login", "").strip().casefold()
    typed = request.form.get("password", ""), request.form.get("code", "")
    try:
        mine, token = sign_in(desk.house(), login, *typed, _known_device(login))
    except Refusal as refusal:
        answer = ANSWERS[refusal.reason]
        return make_response(_sign_in_page(translate()(answer.sentence), login), answer.status)
    response = begin_session(mine, token, request.args.get("to", ""))
    nonce = secrets.token_urlsafe(12)
    _keep(response, _device_cookie(), f"{nonce}.{_device_proof(login, nonce)}", DEVICE_AGE)
    return response


@account.post("/staff/sign-out")
@staff
def signed_out(_mine: Account) -> AnyResponse:
    """Sign out: the session is over wherever its cookie was copied to."""
    desk.serve(sign_out, request.cookies[staff_cookie()])
    session.clear()
    response = redirect("/staff/sign-in", 303)
    response.delete_cookie(staff_cookie(), secure=desk.settings().https, httponly=True, samesite="Lax")
    return response


@account.get("/staff/welcome/<token>")
@anyone
def welcome(token: str) -> str:
    """The page of a one-time link: choose a password, and for some an app."""
    return _welcome_page(token, time_codes.mint_secret())


@account.post("/staff/welcome/<token>")
@anyone
def welcomed(token: str) -> AnyResponse:
    """Use the link up, and go on to sign in. What was wrong is said beside the same code for the app."""
    fields = [request.form.get(name, "") for name in ("password", "secret", "code")]
    try:
        manage_accounts.accept(desk.house(), token, *fields)
    except Refusal as refusal:
        answer = ANSWERS[refusal.reason]
        secret = fields[1] if time_codes.is_secret(fields[1]) else time_codes.mint_secret()
        page = _welcome_page(token, secret, translate()(answer.sentence))
        return make_response(page, answer.status)
    return redirect("/staff/sign-in", 303)


@account.get("/staff/account")
@staff
def own_account(mine: Account) -> str:
    """One's own account."""
    return render_template("staff/account.html", mine=mine)


@account.post("/staff/account")
@staff
def own_language(mine: Account) -> AnyResponse:
    """Keep the language, for every browser that one signs in with."""
    language = "en" if request.form.get("language") == "en" else "da"
    desk.serve(manage_accounts.choose_language, mine, language)
    response = make_response(redirect("/staff/account?saved", 303))
    keep_language(response, language)
    return response


def begin_session(mine: Account, token: str, to: str) -> Response:
    """The answer that signs a browser in, leading on to a page for staff; nothing is kept of what it was before."""
    session.clear()
    response = make_response(redirect(inside(to), 303))
    _keep(response, staff_cookie(), token, None)
    keep_language(response, mine.language)
    return response


def inside(to: str) -> str:
    """Where to go on: a page for staff with what was asked of it, never another site."""
    # No longer than this: a provider's sign-in keeps it in a cookie.
    return to if re.fullmatch(r"/staff(/[A-Za-z0-9_-]+)*(\?[\x21-\x7e]{0,300})?", to) else "/staff"


def _sign_in_page(error: str = "", login: str = "") -> str:
    to = inside(request.args.get("to", ""))
    return render_template("staff/sign_in.html", error=error, login=login, to=to, oidc=desk.settings().oidc)


def _welcome_page(token: str, secret: str, error: str = "") -> str:
    invited = desk.look(manage_accounts.invited, token)
    with_code = invited.role in WITH_CODE
    address = time_codes.address(secret, invited.login)
    t = translate()
    picture = qr_svg(address, t("QR-kode til appen")) if with_code else None
    return render_template("staff/welcome.html", invited=invited, secret=secret, qr=picture, error=error)


def _device_cookie() -> str:
    return guards.cookie_name("device", desk.settings())


def _device_proof(login: str, nonce: str) -> str:
    return tokens.prove(guards.secret_key(), "device", login, nonce)


def _known_device(login: str) -> str:
    """The mark of this browser, where this address has signed in with it before."""
    nonce, _, proof = request.cookies.get(_device_cookie(), "").partition(".")
    return nonce if tokens.proven(proof, guards.secret_key(), "device", login, nonce) else ""


def _keep(response: Response, name: str, value: str, age: int | None) -> None:
    response.set_cookie(name, value, age, httponly=True, secure=desk.settings().https, samesite="Lax")
