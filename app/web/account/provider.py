"""The provider that staff sign in with: all that Authlib does here, and whatever goes wrong there as two errors."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App
from requests import RequestException

from app.config import Oidc

TIMEOUT_SECONDS = 5
PATIENCE_SECONDS = 1
_KINDS = frozenset({
    "access_denied", "consent_required", "interaction_required", "invalid_client", "invalid_grant", "invalid_request",
    "invalid_scope", "login_required", "server_error", "temporarily_unavailable", "unauthorized_client",
    "unsupported_response_type",
})  # fmt: skip


class ProviderError(Exception):
    """The provider did not sign anybody in; the message is the kind of the error and holds nothing that was sent."""


class Unreachable(ProviderError):  # noqa: N818 - what is the matter with the provider
    """The provider does not answer, or another sign-in is waiting for it."""


class Distrusted(ProviderError):  # noqa: N818 - what is the matter with its answer
    """The provider says no, or what it says does not hold."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What a browser keeps from its way to the provider, and brings back."""

    state: str
    nonce: str
    verifier: str


class Provider:
    """One provider, known by its discovery document, which is fetched at first use and again after every error.

    Pupils are served by the same few threads, so one at a time talks to the provider; the others wait for
    PATIENCE_SECONDS at most.
    """

    def __init__(self, oidc: Oidc, back: str) -> None:
        self._oidc, self._back = oidc, back
        self._lock = threading.Lock()
        self._known: Any = None

    def begin(self) -> tuple[str, Errand]:
        """The address at the provider to send a browser to, and what the browser keeps. Raises ProviderError."""
        with self._talking() as client:
            made = client.create_authorization_url(self._back)
            return made["url"], Errand(made["state"], made["nonce"], made["code_verifier"])

    def finish(self, errand: Errand, code: str) -> Mapping[str, Any]:
        """The claims of the ID token that a code is exchanged for, checked: signature, issuer, audience, nonce, expiry.

        Raises ProviderError.
        """
        with self._talking() as client:
            token = client.fetch_access_token(self._back, code=code, code_verifier=errand.verifier)
            # Authlib alone would take the discovery document's word for the issuer, and a token for others whose `azp`
            # we are.
            demanded = {
                "iss": {"essential": True, "value": self._oidc.issuer},
                "aud": {"essential": True, "value": self._oidc.client},
            }
            claims = client.parse_id_token(token, errand.nonce, demanded, leeway=60)
            if claims is None:
                raise Distrusted("no ID token")
            return dict(claims)

    @contextmanager
    def _talking(self) -> Iterator[Any]:
        if not self._lock.acquire(timeout=PATIENCE_SECONDS):
            raise Unreachable("busy")
        try:
            self._known = self._known or self._discovered()
            yield self._known
        except Exception as error:  # another's answer can be wrong in any way, and none of them is a fault of ours
            self._known = None
            raise _named(error) from None
        finally:
            self._lock.release()

    def _discovered(self) -> Any:
        scope = "openid email" if self._oidc.login_claim == "email" else "openid profile email"
        client = FlaskOAuth2App(
            FlaskIntegration("oidc"),
            client_id=self._oidc.client,
            client_secret=self._oidc.secret,
            server_metadata_url=f"{self._oidc.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={"scope": scope, "code_challenge_method": "S256", "default_timeout": TIMEOUT_SECONDS},
        )
        found = client.load_server_metadata()
        if found.get("issuer") != self._oidc.issuer:
            raise Distrusted("the discovery document is another issuer's")
        safe = "http" if self._oidc.issuer.startswith("http://") else "https://"
        if not all(found[each].startswith(safe) for each in ("authorization_endpoint", "token_endpoint", "jwks_uri")):
            raise Distrusted("an endpoint without TLS")
        return client


def kind(code: object) -> str:
    """A code of an OAuth error that may be logged: one of the registered ones."""
    return code if isinstance(code, str) and code in _KINDS else "another error"


def _named(error: Exception) -> ProviderError:
    if isinstance(error, ProviderError):
        return error
    if isinstance(error, RequestException):
        return Unreachable(type(error).__name__)
    if isinstance(error, AuthlibBaseError):
        return Distrusted(f"{type(error).__name__}: {kind(error.error)}")
    return Distrusted(type(error).__name__)
