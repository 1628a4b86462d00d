"""A morning as a picture: four curves over time, in a few lines of SVG, and one as text."""

from collections.abc import Sequence
from html import escape

from tests.bench.gauges import Sample, rates

WIDTH, HEIGHT, LEFT, TOP, GAP = 720, 110, 64, 44, 34
POINTS = 90  # a class votes in waves of some seconds, which are not what is looked for
BLOCKS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[float], width: int = 60) -> str:
    """The values as one line of text, from none to the most."""
    found = means(values, width)
    most = max(found, default=0) or 1
    return "".join(BLOCKS[round(value / most * (len(BLOCKS) - 1))] for value in found)


def means(values: Sequence[float], number: int) -> list[float]:
    """No more than so many means of neighbours."""
    step = max(1, -(-len(values) // number))
    return [sum(part) / len(part) for part in (values[at : at + step] for at in range(0, len(values), step))]


def svg(samples: Sequence[Sample], title: str) -> str:
    """Speed, memory, sizes and rows from the first sample to the last, each curve from none to its most."""
    seconds = [each.moment - samples[0].moment for each in samples]
    curves: list[tuple[str, Sequence[float], Sequence[float]]] = [
        ("ballots a second", means(seconds[1:], POINTS), means(rates(samples), POINTS)),
        ("server's memory, MB", seconds, [each.server for each in samples]),
        ("database, MB", seconds, [each.data for each in samples]),
        ("rows about pupils", seconds, [sum(each.rows.values()) for each in samples]),
    ]
    panels = [_panel(number, *curve, seconds[-1]) for number, curve in enumerate(curves)]
    total = TOP + len(curves) * (HEIGHT + GAP)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {total}" font-family="sans-serif"'
            f' font-size="12" role="img" aria-label="{escape(title)}">',
            '<rect width="100%" height="100%" fill="#fff"/>',
            f'<text x="{LEFT}" y="22" font-size="15">{escape(title)}, {seconds[-1]:.0f} seconds</text>',
            *panels,
            "</svg>\n",
        ]
    )


def _panel(number: int, name: str, at: Sequence[float], values: Sequence[float], end: float) -> str:
    top, most = TOP + number * (HEIGHT + GAP), max(values) or 1
    points = " ".join(
        f"{LEFT + second / end * (WIDTH - LEFT - 16):.1f},{top + HEIGHT * (1 - value / most):.1f}"
        for second, value in zip(at, values, strict=True)
    )
    foot = top + HEIGHT
    return (
        f'<text x="{LEFT}" y="{top - 6}">{escape(name)}</text>'
        f'<text x="{LEFT - 6}" y="{top + 10}" text-anchor="end">{most:.0f}</text>'
        f'<text x="{LEFT - 6}" y="{foot}" text-anchor="end">0</text>'
        f'<path d="M{LEFT} {top}V{foot}H{WIDTH - 16}" fill="none" stroke="#999"/>'
        f'<polyline points="{points}" fill="none" stroke="#1a5276" stroke-width="1.5"/>'
    )
