"""Icon rows: one small figure a pupil. A filled one means "ja": solid surely, dashed maybe, empty not counted as yes.

Plain SVG without a style attribute; the page's stylesheet gives the classes their look, by shape before colour.
"""

from dataclasses import dataclass
from math import ceil

from markupsafe import Markup, escape

from app.domain.language import Translate
from app.domain.release import Band

CELL_WIDTH = 60
CELL_HEIGHT = 96
_HEAD = '<circle cx="30" cy="20" r="14"/>'
_BODY = '<path d="M8 90V58a16 16 0 0 1 16-16h12a16 16 0 0 1 16 16v32z"/>'


@dataclass(frozen=True, slots=True)
class IconRow:
    """The picture and the table that says the same: rows of (what, how many)."""

    svg: Markup
    table: tuple[tuple[str, str], ...]


def icon_row(band: Band, n: int, kind: str, sentence: str, t: Translate) -> IconRow:
    """n figures: band.low of them surely filled, up to band.high maybe; `kind` is the class that gives their look."""
    columns = _columns(n)
    figures = []
    for index in range(n):
        state = "sure" if index < band.low else "maybe" if index < band.high else "empty"
        x, y = index % columns * CELL_WIDTH, index // columns * CELL_HEIGHT
        figures.append(f'<g class="{state}" transform="translate({x} {y})">{_HEAD}{_BODY}</g>')
    width, height = columns * CELL_WIDTH, ceil(n / columns) * CELL_HEIGHT
    svg = Markup(  # noqa: S704 - built from numbers and two constants; the sentence is escaped
        f'<svg class="icons {kind}" viewBox="0 0 {width} {height}" preserveAspectRatio="xMinYMid meet" '
        f'role="img" aria-label="{escape(sentence)}">'
        f"{''.join(figures)}</svg>"
    )
    return IconRow(svg, _table(band, n, t))


def _columns(n: int) -> int:
    """Columns that fill a wide board with few, even rows."""
    rows = 1 if n <= 8 else 2 if n <= 26 else 3 if n <= 45 else 5
    return ceil(n / rows)


def _table(band: Band, n: int, t: Translate) -> tuple[tuple[str, str], ...]:
    return (
        (t("Helt sikkert"), str(band.low)),
        (t("Måske"), str(band.high - band.low)),
        (t("De andre figurer"), str(n - band.high)),
    )
