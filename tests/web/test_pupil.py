"""What a pupil meets when something is wrong, and that a screen never tells what was answered."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.services.lead_lesson import open_lobby
from app.services.show_lesson import show_lesson
from app.web.pupil.wrong_codes import WrongCodes
from tests.web.conftest import Teacher, ballot, seated

DEAD = "Koden virker ikke. Se på tavlen, eller ræk hånden op."


@pytest.mark.parametrize(
    "answers",
    [
        {"others": "11"}, {"mates": "-1"}, {"own": "maybe"}, {"own": ""}, {"others": ""}, {"mates": "1.5"},
        {"others": "٣"}, {"others": "0x1"},
    ],
)  # fmt: skip
def test_a_ballot_out_of_range_is_refused_and_nothing_is_spent(teacher: Teacher, answers: dict[str, str]) -> None:
    teacher.press("lobby")
    pupils = [seated(teacher) for _ in range(10)]
    teacher.press("open")
    answer = pupils[0].post("/s", data=ballot(pupils[0], **answers))
    assert answer.status_code == 400
    assert "Svar på alle spørgsmål" in answer.get_data(as_text=True)
    assert teacher.state()["ballots"] == 0
    assert pupils[0].post("/s", data=ballot(pupils[0])).status_code == 303


def test_a_repeat_counts_once_and_says_so(teacher: Teacher) -> None:
    teacher.press("lobby")
    pupil = seated(teacher)
    teacher.press("open")
    fields = ballot(pupil)
    assert [pupil.post("/s", data=fields).status_code for _ in range(3)] == [303, 303, 303]
    assert "Dit svar er modtaget. Det tæller én gang." in pupil.get("/s").get_data(as_text=True)
    assert teacher.state()["ballots"] == 1


def test_the_screen_after_yes_is_the_screen_after_no(teacher: Teacher) -> None:
    teacher.press("lobby")
    pupils = [seated(teacher) for _ in range(3)]
    teacher.press("open")
    answers = []
    for pupil, own in zip(pupils, ("yes", "no", "skip"), strict=True):
        sent = pupil.post("/s", data=ballot(pupil, own=own, others="unknown"))
        cookie = sent.headers.pop("Set-Cookie")
        answers.append((sent.status_code, sent.data, sorted(sent.headers), len(cookie), pupil.get("/s").data))
    assert answers[0] == answers[1] == answers[2]


def test_a_forged_or_foreign_seat_casts_nothing(app: Flask) -> None:
    teacher = Teacher(app)
    teacher.press("lobby")
    mine, other = seated(teacher), seated(teacher)
    teacher.press("open")
    stolen_form = ballot(other)
    assert mine.post("/s", data=stolen_form).status_code == 404
    assert mine.post("/s", data={**ballot(mine), "token": "forged"}).status_code == 404
    stranger = app.test_client()
    stranger.set_cookie("seat", "A" * 24)
    assert stranger.post("/s", data=ballot(mine)).status_code == 404
    assert teacher.state()["ballots"] == 0


def test_a_ballot_after_close_is_not_counted_and_says_so(teacher: Teacher) -> None:
    teacher.press("lobby")
    pupils = [seated(teacher) for _ in range(11)]
    teacher.press("open")
    late = ballot(pupils[10])
    for pupil in pupils[:10]:
        pupil.post("/s", data=ballot(pupil))
    teacher.press("close")
    answer = pupils[10].post("/s", data=late)
    assert answer.status_code == 409
    assert "Afstemningen er lukket." in answer.get_data(as_text=True)


def test_the_join_button_pressed_twice_takes_one_seat(teacher: Teacher) -> None:
    teacher.press("lobby")
    code = teacher.state()["code"]
    pupil = teacher.app.test_client()
    page = pupil.get(f"/{code}").get_data(as_text=True)
    token = page.split('name="seat" value="')[1].split('"')[0]
    twice = [teacher.app.test_client() for _ in range(2)]  # both presses leave before the first answer is back
    for press in twice:
        press.set_cookie("cookies", "1")
    answers = [press.post(f"/{code}", data={"seat": token}) for press in twice]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert teacher.state()["seats"] == 1


def test_the_forty_first_device_is_told_that_the_lobby_is_full(teacher: Teacher) -> None:
    teacher.press("lobby")
    for _ in range(40):
        seated(teacher)
    answer = teacher.app.test_client().post(f"/{teacher.state()['code']}")
    assert answer.status_code == 409
    assert "Der er ikke flere pladser." in answer.get_data(as_text=True)


def test_a_good_code_of_another_lesson_offers_a_new_seat_in_the_place_of_the_old(app: Flask) -> None:
    first, second = Teacher(app), Teacher(app)
    first.press("lobby")
    second.press("lobby")
    pupil = seated(first)
    offer = pupil.get(f"/{second.state()['code']}").get_data(as_text=True)
    assert "Din plads der bliver byttet" in offer
    pupil.post(f"/{second.state()['code']}")
    assert second.state()["seats"] == 1
    assert pupil.get("/000000").headers["Location"] == "/s"


def test_a_thrown_away_lobby_takes_its_seats_with_it(teacher: Teacher) -> None:
    teacher.press("lobby")
    old = teacher.state()["code"]
    pupil = seated(teacher)
    teacher.press("restart")
    assert teacher.state()["seats"] == 0
    gone = pupil.get("/s").get_data(as_text=True)
    assert "Står der en ny kode på tavlen?" in gone
    assert 'href="/"' in gone
    assert teacher.app.test_client().get(f"/{old}").status_code == 404


def test_many_wrong_codes_are_asked_to_wait_and_right_ones_never(
    teacher: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.pupil.views.wrong_codes", WrongCodes(limit=3))
    teacher.press("lobby")
    right = teacher.state()["code"]
    client = teacher.app.test_client()
    statuses = [client.get(f"/{number}").status_code for number in ("0000", "0001", "0002", "0003", "0004")]
    assert statuses == [404, 404, 404, 429, 429]
    assert client.get(f"/{right}").status_code == 200


def test_cookies_of_seats_are_bound_to_the_host_behind_tls(make_app: Callable[..., Flask]) -> None:
    teacher = Teacher(make_app("https://pejling.example.dk"))
    with teacher.app.extensions["pejling.house"].writing() as work:
        open_lobby(work, teacher.lesson, teacher.secret)
        code = show_lesson(work, teacher.lesson, teacher.secret).lesson.code
    cookie = teacher.app.test_client().post(f"/{code}").headers["Set-Cookie"]
    assert cookie.startswith("__Host-seat=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie


def test_a_device_that_moves_to_another_lobby_leaves_its_seat_in_the_first(app: Flask) -> None:
    first, second = Teacher(app), Teacher(app)
    first.press("lobby")
    second.press("lobby")
    device = seated(first)
    assert device.post(f"/{second.state()['code']}").status_code == 303
    assert (first.state()["seats"], second.state()["seats"]) == (0, 1)


def test_a_device_that_moves_leaves_n_alone_where_the_vote_is_open(app: Flask) -> None:
    first, second = Teacher(app), Teacher(app, "alkohol")
    first.press("lobby")
    second.press("lobby")
    device = seated(first)
    first.press("open")
    device.post(f"/{second.state()['code']}")
    assert first.state()["seats"] == 1


@pytest.mark.parametrize("path", ["/k/%01", "/k/" + "a" * 23, "/k/" + "a" * 25])
def test_a_qr_link_of_another_shape_is_a_wrong_code(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code == 404


def test_when_the_lesson_is_over_board_and_pupil_are_told_so(teacher: Teacher) -> None:
    teacher.press("lobby")
    pupils = [seated(teacher) for _ in range(10)]
    teacher.press("open")
    for pupil in pupils:
        pupil.post("/s", data=ballot(pupil))
    teacher.press("close")
    address = f"/lesson/{teacher.lesson}"
    assert teacher.client.get(f"{address}/ended").status_code == 303, "not yet"
    teacher.press("end")
    board = teacher.client.get(f"{address}/ended").get_data(as_text=True)
    assert "Timen er slut." in board
    assert f'href="{address}?theme=skaerm-om-natten">Se tallene igen' in board
    assert "Nu er svarene talt op." in teacher.client.get(address).get_data(as_text=True)
    phone = pupils[0].get("/s").get_data(as_text=True)
    assert "Tak, fordi du var med." in phone
    assert "Timen er slut" in phone
    assert DEAD not in phone
    assert DEAD in teacher.app.test_client().get("/s").get_data(as_text=True), (
        "who never had a seat is thanked for nothing"
    )


def test_a_lesson_that_ends_without_figures_does_not_offer_them(teacher: Teacher) -> None:
    teacher.press("lobby")
    teacher.press("end")
    board = teacher.client.get(f"/lesson/{teacher.lesson}/ended").get_data(as_text=True)
    assert "Der er ingen tal at vise." in board
    assert "Se tallene igen" not in board


def test_nobody_stands_before_a_missing_page_without_a_way_on(teacher: Teacher) -> None:
    for path, way, name in (
        ("/skole", "/", "Skriv koden"),
        ("/a/b", "/", "Skriv koden"),
        ("/staff/x", "/staff", "Til forsiden"),
    ):
        page = teacher.app.test_client().get(path).get_data(as_text=True)
        assert f'href="{way}">{name}</a>' in page


def test_the_front_page_has_a_small_way_in_for_staff(teacher: Teacher) -> None:
    assert '<a href="/staff">Log ind</a>' in teacher.app.test_client().get("/").get_data(as_text=True)
