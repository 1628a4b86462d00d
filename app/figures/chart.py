"""The chart of believed against actual: one interval a line on an axis of people, drawn by Plotly in the browser."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from app.domain.benchmark import Benchmark
from app.domain.language import Translate
from app.domain.release import Band, Release
from app.domain.theme import Audience, Measure
from app.figures import sentences
from app.figures.looks import FONT, SOLID, STRIPES, marked


@dataclass(frozen=True, slots=True)
class Chart:
    """The figure as JSON for Plotly, and the table that says the same: rows of (what, how many).

    `counts` says whose number both are.
    """

    json: str
    counts: str
    table: tuple[tuple[str, str], ...]


def chart(release: Release, benchmark: Benchmark | None, audience: Audience, t: Translate, *, own: bool) -> Chart:
    """The bands of a release of n ballots, from top to bottom; `own` says whether the answers are among them.

    Each band is a bar from its lower to its upper end, the benchmark a single point. A suppressed figure has no line:
    its sentence says why. Raises ValueError where there is no n.
    """
    if release.n is None:
        raise ValueError("too few answers to draw")
    lines = (
        (t("Vi gættede om de andre"), release.band(Measure.OTHERS), STRIPES),
        (t("Vi gættede om os selv"), release.band(Measure.MATES), STRIPES),
        (t("Vi svarede ja"), release.band(Measure.OWN) if own else None, SOLID),
    )
    counts = _counts(release.n, audience, t)
    figure, table = go.Figure(layout=_layout(release.n, counts)), []
    for name, band, look in lines:
        if band is not None:
            figure.add_bar(orientation="h", y=[name], base=[band.low], x=[band.high - band.low], **marked(look))
            table.append((name, _interval(band)))
    if benchmark is not None:
        name, pupils = sentences.group(benchmark, t), benchmark.of(release.n)
        figure.add_scatter(mode="markers", y=[name], x=[pupils], **marked({"symbol": "diamond", "size": 20}))
        table.append((name, sentences.about(pupils, release.n, t)))
    return Chart(str(figure.to_json()), counts, tuple(table))


def _interval(band: Band) -> str:
    return f"{band.low}-{band.high}"


def _counts(n: int, audience: Audience, t: Translate) -> str:
    if audience is Audience.PARENTS:
        return t("Antal forældre ud af {n}", n=n)
    return t("Antal elever ud af {n}", n=n)


def _layout(n: int, counts: str) -> dict[str, Any]:
    return {
        "template": "none",
        "font": FONT,
        "showlegend": False,
        "bargap": 0.45,
        "margin": {"l": 8, "r": 16, "t": 8, "b": 56},
        "xaxis": {
            "range": [0, n],
            "dtick": 2 if n <= 30 else 5,
            "title": {"text": counts},
            "fixedrange": True,
            "gridcolor": "#bbbbbb",
            "zeroline": True,
        },
        "yaxis": {"autorange": "reversed", "automargin": True, "fixedrange": True, "ticksuffix": "  "},
    }
