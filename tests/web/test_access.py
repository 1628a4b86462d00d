"""Who may see what: one word a route, held here, and everybody else finds nothing there."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.account import Role
from app.services.house import House
from tests.web.staff import Staff

PUPILS = ["/s", "/s/pass", "/s/trial", "/s/tried", "/k/<token>", "/<code>", "/", "/language/<code>"]
MACHINES = [
    "/healthz", "/readyz", "/static/<digest>/<path:name>", "/api/v1/aggregates", "/api/v1/openapi.json",
]  # fmt: skip
REHEARSAL = ["/try", "/try/lobby", "/try/vote", "/try/ballot", "/try/thanks", "/try/answered", "/try/reveal"]
LESSON = (
    "state", "release", "trial", "lobby", "restart", "reserve", "open", "seat", "close", "end", "ended", "pause",
    "themes", "script", "letters", "agreement", "poster", "paper", "slips", "count", "print", "link", "pupils",
    "handout",
)  # fmt: skip
WORDS = {
    "anyone": {
        *PUPILS,
        *MACHINES,
        *REHEARSAL,
        "/h/<token>",
        "/privacy",
        "/was",
        "/.well-known/security.txt",
        "/t/<secret>",
        "/staff/sign-in",
        "/staff/welcome/<token>",
    },
    "holds_link": {"/lesson/<lesson_id>", *(f"/lesson/<lesson_id>/{page}" for page in LESSON)},
    "staff": {"/staff", "/staff/account", "/staff/sign-out"},
    "teaches": {"/staff/classrooms/<classroom_id>/new", "/staff/lessons", "/staff/lessons/<lesson_id>/link"},
    "heads": {"/staff/school"},
    "plans": {
        "/staff/classrooms",
        "/staff/classrooms/<classroom_id>",
        "/staff/compare",
        "/staff/import",
        "/staff/benchmarks",
        "/staff/benchmarks/remove",
        "/staff/benchmarks/import",
        "/staff/move-up",
        "/staff/move-up/undo",
        "/staff/settings",
        "/staff/checklist",
        "/staff/export",
        "/staff/export/<name>",
        "/staff/tokens",
        "/staff/tokens/<token_id>/revoke",
        "/staff/note",
        "/staff/note.docx",
        "/staff/example",
    },
    "manages": {"/staff/accounts", "/staff/accounts/<account_id>/link", "/staff/accounts/<account_id>/remove"},
}
ROLES = {
    "staff": set(Role),
    "teaches": {Role.TEACHER, Role.CONSULTANT},
    "heads": {Role.LEADER},
    "plans": {Role.CONSULTANT},
    "manages": {Role.ADMINISTRATOR, Role.CONSULTANT},
}


def test_every_route_has_its_word(app: Flask) -> None:
    found: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        word = getattr(app.view_functions[rule.endpoint], "access", "no word")
        found.setdefault(word, set()).add(rule.rule)
    assert found == WORDS


def asked(client: FlaskClient, app: Flask, path: str) -> int:
    """The status of a page, or of what it posts where it shows nothing."""
    address = re.sub(r"<[^>]+>", "nobody", path)
    shows = any("GET" in (rule.methods or ()) for rule in app.url_map.iter_rules() if rule.rule == path)
    return (client.get(address) if shows else client.post(address, data={"csrf_token": ""})).status_code


@pytest.mark.parametrize("path", sorted({path for word in ROLES for path in WORDS[word]}))
def test_a_stranger_is_asked_to_sign_in(app: Flask, path: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    assert asked(app.test_client(), app, path) == 303


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("word", "path"), [(word, path) for word in ROLES for path in sorted(WORDS[word])])
def test_to_another_role_the_page_is_not_there(app: Flask, role: Role, word: str, path: str) -> None:
    if role in ROLES[word]:
        return
    app.config["WTF_CSRF_ENABLED"] = False
    assert asked(Staff(app, role).client, app, path) == 404


def test_another_schools_classroom_and_another_teachers_lesson_are_not_there(app: Flask) -> None:
    mine, other = Staff(app, Role.TEACHER, "Skovtroldeskolen"), Staff(app, Role.TEACHER, "Engtroldeskolen")
    colleague, consultant = Staff(app, Role.TEACHER, "Skovtroldeskolen"), Staff(app, Role.CONSULTANT)
    room = mine.classroom("7.A")
    lesson = mine.begin(room, "ude-sent")
    assert other.client.get(f"/staff/classrooms/{room}/new").status_code == 404
    assert other.press(f"/staff/classrooms/{room}/new", theme="ude-sent") == 404
    assert "7.A" not in other.client.get("/staff").get_data(as_text=True)
    for stranger in (other, colleague):
        assert stranger.press(f"/staff/lessons/{lesson}/link") == 404
        assert "7.A" not in stranger.client.get("/staff/lessons").get_data(as_text=True)
    assert colleague.client.get(f"/staff/classrooms/{room}/new").status_code == 200
    assert consultant.press(f"/staff/lessons/{lesson}/link") == 303
    assert "7.A" in consultant.client.get("/staff/lessons").get_data(as_text=True)


def test_a_teacher_cannot_be_made_by_a_teacher_nor_a_consultant_by_a_consultant(app: Flask) -> None:
    consultant = Staff(app, Role.CONSULTANT)
    fields = {"login": "ny@fjordby.example", "school": ""}
    assert consultant.press("/staff/accounts", role="consultant", **fields) == 404
    assert consultant.press("/staff/accounts", role="no such role", **fields) == 400
    administrator = Staff(app, Role.ADMINISTRATOR)
    assert consultant.press(f"/staff/accounts/{administrator.id}/link") == 404
    assert consultant.press(f"/staff/accounts/{administrator.id}/remove") == 404
    assert administrator.press(f"/staff/accounts/{administrator.id}/remove") == 404, "not oneself"
    assert administrator.press(f"/staff/accounts/{consultant.id}/remove") == 303
    assert consultant.client.get("/staff").status_code == 303, "a removed account is signed out"


def test_lists_are_asked_with_as_many_queries_however_long_they_are(app: Flask) -> None:
    consultant = Staff(app, Role.CONSULTANT)
    house: House = app.extensions["pejling.house"]
    counts = []
    for number in (3, 400):
        for index in range(number):
            consultant.classroom(f"{number}-{index}")
        with consultant.counted(house) as queries:
            page = consultant.client.get("/staff?search=4").get_data(as_text=True)
        assert page.count("/new") <= 30
        counts.append(len(queries))
    assert counts[0] == counts[1]
