"""Sentences, icon rows and QR codes: told the same to eyes and ears."""

import re

import pytest

from app.domain.benchmark import AreaKind, Benchmark
from app.domain.estimate import Sums
from app.domain.interval import Interval
from app.domain.language import danish
from app.domain.release import Band, Suppressed, Why
from app.figures import sentences
from app.figures.icon_rows import icon_row
from app.figures.qr import qr_svg
from app.figures.shares import percents

OWN = [
    (Band(0, 3), "Højst 3 af 22 svarede ja.", "Mindst 19 af 22 svarede ikke ja."),
    (Band(4, 7), "4 til 7 af 22 svarede ja.", "15 til 18 af 22 svarede ikke ja."),
    (Band(16, 22), "Mindst 16 af 22 svarede ja.", "Højst 6 af 22 svarede ikke ja."),
]


@pytest.mark.parametrize(("band", "yes", "rest"), OWN)
def test_both_ends_and_the_middle_have_their_sentence(band: Band, yes: str, rest: str) -> None:
    assert sentences.own(band, 22, danish).text == yes
    assert sentences.rest(band, 22, danish).text == rest


GUESSES = [
    (Band(0, 4), "I gennemsnit gættede vi på under 4 af 22.", "under 4"),
    (Band(6, 8), "I gennemsnit gættede vi på 6 til 8 af 22.", "6 til 8"),
    (Band(18, 22), "I gennemsnit gættede vi på mindst 18 af 22.", "mindst 18"),
]


@pytest.mark.parametrize(("band", "text", "key"), GUESSES)
def test_a_guess_says_that_it_is_a_mean(band: Band, text: str, key: str) -> None:
    sentence = sentences.guess(band, 22, danish)
    assert (sentence.text, sentence.key) == (text, key)


def test_what_is_never_exact_is_explained_once_with_its_numbers() -> None:
    said = "Vi viser aldrig det præcise tal. Højst 3 betyder 0, 1, 2 eller 3."
    assert sentences.never_exact(Band(0, 3), danish) == said
    assert sentences.never_exact(Band(4, 7), danish) == "Vi viser aldrig det præcise tal."


def test_what_a_grade_guessed_is_rounded_outwards_and_no_further() -> None:
    assert sentences.grade_guess(Interval(0.29, 0.55), danish).text == "De gættede på 29 til 55 af 100."
    assert sentences.grade_guess(Interval(0.291, 0.549), danish).text == "De gættede på 29 til 55 af 100."
    assert sentences.grade_guess(Interval(0.0, 0.171), danish).text == "De gættede på højst 18 af 100."
    assert sentences.grade_guess(Interval(0.829, 1.0), danish).text == "De gættede på mindst 82 af 100."


GRADES = [
    (Sums(4, 37, 230), "1 til 17 af 100 svarede ja."),
    (Sums(0, 37, 230), "Højst 17 af 100 svarede ja."),
    (Sums(1, 37, 230), "Højst 17 af 100 svarede ja."),
    (Sums(190, 229, 230), "Mindst 82 af 100 svarede ja."),
    (Sums(46, 92, 230), "20 til 40 af 100 svarede ja."),
]


@pytest.mark.parametrize(("sums", "said"), GRADES)
def test_what_a_grade_answered_is_said_of_a_hundred(sums: Sums, said: str) -> None:
    assert sentences.grade_own(sums.shares, danish).text == said


@pytest.mark.parametrize("n", [30, 97, 230, 999, 4001])
def test_a_hundred_never_says_less_than_is_certain_and_widens_by_less_than_one(n: int) -> None:
    for count in range(n + 1):
        low, high = percents(Sums(count, count, n).shares)
        assert low * n <= count * 100 <= high * n
        assert (low + 1) * n > count * 100 > (high - 1) * n


def test_a_missing_figure_is_a_sentence() -> None:
    assert sentences.suppressed(Suppressed(Why.FEW_ANSWERS), danish) == "I er få, så vi viser ikke jeres egne tal."
    assert sentences.suppressed(Suppressed(Why.FEW_GUESSES), danish) == "Der er for få gæt til at vise et tal."


def test_the_difference_goes_the_way_it_goes() -> None:
    more = sentences.difference(Band(3, 8), danish).text
    fewer = sentences.difference(Band(-7, -2), danish).text
    assert more == "Vi gættede på 3 til 8 flere, end der svarede ja."
    assert fewer == "Vi gættede på 2 til 7 færre, end der svarede ja."


def test_a_difference_that_may_be_small_is_at_most_so_large() -> None:
    nearly = sentences.difference(Band(-7, 0), danish).text
    assert nearly == "Vi gættede på op til 7 færre, end der svarede ja."


@pytest.mark.parametrize(("share", "about"), [(8, "ca. 2"), (1, "under 1"), (0, "under 1"), (99, "over 21")])
def test_a_benchmark_is_always_about_and_never_nobody_or_everybody(share: float, about: str) -> None:
    figure = Benchmark("Fjordby", 7, 2025, share, 301, "Ungeprofil")
    said = sentences.benchmark(figure, 22, danish).text
    assert said == f"7. klasse i hele kommunen: {about} af 22 elever (Ungeprofil\u00a02025)"


def test_a_benchmark_says_which_group_it_is_and_how_many_answered_or_that_nobody_says() -> None:
    country = Benchmark("Danmark", 9, 2019, 40, None, "ESPAD *foreløbig*", AreaKind.COUNTRY)
    said = sentences.benchmark(country, 22, danish)
    assert said.text == "9. klasse i hele landet: ca. 9 af 22 elever (ESPAD *foreløbig*\u00a02019)"
    assert said.key == "ca. 9"
    assert sentences.group(country, danish) == "Hele landet"
    assert sentences.basis(country, danish) == "Kilden siger ikke, hvor mange der svarede i Danmark."
    fjordby = Benchmark("Fjordby", 7, 2025, 8, 301, "Ungeprofil")
    assert (sentences.group(fjordby, danish), sentences.basis(fjordby, danish)) == (
        "Hele kommunen", "301 elever svarede i Fjordby.",
    )  # fmt: skip


@pytest.mark.parametrize("n", [10, 22, 40, 120])
@pytest.mark.parametrize("band", [Band(0, 3), Band(4, 7), Band(6, 10)])
def test_figures_are_counted_by_markup(n: int, band: Band) -> None:
    row = icon_row(band, n, "own", "sætning", danish)
    found = [len(re.findall(f'<g class="{state}"', row.svg)) for state in ("sure", "maybe", "empty")]
    assert found == [band.low, band.high - band.low, n - band.high]
    assert [int(number) for _, number in row.table] == found
    assert " style=" not in row.svg


def test_a_label_cannot_break_out_of_the_picture() -> None:
    row = icon_row(Band(0, 3), 22, "own", '"><script>', danish)
    assert "<script>" not in row.svg


def test_the_qr_code_keeps_its_quiet_zone_and_no_style() -> None:
    picture = qr_svg("http://localhost/k/" + "a" * 24, "QR-kode <til> timen")
    assert " style=" not in picture
    assert "&lt;til&gt;" in picture
    moves = [(int(x), int(y)) for x, y in re.findall(r"M(\d+),(\d+)H", picture)]
    size = int(re.findall(r'viewBox="0 0 (\d+)', picture)[0])
    assert min(min(move) for move in moves) == 4
    assert max(max(move) for move in moves) <= size - 5
