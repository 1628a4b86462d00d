"""The trial question and the four-minute lesson: everything to be seen, nothing to be stored."""

import re

from flask import Flask

from app.services.house import House
from tests.store import worlds
from tests.web.conftest import Teacher, seated

ANSWERS = {"others": "9", "mates": "7", "own": "yes", "theme": "skaerm-om-natten", "token": ""}


def everything(app: Flask) -> object:
    """All that is stored: every row, and every file of the key folder."""
    house: House = app.extensions["pejling.house"]
    return worlds.rows(house), worlds.key_files(house.keys.root)


def test_the_whole_lesson_can_be_tried_from_the_front_page_and_leaves_nothing(app: Flask) -> None:
    before, visitor = everything(app), app.test_client()
    assert 'href="/try"' in visitor.get("/").get_data(as_text=True)
    address, seen = "/try", []
    while address != "/":
        page = visitor.get(address).get_data(as_text=True)
        assert "Øvelse: sådan ser" in page
        assert "<form" not in page or address == "/try/ballot"
        seen.append(address)
        if address == "/try/ballot":
            address = visitor.post(address, data=ANSWERS).headers["Location"]
        else:
            address = re.findall(r'<a class="(?:go|button)" href="(/[^"]*)"', page)[-1]
    assert seen == ["/try", "/try/lobby", "/try/vote", "/try/ballot", "/try/thanks", "/try/answered", "/try/reveal"]
    assert "Højst 3" in visitor.get("/try/reveal").get_data(as_text=True)
    assert visitor.get_cookie("session") is None
    assert everything(app) == before


def test_the_rehearsed_code_opens_nothing(app: Flask) -> None:
    page = app.test_client().get("/try/lobby").get_data(as_text=True)
    code = "".join(re.findall(r"<span>(\d{3})</span>", page))
    assert app.test_client().get(f"/{code}").status_code == 404


def test_the_trial_question_is_answered_and_stored_nowhere(teacher: Teacher) -> None:
    teacher.press("lobby")
    pupil = seated(teacher)
    before = everything(teacher.app)
    assert 'href="/s/trial"' in pupil.get("/s").get_data(as_text=True)
    assert "Så du på en skærm i morges, før du stod op?" in pupil.get("/s/trial").get_data(as_text=True)
    sent = pupil.post("/s/trial", data=ANSWERS)
    assert (sent.status_code, sent.headers["Location"], sent.headers.getlist("Set-Cookie")) == (303, "/s/tried", [])
    assert "Højst 3 betyder 0, 1, 2 eller 3." in pupil.get("/s/tried").get_data(as_text=True)
    board = teacher.client.get(f"/lesson/{teacher.lesson}/trial").get_data(as_text=True)
    assert "Højst 3" in board
    assert everything(teacher.app) == before


def test_a_device_that_refuses_cookies_is_told_before_it_takes_a_seat(teacher: Teacher) -> None:
    teacher.press("lobby")
    code = teacher.state()["code"]
    refusing = teacher.app.test_client(use_cookies=False)
    page = refusing.get(f"/{code}").get_data(as_text=True)
    seat = re.search(r'name="seat" value="([^"]+)"', page)
    assert seat is not None
    answer = refusing.post(f"/{code}", data={"seat": seat[1]})
    assert answer.status_code == 400
    assert "Skærmen gemmer ikke cookies." in answer.get_data(as_text=True)
    assert teacher.state()["seats"] == 0
    accepting = teacher.app.test_client()
    accepting.get(f"/{code}")
    assert accepting.post(f"/{code}", data={"seat": seat[1]}).status_code == 303
    assert teacher.state()["seats"] == 1
