"""What every request passes: the configured address, the same-origin guard, the CSRF token, and the headers."""

import base64
import gzip
import hashlib
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from flask import Flask, Request, Response, abort, current_app, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf import CSRFProtect
from markupsafe import Markup
from werkzeug.http import parse_options_header

from app.config import Settings
from app.web import desk

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_T = TypeVar("_T")
csrf = CSRFProtect()

MAX_BODY = 64 * 1024
LARGE_BODY = 3 * 1024 * 1024
_QUERY = re.compile(rb"[!-~]*")
_COMPRESSED_FROM = 600
_COMPRESSED = ("text/", "application/json", "application/javascript", "image/svg+xml")
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
}
_OFF = (
    "accelerometer, autoplay, browsing-topics, camera, display-capture, encrypted-media, fullscreen, gamepad, "
    "geolocation, gyroscope, hid, identity-credentials-get, idle-detection, local-fonts, magnetometer, microphone, "
    "midi, payment, picture-in-picture, publickey-credentials-get, screen-wake-lock, serial, storage-access, usb, "
    "window-management, xr-spatial-tracking"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Not no-referrer: the CSRF check over HTTPS reads the referrer of our own pages.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _OFF.split(", ")),
}


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
    app.wsgi_app = _ConfiguredAddress(app.wsgi_app, settings.base_url)  # type: ignore[method-assign] # Flask's own way
    app.before_request(_refuse_other_sites)
    app.after_request(_add_headers)
    app.after_request(_compress)
    app.jinja_env.globals["inline"] = inline


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


def inline(element: str, text: str) -> Markup:
    """A "style" or "script" element that holds `text`, and this page's policy opened for exactly that text.

    For constants of the build only.
    """
    g.setdefault("inline", {})[f"{element}-src"] = f" 'sha256-{_digest(text)}'"
    return Markup(f"<{element}>{text}</{element}>")  # noqa: S704 - a constant of the build


@lru_cache
def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


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


class _ConfiguredAddress:
    """Host and scheme are those of PEJLING_BASE_URL, whatever a request's headers say."""

    def __init__(self, application: "WSGIApplication", base_url: str) -> None:
        self.application = application
        self.scheme, self.host = base_url.split("://")

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        environ["wsgi.url_scheme"], environ["HTTP_HOST"] = self.scheme, self.host
        return self.application(environ, start_response)


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


def _add_headers(response: Response) -> Response:
    response.headers.extend(_headers(desk.settings().https, *g.get("inline", {}).items()))
    if request.endpoint != "asset" or "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


@lru_cache
def _headers(https: bool, *opened: tuple[str, str]) -> list[tuple[str, str]]:
    policy = "; ".join(f"{name} {value}{dict(opened).get(name, '')}" for name, value in _POLICY.items())
    secure = [("Strict-Transport-Security", "max-age=63072000; includeSubDomains")] if https else []
    return [("Content-Security-Policy", policy), *_HEADERS.items(), *secure]


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
