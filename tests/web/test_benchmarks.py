"""The consultant's pages of published figures: a list, one row, an import with preview; and what the board says."""

import html
import io
import re
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.domain.account import Role
from tests.web.conftest import Teacher, ballot, seated
from tests.web.staff import Staff

PATH = "/staff/benchmarks"
YEAR = datetime.now(UTC).year  # an older figure would have a warning beside its year
LIST = (
    "Ungeprofil 2025;;;;;;\n;;;;;;\nEmne;Klassetrin;År;Andel;Antal;Kilde;Kontrolleret\n"
    f"Alkohol;7. klasse;{YEAR};8,5;301;Ungeprofil;ja\nSnus og nikotinposer;8;{YEAR};13 %;;Ungeprofil;nej\n"
)
FORM = {
    "theme": "skaerm-om-natten", "wording": "", "grade": "7", "share": "24", "n": "301", "kind": "kommune",
    "area": "Fjordby", "year": str(YEAR), "season": "", "source": "Ungeprofil", "verified": "ja",
}  # fmt: skip


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's forms, the last of each name."""
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def seen(staff: Staff, path: str = PATH) -> str:
    """The text of a page."""
    return html.unescape(staff.client.get(path).get_data(as_text=True))


def upload(staff: Staff, text: str, name: str = "tal.csv") -> tuple[int, str]:
    """Choose a file and send it: status and page."""
    form = hidden(staff.client.get(f"{PATH}/import").get_data(as_text=True))
    data = {**form, "file": (io.BytesIO(text.encode()), name)}
    answer = staff.client.post(f"{PATH}/import", data=data, content_type="multipart/form-data")
    return answer.status_code, html.unescape(answer.get_data(as_text=True))


def confirm(staff: Staff, page: str) -> int:
    """Press the button under a preview."""
    return staff.client.post(f"{PATH}/import", data={**hidden(page), "confirmed": "yes"}).status_code


@pytest.fixture
def consultant(app: Flask) -> Staff:
    """A consultant."""
    return Staff(app, Role.CONSULTANT)


def test_a_file_is_previewed_before_it_is_taken_in(consultant: Staff) -> None:
    status, page = upload(consultant, LIST)
    assert (status, "tal.csv: nye tal 2, ændrede 0, som før 0, udeladt 0." in page) == (200, True)
    assert f"<td>8,5 %</td><td>301</td><td>kommunen</td><td>{YEAR}</td><td>Ungeprofil</td><td>Ja</td>" in page
    assert "<td>13 %</td><td>ikke oplyst</td>" in page
    assert "Nej, vises ikke" in page
    assert "Der er ingen tal endnu." in seen(consultant)
    assert confirm(consultant, page) == 303
    assert "2 tal" in seen(consultant)
    again = upload(consultant, LIST.replace("301", "302"))[1]
    assert "nye tal 0, ændrede 1, som før 1, udeladt 0." in again
    assert 'name="confirmed"' in again
    assert 'name="confirmed"' not in upload(consultant, LIST)[1], "there is nothing to take in"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LIST.replace("8,5", "12,5%x"), 'række 4, kolonne Andel: "12,5%x" er ikke et tal'),
        (LIST.replace("Alkohol;", "Alkhol;"), 'række 4, kolonne Emne: "Alkhol" er ikke et emne her'),
        (LIST.replace("Andel", "Procent"), "mangler kolonner: Andel"),
        (LIST + f"Alkohol;7;{YEAR};9;;Ungeprofil;ja\n", "står også i række 4"),
        ("", "er tom"),
    ],
)
def test_a_file_with_a_fault_is_taken_in_by_no_half(consultant: Staff, text: str, said: str) -> None:
    status, page = upload(consultant, text)
    assert (status, said in page) == (400, True), page
    assert "Der er ingen tal endnu." in seen(consultant)


def test_a_forged_confirmation_is_read_like_a_file(consultant: Staff) -> None:
    form = hidden(upload(consultant, LIST)[1])
    for content in ("not base64", "AAAA"):
        answer = consultant.client.post(f"{PATH}/import", data={**form, "content": content, "confirmed": "yes"})
        assert answer.status_code == 400


def test_a_collection_says_what_it_left_out(consultant: Staff) -> None:
    text = (
        "indicator,population,grade_or_age,year,share_percent,n,source,verified,note\n"
        'drukket alkohol seneste måned,"Danmark, HBSC",15 år (9. klasse),2018,65,3660,HBSC,yes,n = all three grades\n'
        "snus dagligt,Finland,8. klasse,2023,7,,THL,yes,\n"
        "drukket alkohol seneste 30 dage,Norge,9. klasse,2023,7,,X,yes,\n"
    )
    page = upload(consultant, text)[1]
    assert "nye tal 1, ændrede 0, som før 0, udeladt 2." in page
    assert "<li>1: intet emne her handler om det</li>" in page
    assert "<li>1: hverken Danmark eller en kommune</li>" in page
    assert "<strong>Ældre end 3 år</strong>" in page


def test_a_figure_is_typed_changed_and_removed(consultant: Staff) -> None:
    assert consultant.press(PATH, **FORM) == 303
    page = seen(consultant)
    assert f"<td>24 %</td><td>301</td><td>Fjordby</td><td>{YEAR}</td>" in page
    link = re.search(r'href="(\?[^"#]+)#row"', page)
    assert link is not None
    form = seen(consultant, PATH + link[1])
    for said in ('value="24 %"', 'value="Fjordby"', 'value="ja" checked', '<option value="7" selected>'):
        assert said in form
    assert consultant.press(PATH, **{**FORM, "share": "12,5", "n": "", "season": "forår"}) == 303
    page = seen(consultant)
    assert f"<td>12,5 %</td><td>ikke oplyst</td><td>Fjordby</td><td>{YEAR}, forår</td>" in page
    assert "1 tal" in page
    assert "<button>Ja, slet</button></form></details>" in page, "one press too many removes nothing"
    key = {"kind": "municipality"} | {name: FORM[name] for name in ("theme", "area", "grade", "year")}
    assert consultant.press(f"{PATH}/remove", **key) == 303
    assert consultant.press(f"{PATH}/remove", **key) == 404
    assert consultant.client.get(PATH + link[1]).status_code == 404
    assert "Der er ingen tal endnu." in seen(consultant)


@pytest.mark.parametrize(
    "wrong",
    [{"year": year} for year in ("", "x", "-1", "²", "99999999999999999999")] + [{"kind": ""}, {"kind": "kommune"}],
)
def test_a_key_that_can_be_none_is_not_found(consultant: Staff, wrong: dict[str, str]) -> None:
    key = {"theme": "hash", "kind": "municipality", "area": "Fjordby", "grade": "7", "year": str(YEAR)}
    assert consultant.press(f"{PATH}/remove", **{**key, **wrong}) == 404


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("share", "x<y", 'Andel i procent: "x<y" er ikke et tal'),
        ("year", "", "År: feltet er tomt"),
        ("source", "", "Kilde: et kontrolleret tal skal have en kilde"),
        ("theme", "nothing", 'Emne: "nothing" er ikke et emne her'),
        ("kind", "by", 'Områdetype: "by" er hverken land, kommune eller skole'),
    ],
)
def test_what_is_wrong_comes_back_as_it_was_typed(consultant: Staff, field: str, typed: str, said: str) -> None:
    token = hidden(consultant.client.get(PATH).get_data(as_text=True))["csrf_token"]
    answer = consultant.client.post(PATH, data={**FORM, field: typed, "csrf_token": token})
    raw = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert f"<li>{said}</li>" in html.unescape(raw)
    assert "x<y" not in raw
    assert 'value="Fjordby"' in raw
    assert "Der er ingen tal endnu." in seen(consultant)


def test_only_the_consultants_menu_leads_there(app: Flask, consultant: Staff) -> None:
    assert "Ungeprofil og andre tal</a>" in seen(consultant, "/staff")
    assert "Ungeprofil" not in seen(Staff(app, Role.TEACHER), "/staff")


def test_an_unchecked_figure_is_kept_and_the_board_never_shows_it(consultant: Staff, teacher: Teacher) -> None:
    assert "benchmark" in board(teacher)
    assert board(teacher)["benchmark"] is None
    consultant.press(PATH, **{**FORM, "verified": ""})
    assert board(teacher)["benchmark"] is None
    consultant.press(PATH, **{**FORM, "area": "Danmark", "kind": "land", "n": ""})
    found = board(teacher)["benchmark"]
    assert isinstance(found, dict)
    assert (found["area"], found["kind"], found["share"], found["n"]) == ("Danmark", "country", 24.0, None)
    for page, named in (("", "Hele landet"), ("/print?theme=skaerm-om-natten", "<dt>Hele landet</dt>")):
        shown = html.unescape(teacher.client.get(f"/lesson/{teacher.lesson}{page}").get_data(as_text=True))
        assert named in shown
        assert "Kilden siger ikke, hvor mange der svarede i Danmark." in shown
        assert "None" not in shown
        assert "hele kommunen" not in shown


def board(teacher: Teacher) -> dict[str, object]:
    """The release of the teacher's lesson, which is played to its end the first time."""
    address = f"/lesson/{teacher.lesson}/release?theme=skaerm-om-natten"
    if teacher.client.get(address).status_code == 404:
        teacher.press("lobby")
        devices = [seated(teacher) for _ in range(12)]
        teacher.press("open")
        for device in devices:
            device.post("/s", data=ballot(device))
        assert teacher.press("close") == 303
    found: dict[str, object] = teacher.client.get(address).get_json()
    return found
