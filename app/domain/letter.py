"""Letters about a lesson, as plain text to paste wherever a school writes to homes: nothing in them is a secret."""

from collections.abc import Sequence

from app.domain.language import Translate

BOERNETELEFONEN = "BørneTelefonen 116\u00a0111"


def to_parents(classroom: str, titles: Sequence[str], help_lines: Sequence[str], own: str, t: Translate) -> str:
    """What the parents of a classroom should know before a lesson on the themes with these titles.

    `own` is what the municipality adds, "" for nothing.
    """
    return "\n\n".join(
        (
            t("Kære forældre i {classroom}", classroom=classroom),
            t("Klassen skal tale om, hvad vi tror om hinanden. Emnet er: {titles}.", titles=", ".join(titles)),
            t("Eleverne gætter på, hvor mange andre der gør noget bestemt. Bagefter svarer de på, om de selv gør det.")
            + " "
            + t("Så ser klassen forskellen og taler om, hvorfor vi tit tror noget andet end det, der passer."),
            t("Ingen skriver navn, og ingen kan se, hvad en elev svarer. Svarene slettes, når de er talt op.")
            + " "
            + t("Klassen ser aldrig det præcise tal på tavlen, og man må springe et spørgsmål over."),
            t("Spørg gerne derhjemme: Hvor mange på din alder tror du gør det? Hvorfor tror du det?"),
            t("Her kan børn og forældre få hjælp: {lines}.", lines=", ".join((BOERNETELEFONEN, *help_lines))),
            *((own,) if own else ()),
        )
    )


def to_pupils(classroom: str, t: Translate) -> str:
    """What the pupils should know before the lesson."""
    return "\n\n".join(
        (
            t("Til {classroom}", classroom=classroom),
            t("Vi skal gætte på, hvad andre gør, og se, om vi har ret."),
            t("Du skal ikke skrive dit navn.") + " " + t("Ingen kan se, hvad du svarer."),
            t("Tag en computer eller en iPad med."),
            t("Vil du tale med nogen? Ring gratis til BørneTelefonen på 116\u00a0111."),
        )
    )


def on_data(address: str, t: Translate) -> str:
    """What parents should know about their child's answers, with the address where the rest stands."""
    return "\n\n".join(
        (
            t("Kære forældre"),
            t("Klassen bruger Pejling. Eleverne gætter på, hvad andre gør, og svarer på, om de selv gør det."),
            t("Ingen logger ind eller skriver navn. Der gemmes ingen netadresse og intet tidspunkt sammen med et svar.")
            + " "
            + t("Man må springe et spørgsmål over."),
            t("Svarene forsegles og kan først tælles, når læreren lukker afstemningen. Så slettes de.")
            + " "
            + t("Tilbage er det, som klassen så på tavlen, for eksempel: Højst 3 af 22 svarede ja."),
            t("Svarer færre end 10, vises intet."),
            t("Læs, hvad der gemmes, og hvad der ikke er beskyttet: {address}", address=address),
        )
    )
