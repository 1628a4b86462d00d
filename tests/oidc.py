"""Providers of OpenID Connect for tests: a real one as a process, and a forger that signs whatever it is told to."""

import base64
import hmac
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import RSAKey

MOCK = Path(sys.executable).parent / "oidc-provider-mock"
HOST = "127.0.0.1"


class RunningProvider:
    """The real provider: its issuer, and the people that it knows."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://{HOST}:{port}"

    def knows(self, subject: str, **claims: Any) -> None:
        """Somebody who can sign in there."""
        requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=10).raise_for_status()

    def press(self, address: str, subject: str, **form: str) -> str:
        """Fill in the form that the browser was sent to: the address that it is sent back to."""
        assert "Authorize Client" in requests.get(address, timeout=10).text
        answer = requests.post(address, data={"sub": subject, **form}, allow_redirects=False, timeout=10)
        return answer.headers["Location"]


@contextmanager
def running_provider(port: int) -> Iterator[RunningProvider]:
    """`oidc-provider-mock` as a process of its own, until the end."""
    provider = RunningProvider(port)
    command = [str(MOCK), "--port", str(port), "--host", HOST]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_until_ready(provider.issuer)
            yield provider
        finally:
            process.terminate()


def _wait_until_ready(issuer: str) -> None:
    for _ in range(300):
        try:
            requests.get(f"{issuer}/jwks", timeout=10).raise_for_status()
            return
        except requests.ConnectionError:
            time.sleep(0.1)
    pytest.fail("the provider did not come up")


class Forger:
    """A provider whose every answer a test decides: `metadata`, `claims`, `header` and `answer` replace what is right.

    It gives every code the same token, as a provider that never forgets one would.
    """

    def __init__(self, port: int, client: str) -> None:
        self.issuer, self.client = f"http://{HOST}:{port}", client
        self.key = RSAKey.generate_key(2048, {"kid": "one"}, private=True, auto_kid=False)
        self.metadata: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.signed_with: RSAKey | bytes = self.key
        self.answer: tuple[int, bytes] | None = None
        self.asked: list[str] = []
        self.form: dict[str, list[str]] = {}

    def token(self) -> dict[str, Any]:
        """What the token endpoint says; a claim of None is left out."""
        now = int(time.time())
        right = {"iss": self.issuer, "aud": self.client, "sub": "1", "iat": now, "exp": now + 60}
        claims = {name: value for name, value in {**right, **self.claims}.items() if value is not None}
        header = {"alg": "RS256", "kid": "one", **self.header}
        return {"access_token": "a", "token_type": "Bearer", "id_token": self._signed(header, claims)}

    def _signed(self, header: dict[str, Any], claims: dict[str, Any]) -> str:
        if isinstance(self.signed_with, RSAKey):
            return jwt.encode(header, claims, self.signed_with)
        # By hand: no library lends itself to a public key used as a secret, or to no signature at all.
        signed = b".".join(_url_safe(json.dumps(part).encode()) for part in (header, claims))
        mac = hmac.digest(self.signed_with, signed, "sha256") if self.signed_with else b""
        return b".".join((signed, _url_safe(mac))).decode()

    def said(self, path: str) -> dict[str, Any]:
        """What a path says."""
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/jwks",
                "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
                **self.metadata,
            }
        return {"keys": [self.key.as_dict(private=False)]} if path == "/jwks" else self.token()


def _url_safe(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")


@contextmanager
def running_forger(port: int, client: str) -> Iterator[Forger]:
    """A forger that listens, until the end."""
    forger = Forger(port, client)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            forger.asked.append(self.path)
            if self.command == "POST":
                forger.form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            status, body = forger.answer or (200, json.dumps(forger.said(self.path)).encode())
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - the name that http.server asks for

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer((HOST, port), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield forger
        server.shutdown()
        thread.join()
