"""Sweep: lapse the polls nobody closed, end the lessons nobody ended, remove the shares that serve nothing."""

from app.domain.account import IDLE_MINUTES
from app.domain.poll import PollState
from app.services.house import House, Work
from app.services.lead_lesson import finish
from app.store import accounts, handouts, lessons, polls, urns

SHARE_REST_SECONDS = 600


def sweep(house: House) -> int:
    """Do what is due; at start and each minute. Each poll and lesson in a transaction of its own.

    Says how many polls it lapsed.
    """
    with house.reading() as work:
        due_polls, due_lessons = polls.due(work.db, work.hour), lessons.due(work.db, work.hour)
    lapsed = sum([_lapse(house, poll_id) for poll_id in due_polls])
    for lesson_id in due_lessons:
        with house.writing() as work:
            _end(work, lesson_id)
    with house.writing() as work:
        day = 24 * 60
        handouts.remove_ended(work.db, work.hour)
        accounts.remove_outdated(work.db, work.minute - IDLE_MINUTES, work.hour, (work.minute - day) * 60)
    _remove_shares(house)
    house.database.checkpoint()
    return lapsed


def unknown_shares(house: House) -> list[str]:
    """Shares of polls that this database does not know: kept, and named in /readyz."""
    kept = list(house.keys.shares_older_than(0))
    with house.reading() as work:
        known = polls.states(work.db, kept)
    return sorted(poll for poll in kept if poll not in known)


def _lapse(house: House, poll_id: str) -> bool:
    with house.writing() as work:
        poll = polls.lock(work.db, poll_id)
        if poll is None or poll.state is not PollState.VOTING:
            return False
        urns.empty(work.db, poll_id)
        polls.finish(work.db, poll_id, PollState.LAPSED)
        work.afterwards.append(lambda: house.keys.remove_share(poll_id))
    return True


def _end(work: Work, lesson_id: str) -> None:
    """A lesson that has gone on meanwhile, or whose vote is open, is not over; the vote lapses first."""
    lesson = lessons.by_id(work.db, lesson_id, lock=True)
    voting = any(poll.state is PollState.VOTING for poll in polls.of_lesson(work.db, lesson_id))
    if lesson is not None and not voting and lesson_id in lessons.due(work.db, work.hour):
        finish(work, lesson_id)


def _remove_shares(house: House) -> None:
    rested = list(house.keys.shares_older_than(SHARE_REST_SECONDS))
    with house.reading() as work:
        known = polls.states(work.db, rested)
    for poll_id in rested:
        if known.get(poll_id) in (PollState.CLOSED, PollState.LAPSED):
            house.keys.remove_share(poll_id)
