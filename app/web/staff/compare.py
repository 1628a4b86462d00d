"""Sammenlign: classrooms of one theme, grade and school year beside one another, without a rank."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, request

from app.domain.account import Account
from app.domain.benchmark import Season
from app.domain.comparison import MIN_FUNNEL, Change, Mark
from app.domain.language import Translate
from app.domain.norms import Misperception
from app.domain.question import own_question
from app.domain.release import Band
from app.figures import cohort, funnel, sentences
from app.figures.cohort import Cohort, Drawn
from app.services.compare import ClassroomRow, Comparison, LeftOut, Subject, Wave
from app.services.show_comparison import ComparedWave, ComparisonPage, show_comparison
from app.web import desk
from app.web.access import plans
from app.web.language import translate

comparing = Blueprint("comparing", __name__)


@dataclass(frozen=True, slots=True)
class Option:
    """A link to another choice; `here` says that it is the one on the page."""

    name: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A classroom as the table has it: everything in words."""

    school: str
    classroom: str
    n: int
    guess: str
    own: str
    result: str
    stands_out: bool


@comparing.get("/staff/compare")
@plans
def page(mine: Account) -> str:
    """The subject that the address names, or the newest; what the address leaves out may be anything."""
    asked = request.args
    wanted = asked.get("theme"), _number("grade"), _number("year"), asked.get("school")
    found = desk.look(show_comparison, *wanted)
    if found is None:
        return render_template("staff/compare.html", mine=mine, page=None)
    t, shown = translate(), _wave(found)
    wording, filters = found.found.theme.wording(t.language), _filters(found, shown, t)
    told = _told(found, shown, t) if shown else {"wave": None}
    return render_template("staff/compare.html", mine=mine, page=found, wording=wording, filters=filters, **told)


def _wave(found: ComparisonPage) -> ComparedWave | None:
    """The wave that the address names, or else the first; 404 for one that there is not."""
    number, numbered = _number("wave"), {each.wave.number: each for each in found.waves}
    if number is not None and number not in numbered:
        abort(404)
    return numbered[number or min(numbered)] if numbered else None


def _told(found: ComparisonPage, shown: ComparedWave, t: Translate) -> dict[str, object]:
    """Everything that the page says of one wave."""
    wording = found.found.theme.wording(t.language)
    return {
        "wave": shown.wave,
        "season": _seasons(t)[shown.wave.season],
        "cohort": cohort.cohort(_cohort(shown.wave), found.found.benchmark, wording.has_done, t),
        "benchmark": _benchmark(found, shown, t),
        "funnel": _funnel(found.found, shown, t),
        "funnel_sentence": _funnel_sentence(found.found, shown, t),
        "centre": _centre(found.found, t),
        "lines": [_line(row, t) for row in shown.wave.classrooms],
        "waves": _two_waves(found.found, t),
        "changes": _changes(found.found, t),
        "left_out": [(school, name, _reasons(t)[why]) for school, name, why in dict.fromkeys(shown.wave.left_out)],
        "question": own_question(found.found.theme, t),
        "comparisons": _comparisons(found.found, shown.wave),
    }


def _number(name: str) -> int | None:
    """A number in the address; 404 where it is none, for then the link was not one of ours."""
    text = request.args.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        abort(404)
    return int(text)


def _filters(page: ComparisonPage, shown: ComparedWave | None, t: Translate) -> list[tuple[str, list[Option]]]:
    """The rows of links, by their headings; a row with one choice says what there is."""
    chosen, themes = page.found.subject, desk.house().themes
    whole = replace(chosen, school=None)
    rows = (
        (t("Emne"), [(themes[each.theme].wording(t.language).title, each) for each in page.themes], whole),
        (t("Klassetrin"), [(t("{grade}. klasse", grade=each.grade), each) for each in page.grades], whole),
        (t("Skoleår"), [(f"{each.year}/{(each.year + 1) % 100:02}", each) for each in page.years], whole),
        (t("Skole"), [(t("Alle skoler"), whole), *((each.school or "", each) for each in page.schools)], chosen),
    )
    filters = [
        (heading, [Option(name, _address(each), each == here) for name, each in choices])
        for heading, choices, here in rows
    ]
    if shown is not None and len(page.waves) > 1:
        waves = [each.wave.number for each in page.waves]
        here = shown.wave.number
        named = [Option(t("{wave}. måling", wave=wave), _address(chosen, wave), wave == here) for wave in waves]
        filters.insert(-1, (t("Måling"), named))  # the long row of schools comes last
    return filters


def _address(subject: Subject, wave: int | None = None) -> str:
    values = {"theme": subject.theme, "grade": subject.grade, "year": subject.year, "school": subject.school}
    there = {name: value for name, value in {**values, "wave": wave}.items() if value is not None}
    return f"/staff/compare?{urlencode(there)}"


def _cohort(wave: Wave) -> Cohort:
    return Cohort(wave.others, wave.mates, wave.sums, wave.estimate)


def _benchmark(page: ComparisonPage, shown: ComparedWave, t: Translate) -> str:
    """How far the published figure may be held beside the classrooms; "" where there is none."""
    if shown.mark is None:
        return ""
    meanings = {
        Mark.A: t("A: samme spørgsmål, tidsrum, klassetrin og årstid."),
        Mark.B: t("B: én ting er anderledes."),
        Mark.C: t("C: en orientering, for tidsrum eller årstid er ukendt eller en anden."),
    }
    said = t("Sammenlignelighed {meaning}", meaning=meanings[shown.mark])
    return " ".join((said, t("Tallet er ældre end 3 år."))) if page.old else said


def _funnel(found: Comparison, shown: ComparedWave, t: Translate) -> Drawn | None:
    if found.centre is None or len(shown.wave.classrooms) < MIN_FUNNEL:
        return None
    placed = [
        funnel.Placed(f"{row.classroom}, {row.school}", row.n, row.own, bool(row.stands_out))
        for row in shown.wave.classrooms
    ]
    return funnel.funnel(placed, found.centre, t, can_stand_out=shown.can_stand_out)


def _funnel_sentence(found: Comparison, shown: ComparedWave, t: Translate) -> str:
    rows = shown.wave.classrooms
    if found.centre is None and len(rows) >= MIN_FUNNEL:
        return t(
            "Der tegnes ingen tragt: Her er hverken et offentliggjort tal eller et skøn at holde klasserne op imod."
        )
    outside = sum(bool(row.stands_out) for row in rows)
    return funnel.funnel_sentence(len(rows), outside, t, can_stand_out=shown.can_stand_out)


def _centre(found: Comparison, t: Translate) -> str:
    if found.centre is None:
        return ""
    figure = found.benchmark
    name = f"{figure.source} {figure.year}" if figure else t("skønnet fra første måling")
    return funnel.centre_sentence(found.centre, name, t)


def _line(row: ClassroomRow, t: Translate) -> Line:
    results = {
        Misperception.EXAGGERATION: t("Overdrivelse"),
        Misperception.MAJORITY: sentences.name_of(Misperception.MAJORITY, t),
        Misperception.UNDERSTATEMENT: sentences.name_of(Misperception.UNDERSTATEMENT, t),
        Misperception.MATCH: t("Gættede rigtigt"),
    }
    return Line(
        school=row.school,
        classroom=row.classroom,
        n=row.n,
        guess=_guess(row.mates, row.n, t) if row.mates else t("for få gæt"),
        own=_own(row.own, row.n, t),
        result=results[row.name] if row.name else t("kan ikke siges"),
        stands_out=bool(row.stands_out),
    )


def _own(band: Band, n: int, t: Translate) -> str:
    if band.low == 0:
        return t("højst {high}", high=band.high)
    return t("mindst {low}", low=band.low) if band.high == n else t("{low} til {high}", low=band.low, high=band.high)


def _guess(band: Band, n: int, t: Translate) -> str:
    return t("under {high}", high=band.high) if band.low == 0 else _own(band, n, t)


def _two_waves(found: Comparison, t: Translate) -> Drawn | None:
    if found.change is None or len(found.waves) < 2:
        return None
    first, later = found.waves
    return cohort.two_waves(_cohort(first), _cohort(later), found.change, t)


def _changes(found: Comparison, t: Translate) -> list[tuple[str, str, str]]:
    """The classrooms whose two bands have nothing in common."""
    words = {Change.LOWER: t("Lavere"), Change.HIGHER: t("Højere")}
    return [(each.school, each.classroom, words[each.change]) for each in found.changes if each.change in words]


def _comparisons(found: Comparison, wave: Wave) -> int:
    """How many times the page holds one thing against another: guess against answers, classrooms against chance, and
    wave against wave."""
    named = 1 + sum(row.name is not None for row in wave.classrooms)
    against_chance = sum(row.stands_out is not None for row in wave.classrooms)
    return named + against_chance + (found.change is not None) + len(found.changes)


def _reasons(t: Translate) -> dict[LeftOut, str]:
    return {
        LeftOut.FEW_ANSWERS: t("færre end 10 svar"),
        LeftOut.OTHER_EDITION: t("en anden udgave af spørgsmålene"),
        LeftOut.NO_BAND: t("for få til et spænd"),
        LeftOut.OTHER_SEASON: t("svarede i den anden halvdel af skoleåret"),
    }


def _seasons(t: Translate) -> dict[Season, str]:
    return {Season.AUTUMN: t("efterår"), Season.SPRING: t("forår")}
