"""What a ballot's page knows of its poll."""

from dataclasses import dataclass

from app.domain.poll import Poll
from app.domain.refusal import Reason, Refusal


@dataclass(frozen=True, slots=True)
class Slip:
    """What a ballot's page knows of its poll, and its form brings back, so that nothing need be looked up.

    No two votes have the same public key, so a slip of one that is over finds none.
    """

    poll: str
    size: int
    approval: bool
    public_key: bytes

    @classmethod
    def of(cls, poll: Poll, size: int | None) -> "Slip":
        """The slip of a poll in a group of `size`; Refusal(CLOSED) where it does not vote."""
        if poll.public_key is None or size is None:
            raise Refusal(Reason.CLOSED)
        return cls(poll.id, size, poll.approval, poll.public_key)

    def __str__(self) -> str:
        return f"{self.poll}.{self.size}.{self.approval:d}.{self.public_key.hex()}"

    @classmethod
    def parse(cls, text: str) -> "Slip":
        """The inverse of str(), for a text that is known to be ours."""
        poll, size, approval, public_key = text.split(".")
        return cls(poll, int(size), approval == "1", bytes.fromhex(public_key))
