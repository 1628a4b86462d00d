"""The chart of a grade: what it guessed, what it answered, and a published figure, on one axis of per cent.

Like every figure it is JSON for Plotly, a sentence, and a table that says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from app.domain.benchmark import Benchmark
from app.domain.comparison import Change
from app.domain.estimate import Sums
from app.domain.interval import Interval, percents
from app.domain.language import Translate
from app.figures.looks import BLACK, FONT, SOLID, STRIPES, marked
from app.figures.shares import number, share

_HOLLOW = {"color": "#ffffff", "line": {"color": SOLID["color"], "width": 3}}


@dataclass(frozen=True, slots=True)
class Cohort:
    """What classrooms of a grade said together; None is what cannot be said of them."""

    others: Interval | None
    mates: Interval | None
    sums: Sums
    estimate: Interval | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure as JSON for Plotly, its sentence, and its table, the first cell of each row being its heading."""

    json: str
    sentence: str
    table: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    interval: Interval
    look: dict[str, Any]
    counted: str = ""


def cohort(shown: Cohort, benchmark: Benchmark | None, act: str, t: Translate) -> Drawn:
    """One wave of a grade: an interval a line, never a point, and the published figure as a diamond below.

    `act` is what was asked about, as it follows "har".
    """
    lines = [
        _Line(name, guess, STRIPES)
        for name, guess in ((t("Gæt om de andre"), shown.others), (t("Gæt om egen klasse"), shown.mates))
        if guess is not None
    ]
    if shown.estimate is not None:
        lines.append(_Line(t("Svarede ja, skøn"), shown.estimate, SOLID))
    lines.append(_Line(t("Svarede ja, sikre grænser"), shown.sums.shares, _HOLLOW, _sums(shown.sums, t)))
    figure, table = _intervals(lines, t)
    if benchmark is not None:
        table = (*table, _published(figure, benchmark, t))
    return Drawn(str(figure.to_json()), _cohort_sentence(shown, act, t), table)


def two_waves(first: Cohort, later: Cohort, change: Change, t: Translate) -> Drawn:
    """Both waves of a grade, guess under guess and answers under answers, and what they show of the answers."""
    if first.estimate is not None and later.estimate is not None:
        answers = (t("Svarede ja, skøn"), first.estimate, later.estimate, SOLID)
    else:
        answers = (t("Svarede ja, sikre grænser"), first.sums.shares, later.sums.shares, _HOLLOW)
    pairs = (
        (t("Gæt om de andre"), first.others, later.others, STRIPES),
        (t("Gæt om egen klasse"), first.mates, later.mates, STRIPES),
        answers,
    )
    lines = [
        _Line(t("{what}, {wave}. måling", what=what, wave=wave), interval, look)
        for what, before, after, look in pairs
        for wave, interval in ((1, before), (2, after))
        if interval is not None
    ]
    figure, table = _intervals(lines, t)
    return Drawn(str(figure.to_json()), change_sentence(change, t), table)


def change_sentence(change: Change, t: Translate) -> str:
    """What two waves show of a grade's answers; it names no cause, and never says that nothing changed."""
    match change:
        case Change.LOWER:
            return t("Lavere: Skønnet ved anden måling ligger helt under skønnet ved første.")
        case Change.HIGHER:
            return t("Højere: Skønnet ved anden måling ligger helt over skønnet ved første.")
        case Change.CANNOT_BE_SHOWN:
            return t("Kan ikke påvises: Svarene kan være steget eller faldet, uden at vi kan se det her.")


def _cohort_sentence(shown: Cohort, act: str, t: Translate) -> str:
    """Certain bounds on both sides, not the estimate: the sentence is about those who answered, and holds."""
    answers = shown.sums.shares
    own = share(answers, t)
    if shown.mates is None:
        return t("{own} svarede ja. Der er for få gæt til at vise et tal.", own=_begins(own))
    said = {"guess": share(shown.mates, t), "act": act, "own": _begins(own)}
    if shown.mates.lies_above(answers) or answers.lies_above(shown.mates):
        return t("Eleverne troede, at {guess} i deres egen klasse har {act}. {own} svarede selv ja.", **said)
    return t(
        "Eleverne troede, at {guess} i deres egen klasse har {act}. {own} svarede selv ja. "
        "De to tal kan vi ikke skelne fra hinanden.",
        **said,
    )


def _begins(words: str) -> str:
    return words[0].upper() + words[1:]


def _sums(sums: Sums, t: Translate) -> str:
    return t("{low} til {high} af {n}", low=sums.low, high=sums.high, n=sums.n)


def _published(figure: go.Figure, benchmark: Benchmark, t: Translate) -> tuple[str, str]:
    """Draw the diamond of a published figure; its row of the table."""
    name = f"{benchmark.source} {benchmark.year}"
    about = t("ca. {number} %", number=number(benchmark.share, t))
    look = marked({"symbol": "diamond", "size": 18})
    place: dict[str, Any] = {"x": [benchmark.share], "y": [name], "textposition": "middle right"}
    figure.add_scatter(mode="markers+text", text=[f"   {about}"], **place, **look)
    return f"{name}, {benchmark.area}", t("{about} af {n}", about=about, n=benchmark.n) if benchmark.n else about


def _intervals(lines: Sequence[_Line], t: Translate) -> tuple[go.Figure, tuple[tuple[str, ...], ...]]:
    figure = go.Figure(layout=_layout(t))
    for line in lines:
        low, high = percents(line.interval)
        figure.add_bar(
            orientation="h",
            y=[line.name],
            base=[low],
            x=[high - low],
            text=[share(line.interval, t)],
            textposition="outside",
            cliponaxis=False,
            **marked(line.look),
        )
    return figure, tuple((line.name, line.counted or share(line.interval, t)) for line in lines)


def _layout(t: Translate) -> dict[str, Any]:
    return {
        "template": "none",
        "font": FONT,
        "showlegend": False,
        "barmode": "overlay",
        "bargap": 0.4,
        "margin": {"l": 8, "r": 24, "t": 8, "b": 56},
        "xaxis": {
            "range": [0, 100],
            "dtick": 20,
            "title": {"text": t("Andel af eleverne i %")},
            "fixedrange": True,
            "gridcolor": "#cccccc",
            "zeroline": True,
            "zerolinecolor": BLACK,
        },
        "yaxis": {"autorange": "reversed", "automargin": True, "fixedrange": True, "ticksuffix": "  "},
    }
