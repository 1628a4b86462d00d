"""The pages of staff at work: a new lesson, classrooms, an import, settings, a school's totals."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.domain.account import Role
from app.services.house import House
from app.web.guards import LARGE_BODY
from tests.conftest import Clock
from tests.services.room import THEME, played
from tests.web.staff import Staff

LIST = "Klasser i Fjordby\n;;\nSkole;Klasse;Klassetrin;Elever\nSkovtroldeskolen;7.A;7.;22\nEngtroldeskolen;8.B;8;\n"


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's last form."""
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))


def upload(staff: Staff, text: str, name: str = "klasser.csv") -> tuple[int, str]:
    """Choose a file and send it: status and page."""
    form = hidden(staff.client.get("/staff/import").get_data(as_text=True))
    data = {**form, "file": (io.BytesIO(text.encode()), name)}
    answer = staff.client.post("/staff/import", data=data, content_type="multipart/form-data")
    return answer.status_code, answer.get_data(as_text=True)


def test_a_lesson_begins_with_a_class_and_a_theme_and_shows_its_link_once(app: Flask) -> None:
    teacher = Staff(app, Role.TEACHER)
    room = teacher.classroom("7.A")
    assert f'href="/staff/classrooms/{room}/new"' in teacher.client.get("/staff").get_data(as_text=True)
    page = teacher.client.get(f"/staff/classrooms/{room}/new").get_data(as_text=True)
    assert page.index("Ude sent") < page.index("Alkohol") < page.index("Uden at betale")
    lesson = teacher.begin(room, "ude-sent")
    link = re.search(
        r"http://localhost(/t/[\w-]+)", teacher.client.get(f"/lesson/{lesson}/link").get_data(as_text=True)
    )
    assert link is not None
    other = app.test_client()
    assert other.get(link[1]).headers["Location"] == f"/lesson/{lesson}"
    assert link[1] not in teacher.client.get(f"/lesson/{lesson}").get_data(as_text=True)


@pytest.mark.parametrize("theme", ["hash", "andre-stoffer", "no such theme", ""])
def test_a_theme_that_does_not_fit_begins_nothing(app: Flask, theme: str) -> None:
    teacher = Staff(app, Role.TEACHER)
    room = teacher.classroom("7.A")
    assert teacher.press(f"/staff/classrooms/{room}/new", theme=theme) == 400


def test_an_open_lesson_stands_first_and_is_opened_again_without_its_link(app: Flask) -> None:
    teacher = Staff(app, Role.TEACHER)
    lesson = teacher.begin(teacher.classroom("7.A"), "ude-sent")
    assert "er i gang med" not in teacher.client.get("/staff").get_data(as_text=True)
    assert teacher.press(f"/lesson/{lesson}/lobby") == 303
    page = teacher.client.get("/staff").get_data(as_text=True)
    assert "7.A, Skovtroldeskolen, er i gang med Ude sent." in page
    form = hidden(page.split("</form>")[1])
    answer = teacher.client.post(f"/staff/lessons/{lesson}/link", data=form)
    assert answer.headers["Location"] == f"/lesson/{lesson}"


def test_a_list_is_previewed_before_it_is_taken_in(app: Flask) -> None:
    consultant = Staff(app, Role.CONSULTANT)
    status, page = upload(consultant, LIST)
    assert status == 200
    assert "klasser.csv: nye klasser 2, ændrede 0, som før 0." in page
    assert "0 klasser i skoleåret" in consultant.client.get("/staff/classrooms").get_data(as_text=True)
    answer = consultant.client.post("/staff/import", data={**hidden(page), "confirmed": "yes"})
    assert answer.status_code == 303
    listed = consultant.client.get("/staff/classrooms").get_data(as_text=True)
    assert "2 klasser i skoleåret" in listed
    assert "Engtroldeskolen" in listed
    assert "nye klasser 0, ændrede 0, som før 2" in upload(consultant, LIST)[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LIST.replace("8;", "x;"), "række 5, kolonne Klassetrin"),
        (LIST.replace("Klassetrin", "Trin"), "mangler kolonner: Klassetrin"),
        (LIST + "Skovtroldeskolen;7.A;7;20\n", "står også i række"),
        ("", "er tom"),
    ],
)
def test_a_list_with_a_fault_is_taken_in_by_no_half(app: Flask, text: str, said: str) -> None:
    consultant = Staff(app, Role.CONSULTANT)
    status, page = upload(consultant, text)
    assert (status, said in page) == (400, True), page
    assert "0 klasser" in consultant.client.get("/staff/classrooms").get_data(as_text=True)


def test_a_forged_confirmation_is_read_like_a_file(app: Flask) -> None:
    consultant = Staff(app, Role.CONSULTANT)
    form = hidden(upload(consultant, LIST)[1])
    for content in ("not base64", "AAAA", "æ"):
        answer = consultant.client.post("/staff/import", data={**form, "content": content, "confirmed": "yes"})
        assert answer.status_code == 400


def test_only_the_import_takes_a_large_body(app: Flask) -> None:
    consultant = Staff(app, Role.CONSULTANT)
    long = LIST + "".join(f"Skole {number};7.A;7;\n" for number in range(5000))
    status, page = upload(consultant, long)
    assert (status, "nye klasser 5002" in page) == (200, True)
    assert consultant.client.post("/staff/import", data={**hidden(page), "confirmed": "yes"}).status_code == 303
    too_large = {"data": b"x" * (LARGE_BODY + 1), "content_type": "multipart/form-data; boundary=x"}
    assert consultant.client.post("/staff/import", **too_large).status_code == 413
    assert consultant.client.post("/staff/settings", data={"parents": "x" * 100_000}).status_code == 413


def test_one_classroom_gets_another_name_and_what_is_wrong_comes_back(app: Flask) -> None:
    consultant = Staff(app, Role.CONSULTANT)
    room, _ = consultant.classroom("7.A"), consultant.classroom("7.B")
    for name, size, status in (
        ("", "", 400),
        ("7.X", "61", 400),
        ("7.X", "0061", 400),
        ("7.X", "x", 400),
        ("7.B", "", 409),
        ("7.X", "22", 303),
    ):
        assert consultant.press(f"/staff/classrooms/{room}", name=name, size=size) == status
    assert "7.X" in consultant.client.get("/staff/classrooms").get_data(as_text=True)
    assert consultant.client.get("/staff/classrooms/nobody").status_code == 404


def test_all_move_up_and_back_by_two_buttons(app: Flask, clock: Clock) -> None:
    clock.now = datetime(2027, 6, 10, 9, tzinfo=UTC)
    consultant = Staff(app, Role.CONSULTANT)
    consultant.classroom("7.A")
    assert "Ryk alle klasser et år op" in consultant.client.get("/staff/classrooms").get_data(as_text=True)
    assert consultant.press("/staff/move-up") == 303
    page = consultant.client.get("/staff/classrooms").get_data(as_text=True)
    assert "Fortryd" in page
    assert consultant.press("/staff/move-up/undo") == 303
    assert consultant.press("/staff/move-up/undo") == 409


def test_a_theme_is_turned_off_or_allowed_in_one_grade(app: Flask) -> None:
    consultant, teacher = Staff(app, Role.CONSULTANT), Staff(app, Role.TEACHER)
    seventh, ninth = teacher.classroom("7.A"), teacher.classroom("9.A", 9)
    assert (
        consultant.press("/staff/settings", **{"ude-sent-7": "unused", "fuldskab-9": "lifted", "hash-12": "?"}) == 303
    )
    assert 'value="ude-sent"' not in teacher.client.get(f"/staff/classrooms/{seventh}/new").get_data(as_text=True)
    assert teacher.press(f"/staff/classrooms/{seventh}/new", theme="ude-sent") == 400
    page = teacher.client.get(f"/staff/classrooms/{ninth}/new").get_data(as_text=True)
    assert 'value="ude-sent"' in page
    assert re.search(r'value="fuldskab">', page)
    assert re.search(r'value="alkohol" disabled', page)
    assert consultant.press("/staff/settings") == 303
    assert re.search(
        r'value="fuldskab" disabled', teacher.client.get(f"/staff/classrooms/{ninth}/new").get_data(as_text=True)
    )


def test_the_municipalitys_text_stands_in_the_letter_and_is_escaped(app: Flask) -> None:
    consultant, teacher = Staff(app, Role.CONSULTANT), Staff(app, Role.TEACHER)
    consultant.press("/staff/settings", parents="Ring til <SSP> på 1234.", level="generel", unknown="x")
    lesson = teacher.begin(teacher.classroom("7.A"), "ude-sent")
    assert "Ring til &lt;SSP&gt; på 1234." in teacher.client.get(f"/lesson/{lesson}/letters").get_data(as_text=True)
    assert 'value="generel"' in consultant.client.get("/staff/settings").get_data(as_text=True)
    assert consultant.press("/staff/checklist", **{"checklist-1": "Mange tror, at alle gør det."}) == 303
    assert "Mange tror" in consultant.client.get("/staff/checklist").get_data(as_text=True)


def test_a_leader_sees_totals_of_the_own_school_and_never_one_class(app: Flask, clock: Clock) -> None:
    house: House = app.extensions["pejling.house"]
    played(house, 22, 2, classroom="7.A")
    leader = Staff(app, Role.LEADER)
    page = leader.client.get("/staff", follow_redirects=True).get_data(as_text=True)
    assert "Her kommer et tal i ugen efter, at mindst to klasser har svaret." in page
    assert not re.search(r"\b22\b|\b0 og 3\b", page)
    played(house, 20, 6, classroom="7.B")
    assert "Mellem" not in leader.client.get("/staff/school").get_data(as_text=True), "the week is not over"
    clock.forward(weeks=1)
    leader = Staff(app, Role.LEADER)
    assert "Mellem 4 og 10 af 42" in leader.client.get("/staff/school").get_data(as_text=True)
    played(house, 24, 9, classroom="7.C")
    clock.forward(weeks=1)
    leader = Staff(app, Role.LEADER)
    page = leader.client.get("/staff/school").get_data(as_text=True)
    assert "Mellem 4 og 10 af 42" in page
    assert "7.A" not in page
    stranger = Staff(app, Role.LEADER, "Engtroldeskolen").client.get("/staff/school").get_data(as_text=True)
    assert "Ingen klasser på skolen har svaret" in stranger


def test_a_leader_sees_no_total_of_two_wordings(app: Flask, clock: Clock) -> None:
    house: House = app.extensions["pejling.house"]
    theme = house.themes[THEME]
    earlier = [replace(theme, edition=theme.edition - 1)]
    played(house, 22, 2, classroom="7.A", chosen=earlier)
    played(house, 23, 5, classroom="7.B", chosen=earlier)
    clock.forward(weeks=1)
    played(house, 24, 9, classroom="7.C")
    clock.forward(weeks=1)
    page = Staff(app, Role.LEADER).client.get("/staff/school").get_data(as_text=True)
    title = theme.wording("da").title
    assert re.findall(rf"{title}[^<]*", page) == [f"{title} (tidligere ordlyd)", title]
    assert page.count("Mellem 4 og 10 af 45") == page.count("Her kommer et tal i ugen efter") == 1
    played(house, 25, 1, classroom="7.D")
    clock.forward(weeks=1)
    page = Staff(app, Role.LEADER).client.get("/staff/school").get_data(as_text=True)
    assert page.count("Mellem 4 og 10 af 45") == page.count("Mellem 8 og 14 af 49") == 1, "no block is of two wordings"


@pytest.mark.parametrize("path", ["/staff/settings", "/staff/checklist", "/staff/account"])
def test_what_was_saved_is_said_to_be(app: Flask, path: str) -> None:
    client = Staff(app, Role.CONSULTANT).client
    page = client.get(path).get_data(as_text=True)
    assert "Gemt." not in page
    saved = client.post(path, data=hidden(page), follow_redirects=True)
    assert "Gemt." in saved.get_data(as_text=True)


def test_the_settings_have_pupils_and_parents_themes_apart_by_title(app: Flask) -> None:
    page = Staff(app, Role.CONSULTANT).client.get("/staff/settings").get_data(as_text=True)
    tables = re.findall(r"<caption>(.*?)</caption>.*?</table>", page, re.DOTALL)
    assert tables == ["Til elever", "Til forældre"]
    pupils, parents = (re.findall(r'<th scope="row">(.*?)</th>', table) for table in page.split("<caption>")[1:])
    assert ("Hash" in pupils, "Mobilen om natten" in parents) == (True, True)
    for titles in (pupils, parents):
        assert titles == sorted(titles, key=str.casefold)


def test_an_account_on_an_english_page_stays_english_when_nothing_is_chosen(app: Flask) -> None:
    client = Staff(app, Role.CONSULTANT).client
    client.set_cookie("language", "en")
    page = client.get("/staff/account").get_data(as_text=True)
    assert 'value="en" selected' in page
    assert 'value="da" selected' not in page


def test_a_new_account_may_least_unless_somebody_says_more(app: Flask) -> None:
    for role in (Role.ADMINISTRATOR, Role.CONSULTANT):
        page = Staff(app, role).client.get("/staff/accounts").get_data(as_text=True)
        assert re.findall(r'<option value="(\w+)" selected>', page) == ["teacher"]


def test_an_account_is_deleted_after_a_question(app: Flask) -> None:
    administrator, teacher = Staff(app, Role.ADMINISTRATOR), Staff(app, Role.TEACHER)
    page = administrator.client.get("/staff/accounts").get_data(as_text=True)
    asked = re.search(r"<details><summary[^>]*>Slet</summary>(.*?)</details>", page, re.DOTALL)
    assert asked
    assert f"/staff/accounts/{teacher.id}/remove" in asked[1]
    assert f"Ja, slet {teacher.login}" in asked[1]
