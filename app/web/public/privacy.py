"""Data protection on one page, the way to the accessibility declaration, and whom to tell about a hole."""

from datetime import timedelta

from flask import Blueprint, Response, abort, redirect, render_template
from werkzeug.wrappers import Response as Redirect

from app.domain import letter
from app.domain.language import Translate
from app.services.show_storage import show_tables
from app.web import desk
from app.web.access import anyone
from app.web.language import translate

SECURITY_TXT = "/.well-known/security.txt"

privacy = Blueprint("privacy", __name__)


@privacy.get("/privacy")
@anyone
def one_page() -> str:
    """What is stored, who learns what, what is not protected, and when it goes; the tables as they are now."""
    t, settings = translate(), desk.settings()
    why = purposes(t)
    order = list(why)
    tables = sorted(
        desk.look(show_tables), key=lambda table: order.index(table.name) if table.name in why else len(why)
    )
    return render_template(
        "public/privacy.html",
        tables=tables,
        purposes=why,
        parents=letter.on_data(f"{settings.base_url}/privacy", t),
        contact=settings.contact,
    )


@privacy.get("/was")
@anyone
def accessibility() -> str | Redirect:
    """The municipality's accessibility declaration; until it is published, what is known today."""
    settings = desk.settings()
    if settings.was_url:
        return redirect(settings.was_url)
    return render_template("public/was.html", contact=settings.contact)


@privacy.get(SECURITY_TXT)
@anyone
def security_txt() -> Response:
    """RFC 9116: whom to tell about a hole; 404 where nobody is named."""
    settings = desk.settings()
    if settings.contact is None:
        abort(404)
    # From midnight, so that it is never more than the year that the standard advises.
    today = desk.house().clock().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{settings.contact}",
        f"Expires: {(today + timedelta(days=365)).strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: da, en",
    ]
    if settings.https:  # the standard allows no other address here
        lines.append(f"Canonical: {settings.base_url}{SECURITY_TXT}")
    return Response("\n".join([*lines, ""]), mimetype="text/plain")


def purposes(t: Translate) -> dict[str, str]:
    """What each table is for, in the order of the page; a test names a table that is missing here."""
    return {
        "school": t("Skolernes navne."),
        "classroom": t("Klassernes navne, klassetrin, skoleår og størrelse, for eksempel 7.A med 22."),
        "account": t(
            "Konti til personalet: mailadresse, rolle, skole, sprog og ugen for sidste login. Adgangskoden som et "
            "fingeraftryk, og for nogle en nøgle til en app og tidspunktet for appens seneste kode. Elever og forældre "
            "har ingen konto."
        ),
        "staff_session": t("Personale, der er logget ind: et fingeraftryk af browserens kode og et minuttal."),
        "invitation": t("Engangslinks til personale: et fingeraftryk, og hvornår de dør."),
        "attempt": t("Forsøg på at logge ind, talt under et fingeraftryk. Slettes efter et døgn."),
        "lesson_maker": t("Hvem af personalet der har lavet en time."),
        "lesson": t(
            "En undervisningstime: klassen, antallet af elever, og hvor langt den er. Mens man kan tage plads, også "
            "koden og QR-linket. Til den slutter, også et klokkeslæt i hele timer, hvor den slutter af sig selv."
        ),
        "lesson_link": t("Et fingeraftryk af lærerens link, så det kan kendes igen. Selve linket står ingen steder."),
        "poll": t(
            "En afstemning: emnet, og hvor langt den er. Mens der stemmes, også den nøgle, der forsegler, men ikke kan "
            "åbne, og et klokkeslæt i hele timer, hvor afstemningen bortfalder."
        ),
        "seat": t("Optagne pladser: et fingeraftryk af en tilfældig kode. Intet navn og ingen rækkefølge."),
        "spent": t("Hvilke pladser der har svaret, men ikke hvad. Slettes, når afstemningen lukkes eller bortfalder."),
        "urn": t("Forseglede svar under tilfældige numre. Tømmes, når afstemningen lukkes eller bortfalder."),
        "release": t(
            "At en afstemning er talt op: i hvilken uge, og hvor mange der svarede, hvis det var 10 eller flere."
        ),
        "figure": t("Spændene fra tavlen: mindst og højst, eller hvorfor der intet vises. Aldrig et præcist tal."),
        "theme_lift": t("Emner, som kommunen har givet fri for et klassetrin."),
        "theme_hold": t("Emner, som kommunen ikke bruger på et klassetrin."),
        "handout": t("Siden, som forældre kan tage med hjem fra et møde: dens kode, og hvornår den lukker."),
        "setting": t("Kommunens egne tekster, svar på tjeklisten og sprog til forældre."),
        "grade_total": t("Gamle resultater, lagt sammen for et helt klassetrin. Ingen enkelt klasse kan ses."),
        "api_token": t(
            "Andre programmer, der må læse kommunens samlede tal: et navn, et fingeraftryk af programmets kode og ugen "
            "for sidste brug. Er ikke med i sikkerhedskopier."
        ),
        "benchmark": t("Offentliggjorte tal til at sammenligne med, og hvor de kommer fra."),
        "alembic_version": t("Hvilken udgave af tabellerne databasen har."),
    }
