"""The shelf of releases: what the board showed, and nothing finer."""

from sqlalchemy import select

from app.domain.poll import Week
from app.domain.release import Band, Figure, Release, Ruler, Suppressed, Why
from app.domain.theme import Audience, Measure
from app.store.database import Transaction
from app.store.tables import classroom, figure, lesson, poll, release


def add(transaction: Transaction, poll_id: str, released: Release, week: Week) -> None:
    """Store a release; a poll has one and it never changes."""
    transaction.execute(release.insert().values(poll_id=poll_id, n=released.n, week=str(week)))
    shown = sorted(released.figures.items())
    rows = [{"poll_id": poll_id, "measure": measure, **_columns(each)} for measure, each in shown]
    transaction.execute(figure.insert(), rows)


def of_poll(transaction: Transaction, poll_id: str) -> Release | None:
    """The release of a poll, None before it is closed."""
    query = select(release.c.n, poll.c.ruler).join(poll, poll.c.id == release.c.poll_id).where(poll.c.id == poll_id)
    row = transaction.execute(query).first()
    if row is None:
        return None
    figures = transaction.execute(select(figure).where(figure.c.poll_id == poll_id))
    return Release(row.n, Ruler(row.ruler), {Measure(each.measure): _figure(each) for each in figures})


def any_of_classroom(transaction: Transaction, classroom_id: str) -> bool:
    """Whether a classroom has a release."""
    query = select(release.c.poll_id).join(poll, poll.c.id == release.c.poll_id).join(lesson)
    return transaction.execute(query.where(lesson.c.classroom_id == classroom_id).limit(1)).first() is not None


def own_by_grade(
    transaction: Transaction, school_id: str, year: int
) -> dict[tuple[int, str, int], list[tuple[Week, str, tuple[int, Band]]]]:
    """The first releases of a school's classrooms in a school year, as week, school and (ballots, own band), by grade,
    theme and edition: a new wording is another question."""
    query = (
        select(classroom.c.grade, *poll.c["theme", "edition"], *release.c["week", "n"], *figure.c["low", "high"])
        .select_from(release.join(poll, poll.c.id == release.c.poll_id).join(lesson).join(classroom))
        .join(figure, figure.c.poll_id == release.c.poll_id)
        .where(classroom.c.school_id == school_id, classroom.c.school_year == year, poll.c.ruler == Ruler.A)
        .where(lesson.c.audience == Audience.PUPILS, figure.c.measure == Measure.OWN, figure.c.low.is_not(None))
    )
    found: dict[tuple[int, str, int], list[tuple[Week, str, tuple[int, Band]]]] = {}
    for row in transaction.execute(query):
        answered = Week.parse(row.week), school_id, (row.n, Band(row.low, row.high))
        found.setdefault((row.grade, row.theme, row.edition), []).append(answered)
    return found


def _columns(shown: Figure) -> dict[str, int | str | None]:
    if isinstance(shown, Suppressed):
        return {"low": None, "high": None, "suppressed": shown.reason.value}
    return {"low": shown.low, "high": shown.high, "suppressed": None}


def _figure(row: object) -> Figure:
    low, high, reason = row.low, row.high, row.suppressed  # type: ignore[attr-defined] # a Row of `figure`
    return Band(low, high) if reason is None else Suppressed(Why(reason))
