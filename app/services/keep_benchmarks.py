"""What a consultant does with published figures: take in a list, write one, remove one, look at them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.benchmark import Key, Record
from app.domain.benchmark_list import COLLECTION_REQUIRED, REQUIRED, BenchmarkList, Why, read_benchmarks
from app.domain.column import recognised
from app.domain.language import Translate
from app.domain.refusal import Reason, Refusal
from app.services.house import Work
from app.store import benchmarks
from app.store.spreadsheets import SpreadsheetError, Table, read_table

PAGE = 30


@dataclass(frozen=True, slots=True)
class BenchmarkPlan:
    """What taking in a list would do: the new figures, those that change, and how many stay as they are.

    `replaced` are the keys of those in whose place a changed one comes.
    """

    new: tuple[Record, ...]
    changed: tuple[Record, ...]
    replaced: tuple[Key, ...]
    same: int


@dataclass(frozen=True, slots=True)
class BenchmarkPage:
    """A page of figures, and how many there are in all."""

    records: tuple[Record, ...]
    total: int
    number: int
    search: str


def read_file(work: Work, content: bytes, name: str, t: Translate) -> BenchmarkList:
    """The figures of a CSV or XLSX file, in our own columns or a collection's; raises SpreadsheetError."""
    return read_benchmarks(((row.number, row.cells) for row in _table(content, name, t).rows), work.themes, t)


def read_form(work: Work, cells: Mapping[str, str], t: Translate) -> BenchmarkList:
    """The one figure of a form whose fields are called as the columns of a file."""
    return read_benchmarks([(1, cells)], work.themes, t)


def why_left_out(found: BenchmarkList) -> dict[Why, int]:
    """How many rows were left out, by the reason, those of the most first."""
    return dict(Counter(each.why for each in found.left_out).most_common())


def plan_import(work: Work, records: Sequence[Record]) -> BenchmarkPlan:
    """What take_in() would do; changes nothing. One query."""
    kept = benchmarks.all_(work.db)
    known = {key.known_as: record for key, record in kept.items()}
    new = tuple(record for record in records if record.key.known_as not in known)
    changed = tuple(record for record in records if known.get(record.key.known_as, record) != record)
    taken = {record.key.known_as for record in changed}
    replaced = tuple(key for key in kept if key.known_as in taken)
    return BenchmarkPlan(new, changed, replaced, len(records) - len(new) - len(changed))


def take_in(work: Work, records: Sequence[Record]) -> int:
    """Keep the figures of a list, each in the place of one of the same key; how many differ.

    All or nothing.
    """
    plan = plan_import(work, records)
    benchmarks.put(work.db, [*plan.new, *plan.changed], plan.replaced)
    return len(plan.new) + len(plan.changed)


def find(work: Work, key: Key) -> Record:
    """A figure; Refusal(NOT_YOURS) where there is none."""
    found = benchmarks.by_key(work.db, key)
    if found is None:
        raise Refusal(Reason.NOT_YOURS)
    return found


def remove(work: Work, key: Key) -> None:
    """Remove a figure; Refusal(NOT_YOURS) where there is none."""
    if not benchmarks.remove(work.db, key):
        raise Refusal(Reason.NOT_YOURS)


def list_benchmarks(work: Work, search: str, number: int) -> BenchmarkPage:
    """The figures whose theme, area, source or wording holds `search`. Two queries, however many there are."""
    wanted = search.strip()
    named = [
        theme.key
        for theme in work.themes.values()
        if any(recognised(wanted) in recognised(words.title) for words in theme.wordings.values())
    ]
    found = benchmarks.listed(work.db, wanted, named, (number - 1) * PAGE, PAGE)
    return BenchmarkPage(tuple(found), benchmarks.count(work.db, wanted, named), number, wanted)


def _table(content: bytes, name: str, t: Translate) -> Table:
    try:
        return read_table(content, name, REQUIRED, t)
    except SpreadsheetError as missing:
        try:
            return read_table(content, name, COLLECTION_REQUIRED, t)
        except SpreadsheetError:
            raise missing from None
