"""Passwords of staff: stored as Argon2id hashes, and checked in the same time whether there is an account or not."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()
# Of a password that nobody has: what is checked where there is no account takes as long as where there is one.
_NOBODYS = _HASHER.hash("a password of nobody")


def hash_password(password: str) -> str:
    """What is stored of a password."""
    return _HASHER.hash(password)


def verify(password: str, stored: str | None) -> bool:
    """Whether a password is the stored one; never where there is none."""
    try:
        _HASHER.verify(stored or _NOBODYS, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None
