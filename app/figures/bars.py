"""Bars for print and documents, painted without a browser: one picture a row of a table, all on one axis of 0 to 100 %.

A picture holds no words, because the font that comes with Pillow has no Danish letters: the table beside it has them.
"""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from app.figures.note.text import Bar, Look

WIDTH_MM = 33.0
HEIGHT_MM = 4.75

_DOTS = 24  # a millimetre: 610 dots an inch
_WIDTH, _HEIGHT = int(WIDTH_MM * _DOTS), int(HEIGHT_MM * _DOTS)
_EDGE = 3 * _DOTS  # room for half of a "0" and half of a "100"
_BLACK, _WHITE, _GRID = "#1b1b1b", "#ffffff", "#bbbbbb"
_ORANGE, _BLUE = "#d55e00", "#0072b2"
_TICKS = (0, 25, 50, 75, 100)
_HALF = 34  # of a bar's or a diamond's height
_LINE = 5
_STRIPE = 22


def row(bar: Bar | None) -> bytes:
    """One row of the chart as PNG: the grid and, where there is one, the bar."""
    picture, brush = _grid()
    if bar is None:
        return _png(picture)
    left, right, middle = _across(bar.low), _across(bar.high), _HEIGHT // 2
    if bar.look is Look.BENCHMARK:
        corners = [(left - _HALF, middle), (left, middle - _HALF), (left + _HALF, middle), (left, middle + _HALF)]
        brush.polygon(corners, fill=_BLACK)
        return _png(picture)
    # A bar of no width would not be seen; its outline is.
    box = (left, middle - _HALF, max(right, left + 2 * _LINE), middle + _HALF)
    if bar.look is Look.GUESS:
        picture.paste(_stripes(), (0, 0), _mask(box))
    else:
        brush.rectangle(box, fill=_BLUE)
    brush.rectangle(box, outline=_BLACK, width=_LINE)
    return _png(picture)


def axis() -> bytes:
    """The axis that stands above the rows: per cent."""
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), _WHITE)
    brush, font = ImageDraw.Draw(picture), ImageFont.load_default(58)
    for tick in _TICKS:
        brush.text((_across(tick / 100), _HEIGHT - 12), str(tick), fill=_BLACK, font=font, anchor="ms")
    return _png(picture)


def _across(share: float) -> int:
    return round(_EDGE + share * (_WIDTH - 2 * _EDGE))


def _grid() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), _WHITE)
    brush = ImageDraw.Draw(picture)
    for tick in _TICKS:
        brush.line([(_across(tick / 100), 0), (_across(tick / 100), _HEIGHT)], fill=_GRID, width=_LINE)
    return picture, brush


def _stripes() -> Image.Image:
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), _WHITE)
    brush = ImageDraw.Draw(picture)
    for start in range(-_HEIGHT, _WIDTH, 2 * _STRIPE):
        brush.line([(start, _HEIGHT), (start + _HEIGHT, 0)], fill=_ORANGE, width=_STRIPE * 2 // 3)
    return picture


def _mask(box: tuple[int, int, int, int]) -> Image.Image:
    mask = Image.new("1", (_WIDTH, _HEIGHT), 0)
    ImageDraw.Draw(mask).rectangle(box, fill=1)
    return mask


def _png(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.quantize(16).save(file, "PNG", dpi=(_DOTS * 25.4, _DOTS * 25.4), optimize=True)
    return file.getvalue()
