"""The note around its figures: reach, what changed, what stands beside, what cannot be said, and nine questions."""

from dataclasses import asdict

from app.domain.benchmark import Benchmark
from app.domain.comparison import Change, Mark
from app.domain.language import Translate
from app.domain.note import GradeSeen, SchoolYear, comparability
from app.figures.note.text import Section, Table
from app.figures.note.words import (
    about,
    grade_heading,
    listed,
    lowered,
    named,
    never_alone,
    no_figure_yet,
    not_representative,
    nothing,
    period,
    short,
)
from app.figures.shares import share

MAX_FOCUS = 200
MAX_LEVEL = 80


def reach(found: SchoolYear, t: Translate) -> Section:
    """Focus and level, where they are set, and how many schools, classrooms and answers there are."""
    own = []
    if found.focus:
        own.append(t("Fokus: {focus}", focus=short(found.focus, MAX_FOCUS)))
    if found.level:
        own.append(t("Niveau af forebyggelse: {level}", level=short(found.level, MAX_LEVEL)))
    return Section(t("Fokus og rækkevidde"), (*own, _counted(found, t) if found.reach.classrooms else nothing(t)))


def _counted(found: SchoolYear, t: Translate) -> str:
    themes, counts = listed(_themes(found, t), t), asdict(found.reach)
    if themes:
        said = t(
            "Skoler: {schools}. Klasser: {classrooms}. Besvarelser: {answers}, om {themes}.", themes=themes, **counts
        )
    else:
        said = t("Skoler: {schools}. Klasser: {classrooms}. Besvarelser: {answers}.", **counts)
    return said + " " + t("En elev kan tælle flere gange: én gang for hvert emne og hver omgang.")


def _themes(found: SchoolYear, t: Translate) -> list[str]:
    return list(dict.fromkeys(lowered(each.theme.wording(t.language).title) for each in found.grades))


def seen(found: SchoolYear, t: Translate) -> Section:
    """The heading over the grades, and how their lines are read, or why there are none of classrooms that answered."""
    if found.grades:
        return Section(t("Det så vi"), (_how_to_read(found, t),))
    return Section(t("Det så vi"), (never_alone(t),) if found.reach.classrooms else ())


def _how_to_read(found: SchoolYear, t: Translate) -> str:
    said = [
        t("Hver linje er et spænd fra 0 til 100 % af eleverne. Stribet er gæt, udfyldt svar, ◆ et offentliggjort tal."),
        not_representative(t),
        never_alone(t),
    ]
    if any(each.estimate is not None for grade in found.grades for each in grade.occasions):
        said.append(t("Skønnet er for smalt, hvis en tredjedel af klasserne rummer alle, der svarede ja."))
    return " ".join(said)


def left_out(found: SchoolYear, t: Translate) -> tuple[str, ...]:
    """What the note does not show, and why: classrooms that wait are waiting, not absent."""
    said = []
    if found.too_few:
        names = [grade_heading(theme, grade, t) for theme, grade in found.too_few]
        why = t(
            "Venter på et tal, som kommer i ugen efter, at mindst to klasser har svaret: {names}.",
            names=listed(names, t),
        )
        said.append(why)
    if found.more:
        said.append(t("Svar om andre emner eller klassetrin, som der ikke er plads til her: {more}.", more=found.more))
    return tuple(said)


def twice(found: SchoolYear, t: Translate) -> Table:
    """What the classrooms that were asked twice said the second time."""
    rows = tuple(
        (grade_heading(each.theme, each.grade, t), _changed(each.guesses, t), _changed(each.answers, t))
        for each in found.grades
    )
    below = (
        t("Kan ikke påvises betyder, at tallet kan være lavere, højere eller det samme."),
        t("Meget bliver mere almindeligt med alderen. Derfor ser vi efter, om gættet nærmer sig svarene."),
    )
    columns = (t("Klassetrin og emne"), t("Gæt om kammeraterne"), t("Svarede ja"))
    return Table(t("Efterår og forår"), columns if rows else (), rows, below if rows else (no_figure_yet(t),))


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


def beside(found: SchoolYear, t: Translate) -> Section:
    """The published figures that have been checked, and how comparable each is."""
    return Section(t("Ved siden af offentliggjorte tal"), _pairs(found, t))


def _pairs(found: SchoolYear, t: Translate) -> tuple[str, ...]:
    if not found.grades:
        return (no_figure_yet(t),)
    said = [_pair(each, each.benchmark, found.year, t) for each in found.grades if each.benchmark is not None]
    if not said:
        return (t("Der er ingen kontrollerede, offentliggjorte tal om de emner, vi har spurgt om."),)
    return (*said, _marks(t))


def _pair(seen: GradeSeen, figure: Benchmark, year: int, t: Translate) -> str:
    first = seen.occasions[0]
    ours = share(first.estimate or first.sums.shares, t)
    of = t("af {n} elever", n=figure.n) if figure.n else t("af et antal, der ikke er oplyst")
    pair = t(
        "{heading}. {named}: {about} {of} ({area}). Vores klasser: {ours}. Mærke\u00a0{mark}.",
        heading=grade_heading(seen.theme, seen.grade, t), named=named(figure), about=about(figure, t), of=of,
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


def cannot_say(t: Translate) -> Section:
    """What no figure here can carry."""
    paragraphs = (
        t("Vi kan ikke sige, at tallene gælder hele kommunen. De gælder de klasser, der har brugt værktøjet."),
        t("Vi kan ikke sige, præcis hvor mange der svarede ja. Hver klasse vises som et spænd, så ingen kan udpeges."),
        t("Vi kan ikke sige, hvad en forskel mellem to omgange skyldes. Der er ingen andre at holde dem op imod."),
        t("Vi kan ikke sige noget om én skole eller én klasse. Ens klasser får meget forskellige tal ved et tilfælde."),
        t("Vi kan ikke sige, om alle svarede sandt. Svarene er anonyme, og ingen kan efterprøve dem."),
    )
    return Section(t("Det kan vi ikke sige"), paragraphs)


def evaluation(found: SchoolYear, t: Translate) -> Table:
    """The nine questions that an evaluation answers, answered as far as the tool knows."""
    return Table(t("Ni spørgsmål om evalueringen"), (), _nine_questions(found, t), ())


def _nine_questions(found: SchoolYear, t: Translate) -> tuple[tuple[str, str], ...]:
    themes = _themes(found, t)
    grades = sorted({each.grade for each in found.grades})
    about = t("Timer, hvor en klasse gætter, svarer og taler sammen.")
    if themes:
        said = t("Emner: {themes}. Klassetrin: {grades}.", themes=listed(themes, t), grades=listed(grades, t))
        about = f"{about} {said}"
    level = short(found.level, MAX_LEVEL) or "…………"
    counted = found.reach
    wide = t("Skoler: {schools}. Klasser: {classrooms}.", schools=counted.schools, classrooms=counted.classrooms)
    by = t("Ansvarlig, timer og penge:")
    return (
        (t("1. Genstand"), about),
        (t("2. Kontekst"), t("SSP-arbejdet i kommunen. Niveau af forebyggelse: {level}", level=level)),
        (t("3. Formål"), t("At rette op på misforståelser om, hvad andre gør, og give klassen noget at tale om.")),
        (t("4. Problemstillinger"), t("Hvor langt er der fra gæt til svar? Nærmer gættet sig svarene anden gang?")),
        (t("5. Hvordan"), t("Ét spørgsmål om en selv og to gæt, anonymt i klassen. Igen efter mindst otte uger.")),
        (t("6. Metoder"), t("Spænd fra hver klasse lægges sammen. Fra ti klasser regnes et skøn med 95 % sikkerhed.")),
        (
            t("7. Analyse"),
            t("Gæt, svar og offentliggjorte tal side om side. En forskel nævnes, når spændene er adskilt."),
        ),
        (t("8. Formidling"), t("Klassen så sine egne tal i timen. Notatet går til lokalrådet.")),
        (t("9. Hvem, tid og budget"), f"{wide} {period(found.year, t)}. {by} …………"),
    )
