"""The result on one A4 page: its sentences, its chart, and the table that says the same."""

from flask import Blueprint, render_template, request

from app.domain.language import Translate
from app.domain.norms import Path
from app.domain.question import own_question
from app.domain.release import Suppressed
from app.domain.theme import Measure
from app.figures import sentences
from app.figures.chart import chart
from app.services.show_lesson import Result, show_lesson, show_result
from app.web import desk
from app.web.access import holds_link
from app.web.language import translate

printing = Blueprint("printing", __name__)


@printing.get("/lesson/<lesson_id>/print")
@holds_link
def page(lesson_id: str, secret: str) -> str:
    """One closed poll. Where the board keeps the class's own answer in its menu, the page shows it when asked to."""
    view = desk.look(show_lesson, lesson_id, secret)
    result, t = desk.look(show_result, lesson_id, secret, request.args.get("theme", "")), translate()
    asked_for = "own" in request.args
    waits = [reading for reading in (result.reading, result.approval) if reading and reading.path is Path.C]
    own = asked_for or result.reading not in waits
    words = result.theme.wording(t.language)
    drawn = None
    if result.release.n is not None:
        drawn = chart(result.release, result.benchmark, result.theme.audience, t, own=own)
    return render_template(
        "teacher/print.html",
        view=view,
        result=result,
        words=words,
        asked=own_question(result.theme, t),
        lines=_lines(result, t, all_=asked_for),
        chart=drawn,
        own=own,
        waits=waits and not asked_for,
    )


def _lines(result: Result, t: Translate, *, all_: bool) -> list[tuple[str, str]]:
    """A title and a sentence for each thing that the board showed; a suppressed figure says why."""
    titles = sentences.titles(result.theme.audience, t)
    if result.approval is not None:
        titles[Measure.APPROVE_MATES] = t("Er det okay? Hvad vi troede")
        titles[Measure.APPROVE] = t("Er det okay? Hvad vi svarede")
    waits = {Measure.OWN: result.reading, Measure.APPROVE: result.approval}
    lines = []
    for measure, title in titles.items():
        reading = waits.get(measure)
        if reading is None or reading.path is not Path.C or all_:
            lines.append((title, _sentence(result, measure, t)))
    if result.benchmark is not None and result.release.n is not None:
        sentence = sentences.benchmark(result.benchmark, result.release.n, t).text
        lines.append((sentences.group(result.benchmark, t), f"{sentence}. {sentences.basis(result.benchmark, t)}"))
    return lines


def _sentence(result: Result, measure: Measure, t: Translate) -> str:
    figure, n = result.release.figures[measure], result.release.n or 0
    if isinstance(figure, Suppressed):
        return sentences.suppressed(figure, t, silent=result.many_were_silent)
    return sentences.answered(measure, figure, n, result.theme.audience, t).text
