"""The shelf of polls, and of what was released before."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, or_, select, update

from app.domain.poll import Poll, PollState, Run, Week
from app.domain.release import Ruler
from app.domain.theme import Audience, Theme
from app.store.database import Transaction
from app.store.tables import lesson, lesson_maker, poll, release

COLUMNS = (
    *poll.c["id", "lesson_id", "theme", "family", "state", "ruler", "school_year", "public_key", "paper", "approval"],
)
_POLL = select(*COLUMNS)
_OF_LESSON = _POLL.where(poll.c.lesson_id == bindparam("lesson")).order_by(poll.c.position)


def add(transaction: Transaction, poll_id: str, lesson_id: str, position: int, theme: Theme, *, approval: bool) -> None:
    """A new poll that waits for its turn; with `approval` it also asks whether the act is okay."""
    transaction.execute(
        poll.insert().values(
            id=poll_id,
            lesson_id=lesson_id,
            position=position,
            theme=theme.key,
            family=theme.family,
            edition=theme.edition,
            state=PollState.WAITING,
            approval=approval,
        )
    )


def remove_waiting(transaction: Transaction, lesson_id: str) -> None:
    """Remove a lesson's polls that nobody has opened."""
    waiting = poll.c.state == PollState.WAITING
    transaction.execute(delete(poll).where(poll.c.lesson_id == lesson_id, waiting))


def of_lesson(transaction: Transaction, lesson_id: str) -> tuple[Poll, ...]:
    """The polls of a lesson in the order they are asked."""
    rows = transaction.execute(_OF_LESSON, {"lesson": lesson_id})
    return tuple(poll_from(row) for row in rows)


def lock(transaction: Transaction, poll_id: str) -> Poll | None:
    """The poll, held alone: waits for the casts under way and lets none begin."""
    row = transaction.execute(_POLL.where(poll.c.id == poll_id).with_for_update()).first()
    return None if row is None else poll_from(row)


def start(
    transaction: Transaction, poll_id: str, *, ruler: Ruler, school_year: int, public_key: bytes, lapse_hour: int
) -> None:
    """Let the poll vote."""
    _change(
        transaction,
        poll_id,
        state=PollState.VOTING,
        ruler=ruler,
        school_year=school_year,
        public_key=public_key,
        lapse_hour=lapse_hour,
    )


def start_on_paper(transaction: Transaction, poll_id: str, *, ruler: Ruler, school_year: int) -> None:
    """What start() is to a poll whose answers are counted on paper: it has no urn, so no key and no hour."""
    _change(transaction, poll_id, ruler=ruler, school_year=school_year, paper=True)


def finish(transaction: Transaction, poll_id: str, state: PollState) -> None:
    """End the vote, closed or lapsed; its key and its hour go."""
    _change(transaction, poll_id, state=state, public_key=None, lapse_hour=None)


def wait_again(transaction: Transaction, poll_id: str, new_id: str) -> None:
    """Undo start() of a poll whose urn is empty; it goes on under `new_id`."""
    _change(
        transaction,
        poll_id,
        id=new_id,
        state=PollState.WAITING,
        ruler=None,
        school_year=None,
        public_key=None,
        lapse_hour=None,
    )


def due(transaction: Transaction, hour: int) -> Sequence[str]:
    """The polls that lapse at or before `hour`."""
    return transaction.scalars(select(poll.c.id).where(poll.c.lapse_hour <= hour)).all()


def voting(transaction: Transaction) -> Sequence[str]:
    """The polls that vote now."""
    return transaction.scalars(select(poll.c.id).where(poll.c.state == PollState.VOTING)).all()


def any_voting(transaction: Transaction, classroom_id: str) -> bool:
    """Whether a poll of a classroom votes now."""
    query = select(poll.c.id).join(lesson).where(lesson.c.classroom_id == classroom_id)
    return transaction.scalar(query.where(poll.c.state == PollState.VOTING).limit(1)) is not None


def states(transaction: Transaction, poll_ids: Sequence[str]) -> dict[str, PollState]:
    """The states of those polls that this database knows."""
    rows = transaction.execute(select(poll.c.id, poll.c.state).where(poll.c.id.in_(poll_ids)))
    return {row.id: PollState(row.state) for row in rows}


def runs(transaction: Transaction, classroom_id: str, audience: Audience, family: str, year: int) -> list[Run]:
    """The polls that count against a classroom's limits in one school year: those that vote, and those released."""
    counts = or_(poll.c.state == PollState.VOTING, and_(poll.c.state == PollState.CLOSED, release.c.n.is_not(None)))
    query = (
        select(poll.c.id, poll.c.lesson_id, poll.c.theme, poll.c.ruler, poll.c.paper, release.c.week)
        .join(lesson, poll.c.lesson_id == lesson.c.id)
        .outerjoin(release, release.c.poll_id == poll.c.id)
        .where(lesson.c.classroom_id == classroom_id, lesson.c.audience == audience)
        .where(poll.c.family == family, poll.c.school_year == year, counts)
    )
    return [
        Run(row.id, row.lesson_id, row.theme, Ruler(row.ruler), Week.parse(row.week) if row.week else None, row.paper)
        for row in transaction.execute(query)
    ]


def voting_first_by(transaction: Transaction, account_id: str, audience: Audience, family: str) -> int:
    """How many polls of a family vote for the first time now, in lessons that one person made."""
    query = (
        select(func.count())
        .select_from(poll.join(lesson).join(lesson_maker, lesson_maker.c.lesson_id == lesson.c.id))
        .where(lesson_maker.c.account_id == account_id, lesson.c.audience == audience)
        .where(poll.c.family == family, poll.c.state == PollState.VOTING, poll.c.ruler == Ruler.A)
    )
    return transaction.scalar(query) or 0


def _change(transaction: Transaction, poll_id: str, **values: Any) -> None:
    transaction.execute(update(poll).where(poll.c.id == poll_id).values(**values))


def poll_from(columns: Sequence[Any]) -> Poll:
    """The poll that a row's COLUMNS hold."""
    poll_id, lesson_id, theme, family, state, ruler, year, public_key, paper, approval = columns
    return Poll(
        *(poll_id, lesson_id, theme, family, PollState(state), Ruler(ruler) if ruler else None, year),
        *(public_key, bool(paper), bool(approval)),
    )
