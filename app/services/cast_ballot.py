"""Cast one ballot: one seat, one ballot a poll, sealed before it is stored."""

from collections.abc import Mapping

from app.domain.ballot import Ballot
from app.domain.poll import PollState
from app.domain.refusal import Reason, Refusal
from app.domain.slip import Slip
from app.sealing import tokens, urn
from app.services.house import Work
from app.store import polls, urns


def cast_ballot(work: Work, seat: str, slip: Slip, form: Mapping[str, str]) -> None:
    """Seal and store the ballot of the seat with token `seat`; a ballot cast again changes nothing.

    The slip must be one that was made for this seat. For House.casting(). When the work is over, the ballot counts once
    at the close; only then may it be acknowledged.
    Raises Refusal: BAD_BALLOT, BAD_GUESS, CLOSED, or KEY_MISSING when the poll could not be opened later. Nothing is
    spent then.
    """
    ballot = Ballot.from_form(form, slip.size, approval=slip.approval)
    can_be_opened = work.keys.has_share(slip.poll)
    if can_be_opened:
        box = urn.seal(ballot.to_bytes(), slip.public_key)
        if urns.cast(work.db, slip.poll, slip.public_key, tokens.seat_hash(seat), urn.mint_box_key(), box):
            return
    votes = polls.states(work.db, [slip.poll]).get(slip.poll) is PollState.VOTING
    raise Refusal(Reason.KEY_MISSING if votes and not can_be_opened else Reason.CLOSED)
