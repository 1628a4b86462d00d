"""The shelf of what classrooms released, whole school years at a time: for comparing and for export."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Row, select

from app.domain.benchmark import Season
from app.domain.estimate import Asked, Shown
from app.domain.poll import Week
from app.domain.release import Band, Figure, Ruler, Suppressed, Why
from app.domain.theme import Audience, Measure
from app.store.database import Transaction
from app.store.tables import classroom, figure, lesson, poll, release, school


class AskedAlike(NamedTuple):
    """What releases have in common that may be put together."""

    school_year: int
    grade: int
    theme: str
    edition: int
    wave: int


@dataclass(frozen=True, slots=True)
class Released:
    """One release of one classroom; `n` is None where there were too few ballots, `size` where nobody has said it."""

    school: str
    classroom_id: str
    classroom: str
    size: int | None
    grade: int
    school_year: int
    theme: str
    edition: int
    ruler: Ruler
    week: Week
    n: int | None
    figures: Mapping[Measure, Figure]

    def band(self, measure: Measure) -> Band | None:
        """The band of a measure, None where it is suppressed or was not asked about."""
        found = self.figures.get(measure)
        return found if isinstance(found, Band) else None

    def shown(self, measure: Measure) -> Shown | None:
        """The band of a measure with what was asked and of how many, as estimates need it; None without a band."""
        band = self.band(measure)
        if band is None or self.n is None:
            return None
        return Shown(Asked(self.theme, self.edition, self.grade, self.ruler.wave, self.ruler), self.n, band)

    @property
    def asked_alike(self) -> AskedAlike:
        """What it has in common with those that it may be put together with."""
        return AskedAlike(self.school_year, self.grade, self.theme, self.edition, self.ruler.wave)

    @property
    def season(self) -> Season:
        """The half of the school year that it fell in."""
        return Season.AUTUMN if self.week.year == self.school_year else Season.SPRING


_JOINED = release.join(poll, poll.c.id == release.c.poll_id).join(lesson).join(classroom).join(school)
_ROWS = (
    select(
        poll.c.id,
        school.c.name.label("school"),
        classroom.c.id.label("classroom_id"),
        classroom.c.name.label("classroom"),
        *classroom.c["size", "grade", "school_year"],
        *poll.c["theme", "edition", "ruler"],
        *release.c["week", "n"],
    )
    .select_from(_JOINED)
    .order_by(
        school.c.name, classroom.c.grade, classroom.c.name, *poll.c["theme", "ruler"], *release.c["week", "poll_id"]
    )
)
_FIGURES = select(figure).select_from(figure.join(_JOINED, figure.c.poll_id == release.c.poll_id))


def of_pupils(
    transaction: Transaction,
    *,
    year: int | None = None,
    theme: str | None = None,
    grade: int | None = None,
    school_name: str | None = None,
) -> list[Released]:
    """The releases of pupils' answers that fit, by school, grade, classroom, theme and wave; in two queries."""
    wanted = {classroom.c.school_year: year, poll.c.theme: theme, classroom.c.grade: grade, school.c.name: school_name}
    fits = [column == value for column, value in wanted.items() if value is not None]
    shown: dict[str, dict[Measure, Figure]] = {}
    for row in transaction.execute(_FIGURES.where(lesson.c.audience == Audience.PUPILS, *fits)):
        value = Band(row.low, row.high) if row.suppressed is None else Suppressed(Why(row.suppressed))
        shown.setdefault(row.poll_id, {})[Measure(row.measure)] = value
    rows = transaction.execute(_ROWS.where(lesson.c.audience == Audience.PUPILS, *fits))
    return [_released(row, shown.get(row.id, {})) for row in rows]


def _released(row: Row[Any], figures: dict[Measure, Figure]) -> Released:
    return Released(
        school=row.school,
        classroom_id=row.classroom_id,
        classroom=row.classroom,
        size=row.size,
        grade=row.grade,
        school_year=row.school_year,
        theme=row.theme,
        edition=row.edition,
        ruler=Ruler(row.ruler),
        week=Week.parse(row.week),
        n=row.n,
        figures=figures,
    )


def subjects(transaction: Transaction) -> list[tuple[int, str, int]]:
    """Every (school year, theme, grade) that something was released of, newest year first."""
    query = select(classroom.c.school_year, poll.c.theme, classroom.c.grade).select_from(_JOINED)
    query = query.where(lesson.c.audience == Audience.PUPILS).distinct()
    rows = transaction.execute(query.order_by(classroom.c.school_year.desc(), classroom.c.grade, poll.c.theme))
    return [(row.school_year, row.theme, row.grade) for row in rows]


def schools(transaction: Transaction, year: int, theme: str, grade: int) -> list[str]:
    """The names of the schools that released something of a subject, in their order."""
    query = select(school.c.name).select_from(_JOINED).where(lesson.c.audience == Audience.PUPILS)
    query = query.where(classroom.c.school_year == year, poll.c.theme == theme, classroom.c.grade == grade)
    return list(transaction.scalars(query.distinct().order_by(school.c.name)))


def with_too_few(transaction: Transaction, year: int) -> list[tuple[str, str]]:
    """School and name of every classroom of a school year that had too few answers in some lesson, in their order."""
    query = select(school.c.name, classroom.c.name.label("classroom")).select_from(_JOINED)
    query = query.where(lesson.c.audience == Audience.PUPILS, classroom.c.school_year == year, release.c.n.is_(None))
    return [
        (row.name, row.classroom) for row in transaction.execute(query.distinct().order_by(*query.selected_columns))
    ]
