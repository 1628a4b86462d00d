"""The shelf of benchmarks: published figures to hold beside a class."""

from collections.abc import Mapping

from sqlalchemy import delete, select

from app.domain.benchmark import Benchmark
from app.domain.theme import Theme
from app.store.database import Transaction
from app.store.tables import benchmark

ByGrade = Mapping[tuple[str, int, int], Benchmark]  # by theme, edition and grade


def put(transaction: Transaction, theme: Theme, figure: Benchmark, *, verified: bool) -> None:
    """Store a figure in the place of an older one with the same theme, area, grade and year."""
    key = {"theme": theme.key, "area": figure.area, "grade": figure.grade, "year": figure.year}
    transaction.execute(delete(benchmark).filter_by(**key))
    transaction.execute(
        benchmark.insert().values(
            **key, edition=theme.edition, share=figure.share, n=figure.n, source=figure.source, verified=verified
        )
    )


def newest(transaction: Transaction, theme: Theme, grade: int) -> Benchmark | None:
    """The newest verified figure for a theme's edition in a grade."""
    query = (
        select(benchmark)
        .where(benchmark.c.theme == theme.key, benchmark.c.edition == theme.edition)
        .where(benchmark.c.grade == grade, benchmark.c.verified)
        .order_by(benchmark.c.year.desc(), benchmark.c.area)
        .limit(1)
    )
    row = transaction.execute(query).first()
    return None if row is None else Benchmark(row.area, row.grade, row.year, row.share, row.n, row.source)


def newest_of_each(transaction: Transaction) -> ByGrade:
    """The newest verified figure for every theme, edition and grade that has one."""
    query = select(benchmark).where(benchmark.c.verified).order_by(benchmark.c.year.desc(), benchmark.c.area)
    found: dict[tuple[str, int, int], Benchmark] = {}
    for row in transaction.execute(query):
        figure = Benchmark(row.area, row.grade, row.year, row.share, row.n, row.source)
        found.setdefault((row.theme, row.edition, row.grade), figure)
    return found
