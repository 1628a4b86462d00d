"""The fields of a ballot, built once for all who are asked the same in the same language."""

from functools import lru_cache

from flask import render_template
from markupsafe import Markup

from app.domain.question import Question


@lru_cache(maxsize=1024)
def ballot_fields(asked: tuple[Question, ...], size: int, language: str) -> Markup:  # noqa: ARG001 - told apart by it
    """The questions with their answers to choose from, 0 to `size` for a guess, in the `language` of the request."""
    return Markup(render_template("pupil/_questions.html", questions=asked, size=size))  # noqa: S704 - our own template
