"""What every request passes: the same-origin guard, the CSRF token, limits; and what compresses its answer."""

import gzip
import re
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Request, Response, abort, current_app, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf import CSRFProtect
from werkzeug.http import parse_options_header

from app.config import Settings
from app.web import desk

_T = TypeVar("_T")
csrf = CSRFProtect()

MAX_BODY = 64 * 1024
LARGE_BODY = 3 * 1024 * 1024
_QUERY = re.compile(rb"[!-~]*")
_COMPRESSED_FROM = 600
_COMPRESSED = ("text/", "application/json", "application/javascript", "image/svg+xml")


def install(app: Flask, settings: Settings, secret_key: bytes) -> None:
    """Put the guards in place; `secret_key` signs forms on every machine of the installation."""
    app.config.update(
        SECRET_KEY=secret_key,
        MAX_CONTENT_LENGTH=MAX_BODY,
        SESSION_COOKIE_NAME=cookie_name("session", settings),
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # a lesson lasts longer than an hour
    )
    app.before_request(_refuse_raw_bytes)
    app.session_interface = _SessionsWithCookie()
    app.before_request(_allow_large_body)  # before the CSRF guard reads the form
    csrf.init_app(app)
    app.before_request(_refuse_other_sites)
    app.after_request(_compress)


def large_body(view: Callable[..., _T]) -> Callable[..., _T]:
    """The view takes a file: its requests may be as large as LARGE_BODY."""
    view.max_body = LARGE_BODY  # type: ignore[attr-defined] # read by _allow_large_body
    return view


def secret_key() -> bytes:
    """The installation's key for the proofs in forms."""
    key: bytes = current_app.config["SECRET_KEY"]
    return key


def cookie_name(name: str, settings: Settings) -> str:
    """The cookie's name: bound to this host where TLS allows it."""
    return f"__Host-{name}" if settings.https else name


def _refuse_raw_bytes() -> None:
    # A query is printable ASCII; read as UTF-8 or led on to another address, anything else would be a fault of ours.
    # And no text is stored or looked for that holds a NUL: PostgreSQL has none.
    query = request.query_string
    if not _QUERY.fullmatch(query) or b"%00" in query or "\0" in request.path:
        abort(400)


def _allow_large_body() -> None:
    limit = getattr(current_app.view_functions.get(request.endpoint or ""), "max_body", None)
    if limit is not None:
        request.max_content_length = request.max_form_memory_size = limit


def _refuse_other_sites() -> None:
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        if site not in ("same-origin", "none"):
            abort(403)
    elif origin is not None and origin != desk.settings().base_url:
        abort(403)


class _SessionsWithCookie(SecureCookieSessionInterface):
    """Only a request that brings a session has one read: pupils and boards bring none."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of the request, an empty one where it brings none."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


def _compress(response: Response) -> Response:
    size = response.calculate_content_length()  # None for a file that is not read yet
    if (size is not None and size < _COMPRESSED_FROM) or "Content-Encoding" in response.headers:
        return response
    kind = parse_options_header(response.content_type or "")[0]
    if not kind.startswith(_COMPRESSED) or response.status_code == 304:
        return response
    response.headers.add("Vary", "Accept-Encoding")
    if request.accept_encodings["gzip"]:
        response.direct_passthrough = False
        response.set_data(gzip.compress(response.get_data(), compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
