"""A second engine, independent of prove_worlds: who was there at which vote, and acts that imply one another.

Pupils of one group were at the same votes, so only the sum of their answers matters. Every division of the known
pupils among the groups and every sum of their answers is tried, so a target, a known and an absent pupil may coincide.
"""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from app.domain.disclosure import own_figure
from app.domain.release import Figure, Ruler

Answer = tuple[int, ...]
ONE_ACT: tuple[Answer, ...] = ((0,), (1,))
IMPLIED: tuple[Answer, ...] = ((0, 0), (1, 0), (1, 1))
GUARANTEE = ((4, 0), (2, 1))  # (others known, answer that must stay possible)


@dataclass(frozen=True)
class Vote:
    """One vote: which groups were there, on which ruler it is read, and about which act."""

    groups: tuple[int, ...]
    ruler: Ruler
    act: int = 0


@dataclass(frozen=True)
class Certain:
    """What makes an answer certain: what was shown, and what was known of each group (pupils, and their yes by act)."""

    shown: tuple[Figure | int, ...]
    group: int
    known: tuple[tuple[int, Answer], ...]
    impossible: int


Total = Callable[[tuple[int, ...]], int]


def broken(sizes: tuple[int, ...], answers: tuple[Answer, ...], votes: tuple[Vote, ...]) -> Certain | None:
    """The first case in which an answer that the guarantee keeps possible is impossible, None when there is none."""
    for act in range(len(answers[0])):
        for known, wanted in GUARANTEE:
            if found := certain(sizes, answers, votes, known, act, wanted):
                return found
    return None


def certain(
    sizes: tuple[int, ...],
    answers: tuple[Answer, ...],
    votes: tuple[Vote, ...],
    known: int,
    act: int,
    wanted: int,
    total: Total | None = None,
) -> Certain | None:
    """The first case in which somebody asked about `act` cannot have answered `wanted`, to one who knows `known`.

    `total` is anything else that is shown, made from the yes counts of the votes.
    """
    ballots = [sum(sizes[group] for group in vote.groups) for vote in votes]

    @cache
    def shown(counts: tuple[int, ...]) -> tuple[Hashable, ...]:
        figures = (own_figure(t, n, vote.ruler) for vote, t, n in zip(votes, counts, ballots, strict=True))
        return (*figures, *((total(counts),) if total else ()))

    asked = {group for vote in votes if vote.act == act for group in vote.groups if sizes[group]}
    for target in sorted(asked):
        others = tuple(size - (group == target) for group, size in enumerate(sizes))
        for split in _splits(known, others):
            free = tuple(product(*(_sums(answers, n - k) for n, k in zip(others, split, strict=True))))
            for told in product(*(_sums(answers, k) for k in split)):
                views: dict[tuple[Hashable, ...], set[int]] = {}
                for answer, rest in product(answers, free):
                    counts = tuple(
                        sum(told[g][vote.act] + rest[g][vote.act] for g in vote.groups)
                        + (answer[vote.act] if target in vote.groups else 0)
                        for vote in votes
                    )
                    views.setdefault(shown(counts), set()).add(answer[act])
                for view, possible in views.items():
                    if wanted not in possible:
                        return Certain(view, target, tuple(zip(split, told, strict=True)), wanted)  # type: ignore[arg-type]
    return None


def _splits(known: int, others: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    most = min(known, sum(others))
    return (split for split in product(*(range(min(most, n) + 1) for n in others)) if sum(split) == most)


@cache
def _sums(answers: tuple[Answer, ...], pupils: int) -> tuple[Answer, ...]:
    """Every sum that the answers of so many pupils can make."""
    if pupils == 0:
        return ((0,) * len(answers[0]),)
    before = _sums(answers, pupils - 1)
    return tuple(sorted({tuple(a + b for a, b in zip(one, two, strict=True)) for one in before for two in answers}))
