"""The figures of every closed vote can be looked at, however the lesson went on; and what a wrong press costs."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.sweep import sweep
from tests.conftest import Clock
from tests.web.conftest import Teacher, ballot, seated
from tests.web.test_approval import tick
from tests.web.test_reveal import stairs

NIGHT, ALCOHOL, SHOP = "skaerm-om-natten", "alkohol", "butikstyveri"
NONE_TO_SHOW = "Der er ingen tal at vise."


def page(teacher: Teacher, query: str = "") -> str:
    """The teacher's page."""
    return teacher.client.get(f"/lesson/{teacher.lesson}{query}").get_data(as_text=True)


def ways(board: str) -> set[str]:
    """The themes whose figures a page leads to."""
    return set(re.findall(r'href="/lesson/\w+\?theme=([\w-]+)"', board))


def vote(teacher: Teacher, pupils: list[FlaskClient], answers: int | None = None) -> None:
    """One vote that the first `answers` pupils take part in, closed."""
    teacher.press("open")
    for pupil in pupils[:answers]:
        assert pupil.post("/s", data=ballot(pupil, mates="9")).status_code == 303
    teacher.press("close")


def lobby(app: Flask, *themes: str, pupils: int = 12) -> tuple[Teacher, list[FlaskClient]]:
    """A lobby with so many pupils."""
    teacher = Teacher(app, *themes)
    teacher.press("lobby")
    return teacher, [seated(teacher) for _ in range(pupils)]


def test_a_lesson_that_lapsed_in_its_second_vote_still_shows_the_figures_of_the_first(app: Flask, clock: Clock) -> None:
    teacher, pupils = lobby(app, NIGHT, ALCOHOL, SHOP)
    vote(teacher, pupils)
    teacher.press("open")
    clock.forward(hours=26)
    sweep(app.extensions["pejling.house"])
    board = page(teacher)
    assert ("Timen er slut." in board, NONE_TO_SHOW in board, ways(board)) == (True, False, {NIGHT})
    assert "af 12 svarede ja." in stairs(page(teacher, f"?theme={NIGHT}"))["step-4"]


def test_a_vote_that_lapsed_between_two_leads_to_the_figures_before_it(app: Flask, clock: Clock) -> None:
    teacher, pupils = lobby(app, NIGHT, ALCOHOL, SHOP)
    vote(teacher, pupils)
    clock.forward(hours=2)
    teacher.press("open")
    house = app.extensions["pejling.house"]
    with house.writing() as work:
        work.db.exec_driver_sql("UPDATE poll SET lapse_hour = 0 WHERE state = 'voting'")
    sweep(house)
    board = page(teacher)
    assert ("Afstemningen blev ikke lukket i tide." in board, ways(board)) == (True, {NIGHT})


def test_after_three_votes_the_end_leads_to_each_also_where_the_last_has_no_figures(app: Flask) -> None:
    teacher, pupils = lobby(app, NIGHT, ALCOHOL, SHOP)
    for answers in (12, 12, 3):
        vote(teacher, pupils, answers)
    assert {NIGHT, ALCOHOL} <= ways(page(teacher))
    teacher.press("end")
    assert ways(page(teacher, "/ended")) == {NIGHT, ALCOHOL, SHOP}
    for theme, shows in ((NIGHT, True), (ALCOHOL, True), (SHOP, False)):
        board = page(teacher, f"?theme={theme}")
        assert ("af 12 svarede ja." in board) is shows
        assert "Slut timen" not in board


def test_looking_at_an_earlier_vote_leaves_the_lesson_where_it_is(app: Flask) -> None:
    teacher, pupils = lobby(app, NIGHT, ALCOHOL)
    vote(teacher, pupils)
    teacher.press("open")
    before = teacher.state()
    assert ways(page(teacher)) == {NIGHT}, "pressed too early, the way back stands in the menu"
    board = page(teacher, f"?theme={NIGHT}")
    assert stairs(board)["step-0"] == "Nu er svarene talt op. Skærm om natten Se på tavlen."
    assert "Vi viser aldrig det præcise tal." in stairs(board)["step-4"], "the lesson's first figures, as before"
    assert [label in board for label in ("Tilbage til timen", "Slut timen", "Næste spørgsmål")] == [True, False, False]
    assert teacher.state() == before
    for theme in (ALCOHOL, SHOP, "intet"):
        assert "har svaret" in page(teacher, f"?theme={theme}"), "no figures, so the board"


def test_a_printed_page_leads_back_to_the_figures_that_it_prints(app: Flask) -> None:
    teacher, pupils = lobby(app, NIGHT, ALCOHOL)
    vote(teacher, pupils)
    vote(teacher, pupils)
    for sheet in ("print", "poster"):
        assert ways(page(teacher, f"/{sheet}?theme={NIGHT}")) == {NIGHT}


def test_starting_over_and_ending_ask_first(app: Flask) -> None:
    teacher, pupils = lobby(app, NIGHT, ALCOHOL)
    asks = re.compile(r'<div class="ask" id="restart".*?/restart".*?</div>')
    menu = r'<a class="go quiet" href="#restart".*?>Begynd forfra med en ny kode</a>'
    assert asks.search(page(teacher))
    assert re.search(menu, page(teacher))
    teacher.press("open")
    assert re.search(menu, page(teacher)), "nothing is answered yet"
    pupils[0].post("/s", data=ballot(pupils[0]))
    assert "/restart" not in page(teacher)
    teacher.press("close")
    board = page(teacher)
    end = board.split('id="end"')[1].split("</section>")[0]
    assert "Så kan I ikke svare på det næste spørgsmål." in end
    assert board.count("/end") == end.count("/end") == 1
    vote(teacher, pupils)
    last = page(teacher).split('id="end"')[1].split("</section>")[0]
    assert "næste spørgsmål" not in last


@pytest.mark.parametrize(
    ("pupils", "answers", "why"),
    [
        (12, 9, "Under 10 svarede, så vi viser ikke jeres egne tal."),
        (9, 9, "I er få, så vi viser ikke jeres egne tal."),
        (9, 2, "I er få, så vi viser ikke jeres egne tal."),
    ],
)
def test_too_few_answers_are_not_called_a_small_class(app: Flask, pupils: int, answers: int, why: str) -> None:
    teacher, devices = lobby(app, NIGHT, pupils=pupils)
    vote(teacher, devices, answers)
    assert stairs(page(teacher))["step-4"] == f"Vores klasse {why}"
    assert why in page(teacher, f"/print?theme={NIGHT}")


def test_closing_early_says_what_it_costs_until_ten_have_answered(app: Flask) -> None:
    teacher, pupils = lobby(app, NIGHT)
    teacher.press("open")
    costs = "<span data-under> Under 10 har svaret. Så viser vi ikke jeres egne tal."
    for pupil in pupils[:10]:
        assert costs in page(teacher)
        pupil.post("/s", data=ballot(pupil))
    assert costs not in page(teacher)
    assert "<span data-under hidden>" in page(teacher)


@pytest.mark.parametrize(
    ("answers", "first"),
    [(11, "11 af jer svarede. Derfor er alle tal af 11."), (12, "Se på tavlen."), (9, "Se på tavlen.")],
)
def test_the_board_says_why_its_numbers_are_of_fewer_than_were_there(app: Flask, answers: int, first: str) -> None:
    teacher, pupils = lobby(app, NIGHT)
    vote(teacher, pupils, answers)
    assert stairs(page(teacher))["step-0"] == f"Nu er svarene talt op. {first}"


def test_a_class_is_told_how_many_questions_await_it(app: Flask) -> None:
    assert "Tre spørgsmål på elevernes egne skærme." in page(Teacher(app, NIGHT))
    assert "Tre spørgsmål om hvert emne på elevernes egne skærme." in page(Teacher(app, NIGHT, ALCOHOL))
    assert "Tre spørgsmål på jeres egne telefoner." in page(Teacher(app, "foraeldre-fest"))
    assert "Tre spørgsmål om hvert emne på jeres egne telefoner." in page(
        Teacher(app, "foraeldre-fest", "foraeldre-mobil")
    )
    for themes, said in (
        ([ALCOHOL], "Fem spørgsmål på elevernes egne skærme."),
        ([ALCOHOL, "pjaek"], "Fem spørgsmål om hvert emne på elevernes egne skærme."),
        ([NIGHT, ALCOHOL], "Tre eller fem spørgsmål om hvert emne på elevernes egne skærme."),
    ):
        teacher = Teacher(app, *themes)
        assert tick(teacher, *themes, approval="yes") == 303
        assert said in page(teacher)
