"""Cast one ballot: one seat, one ballot a poll, sealed before it is stored."""

from collections.abc import Mapping

from app.domain.ballot import Ballot
from app.domain.poll import PollState
from app.domain.refusal import Reason, Refusal
from app.sealing import tokens, urn
from app.services.house import Work
from app.store import polls, urns


def cast_ballot(work: Work, seat: str, theme: str, form: Mapping[str, str]) -> None:
    """Seal and store the ballot of the seat with token `seat`; a ballot cast again changes nothing.

    For House.casting(). When the work is over, the ballot counts once at the close; only then may it be acknowledged.
    Raises Refusal: NO_SEAT, NOT_OPEN, CLOSED, BAD_BALLOT, or KEY_MISSING when the poll could not be opened later.
    Nothing is spent then.
    """
    seat_hash = tokens.seat_hash(seat)
    found = polls.for_cast(work.db, seat_hash, theme)
    if found is None:
        raise Refusal(Reason.NO_SEAT)
    poll, size = found
    if poll.state is PollState.WAITING:
        raise Refusal(Reason.NOT_OPEN)
    if poll.state is not PollState.VOTING or poll.public_key is None or size is None:
        raise Refusal(Reason.CLOSED)
    ballot = Ballot.from_form(form, size, approval=poll.approval)
    if not work.keys.has_share(poll.id):
        raise Refusal(Reason.KEY_MISSING)
    box = urn.seal(ballot.to_bytes(), poll.public_key)
    if not urns.cast(work.db, poll.id, poll.public_key, seat_hash, urn.mint_box_key(), box):
        raise Refusal(Reason.CLOSED)
