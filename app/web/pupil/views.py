"""The pupil's way: a code or a QR link, a seat, the three questions, a thank-you."""

import re

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from app.domain.question import TRIAL_SIZE, trial_questions
from app.domain.refusal import Reason, Refusal
from app.domain.release import Ruler
from app.domain.slip import Slip
from app.sealing import tokens
from app.services.cast_ballot import cast_ballot
from app.services.find_place import Place, Stand, find_place
from app.services.take_seat import lesson_behind, take_reserved_seat, take_seat
from app.web import desk, errors, guards
from app.web.access import anyone
from app.web.built import Built
from app.web.fields import ballot_fields
from app.web.language import speak_to, translate
from app.web.pupil.pages import ballot_page, door_page, front_page, gone_page, standing_page
from app.web.pupil.wrong_codes import WrongCodes

MAX_BODY = 2048
MAX_HELD = 40
LOOKALIKES = str.maketrans("OoIil", "00111")
COOKIE_AGE = 24 * 3600

pupil = Blueprint("pupil", __name__)
guards.csrf.exempt(pupil)  # the ballot carries a proof of its seat instead, without a session cookie
wrong_codes = WrongCodes()


@pupil.before_request
def limit_body() -> None:
    """A ballot is small."""
    request.max_content_length = MAX_BODY


@pupil.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """Wrong codes are counted, and after too many of them wrong ones are asked to wait; right ones never are."""
    if refusal.reason is Reason.UNKNOWN_CODE and wrong_codes.too_many():
        return errors.page(errors.TOO_MANY)
    return errors.refused(refusal)


@pupil.get("/")
@anyone
def front() -> str | Response:
    """A field for the code; one that comes with the address leads on to its own page."""
    if "code" not in request.args:
        return _with_cookie(front_page())
    digits = _digits(request.args["code"])
    return redirect(f"/{digits}") if digits else errors.page(errors.CODE_DEAD, back="/")


@pupil.post("/")
@anyone
def typed_code() -> str | Response:
    """Take a seat by a code typed on the front page; a device with a seat in another lesson is asked first."""
    digits = _digits(request.form.get("code", ""))
    if not digits:
        return errors.page(errors.CODE_DEAD, back="/")
    seated = desk.glance(find_place, _held()) is not None
    return redirect(f"/{digits}", 303) if seated else _door(digits)


@pupil.route("/<code>", methods=["GET", "POST"])
@anyone
def code_door(code: str) -> str | Response:
    """A typed code's own page; what stands between the digits is forgiven."""
    digits = _digits(code)
    if not digits:
        abort(404)
    return _door(digits)


@pupil.route("/k/<token>", methods=["GET", "POST"])
@anyone
def qr_door(token: str) -> str | Response:
    """A QR link's own page."""
    if not tokens.is_door(token):
        raise Refusal(Reason.UNKNOWN_CODE)
    return _door(token)


@pupil.get("/s")
@anyone
def seat() -> Response:
    """The seat's own address: waiting, ballot, thank-you or watching."""
    held = _held()
    place = desk.glance(find_place, held)
    if place is None:
        return _gone(held)
    speak_to(place.audience)
    pressed_on = "next" in request.args
    if place.stand is Stand.BALLOT and (pressed_on or not place.spent):
        return _ballot(place)
    page = standing_page(
        place.stand,
        place.audience,
        early=pressed_on,
        turn=place.turn is not None,
        reserved=place.reserved,
        follows=place.follows,
    )
    return page.answer(tokens.mint_seat())


@pupil.post("/s")
@anyone
def cast() -> Response:
    """Cast the ballot of the seat that the form was made for."""
    theme, key, held = request.form.get("theme", ""), guards.secret_key(), _held()
    proof, _, slip = request.form.get("token", "").partition(".")
    mine = next((seat for seat in held if tokens.proven(proof, key, "ballot", seat, theme, slip)), None)
    if mine is None or theme not in desk.house().themes:
        raise Refusal(Reason.NO_SEAT)
    speak_to(desk.house().themes[theme].audience)
    desk.cast(cast_ballot, mine, Slip.parse(slip), request.form)
    # A cookie that changes drops the filled ballot from the browser's memory of pages: Back must not show an answer.
    answer = _seated([seat for seat in held if seat != mine] + [mine])
    if request.headers.get("X-Requested-With"):
        answer.status_code = 204  # the page's own script goes to the seat by itself
    return answer


@pupil.post("/s/pass")
@anyone
def pass_on() -> Response:
    """Hand the device to a pupil without a screen: one reserved seat more in this device's cookie."""
    held, token = _held(), _token()
    desk.serve(take_reserved_seat, held, token)
    return _seated([*held, *([token] if token not in held else [])], "/s?next")


@pupil.get("/s/trial")
@anyone
def trial() -> str:
    """A question about nothing, while one waits in the lobby."""
    _speak_to_holder()
    t = translate()
    return render_template("pupil/trial.html", fields=ballot_fields(trial_questions(t), TRIAL_SIZE, t.language))


@pupil.post("/s/trial")
@anyone
def trial_sent() -> Response:
    """Read nothing and keep nothing."""
    return redirect("/s/tried", 303)


@pupil.get("/s/tried")
@anyone
def tried() -> str:
    """What the board will say, and what "at most" means."""
    _speak_to_holder()
    return render_template("pupil/tried.html")


def _door(key: str) -> str | Response:
    """One button that takes a seat. A device that has a seat is led to it, except from another lesson's good code."""
    held = _held()
    place = desk.glance(find_place, held) if held else None
    leads_to = desk.glance(lesson_behind, key) if place or request.method == "GET" else None
    if place is not None and (leads_to is None or leads_to[0] == place.lesson):
        guessing = leads_to is None and wrong_codes.too_many()
        return errors.page(errors.TOO_MANY) if guessing else redirect("/s", 303)
    if request.method == "POST":
        if "seat" in request.form and not request.cookies:
            raise Refusal(Reason.NO_COOKIES)
        token = _token()
        desk.serve(take_seat, key, token, held)
        return _seated([token])
    if leads_to is None:
        raise Refusal(Reason.UNKNOWN_CODE)
    speak_to(leads_to[1])
    return _with_cookie(door_page(moves=place is not None))


def _speak_to_holder() -> None:
    place = desk.glance(find_place, _held())
    if place is not None:
        speak_to(place.audience)


def _token() -> str:
    """The token that the page with the button was made with; a script may send none."""
    sent = request.form.get("seat", "")
    return sent if tokens.is_seat(sent) else tokens.mint_seat()


def _digits(typed: str) -> str:
    """The code in what somebody typed, "" where there is none; a letter that looks like a digit is that digit."""
    digits = re.sub(r"[\W_]", "", typed.translate(LOOKALIKES))
    return digits if re.fullmatch("[0-9]{4,12}", digits) else ""


def _with_cookie(page: Built) -> Response:
    """A page whose form takes a seat, under a token made for it."""
    response = page.answer(tokens.mint_seat())
    # A device that keeps no cookie cannot keep a seat: it is told before it takes one.
    name = guards.cookie_name("cookies", desk.settings())
    response.set_cookie(name, "1", httponly=True, secure=desk.settings().https, samesite="Lax")
    return response


def _held() -> list[str]:
    cookie = request.cookies.get(guards.cookie_name("seat", desk.settings()), "")
    return [token for token in cookie.split(".") if tokens.is_seat(token)][:MAX_HELD]


def _seated(seats: list[str], to: str = "/s") -> Response:
    settings = desk.settings()
    response = Response(status=303, headers={"Location": to})
    name = guards.cookie_name("seat", settings)
    response.set_cookie(name, ".".join(seats), COOKIE_AGE, httponly=True, secure=settings.https, samesite="Lax")
    return response


def _gone(held: list[str]) -> Response:
    """For a device without a seat: whoever had one has most likely been in a lesson that has ended."""
    if not held:
        raise Refusal(Reason.NO_SEAT)
    answer = gone_page().answer()
    answer.status_code = 404
    return answer


def _ballot(place: Place) -> Response:
    poll = place.poll
    page = ballot_page(poll.theme, place.grade, place.size, approval=poll.approval, again=poll.ruler is Ruler.B)
    proof = tokens.prove(guards.secret_key(), "ballot", place.turn or "", poll.theme, str(place.slip))
    return page.answer(f"{proof}.{place.slip}")
