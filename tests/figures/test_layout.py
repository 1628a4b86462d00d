"""Where the figures of an icon row stand, and what every picture must carry."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.language import danish
from app.domain.release import Band
from app.figures.icon_rows import CELL_HEIGHT, CELL_WIDTH, icon_row
from app.figures.qr import qr_svg


@given(st.integers(1, 120))
def test_every_figure_has_a_place_of_its_own_inside_the_picture(n: int) -> None:
    svg = icon_row(Band(0, n), n, "guess", "sætning", danish).svg
    places = [(int(x), int(y)) for x, y in re.findall(r"translate\((\d+) (\d+)\)", svg)]
    width, height = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', svg)[0])
    assert len(set(places)) == n
    assert all(x % CELL_WIDTH == 0 and y % CELL_HEIGHT == 0 for x, y in places)
    assert max(x for x, _ in places) + CELL_WIDTH == width
    assert max(y for _, y in places) + CELL_HEIGHT == height


ROWS = [(8, 8, 1), (9, 5, 2), (22, 11, 2), (26, 13, 2), (27, 9, 3), (45, 15, 3), (46, 10, 5), (120, 24, 5)]


@pytest.mark.parametrize(("n", "columns", "rows"), ROWS)
def test_a_class_stands_in_few_even_rows(n: int, columns: int, rows: int) -> None:
    svg = icon_row(Band(0, 3), n, "own", "sætning", danish).svg
    assert f'viewBox="0 0 {columns * CELL_WIDTH} {rows * CELL_HEIGHT}"' in svg


@pytest.mark.parametrize("kind", ["guess", "own", "rest"])
def test_a_row_carries_its_kind_and_its_sentence(kind: str) -> None:
    picture = ElementTree.fromstring(icon_row(Band(4, 7), 22, kind, 'Sætning & "mere"', danish).svg)  # noqa: S314 - our own picture
    assert picture.get("class") == f"icons {kind}"
    assert (picture.get("role"), picture.get("aria-label")) == ("img", 'Sætning & "mere"')


def test_a_qr_code_is_as_large_as_its_page_makes_it_and_is_read_aloud() -> None:
    picture = ElementTree.fromstring(qr_svg("https://pejling.example/k/" + "a" * 24, "QR-kode"))  # noqa: S314 - our own picture
    assert (picture.get("class"), picture.get("role"), picture.get("aria-label")) == ("qr", "img", "QR-kode")
    assert not {"width", "height", "style"} & set(picture.keys())
    assert not any("style" in part.keys() for part in picture.iter())  # noqa: SIM118 - an Element is no dict


def test_another_address_is_another_qr_code() -> None:
    assert qr_svg("https://a.example/k/1", "QR") != qr_svg("https://a.example/k/2", "QR")
