"""Who may see a view, in one word above it."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from flask import request

from app.domain.refusal import Reason, Refusal
from app.web import desk, guards

_T = TypeVar("_T")


def lesson_cookie(lesson_id: str) -> str:
    """The name of the cookie that carries the secret of a lesson's link."""
    return guards.cookie_name(f"lesson-{lesson_id}", desk.settings())


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

    return guarded
