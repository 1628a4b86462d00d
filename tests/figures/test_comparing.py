"""The charts of a grade and of its classrooms: intervals by value, and a sentence for every case, never a rank."""

import json
from itertools import pairwise
from typing import Any

import pytest

from app.domain.benchmark import Benchmark
from app.domain.comparison import Change
from app.domain.estimate import Sums
from app.domain.interval import Interval
from app.domain.language import Translate, danish
from app.domain.release import Band
from app.figures.cohort import Cohort, Drawn, change_sentence, cohort, two_waves
from app.figures.funnel import Placed, centre_sentence, funnel, funnel_sentence
from app.figures.shares import number, share

OTHERS, MATES, SUMS, ESTIMATE = Interval(0.36, 0.45), Interval(0.18, 0.29), Sums(4, 37, 230), Interval(0.003, 0.149)
ACT = "drukket"
BENCHMARK = Benchmark("Fjordby", 7, 2025, 8.5, 301, "Ungeprofil")


def traces(drawn: Drawn) -> list[dict[str, Any]]:
    """What Plotly is given to draw."""
    found: list[dict[str, Any]] = json.loads(drawn.json)["data"]
    return found


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0, 0.149, "højst 15 %"), (0.003, 0.111, "højst 12 %"), (0.07, 0.18, "7 til 18 %"), (0.8, 1, "mindst 80 %"),
        (0, 1, "0 til 100 %"), (0.14, 0.29, "14 til 29 %"), (0.285, 0.295, "28 til 30 %"),
    ],
)  # fmt: skip
def test_a_share_is_rounded_outwards_and_floats_do_not_move_it(low: float, high: float, said: str) -> None:
    assert share(Interval(low, high), danish) == said


def test_a_decimal_has_the_mark_of_its_language() -> None:
    assert [number(value, danish) for value in (8.0, 12.5)] == ["8", "12,5"]
    assert number(12.5, Translate("en", {})) == "12.5"


def test_a_grade_is_drawn_as_intervals_and_the_published_figure_as_a_point() -> None:
    drawn = cohort(Cohort(OTHERS, MATES, SUMS, ESTIMATE), BENCHMARK, ACT, danish)
    lines = {trace["y"][0]: (trace.get("base", [None])[0], trace["x"][0]) for trace in traces(drawn)}
    assert lines == {
        "Gæt om de andre": (36, 9), "Gæt om egen klasse": (18, 11), "Svarede ja, skøn": (0, 15),
        "Svarede ja, sikre grænser": (1, 16), "Ungeprofil 2025": (None, 8.5),
    }  # fmt: skip
    assert drawn.table == (
        ("Gæt om de andre", "36 til 45 %"), ("Gæt om egen klasse", "18 til 29 %"), ("Svarede ja, skøn", "højst 15 %"),
        ("Svarede ja, sikre grænser", "4 til 37 af 230"), ("Ungeprofil 2025, Fjordby", "ca. 8,5 % af 301"),
    )  # fmt: skip
    assert json.loads(drawn.json)["layout"]["xaxis"]["range"] == [0, 100]


def test_what_is_not_known_of_a_grade_is_not_drawn() -> None:
    drawn = cohort(Cohort(None, None, SUMS, None), None, ACT, danish)
    assert [row[0] for row in drawn.table] == ["Svarede ja, sikre grænser"]


@pytest.mark.parametrize(
    ("mates", "sums", "sentence"),
    [
        (MATES, SUMS, "Eleverne troede, at 18 til 29 % i deres egen klasse har drukket. 1 til 17 % svarede selv ja."),
        (Interval(0, 0.1), Sums(50, 60, 100),
         "Eleverne troede, at højst 10 % i deres egen klasse har drukket. 50 til 60 % svarede selv ja."),
        (MATES, Sums(0, 30, 100),
         "Eleverne troede, at 18 til 29 % i deres egen klasse har drukket. Højst 30 % svarede selv ja. "
         "De to tal kan vi ikke skelne fra hinanden."),
        (None, SUMS, "1 til 17 % svarede ja. Der er for få gæt til at vise et tal."),
    ],
)  # fmt: skip
def test_the_sentence_of_a_grade_says_only_what_is_certain(mates: Interval | None, sums: Sums, sentence: str) -> None:
    assert cohort(Cohort(OTHERS, mates, sums, ESTIMATE), None, ACT, danish).sentence == sentence


def test_two_waves_stand_under_each_other_with_estimates_only_where_both_have_one() -> None:
    first, later = Cohort(OTHERS, MATES, SUMS, ESTIMATE), Cohort(None, MATES, Sums(0, 50, 203), None)
    drawn = two_waves(first, later, Change.CANNOT_BE_SHOWN, danish)
    assert drawn.table == (
        ("Gæt om de andre, 1. måling", "36 til 45 %"), ("Gæt om egen klasse, 1. måling", "18 til 29 %"),
        ("Gæt om egen klasse, 2. måling", "18 til 29 %"), ("Svarede ja, sikre grænser, 1. måling", "1 til 17 %"),
        ("Svarede ja, sikre grænser, 2. måling", "højst 25 %"),
    )  # fmt: skip
    assert [row[1] for row in two_waves(first, first, Change.LOWER, danish).table[-2:]] == ["højst 15 %"] * 2


@pytest.mark.parametrize("change", Change)
def test_a_change_is_named_and_never_explained(change: Change) -> None:
    said = change_sentence(change, danish)
    assert said.lower().startswith(change.value)
    assert "effekt" not in said
    assert "ingen ændring" not in said


@pytest.mark.parametrize(
    ("classrooms", "outside", "sentence"),
    [
        (24, 0, "Alle klasser ligger inden for det, vi venter af tilfældige udsving. "
                "Vi kan ikke skelne dem fra hinanden. Det betyder ikke, at de er ens."),
        (24, 1, "Én klasse ligger uden for det, vi venter af tilfældige udsving. "
                "De øvrige 23 kan vi ikke skelne fra hinanden."),
        (24, 2, "To klasser ligger uden for det, vi venter af tilfældige udsving. "
                "De øvrige 22 kan vi ikke skelne fra hinanden."),
        (24, 11, "11 klasser ligger uden for det, vi venter af tilfældige udsving. "
                 "De øvrige 13 kan vi ikke skelne fra hinanden."),
        (5, 4, "Fire klasser ligger uden for det, vi venter af tilfældige udsving. Den sidste ligger inden for."),
        (5, 5, "Alle klasser ligger uden for det, vi venter af tilfældige udsving."),
        (4, 0, "Der tegnes ingen tragt: Med færre end 5 klasser kan tilfældige udsving ikke vises."),
    ],
)  # fmt: skip
def test_the_sentence_of_the_funnel(classrooms: int, outside: int, sentence: str) -> None:
    assert funnel_sentence(classrooms, outside, danish, can_stand_out=True) == sentence


def test_where_nobody_can_stand_out_the_sentence_does_not_say_that_nobody_does() -> None:
    said = funnel_sentence(24, 0, danish, can_stand_out=False)
    assert said.startswith("Det kan ikke ses her, om en klasse skiller sig ud.")
    assert "Alle klasser" not in said


def test_the_funnel_draws_bands_side_by_side_and_limits_in_whole_pupils() -> None:
    placed = [
        Placed("7.A, Engtroldeskolen", 24, Band(0, 3), outside=False),
        Placed("7.B, Engtroldeskolen", 24, Band(0, 3), outside=False),
        Placed("7.A, Skovtroldeskolen", 20, Band(12, 15), outside=True),
        Placed("7.B, Skovtroldeskolen", 22, Band(4, 7), outside=False),
        Placed("7.A, Søhesteskolen", 22, Band(0, 3), outside=False),
    ]
    drawn = funnel(placed, Interval(0.08, 0.08), danish, can_stand_out=True)
    segments = [trace for trace in traces(drawn) if trace.get("fill") == "toself"]
    drawn_at = [(min(each["x"]), max(each["x"]), min(each["y"]), max(each["y"])) for each in segments]
    assert {(low, high) for left, right, low, high in drawn_at if left < 20 < right} == {(60.0, 75.0)}
    beside = sorted((left, right) for left, right, _, _ in drawn_at)
    assert all(one[1] < other[0] for one, other in pairwise(beside)), "none on top of another"
    assert [each["line"]["width"] > 0 for each in segments].count(True) == 1, "one is outlined"
    notes = [note["text"] for note in json.loads(drawn.json)["layout"]["annotations"]]
    assert notes == [" 99,8 %", " 95 %", " midten", "7.A, Skovtroldeskolen"]
    assert drawn.table == (("20", "0 til 6", "0 til 10"), ("22", "0 til 6", "0 til 10"), ("24", "0 til 7", "0 til 11"))


def test_many_classrooms_of_one_size_keep_to_their_place() -> None:
    placed = [Placed(str(index), 20, Band(0, 3), outside=False) for index in range(30)]
    drawn = funnel(placed, Interval(0.08, 0.08), danish, can_stand_out=True)
    xs = [x for trace in traces(drawn) if trace.get("fill") == "toself" for x in trace["x"]]
    assert 19.5 < min(xs) < max(xs) < 20.5


def test_the_centre_is_a_published_figure_or_an_estimate_and_is_said() -> None:
    assert centre_sentence(Interval(0.08, 0.08), "Ungeprofil 2025", danish).startswith(
        "Midten er Ungeprofil 2025: ca. 8 %. "
    )
    said = centre_sentence(Interval(0.05, 0.125), "skønnet fra første måling", danish)
    assert "skønnet fra første måling: 5 til 12,5 %." in said
    assert "(ICC 5 %)" in said
