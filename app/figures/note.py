"""The note to the local council as text: what page and document both say, each figure with the bar that draws it.

It reports what was measured and never what caused it, and "cannot be shown" wherever two figures may be alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.benchmark import Benchmark, Season
from app.domain.comparison import Change, Mark
from app.domain.estimate import Sums
from app.domain.interval import Interval
from app.domain.language import Translate
from app.domain.note import GradeSeen, Hurdle, Occasion, SchoolYear, comparability, hurdle
from app.domain.question import window_label
from app.domain.theme import Direction, Theme
from app.figures.shares import share

MAX_FOCUS = 200
MAX_LEVEL = 80
MOST_NAMED = 5
EMPTY_LINES = 5


class Look(StrEnum):
    """How a bar is drawn: guesses striped, answers solid, a benchmark as a diamond."""

    GUESS = "guess"
    ANSWER = "answer"
    BENCHMARK = "benchmark"


@dataclass(frozen=True, slots=True)
class Bar:
    """From `low` to `high` on an axis from 0 to 1."""

    low: float
    high: float
    look: Look


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in words and, where there is one, as a bar."""

    text: str
    bar: Bar | None = None


@dataclass(frozen=True, slots=True)
class GradeText:
    """A theme in a grade: a heading, a sentence, a title for each occasion, and rows of (what, a cell an occasion)."""

    heading: str
    sentence: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, the titles of the columns, the rows, and what is said below them."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """The note from top to bottom: the first page ends with what was seen."""

    title: str
    kind: str
    municipality: str
    period: str
    reach: Section
    seen: Section
    grades: tuple[GradeText, ...]
    left_out: tuple[str, ...]
    twice: Table
    beside: Section
    cannot: Section
    proposals: str
    evaluation: Table


@dataclass(frozen=True, slots=True)
class Example:
    """One slide: what was believed and what was answered, as large as the wall allows; or, in `why_not`, why not."""

    heading: str
    guessed: str
    answered: str
    rest: str
    asked: str
    small: str
    why_not: str


def note(found: SchoolYear, t: Translate) -> Note:
    """The whole note on a school year."""
    return Note(
        title=t("Notat til lokalrådet"),
        kind=t("Erfaringsopsamling med målinger, ikke en effektevaluering."),
        municipality=t("Kommune"),
        period=period(found.year, t),
        reach=_reach(found, t),
        seen=Section(t("Det så vi"), _how_to_read(found, t)),
        grades=tuple(_grade(each, found.year, t) for each in found.grades),
        left_out=_left_out(found, t),
        twice=_twice(found, t),
        beside=Section(t("Ved siden af Ungeprofil"), _beside(found, t)),
        cannot=Section(t("Det kan vi ikke sige"), _cannot_say(t)),
        proposals=t("Forslag til lokalrådet"),
        evaluation=Table(t("Ni spørgsmål om evalueringen"), (), _nine_questions(found, t), ()),
    )


def example(seen: GradeSeen, year: int, t: Translate) -> Example:
    """The first occasion of a grade as a slide, where that is good news; elsewhere the reason that it is not."""
    heading = grade_heading(seen.theme, seen.grade, t)
    why = hurdle(seen)
    first = seen.occasions[0] if seen.occasions else None
    if why is not None or first is None or first.mates is None:
        return Example(heading, "", "", "", "", "", _why_not(why or Hurdle.FEW_CLASSROOMS, t))
    sums, wanted = first.sums, seen.theme.direction is Direction.WANTED
    window, has_done = window_label(seen.theme.window, t), seen.theme.wording(t.language).has_done
    rest = (
        t("Mindst {low} af {n} svarede ja.", low=sums.low, n=sums.n)
        if wanted
        else t("Mindst {low} af {n} svarede ikke ja.", low=sums.n - sums.high, n=sums.n)
    )
    return Example(
        heading=heading,
        guessed=share(first.mates, t),
        answered=share(sums.shares, t),
        rest=rest,
        asked=t("{window}: Hvor mange har {has_done}?", window=window, has_done=has_done),
        small=_occasion_title(first, year, t) + ". " + _not_representative(t),
        why_not="",
    )


def period(year: int, t: Translate) -> str:
    """A school year by the two calendar years that it lies in."""
    return t("Skoleåret {year}/{next}", year=year, next=f"{(year + 1) % 100:02}")


def grade_heading(theme: Theme, grade: int, t: Translate) -> str:
    """A theme in a grade, as a heading."""
    return t("{grade}. klasse: {title}", grade=grade, title=theme.wording(t.language).title)


def _reach(found: SchoolYear, t: Translate) -> Section:
    reach = found.reach
    themes = _themes(found, t)
    counted = t(
        "Skoler: {schools}. Klasser: {classrooms}. Besvarelser: {answers}, om {themes}.",
        schools=reach.schools, classrooms=reach.classrooms, answers=reach.answers, themes=_listed(themes, t),
    )  # fmt: skip
    more = t("En elev kan tælle flere gange: én gang for hvert emne og hver omgang.")
    own = []
    if found.focus:
        own.append(t("Fokus: {focus}", focus=_short(found.focus, MAX_FOCUS)))
    if found.level:
        own.append(t("Niveau af forebyggelse: {level}", level=_short(found.level, MAX_LEVEL)))
    return Section(t("Fokus og rækkevidde"), (*own, f"{counted} {more}") if themes else (*own, _nothing(t)))


def _themes(found: SchoolYear, t: Translate) -> list[str]:
    return list(dict.fromkeys(_lowered(each.theme.wording(t.language).title) for each in found.grades))


def _how_to_read(found: SchoolYear, t: Translate) -> tuple[str, ...]:
    if not found.grades:
        return ()
    said = [
        t("Hver linje er et spænd fra 0 til 100 % af eleverne. Stribet er gæt, udfyldt er svar, ◆ er Ungeprofil."),
        _not_representative(t),
        t("En klasse lægges aldrig til alene. Derfor kan de seneste svar mangle."),
    ]
    if any(each.estimate is not None for seen in found.grades for each in seen.occasions):
        said.append(t("Skønnet er for smalt, hvis en tredjedel af klasserne rummer alle, der svarede ja."))
    return (" ".join(said),)


def _grade(seen: GradeSeen, year: int, t: Translate) -> GradeText:
    rows: list[tuple[str, tuple[Cell, ...]]] = [
        (t("Gæt om alle de andre"), tuple(_guess(each.others, t) for each in seen.occasions)),
        (t("Gæt om kammeraterne"), tuple(_guess(each.mates, t) for each in seen.occasions)),
        (t("Svarede ja, sikre grænser"), tuple(_answered(each.sums, t) for each in seen.occasions)),
    ]
    if any(each.estimate is not None for each in seen.occasions):
        rows.append((t("Skøn over klassetrinnet"), tuple(_estimate(each.estimate, t) for each in seen.occasions)))
    if seen.benchmark is not None:
        rows.append((_named(seen.benchmark), (_published(seen, seen.benchmark, t),) * len(seen.occasions)))
    return GradeText(
        heading=grade_heading(seen.theme, seen.grade, t),
        sentence=_sentence(seen, t),
        columns=tuple(_occasion_title(each, year, t) for each in seen.occasions),
        rows=tuple(rows),
    )


def _sentence(seen: GradeSeen, t: Translate) -> str:
    first = seen.occasions[0]
    answered = t("Mellem {low} og {high} af {n} svarede ja.", low=first.sums.low, high=first.sums.high, n=first.sums.n)
    if first.mates is None:
        return answered
    guessed = t(
        "I gennemsnit gættede eleverne på, at {percent} af kammeraterne har {has_done} ({window}).",
        percent=share(first.mates, t),
        has_done=seen.theme.wording(t.language).has_done,
        window=_lowered(window_label(seen.theme.window, t)),
    )
    return f"{guessed} {answered}"


def _occasion_title(occasion: Occasion, year: int, t: Translate) -> str:
    if occasion.season is Season.AUTUMN:
        return t("Efterår {year}, {classrooms} klasser", year=year, classrooms=occasion.classrooms)
    return t("Forår {year}, {classrooms} klasser", year=year + 1, classrooms=occasion.classrooms)


def _guess(shares: Interval | None, t: Translate) -> Cell:
    if shares is None:
        return Cell(t("for få gæt"))
    return Cell(share(shares, t), Bar(shares.low, shares.high, Look.GUESS))


def _answered(sums: Sums, t: Translate) -> Cell:
    shares = sums.shares
    text = t("mellem {low} og {high} af {n}", low=sums.low, high=sums.high, n=sums.n)
    return Cell(text, Bar(shares.low, shares.high, Look.ANSWER))


def _estimate(shares: Interval | None, t: Translate) -> Cell:
    if shares is None:
        return Cell(t("kræver ti klasser"))
    return Cell(share(shares, t), Bar(shares.low, shares.high, Look.ANSWER))


def _published(seen: GradeSeen, figure: Benchmark, t: Translate) -> Cell:
    share = figure.share / 100
    text = t("{about}, mærke {mark}", about=_about(figure, t), mark=comparability(seen))
    return Cell(text, Bar(share, share, Look.BENCHMARK))


def _named(figure: Benchmark) -> str:
    return f"{figure.source} {figure.year}"


def _about(figure: Benchmark, t: Translate) -> str:
    if figure.share < 0.5:
        return t("under 1 %")
    return t("ca. {share} %", share=int(figure.share + 0.5))


def _left_out(found: SchoolYear, t: Translate) -> tuple[str, ...]:
    said = []
    if found.too_few:
        names = [grade_heading(theme, grade, t) for theme, grade in found.too_few]
        said.append(t("Udeladt, fordi der ikke er to klasser at lægge sammen endnu: {names}.", names=_listed(names, t)))
    if found.more:
        said.append(t("Svar om andre emner eller klassetrin, som der ikke er plads til her: {more}.", more=found.more))
    return tuple(said)


def _twice(found: SchoolYear, t: Translate) -> Table:
    rows = tuple(
        (grade_heading(each.theme, each.grade, t), _changed(each.guesses, t), _changed(each.answers, t))
        for each in found.grades
    )
    below = (
        t("Kan ikke påvises betyder, at tallet kan være lavere, højere eller det samme."),
        t("Meget bliver mere almindeligt med alderen. Derfor ser vi efter, om gættet nærmer sig svarene."),
    )
    columns = (t("Klassetrin og emne"), t("Gæt om kammeraterne"), t("Svarede ja"))
    return Table(t("Efterår og forår"), columns if rows else (), rows, below if rows else (_nothing(t),))


def _changed(change: Change | None, t: Translate) -> str:
    match change:
        case None:
            return t("For få klasser er spurgt igen")
        case Change.LOWER:
            return t("Lavere anden gang")
        case Change.HIGHER:
            return t("Højere anden gang")
        case Change.CANNOT_BE_SHOWN:
            return t("Kan ikke påvises")


def _beside(found: SchoolYear, t: Translate) -> tuple[str, ...]:
    said = [_pair(each, each.benchmark, found.year, t) for each in found.grades if each.benchmark is not None]
    if not said:
        return (t("Der er ingen kontrollerede tal fra Ungeprofil om de emner, vi har spurgt om."),)
    return (*said, _marks(t))


def _pair(seen: GradeSeen, figure: Benchmark, year: int, t: Translate) -> str:
    first = seen.occasions[0]
    ours = share(first.estimate or first.sums.shares, t)
    of = t("af {n} elever", n=figure.n) if figure.n else t("af et antal, der ikke er oplyst")
    pair = t(
        "{heading}. {named}: {about} {of} ({area}). Vores klasser: {ours}. Mærke {mark}.",
        heading=grade_heading(seen.theme, seen.grade, t), named=_named(figure), about=_about(figure, t), of=of,
        area=figure.area, ours=ours, mark=comparability(seen),
    )  # fmt: skip
    return pair + " " + t("Tallet er mere end 3 år gammelt.") if figure.is_old(year + 1) else pair


def _marks(t: Translate) -> str:
    marks = {
        Mark.A: t("samme ordlyd, tidsrum, klassetrin og årstid"),
        Mark.B: t("én ting er anderledes"),
        Mark.C: t("til orientering, uden beregnet forskel"),
    }
    said = ". ".join(f"{name}: {meaning}" for name, meaning in marks.items())
    return t("Mærkerne betyder: {marks}.", marks=said)


def _cannot_say(t: Translate) -> tuple[str, ...]:
    return (
        t("Vi kan ikke sige, at tallene gælder hele kommunen. De gælder de klasser, der har brugt værktøjet."),
        t("Vi kan ikke sige, præcis hvor mange der svarede ja. Hver klasse vises som et spænd, så ingen kan udpeges."),
        t("Vi kan ikke sige, hvad en forskel mellem to omgange skyldes. Der er ingen andre at holde dem op imod."),
        t("Vi kan ikke sige noget om én skole eller én klasse. Ens klasser får meget forskellige tal ved et tilfælde."),
        t("Vi kan ikke sige, om alle svarede sandt. Svarene er anonyme, og ingen kan efterprøve dem."),
    )


def _nine_questions(found: SchoolYear, t: Translate) -> tuple[tuple[str, str], ...]:
    themes = _themes(found, t)
    grades = sorted({each.grade for each in found.grades})
    about = t("Timer, hvor en klasse gætter, svarer og taler sammen.")
    if themes:
        said = t("Emner: {themes}. Klassetrin: {grades}.", themes=_listed(themes, t), grades=_listed(grades, t))
        about = f"{about} {said}"
    level = _short(found.level, MAX_LEVEL) or "…………"
    counted = found.reach
    reach = t("Skoler: {schools}. Klasser: {classrooms}.", schools=counted.schools, classrooms=counted.classrooms)
    by = t("Ansvarlig, timer og penge:")
    return (
        (t("1. Genstand"), about),
        (t("2. Kontekst"), t("SSP-arbejdet i kommunen. Niveau af forebyggelse: {level}", level=level)),
        (t("3. Formål"), t("At rette op på misforståelser om, hvad andre gør, og give klassen noget at tale om.")),
        (t("4. Problemstillinger"), t("Hvor langt er der fra gæt til svar? Nærmer gættet sig svarene anden gang?")),
        (t("5. Hvordan"), t("Ét spørgsmål om en selv og to gæt, anonymt i klassen. Igen efter mindst otte uger.")),
        (t("6. Metoder"), t("Spænd fra hver klasse lægges sammen. Fra ti klasser regnes et skøn med 95 % sikkerhed.")),
        (t("7. Analyse"), t("Gæt, svar og Ungeprofil side om side. En forskel nævnes, når spændene er adskilt.")),
        (t("8. Formidling"), t("Klassen så sine egne tal i timen. Notatet går til lokalrådet.")),
        (t("9. Hvem, tid og budget"), f"{reach} {period(found.year, t)}. {by} …………"),
    )


def _why_not(why: Hurdle, t: Translate) -> str:
    match why:
        case Hurdle.OFFENCE:
            return t("Emnet handler om noget ulovligt. Det viser vi ikke som eksempel.")
        case Hurdle.FEW_CLASSROOMS:
            return t("Der er ikke to klasser at lægge sammen endnu, så der er intet at vise.")
        case Hurdle.NO_GUESS:
            return t("Der var for få gæt, så der er ingen forskel at vise.")
        case Hurdle.MAJORITY:
            return t("Halvdelen eller flere kan have svaret noget andet, end vi håber. Det viser vi ikke.")
        case Hurdle.NOT_APART:
            return t("Det kan ikke påvises, at eleverne troede, det stod værre til, end det gør.")


def _not_representative(t: Translate) -> str:
    return t("Klasser, der har brugt værktøjet (ikke repræsentative).")


def _nothing(t: Translate) -> str:
    return t("Ingen klasser har svaret i det skoleår endnu.")


def _listed(names: Iterable[object], t: Translate) -> str:
    all_ = [str(name) for name in names]
    said, more = ", ".join(all_[:MOST_NAMED]), len(all_) - MOST_NAMED
    return t("{names} og {more} mere", names=said, more=more) if more > 0 else said


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _short(text: str, most: int) -> str:
    """The text on one line, cut between two words where it is too long for its place."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
