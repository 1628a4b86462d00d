"""`make prove`: the anonymity guarantee, enumerated aloud, and each tempting rule breaking before your eyes."""

import sys
from collections.abc import Iterator
from itertools import permutations, product

from app.domain.disclosure import MIN_BALLOTS, MIN_GUESSES, own_figure
from app.domain.estimate import Asked, Shown, estimate
from app.domain.release import Band, Ruler, own_bands
from tests.prove_guesses import agrees_with_disclosure, first_guess_breach
from tests.prove_worlds import Seen, Shows, aloud, breach_by_vectors, first_breach

NS = range(MIN_BALLOTS, 41)
PAIRS = [(n, size) for n in NS for size in range(1, 41)]


def first(t: int, n: int) -> Seen:
    """What the first release shows."""
    return own_figure(t, n, Ruler.A)


def repeat(t: int, n: int) -> Seen:
    """What the repeat shows."""
    return own_figure(t, n, Ruler.B)


def promises() -> Iterator[tuple[str, int, str | None]]:
    """Each promise: what it says, how many cases were looked at, and the first breach."""
    count, found = first_breach(NS, (first,))
    yield "own answer, the first release, n = 10 to 40", count, found.what if found else None
    count, found = first_breach(NS, (first, repeat))
    yield "own answer, the repeat too, also with one pupil fewer or more", count, found.what if found else None
    count, vector_breach = 0, None
    for n, (wanted, known) in product((10, 11), ((0, 4), (1, 2))):
        count += 2**n
        vector_breach = vector_breach or breach_by_vectors(n, known, (first, repeat), wanted)
    yield "own answer, every answer vector of 10 and 11 pupils", count, vector_breach.what if vector_breach else None
    yield "totals of two classrooms add nothing to their bands", *totals()
    yield "an estimate is the same whichever classroom was shown which band", *estimates()
    yield "guesses, n = 10 to 40, groups of 1 to 40", *first_guess_breach(PAIRS, lambda _n: MIN_GUESSES)
    checked = [(10, 9), (12, 12), (13, 10), (22, 22)]
    wrong = next((f"{pair}" for pair in checked if not agrees_with_disclosure(*pair)), None)
    yield "the bands of this proof are the bands of the program", len(checked), wrong


def totals() -> tuple[int, str | None]:
    """A total of lower and upper ends is the same for all counts that share their bands."""
    shown: dict[Seen, set[Seen]] = {}
    count = 0
    for n, m in product((10, 15, 22, 28), repeat=2):
        for t, u in product(range(n + 1), range(m + 1)):
            count += 1
            one, two = first(t, n), first(u, m)
            assert isinstance(one, Band)
            assert isinstance(two, Band)
            shown.setdefault((n, m, one, two), set()).add((one.low + two.low, one.high + two.high))
    more = next((str(key) for key, seen in shown.items() if len(seen) > 1), None)
    return count, more


def estimates() -> tuple[int, str | None]:
    """Of ten classrooms of different sizes one was shown another band than the rest: any of them may be the one."""
    asked, sizes = Asked("invented", edition=1, grade=7, wave=1, ruler=Ruler.A), range(18, 28)
    count, told = 0, None
    for most, other in permutations(own_bands(min(sizes), Ruler.A)[:-1], 2):
        found = {
            estimate([Shown(asked, n, other if n == one else most) for n in sizes]): f"{aloud(other)} of {one}"
            for one in sizes
        }
        count += len(sizes)
        told = told or (" or ".join(found.values()) if len(found) > 1 else None)
    return count, told


def implied_breach(*, two_lessons: bool) -> str | None:
    """Two acts where the second implies the first: each pupil did neither, the first only, or both.

    In two lessons each act has had A and B, and the target has left between. In one lesson both are read on A, and the
    target came late and votes on the second act only.
    """
    for n, (wanted, known) in product(range(11, 23), ((0, 4), (1, 2))):
        groups: dict[tuple[str, tuple[int, int, int]], set[int]] = {}
        for target, kept, rest in product(range(3), _kinds(known), _kinds(n - 1 - known)):
            one, both = kept[1] + kept[2] + rest[1] + rest[2], kept[2] + rest[2]
            if two_lessons:
                one += target > 0
                shown = [first(one, n), repeat(one, n), first(both, n - 1), repeat(both, n - 1)]
            else:
                shown = [first(one, n - 1), first(both + (target == 2), n)]
            groups.setdefault((", ".join(map(aloud, shown)), kept), set()).add(int(target == 2))
        for (told, kept), possible in groups.items():
            if wanted not in possible:
                return f"{n} answers, {known} others known {kept} (neither, one, both); shown {told}"
    return None


def _kinds(pupils: int) -> list[tuple[int, int, int]]:
    return [(pupils - a - b, a, b) for a in range(pupils + 1) for b in range(pupils + 1 - a)]


def _rounded(t: int, step: int) -> int:
    return (2 * t + step) // (2 * step) * step


def tempting() -> Iterator[tuple[str, str | None]]:
    """Each rule that looks fine, and where it breaks."""
    single: dict[str, Shows] = {
        "exact counts": (lambda t, _n: t,),
        "exact counts, fewer than 3 suppressed": (lambda t, _n: t if t >= 3 else "few",),
        "exact counts, fewer than 5 suppressed": (lambda t, _n: t if t >= 5 else "few",),
        "exact in the middle, tails merged, asked twice": (_middle, _middle),
        "rounding to 5": (lambda t, _n: _rounded(t, 5),),
        "percentages to the nearest 10": (lambda t, n: (20 * t + n) // (2 * n) * 10,),
        "a late ballot: the same ruler once more": (first, first),
        "a third release": (first, repeat, first),
    }
    for name, shows in single.items():
        found = first_breach(NS, shows)[1]
        yield name, found.what if found else None
    yield "exact school totals beside the bands", _total_breach(1)
    yield "school totals rounded to 5 beside the bands", _total_breach(5)
    yield (
        "a guess threshold that grows with n (four fifths)",
        first_guess_breach([(n, n) for n in NS], lambda n: -(-4 * n // 5))[1],
    )
    yield "implied themes in two lessons", implied_breach(two_lessons=True)
    yield "implied themes in one lesson, and one pupil comes late", implied_breach(two_lessons=False)


def _middle(t: int, n: int) -> Seen:
    return t if 4 <= t <= n - 5 else ("low" if t < 4 else "high")


def _total_breach(step: int) -> str | None:
    """Two classrooms; the adversary sits in one and knows two others there."""
    for n in NS:
        groups: dict[tuple[tuple[Seen, ...], int], set[int]] = {}
        for target, known, rest, other in product((0, 1), range(3), range(n - 2), range(n + 1)):
            t = target + known + rest
            shown = (first(t, n), first(other, n), _rounded(t + other, step) if step > 1 else t + other)
            groups.setdefault((shown, known), set()).add(target)
        for key, possible in groups.items():
            if 1 not in possible:
                told = f"shown {', '.join(map(aloud, key[0]))} (the total last), {key[1]} known, all yes"
                return f"two classes, one of {n}; {told}: the answer is surely no"
    return None


def main() -> int:
    """Say everything aloud; 0 only when every promise holds and every tempting rule breaks."""
    wrong = 0
    print("Promised: to one who knows 4 others 'nej' stays possible for everybody, to one who knows 2 'ja' does.\n")
    for name, count, found in promises():
        print(
            f"  {'BROKEN' if found else 'holds '}  {name} ({count:,} cases){': ' + found if found else ''}", flush=True
        )
        wrong += found is not None
    print("\nRules that look fine, and where each breaks:\n")
    for name, found in tempting():
        print(f"  {'breaks' if found else 'DOES NOT BREAK'}  {name}{': ' + found if found else ''}", flush=True)
        wrong += found is None
    print(f"\n{'Everything holds.' if not wrong else f'{wrong} things are not as promised.'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
