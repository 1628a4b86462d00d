"""Random secrets, the hashes they are known by, and proofs that a form came from a page of ours."""

import base64
import hmac
import re
import secrets
from hashlib import blake2b

LINK_BYTES = 32
SEAT_BYTES = 18
DOOR_BYTES = 18  # the 144 bits of the QR link


def mint_link() -> str:
    """A teacher's link secret: 32 random bytes, as text for an address."""
    return secrets.token_urlsafe(LINK_BYTES)


def mint_seat() -> str:
    """A seat's token, for one device's cookie."""
    return secrets.token_urlsafe(SEAT_BYTES)


def is_seat(token: str) -> bool:
    """Whether a text has the form of a seat's token."""
    return re.fullmatch(r"[A-Za-z0-9_-]{24}", token) is not None


def mint_door() -> str:
    """The token of a QR link."""
    return secrets.token_urlsafe(DOOR_BYTES)


def is_door(token: str) -> bool:
    """Whether a text has the form of a QR link's token."""
    return is_seat(token)  # as many bytes, written the same way


def mint_code(length: int) -> str:
    """A join code of `length` digits."""
    return f"{secrets.randbelow(10**length):0{length}}"


def mint_id() -> str:
    """An identifier that tells nothing: no order, no count, no time."""
    return secrets.token_hex(8)


def digest(token: str, person: bytes) -> bytes:
    """The 32 bytes a token is stored as; `person` keeps the kinds of token apart."""
    return blake2b(token.encode(), digest_size=32, person=person).digest()


def link_hash(secret: str) -> bytes:
    """What the database knows of a teacher's link."""
    return digest(secret, b"pejling-link")


def seat_hash(token: str) -> bytes:
    """What the database knows of a seat."""
    return digest(token, b"pejling-seat")


def prove(secret_key: bytes, *parts: str | bytes) -> str:
    """A proof that this installation wrote `parts` into a form: a keyed hash, the same on every machine of it."""
    message = b"\0".join(part.encode() if isinstance(part, str) else part.hex().encode() for part in parts)
    mac = blake2b(message, digest_size=16, key=secret_key[:64], person=b"pejling-form").digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def proven(proof: str, secret_key: bytes, *parts: str | bytes) -> bool:
    """Whether `proof` is that of `parts`, compared in constant time."""
    return hmac.compare_digest(proof.encode(), prove(secret_key, *parts).encode())


def mint_session() -> str:
    """The token of a signed-in browser, and of a one-time link."""
    return secrets.token_urlsafe(LINK_BYTES)


def session_hash(token: str) -> bytes:
    """What the database knows of a signed-in browser."""
    return digest(token, b"pejling-session")


def invitation_hash(token: str) -> bytes:
    """What the database knows of a one-time link."""
    return digest(token, b"pejling-invite")


def attempt_hash(login: str, device: str) -> bytes:
    """Under what attempts to sign in are counted: by address and known device, readable as neither."""
    return digest(f"{login}\0{device}", b"pejling-attempt")


def mint_api_token() -> str:
    """A token for another program; its beginning lets a leaked one be recognised as ours."""
    return f"pejling_{secrets.token_urlsafe(LINK_BYTES)}"


def api_token_hash(token: str) -> bytes:
    """What the database knows of such a token."""
    return digest(token, b"pejling-api")
