"""The teacher changes the lesson's themes on its ready page, and not after the lobby has opened."""

import re

from flask import Flask

from app.domain.account import Role
from app.services.choose_themes import hold, lift
from app.services.house import House
from tests.conftest import Clock
from tests.services.room import played
from tests.services.test_paper import counted
from tests.web.conftest import Teacher
from tests.web.staff import Staff


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


def test_a_chosen_offence_is_on_the_page_so_that_the_next_press_keeps_it(app: Flask) -> None:
    teacher = Teacher(app, "skaerm-om-natten", "butikstyveri", grade=8)
    page = teacher.client.get(f"/lesson/{teacher.lesson}/themes").get_data(as_text=True)
    ticked = re.findall(r'name="theme" value="([^"]+)"[^>]* checked', page)
    assert sorted(ticked) == ["butikstyveri", "skaerm-om-natten"]


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


LATELY = "Klassen har svaret på det emne for nylig. Der skal gå mindst 8 uger."


def test_a_theme_that_the_class_may_not_be_asked_about_yet_says_so_before_anybody_takes_a_seat(
    app: Flask, clock: Clock
) -> None:
    house: House = app.extensions["pejling.house"]
    played(house, 12)
    teacher = Teacher(app)
    page = teacher.client.get(f"/lesson/{teacher.lesson}/themes").get_data(as_text=True)
    assert page.count(LATELY) == 1
    assert re.findall(r'value="([^"]+)"[^>]* disabled', page) == ["skaerm-om-natten"]
    assert choose(teacher, "skaerm-om-natten") == 409
    assert teacher.press("lobby") == 409
    assert teacher.state()["code"] is None
    assert choose(teacher, "lektier") == 303
    assert teacher.press("lobby") == 303
    clock.forward(weeks=9)
    assert choose(Teacher(app), "skaerm-om-natten") == 303


def test_staff_see_it_where_they_begin_a_lesson(app: Flask) -> None:
    teacher = Staff(app, Role.TEACHER)
    played(teacher.house, 12)
    room = teacher.classroom("7.A")
    page = teacher.client.get(f"/staff/classrooms/{room}/new").get_data(as_text=True)
    assert page.count(LATELY) == 1
    assert re.search(r'value="skaerm-om-natten" disabled', page)
    assert teacher.press(f"/staff/classrooms/{room}/new", theme="skaerm-om-natten") == 409
    assert teacher.press(f"/staff/classrooms/{room}/new", theme="lektier") == 303


def test_a_theme_that_may_only_be_asked_on_paper_again_can_be_chosen(app: Flask, clock: Clock) -> None:
    house: House = app.extensions["pejling.house"]
    counted(house)
    clock.forward(weeks=9)
    teacher = Teacher(app)
    assert choose(teacher, "skaerm-om-natten") == 303
    assert teacher.press("lobby") == 409


def test_parents_are_not_asked_whether_it_is_okay(app: Flask) -> None:
    pupils, parents = Teacher(app), Teacher(app, "foraeldre-mobil")
    asks = "Spørg også, om det er okay"
    assert asks in pupils.client.get(f"/lesson/{pupils.lesson}/themes").get_data(as_text=True)
    assert asks not in parents.client.get(f"/lesson/{parents.lesson}/themes").get_data(as_text=True)


def test_a_themes_title_and_its_folder_are_two_things(teacher: Teacher) -> None:
    page = teacher.client.get(f"/lesson/{teacher.lesson}/themes").get_data(as_text=True)
    assert re.search(r"Lektier<br>\s*<span[^>]*>hverdag", page)
