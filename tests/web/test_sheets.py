"""The teacher's sheets: a script, an agreement, and a poster only where a result can hang on a wall."""

import re

import pytest
from flask import Flask

from tests.web.conftest import Teacher, ballot, seated
from tests.web.test_paper import TOTALS


def counted(app: Flask, theme: str, yes: int, mates: int) -> Teacher:
    """A lesson on one theme, counted on paper: 22 slips, so many yes, such a mean guess."""
    teacher = Teacher(app, theme, grade=9)
    page = teacher.client.get(f"/lesson/{teacher.lesson}/count").get_data(as_text=True)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', page))
    totals = {**TOTALS, "yes": str(yes), "no": str(21 - yes), "mates_total": str(22 * mates)}
    assert teacher.client.post(f"/lesson/{teacher.lesson}/count", data={**hidden, **totals}).status_code == 303
    return teacher


@pytest.mark.parametrize(
    ("yes", "legend"),
    [(2, "Prikket: ikke ja. Stiplet: måske."), (5, "Prikket: ikke ja. Stiplet: måske. Tom: ja.")],
)
def test_the_rests_legend_names_the_empty_figures_where_there_are_any(app: Flask, yes: int, legend: str) -> None:
    teacher = counted(app, "pjaek", yes, 9)
    rest = teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True).split('id="step-7"')[1]
    assert f">{legend}<" in rest.split("</section>")[0]


def poster(teacher: Teacher, theme: str) -> tuple[int, str]:
    """The poster's status and page."""
    answer = teacher.client.get(f"/lesson/{teacher.lesson}/poster?theme={theme}")
    return answer.status_code, answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("theme", "yes", "mates", "sentence", "window"),
    [
        ("pjaek", 2, 9, "<b>Mindst 19</b> af 22 svarede ikke ja.", "De seneste 30 dage: Har du selv"),
        ("lektier", 18, 9, "<b>Mindst 16</b> af 22 svarede ja.", "De seneste 7 dage: Har du selv"),
    ],
)
def test_good_news_can_hang_on_the_wall_with_what_was_asked(
    app: Flask, theme: str, yes: int, mates: int, sentence: str, window: str
) -> None:
    teacher = counted(app, theme, yes, mates)
    assert "Plakat" in teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)
    status, page = poster(teacher, theme)
    assert status == 200
    assert sentence in page
    assert window in page
    assert ("De svarede nej eller sprang over." in page) is ("ikke ja" in sentence)


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
    assert f"7.A. {minutes} minutter. Forebyggelse, digital trivsel." in page
    assert f"-{minutes} min." in page


def test_each_theme_of_a_lesson_has_its_script(app: Flask) -> None:
    teacher = Teacher(app, "alkohol", "lektier")
    first = teacher.client.get(f"/lesson/{teacher.lesson}/script").get_data(as_text=True)
    assert "Drejebog: Alkohol" in first
    assert "3 ud af 100 i 7. klasse svarede, at de drak alkohol hver uge. (Skolebørnsundersøgelsen 2022)" in first
    assert "Alkolinjen" in first
    assert "Hvis færre svarede ja, end vi troede" in first
    second = teacher.client.get(f"/lesson/{teacher.lesson}/script?theme=lektier").get_data(as_text=True)
    assert "Drejebog: Lektier" in second
    assert "Hvis flere svarede ja, end vi troede" in second
    assert "Hvad ved vi?" not in second


def test_the_script_says_which_time_the_question_looks_back_on(teacher: Teacher) -> None:
    page = teacher.client.get(f"/lesson/{teacher.lesson}/script").get_data(as_text=True)
    assert "De seneste 7 dage: Har du selv brugt en skærm efter kl.\u00a023" in page


def test_what_the_script_says_is_what_the_screens_say(teacher: Teacher) -> None:
    page = teacher.client.get(f"/lesson/{teacher.lesson}/script").get_data(as_text=True)
    script = set(re.findall("<p>(.*?)</p>", page))
    teacher.press("lobby")
    screens = teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)
    for pupil in [seated(teacher) for _ in range(10)]:
        teacher.press("open")
        screens += teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)
        pupil.post("/s", data=ballot(pupil))
    teacher.press("close")
    screens += teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)
    said = {" ".join(text.split()) for text in re.findall(r'<p class="say"><b>Sig:</b> (.*?)</p>', screens, re.S)}
    assert len(said & script) >= 4, said
    assert {text for text in said if text.startswith("Gå ind på adressen")} <= script


def test_letters_are_plain_text_without_a_link(app: Flask) -> None:
    teacher = Teacher(app, "alkohol", "mobning")
    page = teacher.client.get(f"/lesson/{teacher.lesson}/letters").get_data(as_text=True)
    parents, pupils = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)
    assert parents.startswith("Kære forældre i 7.A\n\n")
    assert "Emnet er: Alkohol, Drilleri og mobning." in parents
    assert "BørneTelefonen 116\u00a0111, Alkolinjen" in parents
    assert pupils.startswith("Til 7.A\n\n")
    for letter in (parents, pupils):
        assert not re.search(r"[<>]|http|/t/", letter)
        assert teacher.secret not in letter


def test_a_pause_keeps_the_result_for_another_day(app: Flask) -> None:
    teacher = counted(app, "pjaek", 2, 9)
    page = teacher.client.get(f"/lesson/{teacher.lesson}/pause").get_data(as_text=True)
    assert "Tallene er gemt." in page
    assert "svarede" not in page
    teacher.press("end")
    other = app.test_client()
    other.get(f"/t/{teacher.secret}")
    assert "Mindst 19" in other.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)


def test_before_the_close_there_is_nothing_to_pause(teacher: Teacher) -> None:
    assert teacher.client.get(f"/lesson/{teacher.lesson}/pause").status_code == 303


def test_the_agreement_holds_nothing_that_anybody_answered(app: Flask) -> None:
    teacher = counted(app, "pjaek", 2, 9)
    page = teacher.client.get(f"/lesson/{teacher.lesson}/agreement").get_data(as_text=True)
    assert "Klasseaftale, 9.A" in page
    assert not re.search(r"svarede|\b22\b|\b19\b", page)
