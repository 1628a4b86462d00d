"""The language of a page: Danish, or the one that this browser chose by a plain link, kept in a cookie of its own.

A drafted language is spoken on a parents' page only, and only where the municipality has approved it.
"""

import re
from pathlib import Path
from urllib.parse import quote

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from flask import Blueprint, Flask, abort, current_app, g, make_response, redirect, request
from werkzeug.wrappers import Response

from app.domain.language import DRAFTED, LANGUAGES, RIGHT_TO_LEFT, Translate, danish
from app.domain.theme import Audience
from app.services.keep_settings import approved_languages
from app.web import desk, guards
from app.web.access import anyone

COOKIE_AGE = 365 * 24 * 3600
FOLDER = Path(__file__).parent / "languages"
ON_PHONES = "parent's phone"

language = Blueprint("language", __name__)


def install(app: Flask) -> None:
    """Read the sentences of every language, and give every template `t` and the way to the other language."""
    app.extensions["pejling.languages"] = {**read_languages(), **read_drafts()}
    app.jinja_env.globals["t"] = lambda text, **values: translate()(text, **values)
    app.jinja_env.globals["language"] = lambda: translate().language
    app.jinja_env.globals["right_to_left"] = lambda: translate().language in RIGHT_TO_LEFT
    app.jinja_env.globals["other_languages"] = other_languages
    app.register_blueprint(language)


def read_languages() -> dict[str, Translate]:
    """Every language that all screens have, Danish first."""
    return {code: danish if code == danish.language else _read(code) for code in LANGUAGES}


def read_drafts() -> dict[str, Translate]:
    """The drafted languages of a parent's phone."""
    return {code: _read(code) for code in DRAFTED}


def lacking() -> dict[str, list[str]]:
    """The Danish sentences of a parent's phone that each drafted language lacks."""
    wanted = [str(each.id) for each in _catalog("en") if ON_PHONES in each.auto_comments]
    return {code: [text for text in wanted if text not in t.sentences] for code, t in read_drafts().items()}


def speak_to(audience: Audience) -> None:
    """Let the page of this request be read in the approved drafts, where its readers are parents.

    Said before the first sentence is asked for; without it a page has no drafted language.
    """
    if audience is Audience.PARENTS:
        g.drafts = desk.look(approved_languages)


def translate() -> Translate:
    """The reader's Translate."""
    chosen = request.cookies.get(_cookie(), "da")
    spoken = chosen if chosen in _spoken() else danish.language
    found: Translate = current_app.extensions["pejling.languages"][spoken]
    return found


def other_languages() -> list[tuple[str, str, str]]:
    """The languages to change to from this page: (code, its own name, address of the link)."""
    here = g.get("here") or this_page()
    current = translate().language
    return [(code, name, f"/language/{code}?to={here}") for code, name in _spoken().items() if code != current]


def this_page() -> str:
    """The address of this request's page, as the link that leads back to it carries it."""
    return quote(request.full_path.rstrip("?")) if request.method == "GET" else "/"


def drafts_here() -> tuple[str, ...]:
    """The drafted languages that this request's page may be read in."""
    drafts: tuple[str, ...] = g.get("drafts", ())
    return drafts


@language.get("/language/<code>")
@anyone
def choose(code: str) -> Response:
    """Keep the choice in a cookie, and nothing else anywhere; lead back to a page of our own."""
    if code not in LANGUAGES and code not in DRAFTED:
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


def _spoken() -> dict[str, str]:
    return {**LANGUAGES, **{code: DRAFTED[code] for code in drafts_here()}}


def _read(code: str) -> Translate:
    return Translate(code, {str(each.id): str(each.string) for each in _catalog(code) if each.id and each.string})


def _catalog(code: str) -> Catalog:
    with (FOLDER / f"{code}.po").open("rb") as opened:
        return read_po(opened)
