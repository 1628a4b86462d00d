"""Who may see a view, in one word above it. tests/web/test_access.py holds the word of every route."""

import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import quote

from flask import abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from app.domain.account import IDLE_MINUTES, Account, Role
from app.domain.refusal import Reason, Refusal
from app.services.sign_in import who
from app.web import desk, guards

_T = TypeVar("_T")
_View = Callable[..., Any]
_A_SENTENCE = 5  # words: less is soon typed again


def lesson_cookie(lesson_id: str) -> str:
    """The name of the cookie that carries the secret of a lesson's link."""
    return guards.cookie_name(f"lesson-{lesson_id}", desk.settings())


def staff_cookie() -> str:
    """The name of the cookie that carries the token of a signed-in browser."""
    return guards.cookie_name("staff", desk.settings())


def anyone(view: Callable[..., _T]) -> Callable[..., _T]:
    """For anybody: pupils, parents, machines. What a seat may do is decided by the seat."""
    return _worded(view, "anyone")


def holds_link(view: Callable[[str, str], _T]) -> Callable[[str], _T]:
    """The view of a lesson is for whoever opened one of its links here: it is given the lesson and the link's secret.

    The services check the secret; without a cookie nothing is looked up and nothing changed.
    """

    @wraps(view)
    def guarded(lesson_id: str) -> _T:
        secret = request.cookies.get(lesson_cookie(lesson_id))
        if not secret:
            raise Refusal(Reason.WRONG_LINK)
        return view(lesson_id, secret)

    return _worded(guarded, "holds_link")


def watches(view: Callable[[], _T]) -> Callable[[], _T]:
    """For a monitor that shows the installation's own token for it; to anybody else the page is not there."""

    @wraps(view)
    def guarded() -> _T:
        token, shown = desk.settings().metrics_token, request.authorization
        said = shown.token if shown is not None and shown.type == "bearer" else None
        if not token or not said or not hmac.compare_digest(said.encode(), token.encode()):
            abort(404)
        return view()

    return _worded(guarded, "watches")


def signed_in() -> Account | None:
    """Who is signed in with this browser."""
    token = request.cookies.get(staff_cookie())
    return who(desk.house(), token) if token else None


def _for(word: str, *roles: Role) -> Callable[[_View], _View]:
    """A word for those who are signed in and have one of the roles: the view is given their account.

    A stranger is asked to sign in, and gets back what they wrote; to anybody else of the staff the page is not there.
    """

    def decorate(view: _View) -> _View:
        @wraps(view)
        def guarded(**values: object) -> Any:
            account = signed_in()
            if account is None:
                return _sign_in_first()
            if account.role not in roles:
                abort(404)
            return view(account, **values)

        return _worded(guarded, word)

    return decorate


def _sign_in_first() -> AnyResponse:
    typed = [text for name, text in request.form.items() if name != "password" and len(text.split()) >= _A_SENTENCE]
    if typed:
        return make_response(render_template("staff/signed_out.html", typed=typed, minutes=IDLE_MINUTES), 403)
    here = quote(request.full_path.rstrip("?")) if request.method == "GET" else "/staff"
    return redirect(f"/staff/sign-in?to={here}", 303)


def _worded(view: Callable[..., _T], word: str) -> Callable[..., _T]:
    view.access = word  # type: ignore[attr-defined] # read by the test that holds every route's word
    return view


staff = _for("staff", *Role)
teaches = _for("teaches", Role.TEACHER, Role.CONSULTANT)
heads = _for("heads", Role.LEADER)
plans = _for("plans", Role.CONSULTANT)
manages = _for("manages", Role.ADMINISTRATOR, Role.CONSULTANT)
