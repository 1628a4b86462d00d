"""Signing in with a provider: two plain links, one to it and one back. Registered only where one is configured."""

from collections.abc import Mapping
from dataclasses import asdict
from hmac import compare_digest
from typing import Any, cast

from flask import Blueprint, Flask, Response, current_app, redirect, request, session
from werkzeug.wrappers import Response as AnyResponse

from app.config import Oidc
from app.domain.account import Role
from app.domain.refusal import Refusal
from app.services.sign_in import sign_in_vouched
from app.web import desk
from app.web.access import anyone
from app.web.account.provider import Distrusted, Errand, Provider, ProviderError, Unreachable, kind
from app.web.account.views import begin_session, inside
from app.web.errors import ANSWERS, Answer, page

DOWN = Answer(503, "Tjenesten, som logger dig ind, svarer ikke. Prøv igen om lidt.")
FAILED = Answer(403, "Du blev ikke logget ind. Prøv igen.")
UNVERIFIED = Answer(
    403, "Din mailadresse er ikke bekræftet hos tjenesten, som logger dig ind. Bekræft den, og prøv igen."
)

oidc = Blueprint("oidc", __name__)


def install(app: Flask, configured: Oidc, base_url: str) -> None:
    """Give the application its provider and the two links. Nothing is fetched yet."""
    app.extensions["pejling.provider"] = Provider(configured, f"{base_url}/staff/oidc/back")
    app.register_blueprint(oidc)


@oidc.get("/staff/oidc")
@anyone
def there() -> AnyResponse:
    """Send the browser to the provider. A newer start takes the place of an older one."""
    try:
        address, errand = _provider().begin()
    except ProviderError as error:
        return _not_signed_in(error)
    session["oidc"] = {**asdict(errand), "to": inside(request.args.get("to", ""))}
    return redirect(address, 303)


@oidc.get("/staff/oidc/back")
@anyone
def back() -> AnyResponse:
    """Sign in whom the provider vouches for, if they were invited. A way back is gone once."""
    kept = session.pop("oidc", {"state": "", "to": ""})
    to, errand = kept.pop("to"), kept
    try:
        if not errand["state"] or not compare_digest(errand["state"].encode(), request.args.get("state", "").encode()):
            raise Distrusted("state")
        if "error" in request.args:
            raise Distrusted(kind(request.args["error"]))
        claims = _provider().finish(Errand(**errand), request.args.get("code", ""))
        login = _login(claims)
    except ProviderError as error:
        return _not_signed_in(error)
    if _unverified(claims):
        return _answer(UNVERIFIED)
    try:
        mine, token = desk.serve(sign_in_vouched, login, _roles(claims))
    except Refusal as refusal:
        return _answer(ANSWERS[refusal.reason])
    return begin_session(mine, token, to)


def _login(claims: Mapping[str, Any]) -> str:
    login = claims.get(_configured().login_claim)
    if not isinstance(login, str):
        raise Distrusted("no claim with the address")
    return login


def _unverified(claims: Mapping[str, Any]) -> bool:
    """Some providers write it as text. Those that do not say it answer for their addresses themselves."""
    return _configured().login_claim == "email" and claims.get("email_verified") in (False, "false", "False")


def _roles(claims: Mapping[str, Any]) -> frozenset[Role] | None:
    meant = _configured().roles
    if not meant:
        return None
    said = claims.get(_configured().role_claim)
    each = said if isinstance(said, list) else [said]
    return frozenset(role for name, role in meant if name in each)


def _not_signed_in(error: ProviderError) -> Response:
    current_app.logger.warning("not signed in by the provider: %s", error)
    return _answer(DOWN if isinstance(error, Unreachable) else FAILED)


def _answer(answer: Answer) -> Response:
    return page(answer, back="/staff/sign-in")


def _provider() -> Provider:
    return cast(Provider, current_app.extensions["pejling.provider"])


def _configured() -> Oidc:
    return cast(Oidc, desk.settings().oidc)
