"""Painted bars: where they begin and end, and how each kind looks."""

from io import BytesIO

import pytest
from PIL import Image

from app.figures import bars
from app.figures.note.text import Bar, Look

ORANGE, BLUE, BLACK = (213, 94, 0), (0, 114, 178), (27, 27, 27)


def painted(png: bytes) -> Image.Image:
    """The picture, as colours."""
    return Image.open(BytesIO(png)).convert("RGB")


def coloured(bar: Bar | None) -> set[tuple[int, ...]]:
    """The colours of a row."""
    return {colour for _, colour in painted(bars.row(bar)).getcolors() or [] if isinstance(colour, tuple)}


def test_guesses_are_striped_answers_solid_and_a_benchmark_is_black() -> None:
    guess, answer = coloured(Bar(0.2, 0.4, Look.GUESS)), coloured(Bar(0.2, 0.4, Look.ANSWER))
    assert ORANGE in guess
    assert BLUE not in guess
    assert BLUE in answer
    assert ORANGE not in answer
    assert BLACK in coloured(Bar(0.08, 0.08, Look.BENCHMARK))
    assert coloured(None) == {(255, 255, 255), (187, 187, 187)}


@pytest.mark.parametrize(("low", "high"), [(0.0, 0.0), (0.0, 1.0), (0.25, 0.5), (1.0, 1.0)])
def test_a_bar_reaches_from_its_lower_to_its_upper_end_of_one_axis(low: float, high: float) -> None:
    picture = painted(bars.row(Bar(low, high, Look.ANSWER)))
    middle = picture.height // 2
    dark = [x for x in range(picture.width) if picture.getpixel((x, middle)) in (BLACK, BLUE)]
    edge = 3 / bars.WIDTH_MM * picture.width
    across = picture.width - 2 * edge
    assert dark[0] == pytest.approx(edge + low * across, abs=1)
    assert dark[-1] == pytest.approx(max(edge + high * across, dark[0]), abs=12)


def test_every_row_is_as_large_as_the_axis() -> None:
    size = painted(bars.axis()).size
    assert painted(bars.row(None)).size == size
    assert size[0] / size[1] == pytest.approx(bars.WIDTH_MM / bars.HEIGHT_MM, rel=0.01)
