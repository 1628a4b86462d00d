"""A ballot: one pupil's answers to the questions about one theme."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.refusal import Reason, Refusal

UNKNOWN = "unknown"
_NO_GUESS = 255
_NOT_ASKED = 254
_FORMAT = 2
LENGTH = 6


class Own(StrEnum):
    """The pupil's own answer; a skipped one counts as a ballot and as no "yes"."""

    YES = "yes"
    NO = "no"
    SKIP = "skip"


_OWN = tuple(Own)


@dataclass(frozen=True, slots=True)
class Approval:
    """Whether one finds the act okay, and a guess about how many of one's mates do."""

    own: Own
    mates: int | None


@dataclass(frozen=True, slots=True)
class Ballot:
    """Two guesses in whole pupils, 0 to the size of the group, or None for "ved ikke"; the own answer; and the
    approval item, None where the poll does not ask about it."""

    others: int | None
    mates: int | None
    own: Own
    approval: Approval | None = None

    @classmethod
    def from_form(cls, form: Mapping[str, str], size: int, *, approval: bool = False) -> "Ballot":
        """Read the fields `others`, `mates`, `own`, and with `approval` also `approve` and `approve_mates`.

        A guess may also be typed in the field of the same name with `_number` behind it.

        Raises Refusal(BAD_BALLOT) unless all of them are in range, BAD_GUESS where it is a typed one that is not.
        """
        asked = Approval(_own(form, "approve"), _guess(form, "approve_mates", size)) if approval else None
        return cls(_guess(form, "others", size), _guess(form, "mates", size), _own(form, "own"), asked)

    def to_bytes(self) -> bytes:
        """The plaintext that is sealed: LENGTH bytes whatever the answers, so that its length tells nothing."""
        approval = bytes((_NOT_ASKED, _NOT_ASKED))
        if self.approval is not None:
            approval = bytes((_OWN.index(self.approval.own), _byte(self.approval.mates)))
        return bytes((_FORMAT, _byte(self.others), _byte(self.mates), _OWN.index(self.own))) + approval

    @classmethod
    def from_bytes(cls, plaintext: bytes) -> "Ballot":
        """The inverse of to_bytes; raises ValueError for anything that to_bytes cannot have written."""
        if len(plaintext) != LENGTH or plaintext[0] != _FORMAT:
            raise ValueError("not a ballot")
        others, mates, own, approve, approve_mates = plaintext[1:]
        asked = approve != _NOT_ASKED
        if own >= len(_OWN) or (asked and approve >= len(_OWN)) or asked is (approve_mates == _NOT_ASKED):
            raise ValueError("not a ballot")
        approval = Approval(_OWN[approve], _count(approve_mates)) if asked else None
        return cls(_count(others), _count(mates), _OWN[own], approval)


def _byte(guess: int | None) -> int:
    return _NO_GUESS if guess is None else guess


def _count(byte: int) -> int | None:
    return None if byte == _NO_GUESS else byte


def _own(form: Mapping[str, str], field: str) -> Own:
    try:
        return Own(form.get(field, ""))
    except ValueError:
        raise Refusal(Reason.BAD_BALLOT) from None


def _guess(form: Mapping[str, str], field: str, size: int) -> int | None:
    # A group too large for a grid has a field to type the number in, which counts where something stands in it.
    typed = form.get(f"{field}_number", "").strip()
    text = typed or form.get(field, "")
    if text == UNKNOWN:
        return None
    if not re.fullmatch(r"[0-9]{1,3}", text) or int(text) > size:
        raise Refusal(Reason.BAD_GUESS, size=size) if typed else Refusal(Reason.BAD_BALLOT)
    return int(text)
