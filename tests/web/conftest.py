"""The application on a database of its own, and a lesson's two sides: a teacher's client and pupils' clients."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.config import Settings
from app.services.house import House
from app.services.start_lesson import find_classroom, start_lesson
from tests.conftest import Clock

BASE = "http://localhost"


@pytest.fixture
def make_app(tmp_path: Path) -> Callable[..., Flask]:
    """Makes the application at an address."""

    def make(base_url: str = BASE) -> Flask:
        return create_app(Settings(f"sqlite:///{tmp_path / 'pejling.sqlite'}", tmp_path / "keys", base_url))

    return make


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """The application at BASE."""
    return make_app()


@pytest.fixture
def clock(app: Flask) -> Clock:
    """The application's clock."""
    house: House = app.extensions["pejling.house"]
    moved = Clock()
    object.__setattr__(house, "clock", moved)
    return moved


class Teacher:
    """A teacher's browser in one lesson."""

    def __init__(self, app: Flask, *themes: str, grade: int = 7) -> None:
        self.app, self.client = app, app.test_client()
        house: House = app.extensions["pejling.house"]
        with house.writing() as work:
            room = find_classroom(work, "Skovtroldeskolen", f"{grade}.A", grade)
            chosen = [work.themes[key] for key in themes or ("skaerm-om-natten",)]
            started = start_lesson(work, room, chosen, chosen[0].audience)
        self.lesson, self.secret = started.lesson, started.secret
        self.client.get(f"/t/{self.secret}")

    def press(self, verb: str, **fields: str) -> int:
        """Press one of the lesson's buttons; the status of the answer."""
        page = self.client.get(f"/lesson/{self.lesson}").get_data(as_text=True)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        fields["csrf_token"] = token[1] if token else ""
        return self.client.post(f"/lesson/{self.lesson}/{verb}", data=fields).status_code

    def state(self) -> dict[str, object]:
        """What /state says."""
        said: dict[str, object] = self.client.get(f"/lesson/{self.lesson}/state").get_json()
        return said


@pytest.fixture
def teacher(app: Flask) -> Teacher:
    """A teacher who has opened the link of a fresh lesson."""
    return Teacher(app)


def seated(teacher: Teacher) -> FlaskClient:
    """A pupil with a seat in the teacher's lobby."""
    client = teacher.app.test_client()
    assert client.post(f"/{teacher.state()['code']}").status_code == 303
    return client


def ballot(client: FlaskClient, **answers: str) -> dict[str, str]:
    """The fields of the ballot on a pupil's page, filled in."""
    page = client.get("/s").get_data(as_text=True)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', page))
    return {**hidden, "others": "1", "mates": "1", "own": "no", **answers}
