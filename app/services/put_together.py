"""Put together what whoever may see no classroom alone sees of several: for the export and for the note."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.benchmark import Season
from app.domain.estimate import Shown, mean_guess
from app.domain.interval import Interval
from app.domain.poll import Week
from app.domain.theme import GUESSES, Measure
from app.domain.total import MIN_CLASSROOMS, Block, Total, settled, together, total
from app.services.house import Work
from app.store.released import AskedAlike, Released

Blocks = Mapping[Measure, Sequence[Block[Released]]]


@dataclass(frozen=True, slots=True)
class Together:
    """What at least two classrooms that were asked the same show together, in the half of the school year in which
    most of them answered: each measure of all its blocks. `bands` are the own ones, what an estimate is made of."""

    season: Season
    weeks: tuple[Week, Week]
    own: Total
    bands: tuple[Shown, ...]
    others: Interval | None
    mates: Interval | None


def asked_alike(rows: Iterable[Released]) -> dict[AskedAlike, list[Released]]:
    """The releases by what those have in common that may be put together."""
    groups = defaultdict[AskedAlike, list[Released]](list)
    for row in rows:
        groups[row.asked_alike].append(row)
    return groups


def blocks_of(work: Work, rows: Sequence[Released]) -> Blocks:
    """Classrooms that were asked the same, in the blocks of each measure: not every class has every band."""
    return {measure: _blocks(work, rows, measure) for measure in (Measure.OWN, *GUESSES)}


def usual_season(rows: Iterable[Released]) -> Season:
    """The half of the year in which most were asked, of as many the autumn.

    A class that first answered half a year after the others is not put together with them.
    """
    return max(Season, key=[row.season for row in rows].count)


def put_together(blocks: Blocks, school: str | None = None) -> Together | None:
    """The blocks of a school or, where None, all of them; None where there is no block of own answers.

    A guess is of its own blocks, whether or not their classrooms have an own answer: what blocks of two measures have
    in common may be one classroom.
    """
    found = {measure: _in(school, each) for measure, each in blocks.items()}
    season = usual_season(found[Measure.OWN])  # no block is of both
    rows = {measure: [row for row in each if row.season is season] for measure, each in found.items()}
    bands = {measure: _bands(each, measure) for measure, each in rows.items()}
    own = total((each.n, each.band) for each in bands[Measure.OWN])
    if own is None:
        return None
    weeks = [row.week for row in rows[Measure.OWN]]
    others, mates = (_guess(bands[measure]) for measure in GUESSES)
    return Together(season, (min(weeks), max(weeks)), own, bands[Measure.OWN], others, mates)


def _blocks(work: Work, rows: Sequence[Released], measure: Measure) -> list[Block[Released]]:
    with_band = [(row.week, row.school, row) for row in rows if row.band(measure) is not None]
    return settled(with_band, Week.of(work.now.date()))


def _in(school: str | None, blocks: Sequence[Block[Released]]) -> list[Released]:
    return together(block for block in blocks if school in (None, block.school))


def _bands(rows: Sequence[Released], measure: Measure) -> tuple[Shown, ...]:
    return tuple(shown for row in rows if (shown := row.shown(measure)) is not None)


def _guess(bands: Sequence[Shown]) -> Interval | None:
    return mean_guess(bands) if len(bands) >= MIN_CLASSROOMS else None
