"""Every sentence that a board can make of a class of n, to be proof-read with the themes' own."""

from collections.abc import Iterable, Iterator

from app.domain.benchmark import Benchmark
from app.domain.language import Translate
from app.domain.norms import Misperception
from app.domain.release import Band, Suppressed, Why
from app.figures import sentences


def board_sentences(n: int, answers: Iterable[Band], guesses: Iterable[Band], t: Translate) -> Iterator[str]:
    """The sentences of the bands of answers and of guesses, of a difference at its ends, and of what is not shown."""
    for band in answers:
        yield sentences.own(band, n, t).text
        yield sentences.rest(band, n, t).text
        yield sentences.never_exact(band, t)
    for band in guesses:
        yield sentences.guess(band, n, t).text
        yield sentences.parents_guess(band, n, t).text
    for name in Misperception:
        yield sentences.name_of(name, t)
    for difference in (Band(1, 5), Band(-5, -1), Band(-3, 0)):
        yield sentences.difference(difference, t).text
    for difference in (Band(1, 5), Band(-5, -1)):
        yield sentences.majority_misperception(difference, t)
    for why in Why:
        yield sentences.suppressed(Suppressed(why), t)
        yield sentences.suppressed(Suppressed(why), t, silent=True)
    for share in (0, 8, 100):
        yield sentences.benchmark(Benchmark("Fjordby", 7, 2025, share, 301, "Ungeprofil"), n, t).text
