"""The sentence of every figure: the same on board, print and parents' page.

A sentence marks its key number with asterisks ("*Højst 3* af 22 svarede ja."), which the board prints large.
"""

from dataclasses import dataclass

from app.domain.benchmark import AreaKind, Benchmark
from app.domain.interval import Interval, percents
from app.domain.language import Translate
from app.domain.norms import Misperception
from app.domain.release import Band, Suppressed, Why
from app.domain.theme import Audience, Measure


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in three parts, the middle one its key number."""

    before: str
    key: str
    after: str

    @property
    def text(self) -> str:
        """The whole sentence."""
        return self.before + self.key + self.after


def own(band: Band, n: int, t: Translate) -> Sentence:
    """How many answered yes."""
    if band.low == 0:
        return _keyed(t("*Højst {high}* af {n} svarede ja.", high=band.high, n=n))
    if band.high == n:
        return _keyed(t("*Mindst {low}* af {n} svarede ja.", low=band.low, n=n))
    return _keyed(t("*{low} til {high}* af {n} svarede ja.", low=band.low, high=band.high, n=n))


def rest(band: Band, n: int, t: Translate) -> Sentence:
    """How many did not answer yes, by the band of those who did."""
    low, high = n - band.high, n - band.low
    if high == n:
        return _keyed(t("*Mindst {low}* af {n} svarede ikke ja.", low=low, n=n))
    if low == 0:
        return _keyed(t("*Højst {high}* af {n} svarede ikke ja.", high=high, n=n))
    return _keyed(t("*{low} til {high}* af {n} svarede ikke ja.", low=low, high=high, n=n))


def guess(band: Band, n: int, t: Translate) -> Sentence:
    """What was guessed on average."""
    if band.low == 0:
        return _keyed(t("I gennemsnit gættede vi på *under {high}* af {n}.", high=band.high, n=n))
    if band.high == n:
        return _keyed(t("I gennemsnit gættede vi på *mindst {low}* af {n}.", low=band.low, n=n))
    return _keyed(t("I gennemsnit gættede vi på *{low} til {high}* af {n}.", low=band.low, high=band.high, n=n))


def parents_guess(band: Band, n: int, t: Translate) -> Sentence:
    """What parents guessed of one another: no mean needs explaining to them."""
    if band.low == 0:
        return _keyed(t("Vi gættede på *under {high}* af {n}.", high=band.high, n=n))
    if band.high == n:
        return _keyed(t("Vi gættede på *mindst {low}* af {n}.", low=band.low, n=n))
    return _keyed(t("Vi gættede på *{low} til {high}* af {n}.", low=band.low, high=band.high, n=n))


def answered(measure: Measure, band: Band, n: int, audience: Audience, t: Translate) -> Sentence:
    """What a poll's band says, in the words of those who were asked."""
    if measure in (Measure.OWN, Measure.APPROVE):
        return own(band, n, t)
    return (parents_guess if audience is Audience.PARENTS else guess)(band, n, t)


def titles(audience: Audience, t: Translate) -> dict[Measure, str]:
    """What stands above the sentences of both guesses and of the answer on a page to keep, in their order."""
    if audience is Audience.PARENTS:
        return {
            Measure.OTHERS: t("Alle de andre forældre"),
            Measure.MATES: t("Os, der var der, hvad vi troede"),
            Measure.OWN: t("Os, der var der, hvad vi svarede"),
        }
    return {
        Measure.OTHERS: t("Alle de andre"),
        Measure.MATES: t("Vores klasse, hvad vi troede"),
        Measure.OWN: t("Vores klasse, hvad vi svarede"),
    }


def suppressed(figure: Suppressed, t: Translate, *, silent: bool = False) -> str:
    """Why there is no figure; `silent` says that it is not the group that is small, but those who answered."""
    match figure.reason:
        case Why.FEW_ANSWERS if silent:
            return t("Under 10 svarede, så vi viser ikke jeres egne tal.")
        case Why.FEW_ANSWERS:
            return t("I er få, så vi viser ikke jeres egne tal.")
        case Why.FEW_GUESSES:
            return t("Der er for få gæt til at vise et tal.")


def grade_own(sums: Interval, t: Translate) -> Sentence:
    """How many in a hundred of the pupils of several classrooms answered yes: bounds, rounded outwards."""
    return own(Band(*percents(sums)), 100, t)


def grade_guess(guess: Interval, t: Translate) -> Sentence:
    """How many in a hundred they guessed their mates to be on average, rounded outwards."""
    low, high = percents(guess)
    if low == 0:
        return _keyed(t("De gættede på *højst {high}* af 100.", high=high))
    if high == 100:
        return _keyed(t("De gættede på *mindst {low}* af 100.", low=low))
    return _keyed(t("De gættede på *{low} til {high}* af 100.", low=low, high=high))


def never_exact(band: Band, t: Translate) -> str:
    """Said once a lesson, beside the first answer that is shown."""
    if band.low == 0:
        numbers = ", ".join(str(number) for number in range(band.high))
        meaning = t("Højst {high} betyder {numbers} eller {high}.", high=band.high, numbers=numbers)
        return t("Vi viser aldrig det præcise tal.") + " " + meaning
    return t("Vi viser aldrig det præcise tal.")


def difference(band: Band, t: Translate) -> Sentence:
    """By how many pupils belief and answers differ, smallest and largest possible; `band` is belief minus answers."""
    if band.low > 0:
        return _keyed(t("Vi gættede på *{low} til {high}* flere, end der svarede ja.", low=band.low, high=band.high))
    if band.high == 0:
        return _keyed(t("Vi gættede på *op til {high}* færre, end der svarede ja.", high=-band.low))
    return _keyed(t("Vi gættede på *{low} til {high}* færre, end der svarede ja.", low=-band.high, high=-band.low))


def majority_misperception(difference: Band, t: Translate) -> str:
    """What a majority misperception is, in plain words: on which side of half belief and answers lie."""
    if difference.low > 0:
        return t("Vi troede, det var de fleste. Under halvdelen svarede ja.")
    return t("Vi troede, det var under halvdelen. De fleste svarede ja.")


def name_of(name: Misperception, t: Translate) -> str:
    """The field's name for the result, as the board says it."""
    match name:
        case Misperception.EXAGGERATION:
            return t("Social overdrivelse")
        case Misperception.MAJORITY:
            return t("Flertalsmisforståelse")
        case Misperception.UNDERSTATEMENT:
            return t("Underdrivelse")
        case Misperception.MATCH:
            return t("I gættede rigtigt")


def about(pupils: int, n: int, t: Translate) -> str:
    """A rounded number of n pupils: never nobody or everybody, since it may have been rounded to them."""
    if pupils == 0:
        return t("under 1")
    if pupils == n:
        return t("over {number}", number=n - 1)
    return t("ca. {pupils}", pupils=pupils)


def benchmark(figure: Benchmark, n: int, t: Translate) -> Sentence:
    """The larger group's figure as pupils of a class of n."""
    number = about(figure.of(n), n, t)
    said = {"grade": figure.grade, "about": number, "n": n, "source": figure.source, "year": figure.year}
    if figure.kind is AreaKind.COUNTRY:
        return _keyed(t("{grade}. klasse i hele landet: *{about}* af {n} elever ({source}\u00a0{year})", **said))
    return _keyed(t("{grade}. klasse i hele kommunen: *{about}* af {n} elever ({source}\u00a0{year})", **said))


def percent(share: float, t: Translate) -> str:
    """A share in per cent, as the reader's language writes it."""
    number = f"{share:g}"
    return t("{number} %", number=number.replace(".", ",") if t.language == "da" else number)


def group(figure: Benchmark, t: Translate) -> str:
    """What the larger group is called: the whole municipality or the whole country."""
    return t("Hele landet") if figure.kind is AreaKind.COUNTRY else t("Hele kommunen")


def basis(figure: Benchmark, t: Translate) -> str:
    """How many answered, and where; that it is not said where it is not."""
    if figure.n is None:
        return t("Kilden siger ikke, hvor mange der svarede i {area}.", area=figure.area)
    return t("{n} elever svarede i {area}.", n=figure.n, area=figure.area)


def _keyed(text: str) -> Sentence:
    before, key, after = text.split("*", 2)  # what follows the key may quote a source that has an asterisk of its own
    return Sentence(before, key, after)
