"""The chart: an interval a line, nothing finer than the release, and the table that says the same."""

import json
from typing import Any

import pytest

from app.domain.benchmark import Benchmark
from app.domain.language import danish
from app.domain.release import Band, Figure, Release, Ruler, Suppressed, Why
from app.domain.theme import Audience, Measure
from app.figures.chart import chart

FEW = Suppressed(Why.FEW_GUESSES)
BENCHMARK = Benchmark("Fjordby", 7, 2025, 24.0, 301, "Ungeprofil")


def release(n: int, own: Figure, mates: Figure, others: Figure) -> Release:
    """A release of n ballots."""
    return Release(n, Ruler.A, {Measure.OWN: own, Measure.MATES: mates, Measure.OTHERS: others})


def drawn(shown: Release, benchmark: Benchmark | None = None, *, own: bool = True) -> tuple[dict[str, Any], list[Any]]:
    """The intervals by name, as the JSON has them, and the table."""
    made = chart(shown, benchmark, Audience.PUPILS, danish, own=own)
    traces = json.loads(made.json)["data"]
    lines = {trace["y"][0]: (trace.get("base", [None])[0], trace["x"][0]) for trace in traces}
    return lines, list(made.table)


def test_each_band_is_a_bar_from_its_lower_to_its_upper_end() -> None:
    lines, table = drawn(release(22, Band(0, 3), Band(6, 8), Band(18, 22)), BENCHMARK)
    assert lines == {
        "Vi gættede om de andre": (18, 4), "Vi gættede om os selv": (6, 2), "Vi svarede ja": (0, 3),
        "Hele kommunen": (None, 5),
    }  # fmt: skip
    assert table == [
        ("Vi gættede om de andre", "18-22"), ("Vi gættede om os selv", "6-8"), ("Vi svarede ja", "0-3"),
        ("Hele kommunen", "ca. 5"),
    ]  # fmt: skip


@pytest.mark.parametrize(("share", "about"), [(1.0, "under 1"), (0.0, "under 1"), (99.0, "over 21"), (8.0, "ca. 2")])
def test_the_table_says_of_a_benchmark_what_its_sentence_says(share: float, about: str) -> None:
    figure = Benchmark("Fjordby", 7, 2025, share, 301, "Ungeprofil")
    _, table = drawn(release(22, Band(0, 3), FEW, FEW), figure)
    assert table[-1] == ("Hele kommunen", about)


@pytest.mark.parametrize(("n", "own"), [(10, Band(0, 3)), (10, Band(4, 10)), (40, Band(32, 40))])
def test_the_axis_holds_all_who_answered_and_every_bar_lies_on_it(n: int, own: Band) -> None:
    made = json.loads(chart(release(n, own, Band(0, 4), Band(4, n)), None, Audience.PUPILS, danish, own=True).json)
    assert made["layout"]["xaxis"]["range"] == [0, n]
    assert all(trace["base"][0] + trace["x"][0] <= n for trace in made["data"])


def test_what_is_suppressed_or_not_asked_for_is_not_drawn() -> None:
    lines, _ = drawn(release(22, Band(0, 3), FEW, FEW))
    assert list(lines) == ["Vi svarede ja"]
    lines, table = drawn(release(22, Band(8, 11), Band(4, 6), Band(10, 12)), own=False)
    assert "Vi svarede ja" not in lines
    assert "8-11" not in dict(table).values()


def test_without_a_number_of_answers_there_is_nothing_to_draw() -> None:
    with pytest.raises(ValueError, match="too few"):
        chart(Release(None, Ruler.A, {}), None, Audience.PUPILS, danish, own=True)


@pytest.mark.parametrize(
    ("audience", "counts"), [(Audience.PUPILS, "Antal elever ud af 22"), (Audience.PARENTS, "Antal forældre ud af 22")]
)
def test_the_axis_and_the_table_count_those_who_were_asked(audience: Audience, counts: str) -> None:
    made = chart(release(22, Band(0, 3), FEW, FEW), None, audience, danish, own=True)
    assert made.counts == counts
    assert json.loads(made.json)["layout"]["xaxis"]["title"]["text"] == counts


def test_answers_and_guesses_differ_without_colour() -> None:
    shown = release(22, Band(0, 3), Band(6, 8), Band(6, 8))
    traces = json.loads(chart(shown, BENCHMARK, Audience.PUPILS, danish, own=True).json)["data"]
    shapes = [trace["marker"].get("pattern", {}).get("shape") or trace["marker"].get("symbol") for trace in traces]
    assert shapes == ["/", "/", None, "diamond"]
    assert {trace["type"] for trace in traces} == {"bar", "scatter"}
