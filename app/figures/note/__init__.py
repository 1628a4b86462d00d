"""The note to the local SSP committee as text: what page and document both say, each figure with the bar that draws it.

It reports what was measured and never what caused it, and "cannot be shown" wherever two figures may be alike.
"""

from app.domain.language import Translate
from app.domain.note import SchoolYear
from app.figures.note import chapters
from app.figures.note.grades import grade_text
from app.figures.note.text import Note
from app.figures.note.words import period


def note(found: SchoolYear, t: Translate) -> Note:
    """The whole note on a school year."""
    return Note(
        title=t("Notat til lokalrådet"),
        kind=t("Erfaringsopsamling med målinger, ikke en effektevaluering."),
        municipality=t("Kommune"),
        period=period(found.year, t),
        reach=chapters.reach(found, t),
        seen=chapters.seen(found, t),
        grades=tuple(grade_text(each, found.year, t) for each in found.grades),
        left_out=chapters.left_out(found, t),
        twice=chapters.twice(found, t),
        beside=chapters.beside(found, t),
        cannot=chapters.cannot_say(t),
        proposals=t("Forslag til lokalrådet"),
        evaluation=chapters.evaluation(found, t),
    )
