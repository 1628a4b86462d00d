"""A release as other programs read it, at the address /release."""

from collections.abc import Mapping
from dataclasses import asdict

from app.domain.benchmark import Benchmark
from app.domain.release import Figure, Suppressed
from app.domain.theme import Measure
from app.services.show_lesson import Result


def as_json(result: Result) -> Mapping[str, object]:
    """The release as the /release address gives it."""
    release, reading = result.release, result.reading
    n: object = release.n
    if release.n is None:
        n = _figure(release.figures[Measure.OWN])
    return {
        "theme": result.theme.key,
        "n": n,
        "ruler": release.ruler,
        **{measure.value: _figure(figure) for measure, figure in release.figures.items()},
        "name": reading.name,
        "path": reading.path,
        "benchmark": _benchmark(result.benchmark),
    }


def _figure(figure: Figure) -> Mapping[str, object]:
    if isinstance(figure, Suppressed):
        return {"suppressed": figure.reason}
    return {"low": figure.low, "high": figure.high}


def _benchmark(figure: Benchmark | None) -> Mapping[str, object] | None:
    if figure is None:
        return None
    return asdict(figure)
