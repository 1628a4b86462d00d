"""A parents' evening: their own rules under the rules of every vote, and never one class's answers."""

import re

import pytest
from flask import Flask

from app.services.house import House
from tests.conftest import Clock
from tests.services.room import played
from tests.web.conftest import Teacher, ballot, seated

THEME = "foraeldre-alkohol"


def evening(app: Flask, parents: int = 12, yes: int = 1, mates: str = "8") -> Teacher:
    """An evening whose vote is closed."""
    teacher = Teacher(app, THEME)
    teacher.press("lobby")
    phones = [seated(teacher) for _ in range(parents)]
    teacher.press("open")
    for number, phone in enumerate(phones):
        own = "yes" if number < yes else "no"
        assert phone.post("/s", data=ballot(phone, mates=mates, own=own)).status_code == 303
    assert teacher.press("close") == 303
    return teacher


def get(teacher: Teacher, path: str) -> tuple[int, str]:
    """A page of the lesson."""
    answer = teacher.client.get(f"/lesson/{teacher.lesson}{path}")
    return answer.status_code, answer.get_data(as_text=True)


def test_parents_are_asked_about_themselves_in_their_own_words(app: Flask) -> None:
    teacher = Teacher(app, THEME)
    teacher.press("lobby")
    phone = seated(teacher)
    assert "Tryk på Videre, når der bliver sagt til." in phone.get("/s").get_data(as_text=True)
    teacher.press("open")
    page = phone.get("/s").get_data(as_text=True)
    assert "Hvor mange af alle de andre forældre i kommunen giver deres barn lov" in page
    assert "Tænk på 1 andre forældre til elever i 7. klasse i kommunen." in page
    assert "Tænk på dit barn i denne klasse." in page
    assert "De seneste" not in page
    phone.post("/s", data=ballot(phone))
    thanks = phone.get("/s").get_data(as_text=True)
    assert "ForældreTelefonen" in thanks
    assert "BørneTelefonen" not in thanks


def test_the_reveal_speaks_of_us_and_ends_with_the_two_closing_cards(app: Flask) -> None:
    _, board = get(evening(app), "")
    assert 'Vi gættede på <span class="key">mindst 8</span>' in board
    assert "Højst 3" in board
    assert "Os, der er her" in board
    assert "Vores klasse" not in board
    assert board.index("Hvad er udfordringen?") < board.index("Hvad skal vi byde ind med?")
    assert "Hvad kunne I ønske jer?" not in board
    assert "Plakat" not in board


def test_no_card_asks_parents_who_it_is_and_the_first_one_is_opened_by_saying_that_nobody_is_to_guess(
    app: Flask,
) -> None:
    teacher = evening(app)
    for page in (get(teacher, "")[1], get(teacher, "/script")[1]):
        assert "Hvem" not in page
        assert page.count("Ingen skal gætte på, hvem det er.") == 1
    rules = "Vi taler om tal, ikke om børn. Ingen skal gætte på, hvem det er. Tal sammen to og to i tre minutter."
    board = get(teacher, "")[1]
    assert rules in board[board.index('id="step-8-1"') : board.index('id="step-8-2"')]


def test_under_ten_parents_see_no_figure(app: Flask) -> None:
    teacher = evening(app, parents=9)
    released = teacher.client.get(f"/lesson/{teacher.lesson}/release?theme={THEME}").get_json()
    assert released["own"] == {"suppressed": "for få svar"}


def test_a_group_above_forty_types_its_guess(app: Flask) -> None:
    teacher = Teacher(app, THEME)
    teacher.press("lobby")
    assert teacher.press("reserve", seats="60") == 303
    phone = seated(teacher)
    teacher.press("open")
    page = phone.get("/s").get_data(as_text=True)
    assert 'name="others_number"' in page
    assert 'id="o41"' not in page
    filled = ballot(phone, own="no")
    unreadable = "Skriv et tal fra 1 til 61, eller tryk på Ingen eller Ved ikke."
    for wrong, sentence in (
        ({"others_number": "62"}, unreadable),
        ({"mates_number": "ca. 12"}, unreadable),
        ({"mates": ""}, "Svar på alle spørgsmål, og tryk på Send igen."),
    ):
        answer = phone.post("/s", data={**filled, **wrong})
        assert answer.status_code == 400
        assert sentence in answer.get_data(as_text=True)
    typed = {**filled, "others": "", "others_number": " 41 ", "mates": "unknown"}
    assert phone.post("/s", data=typed).status_code == 303


def test_parents_and_pupils_never_meet_in_one_limit_or_one_code(app: Flask) -> None:
    evening(app)
    pupils = Teacher(app, "alkohol")
    pupils.press("lobby")
    code = pupils.state()["code"]
    parent = app.test_client()
    assert parent.post(f"/{code}").status_code == 303
    pupils.press("open")
    page = parent.get("/s").get_data(as_text=True)
    assert "forældre" not in page, "a seat belongs to its lesson's audience"
    assert pupils.client.post("/s", data={"theme": THEME}).status_code == 404


@pytest.mark.parametrize(("parents_page", "status"), [("/pupils", 409), ("/handout", 409)])
def test_a_class_has_no_page_of_the_evening(app: Flask, parents_page: str, status: int) -> None:
    assert get(Teacher(app), parents_page)[0] == status


def test_no_evening_is_on_paper(app: Flask) -> None:
    teacher = Teacher(app, THEME)
    assert "Brug papir" not in get(teacher, "")[1]
    page = get(teacher, "/count")[1]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', page))
    totals = {"size": "12", "ballots": "12", "yes": "1", "no": "11", "skip": "0", "others": "0", "others_total": "0"}
    form = {**hidden, **totals, "mates": "0", "mates_total": "0"}
    assert teacher.client.post(f"/lesson/{teacher.lesson}/count", data=form).status_code == 409


def test_one_class_of_the_grade_is_never_shown_and_two_are_only_together(app: Flask, clock: Clock) -> None:
    house: House = app.extensions["pejling.house"]
    teacher = evening(app)
    played(house, 22, 2, classroom="7.A", chosen=[house.themes["lektier"]])
    played(house, 22, 9, classroom="7.B", chosen=[house.themes["lektier"]])
    played(house, 22, 3, classroom="7.C", chosen=[house.themes["alkohol"]])
    played(house, 30, 3, classroom="7.D", chosen=[house.themes["alkohol"]])
    assert "svarede ja" not in get(teacher, "/pupils")[1], "the week is not over"
    clock.forward(weeks=1)
    _, page = get(teacher, "/pupils")
    assert "44 elever i 7.\u00a0klasse har svaret." in page
    assert "<b>18 til 32</b> af 100 svarede ja." in page
    assert "For få har svaret endnu: Alkohol." in page
    assert not re.search(r"7\.[BCD]|\b22\b|\b52\b", page)
    played(house, 22, 3, classroom="7.E", chosen=[house.themes["alkohol"]])
    played(house, 22, 9, classroom="7.E", chosen=[house.themes["lektier"]])
    clock.forward(weeks=1)
    _, page = get(teacher, "/pupils")
    assert "74 elever i 7.\u00a0klasse har svaret." in page
    assert "<b>Højst 13</b> af 100 svarede ja." in page
    assert ">Lektier, 2026/27</h1>" in page
    assert "44 elever i 7.\u00a0klasse har svaret." in page, "7.E would be what is new"
    assert "<b>18 til 32</b> af 100 svarede ja." in page
    assert "For få" not in page
    assert "ud af 100" not in page


def test_two_classes_with_fewer_than_thirty_answers_are_too_few(app: Flask, clock: Clock) -> None:
    house: House = app.extensions["pejling.house"]
    teacher = evening(app)
    for name in ("7.A", "7.B"):
        played(house, 14, 1, classroom=name, chosen=[house.themes["lektier"]])
    clock.forward(weeks=1)
    assert "For få har svaret endnu: Lektier." in get(teacher, "/pupils")[1]


def test_themes_that_too_few_have_answered_on_stand_in_one_line_behind_the_others(app: Flask, clock: Clock) -> None:
    house: House = app.extensions["pejling.house"]
    teacher = evening(app)
    for name, pupils in (("7.A", 22), ("7.B", 22)):
        played(house, pupils, 1, classroom=name, chosen=[house.themes["lektier"]])
        played(house, pupils, 1, classroom=name, chosen=[house.themes["alkohol"]])
    played(house, 12, 1, classroom="7.C", chosen=[house.themes["gaming-sent"]])
    clock.forward(weeks=1)
    _, page = get(teacher, "/pupils")
    few = f"For få har svaret endnu: Alkohol, {house.themes['gaming-sent'].wording('da').title}."
    assert few in page
    assert re.findall("<h1.*?>(.*?)</h1>", page) == ["Det kan vi ikke sige", "Lektier, 2026/27"]
    assert 'href="#step-1" data-forward' in page
    assert page.index(few) < page.index('id="step-0"'), "the first step stands last"


def test_the_page_to_take_home_names_no_class_and_closes_after_two_weeks(app: Flask, clock: Clock) -> None:
    teacher = evening(app)
    assert get(teacher, "/handout")[0] == 303, "not made yet"
    assert teacher.press("handout") == 303
    _, board = get(teacher, "/handout")
    assert "Siden kan åbnes i 14 dage." in board
    house: House = app.extensions["pejling.house"]
    with house.reading() as work:
        (token,) = work.db.exec_driver_sql("SELECT token FROM handout").scalars()
    answer = app.test_client().get(f"/h/{token}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "Højst 3 af 12 svarede ja." in page
    assert "Vi gættede på mindst 8 af 12." in page
    assert '<meta name="description" content="Tal fra forældremødet i 7. klasse.' in page
    assert not re.search(r"7\.A|Skovtroldeskolen|/lesson/|/t/", page)
    assert teacher.press("handout") == 303
    with house.reading() as work:
        assert list(work.db.exec_driver_sql("SELECT token FROM handout").scalars()) == [token], "the same page"
    clock.forward(days=14)
    assert app.test_client().get(f"/h/{token}").status_code == 200, "made at half past, open to the minute"
    clock.forward(hours=1)
    assert app.test_client().get(f"/h/{token}").status_code == 404


def test_the_printed_page_says_what_the_board_and_the_page_to_take_home_say(app: Flask) -> None:
    teacher = evening(app)
    _, page = get(teacher, f"/print?theme={THEME}")
    assert '<p class="asked">Giver du selv dit barn lov til at drikke alkohol til fester?</p>' in page
    printed = re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", page)
    assert printed == [
        ("Alle de andre forældre", "Vi gættede på under 4 af 12."),
        ("Os, der var der, hvad vi troede", "Vi gættede på mindst 8 af 12."),
        ("Os, der var der, hvad vi svarede", "Højst 3 af 12 svarede ja."),
    ]
    assert "Antal forældre ud af 12" in page
    assert "De kan ikke sige noget om én bestemt forælder." in page
    assert not re.search(r"(?i)klassen?\b|\belev|I gennemsnit|Tænk på", page)
    board = re.sub("<[^>]+>", "", get(teacher, "")[1])
    assert [said for _, said in printed if said not in board] == []
    assert teacher.press("handout") == 303
    house: House = app.extensions["pejling.house"]
    with house.reading() as work:
        (token,) = work.db.exec_driver_sql("SELECT token FROM handout").scalars()
    home = app.test_client().get(f"/h/{token}").get_data(as_text=True)
    assert re.findall("<b>(.*?):</b> (.*?)</p>", home) == printed


def test_what_most_parents_answered_waits_on_the_printed_page_too(app: Flask) -> None:
    teacher = evening(app, yes=11)
    _, page = get(teacher, f"/print?theme={THEME}")
    assert "Vis forældrenes svar" in page
    assert "svarede ja" not in page
    assert "Mindst 4 af 12 svarede ja." in get(teacher, f"/print?theme={THEME}&own")[1]


def test_a_majority_that_the_board_keeps_in_its_menu_is_not_taken_home(app: Flask) -> None:
    teacher = evening(app, yes=11)
    assert "Vis forældrenes svar" in get(teacher, "")[1]
    assert teacher.press("handout") == 303
    house: House = app.extensions["pejling.house"]
    with house.reading() as work:
        (token,) = work.db.exec_driver_sql("SELECT token FROM handout").scalars()
    page = app.test_client().get(f"/h/{token}").get_data(as_text=True)
    assert "Vi gættede på mindst 8 af 12." in page
    assert "12 svarede ja" not in page


def test_there_is_nothing_to_take_home_before_the_close(app: Flask) -> None:
    assert Teacher(app, THEME).press("handout") == 404
    assert app.test_client().get("/h/nobody").status_code == 404


def test_the_evening_has_a_script_of_sixty_minutes_and_an_agreement(app: Flask) -> None:
    teacher = Teacher(app, THEME)
    _, script = get(teacher, "/script")
    assert "60 minutter" in script
    assert "50-60 min." in script
    assert "76 ud af 100 forældre" in script
    assert "Forældreaftale, 7.A" in get(teacher, "/agreement")[1]
