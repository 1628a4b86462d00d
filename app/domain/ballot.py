"""A ballot: one pupil's answers to the three questions about one theme."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.refusal import Reason, Refusal

UNKNOWN = "unknown"
_NO_GUESS = 255
_FORMAT = 1
LENGTH = 4


class Own(StrEnum):
    """The pupil's own answer; a skipped one counts as a ballot and as no "yes"."""

    YES = "yes"
    NO = "no"
    SKIP = "skip"


_OWN = tuple(Own)


@dataclass(frozen=True, slots=True)
class Ballot:
    """Two guesses in whole pupils, 0 to the size of the group, or None for "ved ikke"; and the own answer."""

    others: int | None
    mates: int | None
    own: Own

    @classmethod
    def from_form(cls, form: Mapping[str, str], size: int) -> "Ballot":
        """Read the fields `others`, `mates` and `own`; raises Refusal(BAD_BALLOT) unless all three are in range."""
        try:
            own = Own(form.get("own", ""))
        except ValueError:
            raise Refusal(Reason.BAD_BALLOT) from None
        return cls(_guess(form.get("others", ""), size), _guess(form.get("mates", ""), size), own)

    def to_bytes(self) -> bytes:
        """The plaintext that is sealed: LENGTH bytes whatever the answers, so that its length tells nothing."""
        guesses = (_NO_GUESS if guess is None else guess for guess in (self.others, self.mates))
        return bytes((_FORMAT, *guesses, _OWN.index(self.own)))

    @classmethod
    def from_bytes(cls, plaintext: bytes) -> "Ballot":
        """The inverse of to_bytes; raises ValueError for anything that to_bytes cannot have written."""
        if len(plaintext) != LENGTH or plaintext[0] != _FORMAT or plaintext[3] >= len(_OWN):
            raise ValueError("not a ballot")
        others, mates = (None if byte == _NO_GUESS else byte for byte in plaintext[1:3])
        return cls(others, mates, _OWN[plaintext[3]])


def _guess(text: str, size: int) -> int | None:
    if text == UNKNOWN:
        return None
    if not re.fullmatch(r"[0-9]{1,3}", text) or int(text) > size:
        raise Refusal(Reason.BAD_BALLOT)
    return int(text)
