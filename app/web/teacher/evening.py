"""A parents' evening beside its polls: the young people's figures, and the page that parents take home."""

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from app.domain.estimate import Sums
from app.domain.language import danish
from app.domain.norms import Path
from app.domain.question import own_question
from app.domain.theme import Audience, Measure
from app.figures import sentences
from app.figures.qr import qr_svg
from app.figures.sentences import Sentence
from app.services import evening as evenings
from app.services.evening import GradeFigure, Handout
from app.services.show_lesson import Result, show_lesson
from app.web import desk
from app.web.access import anyone, holds_link
from app.web.language import speak_to, translate

evening = Blueprint("evening", __name__)


@evening.get("/lesson/<lesson_id>/pupils")
@holds_link
def pupils(lesson_id: str, secret: str) -> str:
    """What pupils of the grade believe and do, on the board."""
    view = desk.look(show_lesson, lesson_id, secret)
    figures = desk.look(evenings.grade_figures, lesson_id, secret)
    return render_template("teacher/pupils.html", view=view, **_grade(figures))


@evening.post("/lesson/<lesson_id>/handout")
@holds_link
def make(lesson_id: str, secret: str) -> Response:
    """Open the page to take home."""
    desk.serve(evenings.make_handout, lesson_id, secret)
    return redirect(f"/lesson/{lesson_id}/handout", 303)


@evening.get("/lesson/<lesson_id>/handout")
@holds_link
def show(lesson_id: str, secret: str) -> str | Response:
    """Its QR code on the board."""
    view, t = desk.look(show_lesson, lesson_id, secret), translate()
    token = desk.look(evenings.handout_of, lesson_id, secret)
    if token is None:
        return redirect(f"/lesson/{lesson_id}", 303)
    address = f"{desk.settings().base_url}/h/{token}"
    picture = qr_svg(address, t("QR-kode til siden"))
    return render_template("teacher/handout.html", view=view, qr=picture, days=evenings.HANDOUT_DAYS)


@evening.get("/h/<token>")
@anyone
def handout(token: str) -> str:
    """What parents take home: no school, no class, no link back."""
    speak_to(Audience.PARENTS)
    found: Handout = desk.look(evenings.show_handout, token)
    told = [_told(result) for result in found.results]
    return render_template("public/handout.html", grade=found.grade, told=told, **_grade(found.figures))


def _told(result: Result) -> tuple[str, str, list[tuple[str, str]]]:
    """An evening's poll: its title, its own question, and a titled sentence for each band."""
    t, release = translate(), result.release
    words, n = result.theme.wording(t.language), release.n or 0
    audience = result.theme.audience
    lines = []
    for measure, title in sentences.titles(audience, t).items():
        # What the board keeps in its menu is not for taking home: it makes what many do look like what one should.
        waits = measure is Measure.OWN and result.reading.path is Path.C
        band = None if waits else release.band(measure)
        said = sentences.answered(measure, band, n, audience, t).text if band else t("Der vises ikke noget tal.")
        lines.append((title, said))
    return words.title, words.own, lines


def _grade(figures: tuple[GradeFigure, ...]) -> dict[str, object]:
    """The template's values: what may be said of each theme, and the titles of those on which too few have answered."""
    language = translate().language
    few = [each.theme.wording(language).title for each in figures if each.sums is None]
    return {"rows": [_row(each, each.sums) for each in figures if each.sums is not None], "few": ", ".join(few)}


def _row(figure: GradeFigure, sums: Sums) -> tuple[str, str, int, list[Sentence]]:
    """A theme's title with the school year, its question, how many answered, and sentences that count in hundreds."""
    t, theme = translate(), figure.theme
    title = f"{theme.wording(t.language).title}, {figure.year}/{(figure.year + 1) % 100:02}"
    # The young people's questions are not drafted: a Danish one keeps its Danish label.
    asked = own_question(theme, t if t.language in theme.wordings else danish)
    lines = [sentences.grade_own(sums.shares, t)]
    if figure.mates is not None:
        lines.append(sentences.grade_guess(figure.mates, t))
    if figure.benchmark is not None:
        lines.append(sentences.benchmark(figure.benchmark, 100, t))
    return title, asked, sums.n, lines
