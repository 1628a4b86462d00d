"""The shelf of benchmarks: published figures to hold beside a class."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, case, delete, func, insert, or_, select

from app.domain.benchmark import AreaKind, Benchmark, Key, Record, Season
from app.domain.theme import Theme, Window
from app.store.database import Transaction
from app.store.tables import benchmark

# A school's figure is never held beside another school.
_NOT_A_SCHOOL = benchmark.c.kind != AreaKind.SCHOOL
_NEWEST_FIRST = (
    benchmark.c.year.desc(),
    case((benchmark.c.kind == AreaKind.MUNICIPALITY, 0), else_=1),
    benchmark.c.area,
)
ByGrade = Mapping[tuple[str, int, int], Benchmark]  # by theme, edition and grade


def put(transaction: Transaction, records: Iterable[Record], replaced: Iterable[Key] = ()) -> None:
    """Store records, in the place of those with the keys `replaced`."""
    keys = [{f"old_{name}": value for name, value in key._asdict().items()} for key in replaced]
    rows = [_cells(record) for record in records]
    if keys:
        is_old = and_(*(benchmark.c[name] == bindparam(f"old_{name}") for name in Key._fields))
        transaction.execute(delete(benchmark).where(is_old), keys)
    if rows:
        transaction.execute(insert(benchmark), rows)


def remove(transaction: Transaction, key: Key) -> bool:
    """Remove the record with a key; whether there was one."""
    return bool(transaction.execute(delete(benchmark).filter_by(**key._asdict())).rowcount)


def all_(transaction: Transaction) -> dict[Key, Record]:
    """Every record by its key."""
    return {record.key: record for record in map(_record, transaction.execute(select(benchmark)))}


def by_key(transaction: Transaction, key: Key) -> Record | None:
    """The record with a key."""
    row = transaction.execute(select(benchmark).filter_by(**key._asdict())).first()
    return None if row is None else _record(row)


def listed(transaction: Transaction, search: str, themes: Iterable[str], skip: int, most: int) -> list[Record]:
    """The records on one of `themes` or with `search` in area or source, by theme, grade and area, newest first."""
    query = select(benchmark).where(_found(search, themes))
    place = (benchmark.c.area, benchmark.c.kind)
    query = query.order_by(benchmark.c.theme, benchmark.c.grade, *place, benchmark.c.year.desc())
    return [_record(row) for row in transaction.execute(query.offset(skip).limit(most))]


def count(transaction: Transaction, search: str, themes: Iterable[str]) -> int:
    """How many listed() would find in all."""
    return transaction.execute(select(func.count()).select_from(benchmark).where(_found(search, themes))).scalar_one()


def newest(transaction: Transaction, theme: Theme, grade: int) -> Benchmark | None:
    """The newest verified figure of municipality or country, asked as the theme's edition asks, in a grade."""
    same = (benchmark.c.theme == theme.key, benchmark.c.edition == theme.edition, benchmark.c.window == theme.window)
    query = select(benchmark).where(*same, benchmark.c.grade == grade, benchmark.c.verified, _NOT_A_SCHOOL)
    row = transaction.execute(query.order_by(*_NEWEST_FIRST).limit(1)).first()
    return None if row is None else _record(row).figure


def newest_of_all(transaction: Transaction, themes: Iterable[Theme], grade: int) -> Mapping[str, Benchmark]:
    """By theme the newest verified figure of municipality or country over the theme's time, in whatever words."""
    windows = [and_(benchmark.c.theme == theme.key, benchmark.c.window == theme.window) for theme in themes]
    query = select(benchmark).where(or_(*windows), benchmark.c.grade == grade, benchmark.c.verified, _NOT_A_SCHOOL)
    found: dict[str, Benchmark] = {}
    for record in map(_record, transaction.execute(query.order_by(*_NEWEST_FIRST))):
        found.setdefault(record.theme, record.figure)
    return found


def newest_of_each(transaction: Transaction) -> ByGrade:
    """The newest verified figure of municipality or country for every theme, edition and grade that has one."""
    query = select(benchmark).where(benchmark.c.edition.is_not(None), benchmark.c.verified, _NOT_A_SCHOOL)
    found: dict[tuple[str, int, int], Benchmark] = {}
    for record in map(_record, transaction.execute(query.order_by(*_NEWEST_FIRST))):
        if record.edition is not None:
            found.setdefault((record.theme, record.edition, record.figure.grade), record.figure)
    return found


def _found(search: str, themes: Iterable[str]) -> ColumnElement[bool]:
    places = (benchmark.c.area, benchmark.c.source, benchmark.c.wording)
    return or_(benchmark.c.theme.in_(list(themes)), *(place.icontains(search, autoescape=True) for place in places))


def _cells(record: Record) -> dict[str, Any]:
    figure = record.figure
    return {
        **record.key._asdict(),
        "edition": record.edition,
        "wording": record.wording,
        "window": record.window,
        "season": figure.season or "",
        "share": figure.share,
        "n": figure.n,
        "source": figure.source,
        "verified": record.verified,
    }


def _record(row: Row[Any]) -> Record:
    kind, season = AreaKind(row.kind), Season(row.season) if row.season else None
    figure = Benchmark(row.area, row.grade, row.year, row.share, row.n, row.source, kind, season)
    window = None if row.window is None else Window(row.window)
    return Record(row.theme, row.edition, window, row.wording, figure, row.verified)
