"""What a class finds okay: two questions more, off unless ticked, under the release rules of all the others."""

import re

from flask import Flask

from tests.web.conftest import Teacher, ballot, seated
from tests.web.test_paper import TOTALS

ITEM = "Synes du selv, det er okay at drikke alkohol i din alder?"


def tick(teacher: Teacher, *themes: str, **more: str) -> int:
    """Choose themes and press the button; `approval` as a field ticks it."""
    page = teacher.client.get(f"/lesson/{teacher.lesson}/themes").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    fields = {"csrf_token": token[1] if token else "", "theme": list(themes), **more}
    return teacher.client.post(f"/lesson/{teacher.lesson}/themes", data=fields).status_code


def released(teacher: Teacher, theme: str) -> dict[str, object]:
    """What the poll on a theme released."""
    answer: dict[str, object] = teacher.client.get(f"/lesson/{teacher.lesson}/release?theme={theme}").get_json()
    return answer


def play(teacher: Teacher, approving: int, pupils: int = 12) -> None:
    """A lobby and one vote, in which some find the act okay and everybody believes that nine do."""
    teacher.press("lobby")
    devices = [seated(teacher) for _ in range(pupils)]
    teacher.press("open")
    for number, device in enumerate(devices):
        view = {"approve": "yes" if number < approving else "no", "approve_mates": "9"}
        assert device.post("/s", data=ballot(device, **view)).status_code == 303
    teacher.press("close")


def test_it_is_asked_where_it_is_ticked_and_the_theme_has_it(app: Flask) -> None:
    teacher = Teacher(app, "alkohol")
    assert tick(teacher, "alkohol", "skaerm-om-natten", approval="yes") == 303
    teacher.press("lobby")
    pupil = seated(teacher)
    teacher.press("open")
    page = pupil.get("/s").get_data(as_text=True)
    assert ITEM in page
    assert "Hvor mange af jer 1 tror du synes, det er okay?" in page
    assert pupil.post("/s", data=ballot(pupil)).status_code == 400, "an unanswered view is no ballot"
    assert pupil.post("/s", data=ballot(pupil, approve="skip", approve_mates="unknown")).status_code == 303
    teacher.press("close")
    teacher.press("open")
    second = pupil.get("/s").get_data(as_text=True)
    assert "det er okay" not in second


def test_it_is_off_unless_it_is_ticked(app: Flask) -> None:
    teacher = Teacher(app, "alkohol")
    assert tick(teacher, "alkohol") == 303
    play(teacher, approving=0)
    assert "approve" not in released(teacher, "alkohol")


def test_it_is_released_in_bands_and_shown_where_few_approve(app: Flask) -> None:
    teacher = Teacher(app, "alkohol")
    tick(teacher, "alkohol", approval="yes")
    play(teacher, approving=2)
    shown = released(teacher, "alkohol")
    assert shown["approve"] == {"low": 0, "high": 3}
    assert shown["approve_mates"] == {"low": 8, "high": 12}
    board = teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)
    step = board[board.index('id="step-okay"') :]
    assert ITEM in step
    assert "Højst 3" in step
    assert "I gennemsnit gættede vi på mindst 8 af 12." in step
    assert "Vis, hvad klassen synes er okay" not in board
    printed = teacher.client.get(f"/lesson/{teacher.lesson}/print?theme=alkohol").get_data(as_text=True)
    assert "Er det okay? Hvad vi svarede" in printed


def test_where_half_or_more_approve_it_waits_in_the_menu_and_off_the_page(app: Flask) -> None:
    teacher = Teacher(app, "alkohol")
    tick(teacher, "alkohol", approval="yes")
    play(teacher, approving=9)
    board = teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)
    assert "Vis, hvad klassen synes er okay" in board
    assert 'href="#step-okay" data-forward' not in board
    address = f"/lesson/{teacher.lesson}/print?theme=alkohol"
    printed = teacher.client.get(address).get_data(as_text=True)
    assert "Er det okay? Hvad vi svarede" not in printed
    assert "Vis klassens svar" in printed
    assert "Er det okay? Hvad vi svarede" in teacher.client.get(f"{address}&own").get_data(as_text=True)


def test_it_is_counted_on_paper_too(app: Flask) -> None:
    teacher = Teacher(app, "alkohol")
    tick(teacher, "alkohol", approval="yes")
    assert ITEM in teacher.client.get(f"/lesson/{teacher.lesson}/slips?size=22").get_data(as_text=True)
    page = teacher.client.get(f"/lesson/{teacher.lesson}/count").get_data(as_text=True)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', page))
    assert {"approve_yes", "approve_mates_total"} <= set(re.findall(r'name="(\w+)"', page))
    view = {"approve_yes": "1", "approve_no": "20", "approve_skip": "1"}
    fields = {**hidden, **TOTALS, **view, "approve_mates": "22", "approve_mates_total": "220"}
    assert teacher.client.post(f"/lesson/{teacher.lesson}/count", data=fields).status_code == 303
    assert released(teacher, "alkohol")["approve_mates"] == {"low": 10, "high": 12}
