"""Close a poll: open the boxes in memory, store the bands, and leave nothing else."""

from app.domain.ballot import Ballot
from app.domain.lesson import Lesson
from app.domain.poll import Poll, PollState
from app.domain.refusal import Reason, Refusal
from app.domain.tally import Tally, count
from app.sealing import tokens, urn
from app.services.house import Work
from app.services.lead_lesson import lesson_of
from app.services.release_poll import release_poll
from app.store import lessons, polls, urns


def close_poll(work: Work, lesson_id: str, secret: str) -> None:
    """Close the poll that votes, with the link that opened it. Final: no late ballot, no reopening.

    Excludes casts by the poll's lock. A crash before the commit leaves the poll open, to be closed again. Closing when
    no poll votes and one is closed changes nothing. Raises Refusal: WRONG_STATE, OPENED_BY_OTHER_LINK, KEY_LOST.
    """
    lesson_of(work, lesson_id, secret)
    asked = polls.of_lesson(work.db, lesson_id)
    voting = next((poll for poll in asked if poll.state is PollState.VOTING), None)
    if voting is None:
        if any(poll.state is PollState.CLOSED for poll in asked):
            return
        raise Refusal(Reason.WRONG_STATE)
    if not lessons.is_opener(work.db, tokens.link_hash(secret)):
        raise Refusal(Reason.OPENED_BY_OTHER_LINK)
    poll = polls.lock(work.db, voting.id)
    if poll is None or poll.state is not PollState.VOTING or poll.ruler is None or poll.school_year is None:
        return  # another close was quicker, or the vote was taken back
    lesson = lesson_of(work, lesson_id, secret)  # as it stands now that its vote cannot be taken back
    release_poll(work, lesson, poll, _count(work, lesson, poll, secret), poll.ruler, poll.school_year)
    work.afterwards.extend((lambda: work.keys.remove_share(poll.id), work.checkpoint))


def _count(work: Work, lesson: Lesson, poll: Poll, secret: str) -> Tally:
    share = work.keys.share(poll.id)
    if share is None or lesson.size is None:
        raise Refusal(Reason.KEY_LOST)
    if urn.public_key(secret, share) != poll.public_key:
        raise Refusal(Reason.OPENED_BY_OTHER_LINK)
    plaintexts = urn.open_boxes(urns.boxes(work.db, poll.id), secret, share)
    return count(map(Ballot.from_bytes, plaintexts), lesson.size, approval=poll.approval)
