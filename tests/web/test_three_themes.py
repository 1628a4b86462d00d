"""A lesson of three themes on the same seats: each with its own vote, close and reveal."""

from flask import Flask

from tests.web.conftest import Teacher, ballot, seated

THEMES = ("skaerm-om-natten", "alkohol", "butikstyveri")


def test_three_themes_are_asked_one_after_the_other_on_the_same_seats(app: Flask) -> None:
    teacher = Teacher(app, *THEMES)
    teacher.press("lobby")
    pupils = [seated(teacher) for _ in range(11)]
    for number, theme in enumerate(THEMES):
        assert teacher.press("open") == 303
        assert teacher.state()["poll"] == {"theme": theme, "state": "voting"}
        assert teacher.press("open") == 409, "one vote at a time"
        for pupil in pupils:
            assert pupil.post("/s", data=ballot(pupil, others="5", mates="3", own="no")).status_code == 303
        follows = number < len(THEMES) - 1
        assert ("Næste spørgsmål" in pupils[0].get("/s").get_data(as_text=True)) is follows
        assert teacher.press("close") == 303
        page = pupils[0].get("/s").get_data(as_text=True)
        assert ("Næste spørgsmål" in page, "Afstemningen er lukket." in page) == (follows, not follows)
        board = teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)
        assert ("Vi viser aldrig det præcise tal." in board) is (number == 0), "said once a lesson"
    for theme in THEMES:
        release = teacher.client.get(f"/lesson/{teacher.lesson}/release?theme={theme}").get_json()
        assert (release["theme"], release["n"], release["own"]) == (theme, 11, {"low": 0, "high": 3})
    assert teacher.press("end") == 303
    assert pupils[0].get("/s").status_code == 404


def test_a_ballot_for_a_theme_that_has_closed_does_not_reach_the_next_one(app: Flask) -> None:
    teacher = Teacher(app, *THEMES[:2])
    teacher.press("lobby")
    pupils = [seated(teacher) for _ in range(10)]
    teacher.press("open")
    old = ballot(pupils[0])
    teacher.press("close")
    teacher.press("open")
    assert pupils[0].post("/s", data=old).status_code == 409
    assert pupils[0].post("/s", data={**old, "theme": "butikstyveri"}).status_code == 404
    assert teacher.state()["ballots"] == 0


def test_a_pupil_who_comes_between_two_themes_waits_for_the_next(app: Flask) -> None:
    teacher = Teacher(app, *THEMES[:2])
    teacher.press("lobby")
    seated(teacher)
    teacher.press("open")
    teacher.press("close")
    teacher.press("seat")
    late = seated(teacher)
    assert "Næste spørgsmål" in late.get("/s").get_data(as_text=True)
    assert "Vent, til din lærer siger til." in late.get("/s?next").get_data(as_text=True)
    teacher.press("open")
    assert "Alkohol" in late.get("/s?next").get_data(as_text=True)
