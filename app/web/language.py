"""The language of a page: Danish, or the one that this browser chose by a plain link, kept in a cookie of its own."""

import re
from pathlib import Path
from urllib.parse import quote

from babel.messages.pofile import read_po
from flask import Blueprint, Flask, abort, current_app, make_response, redirect, request
from werkzeug.wrappers import Response

from app.domain.language import Translate, danish
from app.web import desk, guards
from app.web.access import anyone

COOKIE_AGE = 365 * 24 * 3600
NAMES = {"da": "Dansk", "en": "English"}

language = Blueprint("language", __name__)


def install(app: Flask) -> None:
    """Read the sentences of every language, and give every template `t` and the way to the other language."""
    app.extensions["pejling.languages"] = read_languages()
    app.jinja_env.globals["t"] = lambda text, **values: translate()(text, **values)
    app.jinja_env.globals["language"] = lambda: translate().language
    app.jinja_env.globals["other_languages"] = other_languages
    app.register_blueprint(language)


def read_languages() -> dict[str, Translate]:
    """Every language that screens have, Danish first."""
    written = (_read(file) for file in sorted((Path(__file__).parent / "languages").glob("*.po")))
    return {"da": danish, **{each.language: each for each in written}}


def translate() -> Translate:
    """The reader's Translate."""
    chosen = request.cookies.get(_cookie(), "da")
    found: Translate = current_app.extensions["pejling.languages"].get(chosen, danish)
    return found


def other_languages() -> list[tuple[str, str, str]]:
    """The languages to change to from this page: (code, its own name, address of the link)."""
    here = quote(request.full_path.rstrip("?")) if request.method == "GET" else "/"
    current = translate().language
    return [(code, name, f"/language/{code}?to={here}") for code, name in NAMES.items() if code != current]


@language.get("/language/<code>")
@anyone
def choose(code: str) -> Response:
    """Keep the choice in a cookie, and nothing else anywhere; lead back to a page of our own."""
    if code not in NAMES:
        abort(404)
    to = request.args.get("to", "/")
    response = make_response(redirect(to if re.fullmatch(r"/(?![/\\])[\x21-\x7e]*", to) else "/"))
    keep_language(response, code)
    return response


def keep_language(response: Response, code: str) -> None:
    """Let the answer set the language cookie."""
    https = desk.settings().https
    response.set_cookie(_cookie(), code, COOKIE_AGE, httponly=True, secure=https, samesite="Lax")


def _cookie() -> str:
    return guards.cookie_name("language", desk.settings())


def _read(file: Path) -> Translate:
    with file.open("rb") as opened:
        catalog = read_po(opened)
    return Translate(file.stem, {str(each.id): str(each.string) for each in catalog if each.id and each.string})
