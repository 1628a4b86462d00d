"""Put the rows of the export together: sums, guesses and estimates of at least two classrooms, and nothing finer."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.benchmark import Benchmark, Season
from app.domain.comparison import Conditions, Mark, mark_beside
from app.domain.estimate import Shown, estimate
from app.domain.export_row import EVERY_SCHOOL, ExportRow, Scope
from app.domain.interval import Interval, percents
from app.domain.poll import Week
from app.domain.release import Ruler
from app.domain.theme import Measure
from app.domain.total import MIN_CLASSROOMS, Total
from app.services.house import Work
from app.services.put_together import Together, asked_alike, blocks_of, put_together
from app.store import benchmarks, old_years, released
from app.store.released import AskedAlike, Released

PAGE = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: those of a school year, theme or grade, or of all where None."""

    year: int | None = None
    theme: str | None = None
    grade: int | None = None


@dataclass(frozen=True, slots=True)
class ExportPage:
    """One page of PAGE rows, and how many rows there are in all."""

    rows: tuple[ExportRow, ...]
    total: int
    number: int


def export_rows(work: Work, wanted: Wanted = Wanted()) -> tuple[ExportRow, ...]:
    """Every row, by school year, area, grade, theme, edition and wave; in a constant number of queries.

    No row holds fewer than MIN_CLASSROOMS classrooms, nor does a guess in it, nor does what one row has more than
    another, now or later. Classrooms that answered in the other
    half of the school year than most are left out, as when they are compared. No two rows have the same seven first
    fields: purge leaves no classroom of a school year that it has merged.
    """
    return _finished(work, _drafts(work, wanted))


def export_page(work: Work, wanted: Wanted, number: int) -> ExportPage:
    """The same rows, page by page from 1; a page after the last one is empty."""
    drafts = _drafts(work, wanted)
    return ExportPage(_finished(work, drafts[(number - 1) * PAGE : number * PAGE]), len(drafts), number)


class _Key(NamedTuple):
    """What the classrooms of a row have in common, in the order of the rows."""

    school_year: int
    area_kind: Scope
    area: str
    grade: int
    theme: str
    edition: int
    wave: int


@dataclass(frozen=True, slots=True)
class _Draft:
    """A row before what takes time; `bands` are what an estimate is made of."""

    key: _Key
    weeks: tuple[Week, Week] | None
    season: Season | None
    own: Total
    others: Interval | None
    mates: Interval | None
    bands: tuple[Shown, ...] = ()


def _drafts(work: Work, wanted: Wanted) -> list[_Draft]:
    found = released.of_pupils(work.db, year=wanted.year, theme=wanted.theme, grade=wanted.grade)
    merged = old_years.totals_of_pupils(work.db, year=wanted.year, theme=wanted.theme, grade=wanted.grade)
    return sorted([*_of_classrooms(work, found), *_of_old_years(merged)], key=lambda draft: draft.key)


def _of_classrooms(work: Work, found: Sequence[Released]) -> list[_Draft]:
    drafts = list[_Draft]()
    for asked, rows in asked_alike(found).items():
        blocks = blocks_of(work, rows)
        for school in (None, *sorted({row.school for row in rows})):
            several = put_together(blocks, school)
            if several is not None:
                drafts.append(_draft(_key(asked, school), several))
    return drafts


def _key(asked: AskedAlike, school: str | None = None) -> _Key:
    area = (Scope.MUNICIPALITY, EVERY_SCHOOL) if school is None else (Scope.SCHOOL, school)
    return _Key(asked.school_year, *area, asked.grade, asked.theme, asked.edition, asked.wave)


def _draft(key: _Key, several: Together) -> _Draft:
    return _Draft(key, several.weeks, several.season, several.own, several.others, several.mates, several.bands)


def _of_old_years(merged: Sequence[tuple[old_years.Key, old_years.Sums]]) -> list[_Draft]:
    groups = defaultdict[_Key, dict[str, old_years.Sums]](dict)
    for old, sums in merged:
        asked = AskedAlike(old.school_year, old.grade, old.theme, old.edition, Ruler(old.ruler).wave)
        groups[_key(asked)][old.measure] = sums
    return [
        _Draft(
            key,
            weeks=None,
            season=None,
            own=Total(own.classrooms, own.n, own.band.low, own.band.high),
            others=_old_guess(measures.get(Measure.OTHERS)),
            mates=_old_guess(measures.get(Measure.MATES)),
        )
        for key, measures in groups.items()
        if (own := measures.get(Measure.OWN)) is not None and own.classrooms >= MIN_CLASSROOMS
    ]


def _old_guess(sums: old_years.Sums | None) -> Interval | None:
    if sums is None or sums.classrooms < MIN_CLASSROOMS:
        return None
    return Interval(sums.band.low / sums.n, sums.band.high / sums.n)


def _finished(work: Work, drafts: Sequence[_Draft]) -> tuple[ExportRow, ...]:
    published = benchmarks.newest_of_each(work.db)
    return tuple(_row(work, draft, published) for draft in drafts)


def _row(work: Work, draft: _Draft, published: benchmarks.ByGrade) -> ExportRow:
    key, weeks, own = draft.key, draft.weeks, draft.own
    benchmark = published.get((key.theme, key.edition, key.grade))
    others, mates = _percents(draft.others), _percents(draft.mates)
    estimated = _percents(estimate(draft.bands) if draft.bands else None)
    return ExportRow(
        **key._asdict(),
        week_first=str(weeks[0]) if weeks else None,
        week_last=str(weeks[1]) if weeks else None,
        n=own.n,
        classrooms=own.classrooms,
        own_lower=own.low,
        own_upper=own.high,
        others_lower=others[0],
        others_upper=others[1],
        mates_lower=mates[0],
        mates_upper=mates[1],
        estimate_low=estimated[0],
        estimate_high=estimated[1],
        benchmark_share=benchmark.share if benchmark else None,
        benchmark_year=benchmark.year if benchmark else None,
        mark=_mark(work, draft, benchmark) if benchmark else None,
    )


def _mark(work: Work, draft: _Draft, benchmark: Benchmark) -> Mark:
    """How comparable a row is with the published figure for its theme, edition and grade."""
    key, theme = draft.key, work.themes.get(draft.key.theme)
    # An edition that is no longer among the themes asked about a time that nobody can look up any more.
    window = theme.window if theme is not None and theme.edition == key.edition else None
    ours = Conditions(key.theme, str(key.edition), window, key.grade, draft.season)
    return mark_beside(ours, benchmark)


def _percents(interval: Interval | None) -> tuple[int, int] | tuple[None, None]:
    """Nothing finer: a decimal of a guess would say how many pupils it is of, and so of which classrooms."""
    return (None, None) if interval is None else percents(interval)
