"""Worlds and what an adversary can tell apart in them: the engine of the proof.

A world says what everybody answered. An adversary sees what is shown and knows some others' answers. Worlds that look
the same to it form a group; an answer of the target is possible if some world of the group has it.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

from app.domain.release import Band, Suppressed

Seen = Hashable
# What is shown of t yes among n ballots in the first, second, ... release.
Shows = tuple[Callable[[int, int], Seen], ...]


@dataclass(frozen=True)
class Breach:
    """A group of worlds in which the target's answer is certain."""

    what: str


@dataclass(frozen=True)
class Scene:
    """Who is there: n ballots at first; in the later releases the same pupils, or one fewer, or one more."""

    n: int
    known: int
    later: int  # -1: the mover has left, 0: nobody moved, 1: the mover is new
    target_moves: bool = False
    mover_known: bool = False

    def __str__(self) -> str:
        who = "the pupil in question" if self.target_moves else "another pupil"
        moved = {-1: f", {who} is away the next time", 0: "", 1: f", {who} is new the next time"}[self.later]
        return f"{self.n} answers, {self.known} others known{moved}"


def scenes(n: int, known: int, releases: int) -> Iterator[Scene]:
    """Every way in which the target, the known and the one who moves can be the same or different pupils."""
    yield Scene(n, known, 0)
    if releases > 1:
        for later in (-1, 1):
            yield Scene(n, known, later, target_moves=True)
            yield Scene(n, known, later)
            yield Scene(n, known, later, mover_known=True)


def breach(scene: Scene, shows: Shows, wanted: int) -> Breach | None:
    """The first group in which the target cannot have answered `wanted` (1 yes, 0 no); None when there is none."""
    groups: dict[tuple[tuple[Seen, ...], int, int | None], set[int]] = {}
    for target, seen in _worlds(scene, shows):
        groups.setdefault(seen, set()).add(target)
    for (shown, known_yes, _), possible in groups.items():
        if wanted not in possible:
            told = f"shown {', then '.join(map(aloud, shown))}, {known_yes} of the known said yes"
            return Breach(f"{scene}; {told}: the answer is surely {'no' if wanted else 'yes'}")
    return None


def aloud(seen: Seen) -> str:
    """Something shown, as a person would say it."""
    if isinstance(seen, Band):
        return f"{seen.low} to {seen.high}"
    return str(seen.reason) if isinstance(seen, Suppressed) else str(seen)


def _worlds(scene: Scene, shows: Shows) -> Iterator[tuple[int, tuple[tuple[Seen, ...], int, int | None]]]:
    """Each world as the target's answer and all that the adversary sees and knows, answers of like pupils counted."""
    moves = scene.later != 0
    apart = moves and not scene.target_moves
    # Who is there the first time, apart from the target and the mover: those two are counted by themselves below.
    others = scene.n - (not (scene.target_moves and scene.later == 1)) - (apart and scene.later == -1)
    known = scene.known - (1 if scene.mover_known else 0)
    for target, mover in product((0, 1), (0, 1) if apart else (None,)):
        moving = target if scene.target_moves else mover or 0
        for known_yes, rest_yes in product(range(known + 1), range(others - known + 1)):
            standing = known_yes + rest_yes + (0 if scene.target_moves else target)
            first = standing + (moving if scene.later == -1 else 0)
            then = standing + (moving if scene.later == 1 else 0)
            counts = ((first, scene.n), *((then, scene.n + scene.later) for _ in shows[1:]))
            seen = tuple(show(t, n) for show, (t, n) in zip(shows, counts, strict=True))
            yield target, (seen, known_yes, mover if scene.mover_known else None)


def breach_by_vectors(n: int, known: int, shows: Shows, wanted: int) -> Breach | None:
    """The same question asked of every answer vector and every set of known pupils, without counting like pupils."""
    groups: dict[Seen, set[int]] = {}
    sets = list(combinations(range(1, n), known))
    for vector in product((0, 1), repeat=n):
        seen = tuple(show(sum(vector), n) for show in shows)
        for chosen in sets:
            groups.setdefault((seen, chosen, tuple(vector[index] for index in chosen)), set()).add(vector[0])
    for key, possible in groups.items():
        if wanted not in possible:
            return Breach(f"n={n}: {key}")
    return None


def first_breach(ns: Iterable[int], shows: Shows) -> tuple[int, Breach | None]:
    """Scenes looked at, and the first breach of either half of the guarantee (no: 4 known, yes: 2 known)."""
    count = 0
    for n in ns:
        for wanted, most in ((0, 4), (1, 2)):
            for known in range(most + 1):
                for scene in scenes(n, known, len(shows)):
                    if scene.mover_known and known == 0:
                        continue
                    count += 1
                    if found := breach(scene, shows, wanted):
                        return count, found
    return count, None
