"""Sheets for the teacher: a theme's script, letters to homes, the class's agreement, and a poster."""

from flask import Blueprint, render_template, request

from app.domain import letter
from app.domain.norms import Path
from app.domain.poll import Poll
from app.domain.programme import EVENING, LENGTHS, evening, programme
from app.domain.question import folder_name, questions
from app.domain.refusal import Reason, Refusal
from app.domain.release import Band
from app.domain.theme import Audience, Care, Direction, Measure, Talk, Theme
from app.figures import sentences
from app.services.keep_settings import decisions
from app.services.show_lesson import LessonView, Result, show_lesson, show_result
from app.web import desk
from app.web.access import holds_link
from app.web.language import translate

sheets = Blueprint("sheets", __name__)


@sheets.get("/lesson/<lesson_id>/script")
@holds_link
def script(lesson_id: str, secret: str) -> str:
    """What happens when, and what may be said, for one theme on one A4 page."""
    view, t = desk.look(show_lesson, lesson_id, secret), translate()
    asked = request.args.get("minutes", "")
    minutes = int(asked) if asked in map(str, LENGTHS) else LENGTHS[0]
    theme = desk.house().themes[_poll(view, request.args.get("theme", "")).theme]
    if view.lesson.audience is Audience.PARENTS:
        cards = theme.wording(t.language).cards[Talk.OVERSTATED]
        return render_template("teacher/evening.html", view=view, minutes=EVENING, parts=evening(t), cards=cards)
    unwanted = theme.direction is Direction.UNWANTED
    words = theme.wording(t.language)
    return render_template(
        "teacher/script.html",
        view=view,
        theme=theme,
        words=words,
        asked=_asked(view, theme),
        folder=folder_name(theme.folder, t),
        titles=_titles(view),
        minutes=minutes,
        lengths=LENGTHS,
        parts=programme(minutes, t),
        unwanted=unwanted,
        good_news=words.cards[Talk.OVERSTATED if unwanted else Talk.UNDERSTATED],
        majority=words.cards[Talk.MAJORITY],
    )


@sheets.get("/lesson/<lesson_id>/letters")
@holds_link
def letters(lesson_id: str, secret: str) -> str:
    """Plain texts for parents and pupils, to copy."""
    view, t = desk.look(show_lesson, lesson_id, secret), translate()
    classroom, titles = view.lesson.classroom.name, _titles(view)
    lines = dict.fromkeys(line for key in titles for line in desk.house().themes[key].help)
    own = desk.look(decisions).texts.get("parents", "")
    texts = (
        (t("Til forældre"), letter.to_parents(classroom, tuple(titles.values()), tuple(lines), own, t)),
        (t("Til elever"), letter.to_pupils(classroom, t)),
    )
    return render_template("teacher/letters.html", view=view, letters=texts)


@sheets.get("/lesson/<lesson_id>/agreement")
@holds_link
def agreement(lesson_id: str, secret: str) -> str:
    """Lines for what the class agrees on; nothing that anybody answered."""
    return render_template("teacher/agreement.html", view=desk.look(show_lesson, lesson_id, secret))


@sheets.get("/lesson/<lesson_id>/poster")
@holds_link
def poster(lesson_id: str, secret: str) -> str:
    """What most of the class answered, where that can be hung on a wall; Refusal(NO_POSTER) elsewhere."""
    view = desk.look(show_lesson, lesson_id, secret)
    result, t = desk.look(show_result, lesson_id, secret, request.args.get("theme", "")), translate()
    band, n = result.release.band(Measure.OWN), result.release.n
    if band is None or n is None or not may_hang(result):
        raise Refusal(Reason.NO_POSTER)
    wanted = result.theme.direction is Direction.WANTED
    sentence = (sentences.own if wanted else sentences.rest)(Band(band.low, band.high), n, t)
    question = _asked(view, result.theme)
    return render_template(
        "teacher/poster.html", view=view, theme=result.theme.key, sentence=sentence, question=question, wanted=wanted
    )


def may_hang(result: Result) -> bool:
    """Only good news goes on a classroom's wall: pupils' own, and never about offences."""
    pupils = result.theme.audience is Audience.PUPILS
    return pupils and result.reading.path is Path.A and result.theme.care is not Care.OFFENCE


def _poll(view: LessonView, theme: str) -> Poll:
    return next((poll for poll in view.polls if poll.theme == theme), view.poll)


def _asked(view: LessonView, theme: Theme) -> str:
    """What pupils were asked about themselves, with the time that it looks back on."""
    return questions(theme, view.lesson.classroom.grade, view.lesson.size or 0, translate())[-1].line


def _titles(view: LessonView) -> dict[str, str]:
    themes, language = desk.house().themes, translate().language
    return {poll.theme: themes[poll.theme].wording(language).title for poll in view.polls}
