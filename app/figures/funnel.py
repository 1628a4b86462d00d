"""The funnel: each classroom's band against what chance alone explains, so that nobody ranks what is only luck."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import plotly.graph_objects as go

from app.domain.comparison import MIN_FUNNEL, STANDING_OUT, STATED_ICC, WARNING, Limits, chance_limits
from app.domain.interval import Interval
from app.domain.language import Translate
from app.domain.release import Band
from app.figures.cohort import Drawn
from app.figures.looks import BLACK, FONT, SOLID
from app.figures.shares import number

# Of the way from one number of ballots to the next: between two classrooms of one size, and what all of them may take.
_STEP, _ROOM = 0.22, 0.9
_WIDER = {"line": {"color": "#595959", "width": 1.5, "dash": "dot"}, "fillcolor": "#f0f0f0"}
_NARROWER = {"line": {"color": "#595959", "width": 1.5, "dash": "dash"}, "fillcolor": "#dcdcdc"}


@dataclass(frozen=True, slots=True)
class Placed:
    """One classroom in the funnel: its name, its ballots, its band, and whether the whole band lies outside."""

    name: str
    n: int
    band: Band
    outside: bool


def funnel(placed: Sequence[Placed], centre: Interval, t: Translate, *, can_stand_out: bool) -> Drawn:
    """The classrooms round `centre`, by ballots; limits of 95 and 99.8 per cent, widened by the stated ICC.

    A classroom is a segment from its band's lower to its upper end, beside the others of its size and never on top.
    The table has the limits in pupils for every size of class that is there.
    """
    sizes = range(min(each.n for each in placed) - 1, max(each.n for each in placed) + 2)
    figure = go.Figure(layout=_layout(sizes, t))
    _add_limits(figure, sizes, centre, STANDING_OUT, _WIDER, t("99,8 %"))
    _add_limits(figure, sizes, centre, WARNING, _NARROWER, t("95 %"))
    for share in sorted({centre.low, centre.high}):
        line = {"color": BLACK, "width": 2}
        figure.add_scatter(mode="lines", x=[sizes[0], sizes[-1]], y=[100 * share] * 2, line=line, hoverinfo="skip")
    middle = 50 * (centre.low + centre.high)
    figure.add_annotation(x=sizes[-1], y=middle, text=" " + t("midten"), xanchor="left", showarrow=False)
    _add_segments(figure, placed)
    outside = sum(each.outside for each in placed)
    sentence = funnel_sentence(len(placed), outside, t, can_stand_out=can_stand_out)
    table = tuple(
        (str(n), *(_said(_limits(n, centre, level), t) for level in (WARNING, STANDING_OUT)))
        for n in sorted({each.n for each in placed})
    )
    return Drawn(str(figure.to_json()), sentence, table)


def funnel_sentence(number_of: int, outside: int, t: Translate, *, can_stand_out: bool) -> str:
    """What the funnel shows of so many classrooms, of which `outside` lie outside what chance explains.

    `can_stand_out` is False where no band that any of them could have been shown lies outside.
    """
    if number_of < MIN_FUNNEL:
        return t(
            "Der tegnes ingen tragt: Med færre end {least} klasser kan tilfældige udsving ikke vises.", least=MIN_FUNNEL
        )
    if not can_stand_out:
        return t(
            "Det kan ikke ses her, om en klasse skiller sig ud. Klasserne er så små og spændene så brede, at selv det "
            "yderste spænd kan være et tilfældigt udsving."
        )
    rest = number_of - outside
    if outside == 0:
        return t(
            "Alle klasser ligger inden for det, vi venter af tilfældige udsving. Vi kan ikke skelne dem fra hinanden. "
            "Det betyder ikke, at de er ens."
        )
    if rest == 0:
        return t("Alle klasser ligger uden for det, vi venter af tilfældige udsving.")
    if outside == 1:
        said = t("Én klasse ligger uden for det, vi venter af tilfældige udsving.")
    else:
        said = t(
            "{number} klasser ligger uden for det, vi venter af tilfældige udsving.", number=_number_word(outside, t)
        )
    others = t("De øvrige {number} kan vi ikke skelne fra hinanden.", number=rest)
    return " ".join((said, t("Den sidste ligger inden for.") if rest == 1 else others))


def centre_sentence(centre: Interval, name: str, t: Translate) -> str:
    """What the funnel is drawn round, and how wide chance is taken to be."""
    low, high = number(100 * centre.low, t), number(100 * centre.high, t)
    about = t("ca. {number} %", number=low) if low == high else t("{low} til {high} %", low=low, high=high)
    return t(
        "Midten er {name}: {about}. Grænserne er gjort bredere, fordi elever i samme klasse ligner hinanden "
        "(ICC {icc} %).",
        name=name,
        about=about,
        icc=number(100 * STATED_ICC, t),
    )


def _number_word(value: int, t: Translate) -> str:
    """Small numbers as a sentence begins with them."""
    words = (t("To"), t("Tre"), t("Fire"), t("Fem"), t("Seks"), t("Syv"), t("Otte"), t("Ni"), t("Ti"))
    return words[value - 2] if value - 2 < len(words) else str(value)


def _limits(n: int, centre: Interval, confidence: float) -> Limits:
    return chance_limits(n, centre, confidence, STATED_ICC)


def _said(limits: Limits, t: Translate) -> str:
    return t("{low} til {high}", low=limits.low, high=limits.high)


def _add_limits(
    figure: go.Figure, sizes: range, centre: Interval, confidence: float, look: dict[str, Any], name: str
) -> None:
    limits = [_limits(n, centre, confidence) for n in sizes]
    lows = [100 * each.low / n for each, n in zip(limits, sizes, strict=True)]
    highs = [100 * each.high / n for each, n in zip(limits, sizes, strict=True)]
    shared = {"mode": "lines", "x": list(sizes), "hoverinfo": "skip", "line": look["line"]}
    figure.add_scatter(y=lows, **shared)
    figure.add_scatter(y=highs, fill="tonexty", fillcolor=look["fillcolor"], **shared)
    figure.add_annotation(x=sizes[-1], y=highs[-1], text=f" {name}", xanchor="left", showarrow=False)


def _add_segments(figure: go.Figure, placed: Sequence[Placed]) -> None:
    for n, group in groupby(sorted(placed, key=lambda each: each.n), key=lambda each: each.n):
        same = list(group)
        step = min(_STEP, _ROOM / len(same))
        for index, each in enumerate(same):
            x, half = n + step * (index - (len(same) - 1) / 2), step * 0.4
            low, high = 100 * each.band.low / n, 100 * each.band.high / n
            outline = {"color": BLACK, "width": 4} if each.outside else {"color": SOLID["color"], "width": 0}
            figure.add_scatter(
                mode="lines",
                x=[x - half, x + half, x + half, x - half, x - half],
                y=[low, low, high, high, low],
                fill="toself",
                fillcolor=SOLID["color"],
                line=outline,
                hoverinfo="skip",
            )
            if each.outside:
                figure.add_annotation(x=x, y=high, text=each.name, yanchor="bottom", yshift=4, showarrow=False)


def _layout(sizes: range, t: Translate) -> dict[str, Any]:
    return {
        "template": "none",
        "font": FONT,
        "showlegend": False,
        "margin": {"l": 72, "r": 72, "t": 24, "b": 56},
        "xaxis": {
            "range": [sizes[0], sizes[-1]],
            "dtick": 1 if len(sizes) <= 20 else 5,
            "title": {"text": t("Antal svar i klassen")},
            "ticklabelstandoff": 6,  # or the first number stands on the 0 of the other axis
            "fixedrange": True,
            "showgrid": False,
        },
        "yaxis": {
            "rangemode": "tozero",
            "title": {"text": t("Svarede ja, i %")},
            "ticksuffix": " ",
            "fixedrange": True,
            "gridcolor": "#ffffff",
            "zeroline": True,
        },
    }
