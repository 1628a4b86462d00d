"""Every refusal and every error as a sentence that says what to do, with the right status."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app import journal
from app.domain.choosing import Offer
from app.domain.refusal import Reason, Refusal
from app.web.language import translate


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and the Danish sentence that goes with it."""

    status: int
    sentence: str


class MachineError(Exception):
    """What another program asked for wrongly: a status, a code that stays the same, and a sentence in English."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message


CODE_DEAD = Answer(404, "Koden virker ikke. Se på tavlen, eller ræk hånden op.")
TOO_MANY = Answer(429, "Der er tastet mange forkerte koder. Vent et minut, og prøv igen.")
NOT_FOUND = Answer(404, "Den side findes ikke. Skriv koden fra tavlen.")
OUR_FAULT = Answer(503, "Noget gik galt hos os. Prøv igen. Dit svar tæller højst én gang.")

ANSWERS = {
    Reason.UNKNOWN_CODE: CODE_DEAD,
    Reason.NO_SEAT: CODE_DEAD,
    Reason.NO_COOKIES: Answer(400, "Skærmen gemmer ikke cookies. Tillad cookies, eller lån en anden skærm."),
    Reason.LOBBY_FULL: Answer(409, "Der er ikke flere pladser. Ræk hånden op."),
    Reason.CLOSED: Answer(409, "Afstemningen er lukket. Kig op. Du kan godt være med i snakken."),
    Reason.BAD_BALLOT: Answer(400, "Svar på alle spørgsmål, og tryk på Send igen."),
    Reason.BAD_GUESS: Answer(400, "Skriv et tal fra 1 til {size}, eller tryk på Ingen eller Ved ikke."),
    Reason.KEY_MISSING: OUR_FAULT,
    Reason.KEY_LOST: Answer(503, "Nøglen til afstemningen mangler. Svarene kan ikke tælles op nu."),
    Reason.KEY_NOT_KEPT: Answer(
        503, "Afstemningen er ikke åbnet, for nøglen kan ikke gemmes. Prøv igen, eller sig det til jeres it."
    ),
    Reason.ALL_SEATS_TAKEN: Answer(409, "Timen har ikke flere pladser."),
    Reason.WRONG_LINK: Answer(403, "Åbn timens link igen. Sker det igen, så tillad cookies for siden."),
    Reason.OPENED_BY_OTHER_LINK: Answer(403, "Timen er åbnet med et andet link. Brug det link til at åbne og lukke."),
    Reason.WRONG_STATE: Answer(409, "Det kan ikke lade sig gøre nu. Gå tilbage til timen, og se, hvor I er."),
    Reason.NO_SEATS_TAKEN: Answer(409, "Ingen har taget plads endnu. Vent, til eleverne er med."),
    Reason.BAD_NUMBER: Answer(400, "Skriv et helt tal. Der skal være pladser nok."),
    Reason.NOT_RELEASED: Answer(404, "Her er ikke noget resultat endnu."),
    Reason.ASKED_THIS_YEAR: Answer(409, "Klassen har svaret på det emne i dette skoleår. Vælg et andet emne."),
    Reason.ASKED_LATELY: Answer(409, "Klassen har svaret på det emne for nylig. Der skal gå mindst 8 uger."),
    Reason.ASKED_TOGETHER: Answer(409, "Klassen har svaret på et emne, der hænger sammen med det her. Vælg et andet."),
    Reason.NO_POSTER: Answer(409, "Det her resultat egner sig ikke til en plakat."),
    Reason.BAD_CHOICE: Answer(400, "Vælg ét til tre emner, der passer til klassetrinnet."),
    Reason.HELD_BACK: Answer(409, "Det emne venter, fordi mange svarede ja på klassetrinnet. Vælg et andet."),
    Reason.RELATED: Answer(409, "To af emnerne hører sammen, så svaret på det ene røber det andet. Vælg ét af dem."),
    Reason.OTHER_GRADE: Answer(409, "Klassen findes allerede på et andet klassetrin. Brug et andet navn."),
    Reason.OTHER_YEAR: Answer(409, "Klassen hører til et andet skoleår. Lav en time til årets klasse."),
    Reason.ASKED_OTHERWISE: Answer(
        409, "Klassen har svaret på det emne i dette skoleår. Papir og skærme kan ikke blandes."
    ),
    Reason.SEATS_TAKEN: Answer(409, "Nogen har taget plads på en skærm. Begynd forfra, hvis I vil bruge papir."),
    Reason.ON_PAPER: Answer(409, "Klassen svarer på papir i dag. Tast optællingen ind."),
    Reason.DEAD_HANDOUT: Answer(404, "Siden fra forældremødet er lukket igen."),
    Reason.NAME_TAKEN: Answer(409, "Skolen har allerede en klasse med det navn."),
    Reason.VOTES_NOW: Answer(409, "Klassen svarer lige nu. Skift navnet, når afstemningen er lukket."),
    Reason.ASKED_MUCH: Answer(409, "Du har spurgt lige så mange klasser om det emne, som du har. Vent 8 uger."),
    Reason.NOT_YOURS: NOT_FOUND,
    Reason.NO_ACCOUNT: Answer(403, "Der er ingen konto med den adresse. Bed din administrator om en."),
    Reason.OTHER_ROLE: Answer(403, "Din rolle passer ikke til din konto her. Bed din administrator om hjælp."),
    Reason.BAD_SIGN_IN: Answer(403, "Adresse, adgangskode eller kode passer ikke. Prøv igen."),
    Reason.SLOW_DOWN: Answer(429, "Der er prøvet for mange gange. Vent et minut, og prøv igen."),
    Reason.BAD_LOGIN: Answer(400, "Skriv en mailadresse."),
    Reason.LOGIN_TAKEN: Answer(409, "Der findes allerede en konto med den adresse."),
    Reason.NO_SCHOOL: Answer(400, "Lærere og skoleledere hører til én skole. Andre hører ikke til en skole."),
    Reason.UNKNOWN_SCHOOL: Answer(400, "Der er ingen skole her med det navn. Er det skrevet rigtigt?"),
    Reason.DEAD_INVITATION: Answer(404, "Linket er brugt, eller det er for gammelt. Bed om et nyt."),
    Reason.SHORT_PASSWORD: Answer(400, "Adgangskoden skal have mindst 12 og højst 200 tegn."),
    Reason.BAD_CODE: Answer(400, "Koden fra appen passer ikke. Vent på den næste, og prøv igen."),
    Reason.COUNT_NOT_NUMBERS: Answer(400, "Skriv et helt tal i hvert felt. Skriv 0, hvis der er ingen."),
    Reason.COUNT_OUT_OF_RANGE: Answer(400, "Der skal være mindst 10 og højst 40 svarsedler."),
    Reason.COUNT_OWN: Answer(400, "Ja, nej og sprang over skal tilsammen give antallet af svarsedler."),
    Reason.COUNT_GUESSED: Answer(400, "Der kan ikke være flere gæt end svarsedler."),
    Reason.COUNT_TOTAL: Answer(400, "Summen er for stor. Et gæt er højst det antal elever, der står på svarsedlen."),
    Reason.BAD_NAME: Answer(400, "Skriv et navn på højst 60 tegn."),
    Reason.ASKED_NOW: Answer(409, "Klassen svarer på det emne i en anden time lige nu. Luk den time først."),
}

HTTP_ANSWERS = {
    403: Answer(403, "Det skal gøres fra selve siden. Åbn siden igen."),
    405: Answer(405, "Det kan man ikke her. Gå tilbage, og prøv igen."),
    413: Answer(413, "Det var for meget på én gang. Gå tilbage, og prøv igen."),
}

MACHINE_CODES = {
    403: ("forbidden", "Not from another site."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address is only read: GET or HEAD."),
}
MACHINE_FAULT = MachineError(503, "unavailable", "Something went wrong here. Try again later.")


def install(app: Flask) -> None:
    """Catch refusals and errors wherever they come from."""
    app.register_error_handler(MachineError, _to_machine)
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(CSRFError, _too_old)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _our_fault)


def refused_for(offered: Iterable[Offer]) -> dict[str, str]:
    """The sentence that goes with each theme that a class may not be asked about today, by the theme's key."""
    t = translate()
    return {offer.theme.key: t(ANSWERS[offer.refused].sentence) for offer in offered if offer.refused}


def page(
    answer: Answer, back: str | None = None, label: str = "", values: Mapping[str, object] | None = None
) -> Response:
    """A page that says one sentence, with a way back where there is one; `label` says where it leads.

    `values` fill the places of the sentence.
    """
    if answer is TOO_MANY:
        g.refusal = "too_many_codes"
    sentence = translate()(answer.sentence, **(values or {}))
    html = render_template("public/sentence.html", sentence=sentence, back=back, label=label)
    return make_response(html, answer.status)


def refused(refusal: Refusal) -> Response:
    """The page of a refusal, with a way back where there is one."""
    g.refusal = refusal.reason.name.lower()  # counted where the server counts at all
    if ANSWERS[refusal.reason] is NOT_FOUND:
        return _not_found()
    back = None if refusal.reason is Reason.WRONG_LINK else _back()
    return page(ANSWERS[refusal.reason], back, values=refusal.values)


def _too_old(_error: CSRFError) -> Response:
    return page(Answer(400, "Siden har stået åben for længe. Gå tilbage, og prøv igen."), back=_back())


def _http_error(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return make_response(error.get_response())
    if _for_machines():
        code, message = MACHINE_CODES.get(error.code, ("bad_request", "That was not understood."))
        answer = _to_machine(MachineError(error.code, code, message))
        answer.headers.extend((name, value) for name, value in error.get_headers() if name == "Allow")
        return answer
    if error.code == 404:
        return _not_found()
    not_understood = Answer(error.code, "Det forstod vi ikke. Gå tilbage, og prøv igen.")
    return page(HTTP_ANSWERS.get(error.code, not_understood), back=_back())


def _not_found() -> Response:
    """Nobody is left without a way on: staff have their front page, anybody else the field for a code."""
    t = translate()
    if request.path.startswith("/staff"):
        return page(Answer(404, "Den side findes ikke."), back="/staff", label=t("Til forsiden"))
    return page(NOT_FOUND, back="/", label=t("Skriv koden"))


def _our_fault(error: Exception) -> Response:
    # The kind and the place of the fault, never its message: that could carry what somebody sent.
    said = type(error).__name__, journal.place(error.__traceback__), request.endpoint
    current_app.logger.error("%s in %s, endpoint %s", *said)
    return _to_machine(MACHINE_FAULT) if _for_machines() else page(OUR_FAULT, back=_back())


def _for_machines() -> bool:
    """Whether the address is one that only other programs ask for: they are never answered with a page."""
    return request.path.startswith("/api/")


def _to_machine(error: MachineError) -> Response:
    answer = make_response(jsonify(error={"code": error.code, "message": error.message}), error.status)
    if error.status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _back() -> str | None:
    """Where a person goes on: the pupil's own seat or the field for a code, or the teacher's lesson."""
    if request.blueprint == "pupil":
        return "/s" if (request.method, request.path) == ("POST", "/s") else "/"
    lesson = (request.view_args or {}).get("lesson_id")
    return f"/lesson/{lesson}" if lesson else None
