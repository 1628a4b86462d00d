"""A row of the export: what several classrooms show together, and what each of its columns says."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.comparison import Mark

EVERY_SCHOOL = "Kommunen"


class Scope(StrEnum):
    """Whether a row is about all schools or about one of them."""

    MUNICIPALITY = "municipality"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class ExportRow:
    """Classrooms of one area that were asked the same in the same wave: never one classroom alone.

    COLUMNS says what each field means. None is what is not known or may not be said.
    """

    school_year: int
    area_kind: Scope
    area: str
    grade: int
    theme: str
    edition: int
    wave: int
    week_first: str | None
    week_last: str | None
    n: int
    classrooms: int
    own_lower: int
    own_upper: int
    others_lower: int | None
    others_upper: int | None
    mates_lower: int | None
    mates_upper: int | None
    estimate_low: int | None
    estimate_high: int | None
    benchmark_share: float | None
    benchmark_year: int | None
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name in every format, and one sentence on it in Danish and in English."""

    name: str
    danish: str
    english: str


COLUMNS = (
    Column("school_year", "Det år, skoleåret begyndte.", "The year in which the school year began."),
    Column(
        "area_kind",
        "Om rækken gælder alle skoler i kommunen (municipality) eller én skole (school).",
        "Whether the row is about all schools of the municipality (municipality) or one school (school).",
    ),
    Column(
        "area", f"Skolens navn, eller {EVERY_SCHOOL}.", f"The name of the school, or {EVERY_SCHOOL} for all of them."
    ),
    Column("grade", "Klassetrinnet.", "The grade."),
    Column("theme", "Emnets nøgle i spørgsmålsbanken.", "The key of the theme in the question bank."),
    Column(
        "edition",
        "Udgaven af emnets spørgsmål; en ny ordlyd er en ny udgave.",
        "The edition of the theme's questions; a new wording is a new edition.",
    ),
    Column(
        "wave",
        "1, når klasserne svarede første gang i skoleåret, og 2, når de svarede igen.",
        "1 where the classrooms answered for the first time in the school year, 2 where they answered again.",
    ),
    Column(
        "week_first",
        "Den første uge, hvor en af klasserne svarede; tom for gamle skoleår, der er lagt sammen.",
        "The first week in which one of the classrooms answered; empty for old school years that were merged.",
    ),
    Column(
        "week_last",
        "Den sidste uge, hvor en af klasserne svarede; tom for gamle skoleår, der er lagt sammen.",
        "The last week in which one of the classrooms answered; empty for old school years that were merged.",
    ),
    Column("n", "Hvor mange elever der svarede.", "How many pupils answered."),
    Column(
        "classrooms",
        "Hvor mange klasser tallene er lagt sammen af, altid mindst to.",
        "How many classrooms the figures are put together from, always at least two.",
    ),
    Column(
        "own_lower",
        "Så mange svarede mindst ja om sig selv: summen af klassernes nedre grænser.",
        "At least so many answered yes about themselves: the sum of the classrooms' lower ends.",
    ),
    Column(
        "own_upper",
        "Så mange svarede højst ja om sig selv: summen af klassernes øvre grænser.",
        "At most so many answered yes about themselves: the sum of the classrooms' upper ends.",
    ),
    Column(
        "others_lower",
        "Nedre ende af det gennemsnitlige gæt på de andre, i hele procent af klassen, fra klasser, hvis gæt kan vises.",
        "The lower end of the mean guess about the others, in whole per cent of the class, of classrooms with a guess.",
    ),
    Column(
        "others_upper",
        "Øvre ende af det gennemsnitlige gæt på de andre, i hele procent af klassen, fra klasser, hvis gæt kan vises.",
        "The upper end of the mean guess about the others, in whole per cent of the class, of classrooms with a guess.",
    ),
    Column(
        "mates_lower",
        "Nedre ende af det gennemsnitlige gæt på klassen selv, i hele procent, fra klasser, hvis gæt kan vises.",
        "The lower end of the mean guess about the class itself, in whole per cent, of classrooms with a guess.",
    ),
    Column(
        "mates_upper",
        "Øvre ende af det gennemsnitlige gæt på klassen selv, i hele procent, fra klasser, hvis gæt kan vises.",
        "The upper end of the mean guess about the class itself, in whole per cent, of classrooms with a guess.",
    ),
    Column(
        "estimate_low",
        "Nedre ende af et skøn over andelen, der svarer ja, i hele procent; kun fra ti klasser.",
        "The lower end of an estimate of the share who answer yes, in whole per cent; from ten classrooms only.",
    ),
    Column(
        "estimate_high",
        "Øvre ende af et skøn over andelen, der svarer ja, i hele procent; kun fra ti klasser.",
        "The upper end of an estimate of the share who answer yes, in whole per cent; from ten classrooms only.",
    ),
    Column(
        "benchmark_share",
        "Den nyeste offentliggjorte andel for klassetrinnet i samme ordlyd, i procent.",
        "The newest published share for the grade in the same wording, in per cent.",
    ),
    Column("benchmark_year", "Året for den offentliggjorte andel.", "The year of the published share."),
    Column(
        "mark",
        "Hvor godt de to kan sammenlignes: A ens, B én ting er forskellig, C kun til orientering.",
        "How comparable the two are: A alike, B one thing differs, C for orientation only.",
    ),
)
