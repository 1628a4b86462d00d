"""A lesson's script: what happens when, for 45 or 90 minutes."""

from dataclasses import dataclass

from app.domain.language import Translate

LENGTHS = (45, 90)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a lesson, from one minute to another: what happens, and what the teacher may say."""

    start: int
    end: int
    title: str
    says: tuple[str, ...]


def programme(minutes: int, t: Translate) -> tuple[Part, ...]:
    """The parts of a lesson of `minutes`, one of LENGTHS, without a gap."""
    ends = {45: (5, 10, 15, 25, 40, 45), 90: (10, 15, 25, 40, 75, 90)}[minutes]
    parts = (
        (
            t("Velkommen"),
            (
                t("I dag gætter vi på, hvad andre gør, og ser, om vi har ret."),
                t("Vi taler om tal, ikke om personer."),
                t("Der findes ingen liste over svarene."),
            ),
        ),
        (t("Tag plads"), (t("Gå ind på adressen, og skriv koden. Tryk på Tag plads."),)),
        (
            t("Svar"),
            (
                t("Tryk på Videre, og svar for dig selv. Vi venter på hinanden."),
                t("Når du har sendt, kan ingen finde eller ændre dit svar."),
            ),
        ),
        (
            t("Se svarene"),
            (
                t("Det her gættede vi om de andre."),
                t("Og det her gættede vi om os selv."),
                t("Vis med fingrene, hvad I tror. I må gerne kigge på hinanden nu."),
            ),
        ),
        (
            t("Snakken"),
            (
                t("Tal sammen to og to i tre minutter."),
                t("Ingen skal sige, hvad de selv har svaret."),
                t("Ingen skal gætte på andre."),
            ),
        ),
        (t("Aftalen"), (t("Hvad kan vi som klasse gøre?"), t("Hvad kunne I ønske jer?"))),
    )
    starts = (0, *ends[:-1])
    return tuple(Part(start, end, *part) for start, end, part in zip(starts, ends, parts, strict=True))


EVENING = 60


def evening(t: Translate) -> tuple[Part, ...]:
    """The parts of a parents' evening of EVENING minutes, without a gap. The opener is a published figure."""
    parts = (
        (
            5,
            t("Velkommen"),
            (
                t("76 ud af 100 forældre svarede, at deres barn drikker mindre end gennemsnittet. 1 svarede mere."),
                t("Kilde: Kræftens Bekæmpelse 2021, 892 forældre til 13-17-årige."),
                t("Vi taler om tal, ikke om børn."),
            ),
        ),
        (15, t("Svar"), (t("Tryk på Videre, og svar for dig selv. Vi venter på hinanden."),)),
        (
            25,
            t("Se svarene"),
            (t("Det her gættede vi om de andre."), t("Og det her gættede vi om os selv.")),
        ),
        (35, t("Hvad tror og gør de unge?"), (t("Det her har elever på klassetrinnet svaret. Ingen klasse kan ses."),)),
        (
            50,
            t("Snakken"),
            (
                t("Vi taler om tal, ikke om børn."),
                t("Ingen skal gætte på, hvem det er."),
                t("Tal sammen to og to i tre minutter."),
            ),
        ),
        (60, t("Aftalen"), (t("Hvad er udfordringen?"), t("Hvad skal vi byde ind med?"))),
    )
    starts = (0, *(end for end, _, _ in parts[:-1]))
    return tuple(Part(start, end, title, says) for start, (end, title, says) in zip(starts, parts, strict=True))
