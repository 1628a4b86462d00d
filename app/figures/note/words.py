"""Words that several parts of the note share."""

from collections.abc import Iterable

from app.domain.benchmark import Benchmark, Season
from app.domain.language import Translate
from app.domain.note import Occasion
from app.domain.theme import Theme

MOST_NAMED = 5


def period(year: int, t: Translate) -> str:
    """A school year by the two calendar years that it lies in."""
    return t("Skoleåret {year}/{next}", year=year, next=f"{(year + 1) % 100:02}")


def grade_heading(theme: Theme, grade: int, t: Translate) -> str:
    """A theme in a grade, as a heading."""
    return t("{grade}. klasse: {title}", grade=grade, title=theme.wording(t.language).title)


def occasion_title(occasion: Occasion, year: int, t: Translate) -> str:
    """A season with its year, and how many classrooms were asked then."""
    if occasion.season is Season.AUTUMN:
        return t("Efterår {year}, {classrooms} klasser", year=year, classrooms=occasion.classrooms)
    return t("Forår {year}, {classrooms} klasser", year=year + 1, classrooms=occasion.classrooms)


def named(figure: Benchmark) -> str:
    """A published figure by its source and year."""
    return f"{figure.source} {figure.year}"


def about(figure: Benchmark, t: Translate) -> str:
    """A published share in whole per cent."""
    if figure.share < 0.5:
        return t("under 1 %")
    return t("ca. {share} %", share=int(figure.share + 0.5))


def not_representative(t: Translate) -> str:
    """The sentence that stands beside every figure."""
    return t("Klasser, der har brugt værktøjet (ikke repræsentative).")


def nothing(t: Translate) -> str:
    """What is said of a year without answers."""
    return t("Ingen klasser har svaret i det skoleår endnu.")


def never_alone(t: Translate) -> str:
    """Why what classrooms answered last may be in no figure yet."""
    return t("En klasse lægges aldrig til alene. Derfor kan de seneste svar mangle.")


def no_figure_yet(t: Translate) -> str:
    """What stands where a figure will."""
    return t("Her er ingen tal endnu.")


def listed(names: Iterable[object], t: Translate) -> str:
    """Names in a row, the first MOST_NAMED of them."""
    all_ = [str(name) for name in names]
    said, more = ", ".join(all_[:MOST_NAMED]), len(all_) - MOST_NAMED
    return t("{names} og {more} mere", names=said, more=more) if more > 0 else said


def lowered(text: str) -> str:
    """The text, to stand inside a sentence."""
    return text[:1].lower() + text[1:]


def short(text: str, most: int) -> str:
    """The text on one line, cut between two words where it is too long for its place."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
