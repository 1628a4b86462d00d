"""Which bands may be put together for whoever may see no classroom alone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from app.domain.poll import Week
from app.domain.theme import Measure
from app.domain.total import Block, settled, together
from app.services.house import Work
from app.store.released import Released


def blocks_of(work: Work, rows: Sequence[Released], measure: Measure) -> list[Block[Released]]:
    """Classrooms that were asked the same, by their bands of a measure; each measure for itself, since not every class
    has every band."""
    with_band = [(row.week, row.school, row) for row in rows if row.band(measure) is not None]
    return settled(with_band, Week.of(work.now.date()))


def without_loners(work: Work, rows: Sequence[Released]) -> list[Released]:
    """The same releases without the bands that are in no block."""
    alike = defaultdict[tuple[int, int, str, int, int], list[Released]](list)
    for row in rows:
        alike[row.asked_alike].append(row)
    kept = set[tuple[int, Measure]]()
    for same in alike.values():
        for measure in Measure:
            kept |= {(id(row), measure) for row in together(blocks_of(work, same, measure))}
    return [
        replace(row, figures={each: shown for each, shown in row.figures.items() if (id(row), each) in kept})
        for row in rows
    ]
