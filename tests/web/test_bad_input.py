"""What goes wrong in a room: each a sentence in the reader's language, the right status, and nothing changed."""

import html
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.sealing import tokens
from app.services.backup import backup, restore
from app.services.house import House
from app.services.lead_lesson import end_lesson
from app.services.take_seat import take_seat
from app.store import lessons
from tests.store import worlds
from tests.web.conftest import Teacher, ballot, seated
from tests.web.test_language import catalog

THEME = "skaerm-om-natten"


class Room:
    """A lesson, its teacher, and a pupil's device in it."""

    def __init__(self, app: Flask) -> None:
        self.app, self.teacher = app, Teacher(app, THEME, "alkohol")
        self.house: House = app.extensions["pejling.house"]
        self.teacher.press("lobby")
        self.code = str(self.teacher.state()["code"])
        self.pupil = seated(self.teacher)

    def stranger(self) -> FlaskClient:
        """A device that was never here."""
        return self.app.test_client()

    def voting(self) -> "Room":
        """Open the vote."""
        self.teacher.press("open")
        return self

    def closed(self) -> "Room":
        """Vote and close, with one ballot."""
        self.voting().pupil.post("/s", data=ballot(self.pupil))
        self.teacher.press("close")
        return self

    def post(self, verb: str, **fields: str) -> TestResponse:
        """Press one of the lesson's buttons with a good token."""
        page = self.teacher.client.get(f"/lesson/{self.teacher.lesson}").get_data(as_text=True)
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        return self.teacher.client.post(f"/lesson/{self.teacher.lesson}/{verb}", data={**fields, "csrf_token": token})

    def fill(self) -> None:
        """Take every seat that is left."""
        with self.house.writing() as work:
            for _ in range(39):
                take_seat(work, self.code, tokens.mint_seat())

    def other_link(self) -> TestResponse:
        """Close with another link of the same lesson than the one that opened it."""
        secret = tokens.mint_link()
        with self.house.writing() as work:
            lessons.add_link(work.db, self.teacher.lesson, tokens.link_hash(secret))
        self.teacher.client.get(f"/t/{secret}")
        return self.post("close")


Do = Callable[[Room, FlaskClient], TestResponse]


@dataclass(frozen=True)
class Case:
    """Something that somebody does, and what the page says to it; `who` acts: a stranger, the pupil, the teacher."""

    name: str
    who: str
    do: Do
    status: int
    sentence: str
    before: Callable[[Room], object] = lambda room: room


def wrong_ballot(**answers: str) -> Do:
    return lambda room, pupil: pupil.post("/s", data=ballot(pupil, **answers))


CODE = "Koden virker ikke. Se på tavlen, eller ræk hånden op."
INCOMPLETE = "Svar på alle spørgsmål, og tryk på Send igen."
CLOSED = "Afstemningen er lukket. Kig op. Du kan godt være med i snakken."
LINK = "Åbn timens link igen. Sker det igen, så tillad cookies for siden."
OUR_FAULT = "Noget gik galt hos os. Prøv igen. Dit svar tæller højst én gang."
NUMBER = "Skriv et helt tal. Der skal være pladser nok."


def lose_share(room: Room) -> None:
    room.voting()
    for poll in room.house.keys.shares_older_than(0):
        room.house.keys.remove_share(poll)


def end(room: Room) -> None:
    with room.house.writing() as work:
        end_lesson(work, room.teacher.lesson, room.teacher.secret)


def foreign_ballot(room: Room, stranger: FlaskClient) -> TestResponse:
    """The proof of one device's seat, sent by another device."""
    return stranger.post("/s", data=ballot(room.pupil))


def forged_ballot(room: Room, pupil: FlaskClient) -> TestResponse:
    return pupil.post("/s", data={**ballot(pupil), "token": "0" * 64})


def enlarged_slip(room: Room, pupil: FlaskClient) -> TestResponse:
    form = ballot(pupil, others="2")
    proof, poll, size, rest = form["token"].split(".", 3)
    return pupil.post("/s", data={**form, "token": f"{proof}.{poll}.{int(size) + 1}.{rest}"})


def release(room: Room, teacher: FlaskClient) -> TestResponse:
    return teacher.get(f"/lesson/{room.teacher.lesson}/release?theme={THEME}")


CASES = [
    Case("wrong code typed", "stranger", lambda room, it: it.post("/", data={"code": "000000"}), 404, CODE),
    Case("no code at all", "stranger", lambda room, it: it.post("/", data={"code": "hej"}), 404, CODE),
    Case("wrong code in the address", "stranger", lambda room, it: it.get("/000000"), 404, CODE),
    Case("wrong QR link", "stranger", lambda room, it: it.get("/k/" + "a" * 24), 404, CODE),
    Case("old code", "stranger", lambda room, it: it.get(f"/{room.code}"), 404, CODE, Room.voting),
    Case("code of an ended lesson", "stranger", lambda room, it: it.post(f"/{room.code}"), 404, CODE, end),
    Case("full lobby", "stranger", lambda room, it: it.post(f"/{room.code}"), 409,
         "Der er ikke flere pladser. Ræk hånden op.", Room.fill),
    Case("no seat", "stranger", lambda room, it: it.get("/s"), 404, CODE),
    Case("seat of an ended lesson", "pupil", lambda room, it: it.get("/s"), 404,
         "Tak, fordi du var med.", end),
    Case("foreign seat", "stranger", foreign_ballot, 404, CODE, Room.voting),
    Case("forged seat", "pupil", forged_ballot, 404, CODE, Room.voting),
    Case("slip of a larger class", "pupil", enlarged_slip, 404, CODE, Room.voting),
    Case("guess above the class", "pupil", wrong_ballot(others="2"), 400, INCOMPLETE, Room.voting),
    Case("negative guess", "pupil", wrong_ballot(mates="-1"), 400, INCOMPLETE, Room.voting),
    Case("no guess", "pupil", wrong_ballot(mates=""), 400, INCOMPLETE, Room.voting),
    Case("no own answer", "pupil", wrong_ballot(own="maybe"), 400, INCOMPLETE, Room.voting),
    Case("ballot of another theme", "pupil", wrong_ballot(theme="alkohol"), 404, CODE, Room.voting),
    Case("lost share", "pupil", wrong_ballot(), 503, OUR_FAULT, lose_share),
    Case("closing without a share", "teacher", lambda room, it: room.post("close"), 503,
         "Nøglen til afstemningen mangler. Svarene kan ikke tælles op nu.", lose_share),
    Case("no screen reserved", "pupil", lambda room, it: it.post("/s/pass"), 404, CODE),
    Case("wrong secret", "stranger", lambda room, it: it.get("/t/wrong"), 403, LINK),
    Case("lesson without its link", "stranger", lambda room, it: it.get(f"/lesson/{room.teacher.lesson}"), 403, LINK),
    Case("another link closes", "teacher", lambda room, it: room.other_link(), 403,
         "Timen er åbnet med et andet link. Brug det link til at åbne og lukke.", Room.voting),
    Case("closing before voting", "teacher", lambda room, it: room.post("close"), 409,
         "Det kan ikke lade sig gøre nu. Gå tilbage til timen, og se, hvor I er."),
    Case("opening twice", "teacher", lambda room, it: room.post("open"), 409,
         "Det kan ikke lade sig gøre nu. Gå tilbage til timen, og se, hvor I er.", Room.voting),
    Case("too many reserved", "teacher", lambda room, it: room.post("reserve", seats="99"), 400, NUMBER),
    Case("reserved is no number", "teacher", lambda room, it: room.post("reserve", seats="to"), 400, NUMBER),
    Case("result before close", "teacher", release, 404,
         "Her er ikke noget resultat endnu.", Room.voting),
    Case("count when seats are taken", "teacher", lambda room, it: room.post("count", theme=THEME), 409,
         "Nogen har taget plads på en skærm. Begynd forfra, hvis I vil bruge papir."),
    Case("no such page", "stranger", lambda room, it: it.get("/skole"), 404,
         "Den side findes ikke. Skriv koden fra tavlen."),
    Case("no such page of staff", "stranger", lambda room, it: it.get("/staff/skole"), 404, "Den side findes ikke."),
    Case("a way that is not open", "stranger", lambda room, it: it.put("/s"), 405,
         "Det kan man ikke her. Gå tilbage, og prøv igen."),
    Case("too much", "pupil", lambda room, it: it.post("/s", data={"others": "1" * 3000}), 413,
         "Det var for meget på én gang. Gå tilbage, og prøv igen."),
    Case("no token", "teacher", lambda room, it: it.post(f"/lesson/{room.teacher.lesson}/open"), 400,
         "Siden har stået åben for længe. Gå tilbage, og prøv igen."),
]  # fmt: skip


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_refused_with_a_sentence_and_nothing_is_changed(app: Flask, case: Case, language: str) -> None:
    room = Room(app)
    case.before(room)
    who = {"stranger": room.stranger(), "pupil": room.pupil, "teacher": room.teacher.client}[case.who]
    who.get(f"/language/{language}")
    links = worlds.rows(room.house)["lesson_link"]
    before = worlds.rows(room.house, bytes)
    answer = case.do(room, who)
    assert answer.status_code == case.status
    sentence = case.sentence if language == "da" else catalog()[case.sentence]
    assert sentence in html.unescape(answer.get_data(as_text=True))
    after = worlds.rows(room.house, bytes)
    assert {**after, "lesson_link": links} == {**before, "lesson_link": links}


def test_a_ballot_sent_twice_and_a_close_pressed_twice_are_no_mistakes(app: Flask) -> None:
    room = Room(app).voting()
    form = ballot(room.pupil)
    assert [room.pupil.post("/s", data=form).status_code for _ in range(2)] == [303, 303]
    assert room.teacher.state()["ballots"] == 1
    assert [room.post("close").status_code for _ in range(2)] == [303, 303]


def test_a_ballot_after_the_close_is_refused_and_a_second_look_shows_the_board(app: Flask) -> None:
    room = Room(app).voting()
    form = ballot(room.pupil)
    room.teacher.press("close")
    answer = room.pupil.post("/s", data=form)
    assert answer.status_code == 409
    assert CLOSED in answer.get_data(as_text=True)
    assert "Se på tavlen." in room.pupil.get("/s").get_data(as_text=True)


def test_with_a_lost_share_everything_waits_until_it_is_back(app: Flask) -> None:
    room = Room(app).voting()
    kept = {poll: room.house.keys.share(poll) for poll in room.house.keys.shares_older_than(0)}
    form = ballot(room.pupil)
    for poll in kept:
        room.house.keys.remove_share(poll)
    assert room.pupil.post("/s", data=form).status_code == 503
    for poll, share in kept.items():
        room.house.keys.keep_share(poll, share or b"")
    assert room.pupil.post("/s", data=form).status_code == 303
    assert room.post("close").status_code == 303


def test_a_backup_from_the_middle_of_a_vote_comes_back_as_an_ended_lesson(app: Flask, tmp_path: Path) -> None:
    room = Room(app).voting()
    form = ballot(room.pupil)
    backup(room.house, tmp_path / "backup")
    restore(room.house, tmp_path / "backup")
    answer = room.pupil.post("/s", data=form)
    assert (answer.status_code, CLOSED in answer.get_data(as_text=True)) == (409, True)
    board = room.teacher.client.get(f"/lesson/{room.teacher.lesson}").get_data(as_text=True)
    assert "Timen er slut." in board
    assert "Der er ingen tal at vise." in board
