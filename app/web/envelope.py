"""Around the application: every request has the configured address, and every answer the same headers."""

import base64
import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flask import Flask, request
from markupsafe import Markup

from app.config import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FOR_EVER = "public, max-age=31536000, immutable"
_OPENED = "pejling.opened"
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


def install(app: Flask, settings: Settings) -> None:
    """Put the application into its envelope."""
    app.wsgi_app = _Envelope(app.wsgi_app, settings)  # type: ignore[method-assign] # Flask's own way
    app.jinja_env.globals["inline"] = inline


def inline(element: str, text: str) -> Markup:
    """A "style" or "script" element that holds `text`, and this page's policy opened for exactly that text.

    For constants of the build only.
    """
    opened()[f"{element}-src"] = f" 'sha256-{_digest(text)}'"
    return Markup(f"<{element}>{text}</{element}>")  # noqa: S704 - a constant of the build


def opened() -> dict[str, str]:
    """What this request's page has opened in its policy."""
    found: dict[str, str] = request.environ.setdefault(_OPENED, {})
    return found


class _Envelope:
    """Outside of Flask, so that nothing that goes wrong in it loses a header."""

    def __init__(self, application: "WSGIApplication", settings: Settings) -> None:
        self._application, self._https = application, settings.https
        self._scheme, self._host = settings.base_url.split("://")

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        # Whatever a request's headers say.
        environ["wsgi.url_scheme"], environ["HTTP_HOST"] = self._scheme, self._host

        def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            kept = [header for header in headers if header[0] != "Cache-Control" or header[1] == FOR_EVER]
            if ("Cache-Control", FOR_EVER) not in kept:
                kept.append(("Cache-Control", "no-store"))
            return start_response(status, kept + _headers(self._https, *environ.get(_OPENED, {}).items()), error)

        return self._application(environ, start)


@lru_cache
def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@lru_cache
def _headers(https: bool, *opened: tuple[str, str]) -> list[tuple[str, str]]:
    policy = "; ".join(f"{name} {value}{dict(opened).get(name, '')}" for name, value in _POLICY.items())
    secure = [("Strict-Transport-Security", "max-age=63072000; includeSubDomains")] if https else []
    return [("Content-Security-Policy", policy), *_HEADERS.items(), *secure]
