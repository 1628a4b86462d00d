"""Choosing: which themes fit a grade, and which are held back because many already do it there.

Showing a class a majority teaches the wrong lesson, so a theme waits where a verified figure says that HELD_FROM per
cent or more of the grade do it, until somebody lifts it.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from app.domain.benchmark import Benchmark
from app.domain.lesson import MAX_POLLS
from app.domain.refusal import Reason, Refusal
from app.domain.theme import Audience, Care, Direction, Known, Theme

HELD_FROM = 40.0
_ORDER = tuple(Care)


@dataclass(frozen=True, slots=True)
class Offer:
    """A theme that a lesson may be given; `held` is the figure that holds it back, None where nothing does.

    `refused` says why the classroom may not be asked about it today, None where it may or nobody has looked.
    """

    theme: Theme
    held: Known | None
    refused: Reason | None = None


def offers(
    themes: Iterable[Theme],
    grade: int,
    benchmarks: Mapping[str, Benchmark],
    lifted: Set[tuple[str, int]],
    unused: Set[tuple[str, int]] = frozenset(),
    audience: Audience = Audience.PUPILS,
) -> tuple[Offer, ...]:
    """The themes of an audience for a grade, those to begin with first; `benchmarks` by theme.

    One goes free in a grade where (theme, grade) is in `lifted`, and is not offered where that is in `unused`.
    """
    asked = (theme for theme in themes if theme.audience is audience and grade in theme.grades)
    used = (theme for theme in asked if (theme.key, grade) not in unused)
    fit = sorted(used, key=lambda theme: _ORDER.index(theme.care))
    return tuple(
        Offer(theme, None if (theme.key, grade) in lifted else _held(theme, grade, benchmarks.get(theme.key)))
        for theme in fit
    )


def chosen(keys: Iterable[str], offered: Iterable[Offer]) -> tuple[Theme, ...]:
    """The themes of a lesson by their keys, in the order given.

    Raises Refusal(BAD_CHOICE, HELD_BACK, RELATED), or for the reason that an offer was refused for.
    """
    open_ = {offer.theme.key: offer for offer in offered}
    wanted = tuple(dict.fromkeys(keys))
    if not 1 <= len(wanted) <= MAX_POLLS or any(key not in open_ for key in wanted):
        raise Refusal(Reason.BAD_CHOICE)
    if any(open_[key].held for key in wanted):
        raise Refusal(Reason.HELD_BACK)
    if refused := [reason for key in wanted if (reason := open_[key].refused)]:
        raise Refusal(refused[0])
    themes = tuple(open_[key].theme for key in wanted)
    if len({theme.family for theme in themes}) != len(themes):
        raise Refusal(Reason.RELATED)
    return themes


def _held(theme: Theme, grade: int, benchmark: Benchmark | None) -> Known | None:
    if theme.direction is Direction.WANTED:
        return None
    figures = [known for known in theme.known if known.grade == grade]
    if benchmark is not None:
        figures.append(Known(grade, benchmark.share, benchmark.year, benchmark.source))
    return max((known for known in figures if known.share >= HELD_FROM), key=lambda known: known.year, default=None)
