"""The language of a page: `t` in every template, and in every view that builds a sentence."""

from flask import Flask

from app.domain.language import Translate, danish


def translate() -> Translate:
    """The reader's Translate."""
    return danish


def install(app: Flask) -> None:
    """Give every template `t`."""
    app.jinja_env.globals["t"] = lambda text, **values: translate()(text, **values)
