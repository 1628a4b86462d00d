"""The addresses that scripts and other tools rely on."""

import re

import pytest
from flask import Flask

from app.sealing import tokens
from app.store import lessons
from tests.web.conftest import Teacher, ballot, seated

ROUTES = {
    "/": "GET POST", "/language/<code>": "GET", "/healthz": "GET", "/readyz": "GET",
    "/static/<digest>/<path:name>": "GET",
    "/<code>": "GET POST", "/k/<token>": "GET POST", "/s": "GET POST", "/s/pass": "POST",
    "/s/trial": "GET POST", "/s/tried": "GET", "/lesson/<lesson_id>/trial": "GET", "/lesson/<lesson_id>/print": "GET",
    "/lesson/<lesson_id>/themes": "GET POST", "/lesson/<lesson_id>/script": "GET",
    "/lesson/<lesson_id>/letters": "GET", "/lesson/<lesson_id>/pause": "GET",
    "/lesson/<lesson_id>/agreement": "GET", "/lesson/<lesson_id>/poster": "GET",
    "/try": "GET", "/try/lobby": "GET", "/try/vote": "GET", "/try/ballot": "GET POST", "/try/thanks": "GET",
    "/try/answered": "GET", "/try/reveal": "GET",
    "/privacy": "GET", "/was": "GET", "/.well-known/security.txt": "GET",
    "/t/<secret>": "GET", "/lesson/<lesson_id>": "GET", "/lesson/<lesson_id>/state": "GET",
    "/lesson/<lesson_id>/release": "GET", "/lesson/<lesson_id>/lobby": "POST", "/lesson/<lesson_id>/reserve": "POST",
    "/lesson/<lesson_id>/open": "POST", "/lesson/<lesson_id>/seat": "POST", "/lesson/<lesson_id>/close": "POST",
    "/lesson/<lesson_id>/paper": "GET", "/lesson/<lesson_id>/slips": "GET", "/lesson/<lesson_id>/count": "GET POST",
    "/lesson/<lesson_id>/pupils": "GET", "/lesson/<lesson_id>/handout": "GET POST", "/h/<token>": "GET",
    "/lesson/<lesson_id>/link": "GET", "/staff": "GET", "/staff/sign-in": "GET POST", "/staff/sign-out": "POST",
    "/staff/welcome/<token>": "GET POST", "/staff/account": "GET POST", "/staff/accounts": "GET POST",
    "/staff/accounts/<account_id>/link": "POST", "/staff/accounts/<account_id>/remove": "POST",
    "/staff/classrooms/<classroom_id>/new": "GET POST", "/staff/lessons": "GET",
    "/staff/lessons/<lesson_id>/link": "POST",
    "/staff/classrooms": "GET", "/staff/classrooms/<classroom_id>": "GET POST", "/staff/import": "GET POST",
    "/staff/move-up": "POST", "/staff/move-up/undo": "POST", "/staff/settings": "GET POST",
    "/staff/checklist": "GET POST", "/staff/school": "GET",
    "/staff/benchmarks": "GET POST", "/staff/benchmarks/remove": "POST", "/staff/benchmarks/import": "GET POST",
    "/staff/export": "GET", "/staff/export/<name>": "GET", "/staff/tokens": "GET POST",
    "/staff/tokens/<token_id>/revoke": "POST", "/api/v1/aggregates": "GET", "/api/v1/openapi.json": "GET",
    "/staff/note": "GET", "/staff/note.docx": "GET", "/staff/example": "GET",
    "/staff/compare": "GET",
    "/lesson/<lesson_id>/restart": "POST", "/lesson/<lesson_id>/end": "POST", "/lesson/<lesson_id>/ended": "GET",
}  # fmt: skip


def vote(teacher: Teacher, yes: int, pupils: int) -> None:
    """A lobby, a vote and its ballots; closing is left to the test."""
    teacher.press("lobby")
    devices = [seated(teacher) for _ in range(pupils)]
    assert teacher.press("open") == 303
    for number, device in enumerate(devices):
        own = "yes" if number < yes else "no"
        assert device.post("/s", data=ballot(device, others="9", mates="7", own=own)).status_code == 303


def test_there_are_these_routes_and_no_others(app: Flask) -> None:
    found: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        found.setdefault(rule.rule, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    assert {rule: " ".join(sorted(methods)) for rule, methods in found.items()} == ROUTES


def test_the_state_follows_the_lesson_and_says_nothing_of_answers(teacher: Teacher) -> None:
    poll = {"theme": "skaerm-om-natten", "state": "waiting"}
    assert teacher.state() == {
        "state": "ready", "poll": poll, "code": None, "join_url": None, "seats": 0, "ballots": 0,
    }  # fmt: skip
    teacher.press("lobby")
    lobby = teacher.state()
    assert re.fullmatch(r"\d{6}", str(lobby["code"]))
    assert re.fullmatch(r"http://localhost/k/[\w-]{24}", str(lobby["join_url"]))
    pupil = seated(teacher)
    teacher.press("open")
    pupil.post("/s", data=ballot(pupil))
    assert teacher.state() == {
        "state": "running", "poll": {**poll, "state": "voting"}, "code": None, "join_url": None,
        "seats": 1, "ballots": 1,
    }  # fmt: skip


def test_an_unchanged_state_is_answered_with_304(teacher: Teacher) -> None:
    address = f"/lesson/{teacher.lesson}/state"
    tag = teacher.client.get(address).headers["ETag"]
    same = teacher.client.get(address, headers={"If-None-Match": tag})
    assert (same.status_code, same.data) == (304, b"")
    teacher.press("lobby")
    assert teacher.client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_the_release_is_not_there_before_close_and_says_the_bands_after(teacher: Teacher) -> None:
    address = f"/lesson/{teacher.lesson}/release?theme=skaerm-om-natten"
    vote(teacher, yes=2, pupils=22)
    assert teacher.client.get(address).status_code == 404
    teacher.press("close")
    assert teacher.client.get(address).get_json() == {
        "theme": "skaerm-om-natten", "n": 22, "ruler": "A",
        "own": {"low": 0, "high": 3}, "mates": {"low": 6, "high": 8}, "others": {"low": 8, "high": 10},
        "name": "overdrivelse", "path": "A", "benchmark": None,
    }  # fmt: skip
    assert teacher.client.get(f"/lesson/{teacher.lesson}/release?theme=alkohol").status_code == 404


def test_with_nine_ballots_every_figure_is_a_reason(teacher: Teacher) -> None:
    vote(teacher, yes=9, pupils=9)
    teacher.press("close")
    few = {"suppressed": "for få svar"}
    release = teacher.client.get(f"/lesson/{teacher.lesson}/release?theme=skaerm-om-natten").get_json()
    assert release == {
        "theme": "skaerm-om-natten", "n": few, "ruler": "A", "own": few, "mates": few, "others": few,
        "name": None, "path": "D", "benchmark": None,
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["{0}{1}", "{0} {1}", "{0}-{1}", " {0} {1} ", "{0}.{1}", "{0}\u2013{1}", "_{0}·{1}!"])
def test_a_typed_code_is_forgiven_what_stands_between_its_digits(teacher: Teacher, typed: str) -> None:
    teacher.press("lobby")
    code = str(teacher.state()["code"])
    text = typed.format(code[:3], code[3:])
    answer = teacher.app.test_client().get("/", query_string={"code": text})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{code}")
    direct = teacher.app.test_client().get(f"/{text.strip()}")
    assert "Tag plads" in direct.get_data(as_text=True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("44347O", "443470"), ("87l2O3", "871203"), ("87I2o3", "871203"), ("i23456", "123456"), ("lo lo", "1010")],
)
def test_a_letter_that_looks_like_a_digit_is_that_digit(app: Flask, typed: str, meant: str) -> None:
    answer = app.test_client().get("/", query_string={"code": typed})
    assert (answer.status_code, answer.headers.get("Location")) == (302, f"/{meant}")


@pytest.mark.parametrize("typed", ["443x70", "4434é0", "٤٤٣٤٧٠", "skole", "robots.txt", "-–.", "123"])
def test_other_letters_are_no_code(app: Flask, typed: str) -> None:
    assert app.test_client().get("/", query_string={"code": typed}).status_code == 404


def test_the_reserved_seat_is_handed_on_with_the_device(teacher: Teacher) -> None:
    teacher.press("lobby")
    assert teacher.press("reserve", seats="-1") == 400
    assert teacher.press("reserve", seats="1") == 303
    device = seated(teacher)
    teacher.press("open")
    assert teacher.state()["seats"] == 2
    device.post("/s", data=ballot(device))
    assert "Giv skærmen videre" in device.get("/s").get_data(as_text=True)
    token = re.findall(r'action="/s/pass">.*?value="([^"]+)"', device.get("/s").get_data(as_text=True))[0]
    assert [device.post("/s/pass", data={"seat": token}).status_code for _ in range(2)] == [303, 303]
    cookie = device.get_cookie("seat")
    assert cookie is not None
    assert len(cookie.value.split(".")) == 2
    thanks = device.get("/s").get_data(as_text=True)
    assert "Næste elev" in thanks
    assert "<fieldset>" not in thanks
    page = device.get("/s?next").get_data(as_text=True)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', page))
    assert device.post("/s", data={**hidden, "others": "2", "mates": "unknown", "own": "skip"}).status_code == 303
    assert teacher.state()["ballots"] == 2
    assert device.post("/s/pass").status_code == 404


def test_a_second_link_may_look_and_not_close(teacher: Teacher) -> None:
    with teacher.app.extensions["pejling.house"].writing() as work:
        lessons.add_link(work.db, teacher.lesson, tokens.link_hash("second"))
    vote(teacher, yes=0, pupils=10)
    colleague = Teacher(teacher.app)
    colleague.client.get("/t/second")
    colleague.lesson = teacher.lesson
    assert colleague.state()["ballots"] == 10
    assert colleague.press("close") == 403
    assert teacher.press("close") == 303
    assert "Højst 3" in colleague.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)


def test_what_stands_on_the_board_never_holds_the_secret(teacher: Teacher) -> None:
    for verb in ("lobby", "open", "close", "end"):
        page = teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)
        assert teacher.secret not in page
        if verb == "open":
            seated(teacher)
        teacher.press(verb)
