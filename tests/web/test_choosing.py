"""The teacher changes the lesson's themes on its ready page, and not after the lobby has opened."""

import re

from flask import Flask

from app.services.choose_themes import hold, lift
from app.services.house import House
from tests.web.conftest import Teacher


def choose(teacher: Teacher, *keys: str) -> int:
    """Tick themes and press the button; the status of the answer."""
    page = teacher.client.get(f"/lesson/{teacher.lesson}/themes?offences").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    fields = {"csrf_token": token[1] if token else "", "theme": list(keys)}
    return teacher.client.post(f"/lesson/{teacher.lesson}/themes", data=fields).status_code


def test_the_themes_are_changed_until_the_lobby_opens(teacher: Teacher) -> None:
    assert 'href="/lesson/' in teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)
    assert choose(teacher, "lektier", "mobning") == 303
    ready = teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)
    assert "Lektier, Drilleri og mobning" in ready
    teacher.press("lobby")
    assert choose(teacher, "skaerm-om-natten") == 409
    assert teacher.state()["poll"] == {"theme": "lektier", "state": "waiting"}


def test_a_wrong_choice_changes_nothing(teacher: Teacher) -> None:
    assert choose(teacher) == 400
    assert choose(teacher, "hash") == 400
    assert teacher.state()["poll"] == {"theme": "skaerm-om-natten", "state": "waiting"}


def test_offences_stand_behind_a_step_that_says_why(teacher: Teacher) -> None:
    address = f"/lesson/{teacher.lesson}/themes"
    first = teacher.client.get(address).get_data(as_text=True)
    assert "Uden at betale" not in first
    assert 'href="?offences"' in first
    assert "godt at begynde med" in first
    assert "Begynd med et af de første emner." in first, "a new classroom"
    then = teacher.client.get(f"{address}?offences").get_data(as_text=True)
    assert "Uden at betale" in then
    assert "Svarene er anonyme, men snakken er det ikke." in then


def test_a_held_theme_says_why_and_can_be_lifted(app: Flask) -> None:
    teacher = Teacher(app, grade=9)
    page = teacher.client.get(f"/lesson/{teacher.lesson}/themes").get_data(as_text=True)
    assert "Venter: 40 % i 9. klasse svarede ja (ESPAD 2019)." in page
    assert re.search(r'value="fuldskab"[^>]* disabled', page)
    assert choose(teacher, "fuldskab") == 409
    house: House = app.extensions["pejling.house"]
    with house.writing() as work:
        lift(work, "fuldskab", 9)
    assert choose(teacher, "fuldskab") == 303
    with house.writing() as work:
        hold(work, "fuldskab", 9)
    assert choose(teacher, "fuldskab") == 409
