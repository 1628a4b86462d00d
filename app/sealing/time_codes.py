"""The six digits of an authenticator app (TOTP, RFC 6238): each good once, with a step of grace to both sides."""

import re
from datetime import datetime

import pyotp

_STEP_SECONDS = 30
_SECRET = re.compile(r"[A-Z2-7]{32}")


def mint_secret() -> str:
    """A new secret, in the letters and digits that an app takes."""
    return pyotp.random_base32()


def is_secret(text: str) -> bool:
    """Whether a text has the form of a secret that is minted here."""
    return _SECRET.fullmatch(text) is not None


def address(secret: str, login: str) -> str:
    """The otpauth:// address that an app reads from a QR code."""
    return pyotp.TOTP(secret, name=login, issuer="Pejling").provisioning_uri()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, None for any other code, or where the secret is none that is minted here.

    A step used before must not be accepted again.
    """
    if not is_secret(secret):
        return None
    current, app = int(now.timestamp()) // _STEP_SECONDS, pyotp.TOTP(secret)
    digits = "".join(code.split())
    matching = [step for step in (current - 1, current, current + 1) if app.generate_otp(step) == digits]
    return matching[-1] if matching else None
