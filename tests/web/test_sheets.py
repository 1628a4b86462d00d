"""The teacher's sheets: a script, an agreement, and a poster only where a result can hang on a wall."""

import re

import pytest
from flask import Flask

from tests.web.conftest import Teacher
from tests.web.test_paper import TOTALS


def counted(app: Flask, theme: str, yes: int, mates: int) -> Teacher:
    """A lesson on one theme, counted on paper: 22 slips, so many yes, such a mean guess."""
    teacher = Teacher(app, theme, grade=9)
    page = teacher.client.get(f"/lesson/{teacher.lesson}/count").get_data(as_text=True)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', page))
    totals = {**TOTALS, "yes": str(yes), "no": str(21 - yes), "mates_total": str(22 * mates)}
    assert teacher.client.post(f"/lesson/{teacher.lesson}/count", data={**hidden, **totals}).status_code == 303
    return teacher


def poster(teacher: Teacher, theme: str) -> tuple[int, str]:
    """The poster's status and page."""
    answer = teacher.client.get(f"/lesson/{teacher.lesson}/poster?theme={theme}")
    return answer.status_code, answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("theme", "yes", "mates", "sentence"),
    [
        ("pjaek", 2, 9, "<b>Mindst 19</b> af 22 svarede ikke ja."),
        ("lektier", 18, 9, "<b>Mindst 16</b> af 22 svarede ja."),
    ],
)
def test_good_news_can_hang_on_the_wall(app: Flask, theme: str, yes: int, mates: int, sentence: str) -> None:
    teacher = counted(app, theme, yes, mates)
    assert "Plakat" in teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)
    status, page = poster(teacher, theme)
    assert status == 200
    assert sentence in page


@pytest.mark.parametrize(
    ("theme", "yes", "mates"), [("pjaek", 12, 3), ("pjaek", 5, 5), ("hash", 0, 9), ("lektier", 5, 15)]
)
def test_neither_a_majority_nor_an_offence_hangs_anywhere(app: Flask, theme: str, yes: int, mates: int) -> None:
    teacher = counted(app, theme, yes, mates)
    assert "Plakat" not in teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)
    assert poster(teacher, theme)[0] == 409


def test_there_is_no_poster_before_the_close(teacher: Teacher) -> None:
    assert poster(teacher, "skaerm-om-natten")[0] == 404


@pytest.mark.parametrize(("asked", "minutes"), [("", 45), ("90", 90), ("17", 45)])
def test_the_script_is_for_45_or_90_minutes(teacher: Teacher, asked: str, minutes: int) -> None:
    page = teacher.client.get(f"/lesson/{teacher.lesson}/script?minutes={asked}").get_data(as_text=True)
    assert f"Drejebog, {minutes} minutter" in page
    assert "Skærm om natten" in page


def test_the_agreement_holds_nothing_that_anybody_answered(app: Flask) -> None:
    teacher = counted(app, "pjaek", 2, 9)
    page = teacher.client.get(f"/lesson/{teacher.lesson}/agreement").get_data(as_text=True)
    assert "Klasseaftale, 9.A" in page
    assert not re.search(r"svarede|\b22\b|\b19\b", page)
