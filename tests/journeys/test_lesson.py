"""A whole lesson in the browser: one board, pupils with cookies of their own, from the link to the last step."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.acts import answer, code_on, join, press
from tests.journeys.conftest import Demo

PUPILS = 22


def test_a_class_of_22_goes_from_the_link_to_the_last_step(opened: Callable[..., Page], demo: Demo) -> None:
    board = opened(demo.links["7.A"], 1024, 768)
    assert "/t/" not in board.url, "the secret has left the address bar"
    assert demo.links["7.A"].split("/t/")[1] not in board.content()
    press(board, "Vis koden", ".code")
    code = code_on(board)
    assert len(code) == 6

    # Some devices have scripts and some do not; each is a browser with cookies of its own.
    phones = [join(opened, demo, code, script=number % 2 == 0) for number in range(PUPILS)]
    expect(board.locator("[data-seats]").first).to_have_text(str(PUPILS))

    phones[0].get_by_role("link", name="Videre").click()
    expect(phones[0].locator("[role=status]")).to_have_text("Vent, til din lærer siger til.")

    press(board, "Start afstemningen", ".count")
    expect(board.locator(".count")).to_contain_text("0 af 22 har svaret")
    assert code not in board.content(), "the code is dead"
    for number, phone in enumerate(phones):
        phone.get_by_role("link", name="Videre").click()
        assert phone.locator("input:checked").count() == 0, "nothing is preselected"
        answer(phone, others=9 + number % 2, mates=6 + number % 2, own="yes" if number < 2 else "no")
        if number == 0:
            expect(board.locator("[data-ballots]")).to_have_text("1")
    expect(board.locator("[data-ballots]")).to_have_text(str(PUPILS))
    expect(board.locator("body")).not_to_contain_text("Højst")

    press(board, "Luk og tæl op", "#step-0")
    shown = []
    for _ in range(8):
        heading = board.locator(".step h1:visible")
        shown.append(heading.inner_text())
        board.keyboard.press("PageDown")
        expect(heading).not_to_have_text(shown[-1])
    assert shown == [
        "Nu er svarene talt op.",
        "Alle de andre",
        "Vores klasse",
        "Hvad tror I det rigtige tal er?",
        "Vores klasse",
        "Forskellen",
        "Hele kommunen",
        "Resten",
    ]
    own = board.locator("#step-4")
    assert own.locator(".sentence").text_content() == "Højst 3 af 22 svarede ja."
    assert own.locator("g.maybe").count() == 3
    assert own.locator("g.empty").count() == 19
    assert own.locator("table caption").text_content() == "Højst 3 af 22 svarede ja."
    assert board.locator("#step-1 .sentence").text_content() == "I gennemsnit gættede vi på 8 til 10 af 22."
    assert board.locator("#step-2 .sentence").text_content() == "I gennemsnit gættede vi på 6 til 8 af 22."
    assert board.locator("#step-7 .sentence").text_content() == "Mindst 19 af 22 svarede ikke ja."
    assert "Social overdrivelse" in (board.locator("#step-5").text_content() or "")

    phones[3].reload()
    expect(phones[3].locator("h1")).to_contain_text("Afstemningen er lukket.")


def test_the_board_without_script_still_climbs_the_staircase(opened: Callable[..., Page], demo: Demo) -> None:
    board = opened(demo.links["7.B"], 1024, 768, script=False)
    press(board, "Vis koden", ".code")
    press(board, "Lad 22 elever tage plads", "[data-some]")
    press(board, "Start afstemningen", ".count")
    press(board, "Lad 22 elever svare", "[data-complete]")
    press(board, "Luk og tæl op", "#step-0")
    expect(board.locator("#step-0")).to_be_visible()
    for step in ("step-1", "step-2", "step-3", "step-4"):
        board.get_by_role("link", name="Videre").locator("visible=true").click()
        expect(board.locator(f"#{step}")).to_be_visible()
    assert board.locator(".step:visible").count() == 1


def test_on_path_c_the_classs_own_answer_waits_in_the_menu(opened: Callable[..., Page], demo: Demo) -> None:
    board = opened(demo.links["9.A"], 1024, 768)
    press(board, "Vis koden", ".code")
    press(board, "Lad 22 elever tage plads", "[data-some]")
    press(board, "Start afstemningen", ".count")
    press(board, "Lad 22 elever svare", "[data-complete]")
    press(board, "Luk og tæl op", "#step-0")
    visited = []
    for _ in range(6):
        visited.append(board.locator(".step:visible").get_attribute("id"))
        board.keyboard.press("ArrowRight")
        expect(board.locator(f"#{visited[-1]}")).to_be_hidden()
    assert visited == ["step-0", "step-1", "step-2", "step-3", "step-6", "step-8-1"]
    board.locator("summary:visible").click()
    board.get_by_role("link", name="Vis klassens svar").locator("visible=true").click()
    expect(board.locator("#step-4 .sentence")).to_have_text("8 til 11 af 22 svarede ja.")


def test_closing_before_all_have_answered_asks_once_more(opened: Callable[..., Page], demo: Demo) -> None:
    board = opened(demo.links["8.A"], 1024, 768)
    press(board, "Vis koden", ".code")
    phone = join(opened, demo, code_on(board))
    press(board, "Start afstemningen", ".count")
    board.get_by_role("link", name="Luk og tæl op").click()
    expect(board.locator("#sure")).to_contain_text("Nogle har ikke svaret endnu.")
    board.get_by_role("button", name="Luk alligevel").click()
    expect(board.locator("#step-0")).to_be_visible()
    board.keyboard.press(" ")
    expect(board.locator(".step:visible")).to_contain_text("I er få, så vi viser ikke jeres egne tal.")
    phone.get_by_role("link", name="Videre").click()
    expect(phone.locator("h1")).to_contain_text("Afstemningen er lukket.")


def test_one_more_seat_a_dead_code_and_a_device_led_back_to_its_seat(opened: Callable[..., Page], demo: Demo) -> None:
    board = opened(demo.links["8.B"], 1024, 768)
    press(board, "Vis koden", ".code")
    first_code = code_on(board)
    phone = join(opened, demo, first_code)
    press(board, "Start afstemningen", ".count")
    late = opened(f"{demo.base}/{first_code}")
    expect(late.locator("h1")).to_have_text("Koden virker ikke. Se på tavlen, eller ræk hånden op.")
    press(board, "Én plads mere", ".one-seat")
    code = board.locator(".one-seat .code").inner_text().replace(" ", "")
    late.goto(f"{demo.base}/{code[:3]}-{code[3:]}")
    late.get_by_role("button", name="Tag plads").click()
    expect(late.locator("h1")).to_have_text("Skærm om natten")
    too_late = opened(f"{demo.base}/{code}")
    expect(too_late.locator("h1")).to_contain_text("Koden virker ikke.")
    phone.goto(f"{demo.base}/{first_code}")
    assert phone.url.endswith("/s"), "a device with a seat is led to it from any code"
    expect(board.locator("[data-seats]")).to_have_text("2")


@pytest.mark.parametrize("script", [True, False])
def test_back_after_sending_shows_no_answer(opened: Callable[..., Page], demo: Demo, script: bool) -> None:
    board = opened(demo.links["9.B" if script else "8.S"], 1024, 768)
    press(board, "Vis koden", ".code")
    phone = join(opened, demo, code_on(board), script=script)
    press(board, "Start afstemningen", ".count")
    expect(board.locator(".count")).to_be_visible()
    phone.get_by_role("link", name="Videre").click()
    answer(phone, 1, 1, "yes")
    phone.go_back(wait_until="commit")
    expect(phone.locator("h1")).to_have_text("Tak. Luk eller vend skærmen, og kig op.")
    phone.go_back(wait_until="commit")
    # The script puts the thank-you in the ballot's place, so that the second step back is at the door already.
    expect(phone.locator("h1")).to_have_text("Pejling" if script else "Tak. Luk eller vend skærmen, og kig op.")
    assert phone.locator("fieldset").count() == 0


def test_the_size_of_a_sent_ballot_does_not_tell_the_answer(opened: Callable[..., Page], demo: Demo) -> None:
    board = opened(demo.lesson("skaerm-om-natten", classroom="size"), 1024, 768)
    press(board, "Vis koden", ".code")
    phones = [join(opened, demo, code_on(board)) for _ in range(11)]
    press(board, "Start afstemningen", ".count")
    sizes = set()
    for phone, (others, mates, own) in zip(
        phones, [("0", "u", "yes"), ("11", "9", "no"), ("u", "10", "skip")], strict=False
    ):
        phone.get_by_role("link", name="Videre").click()
        phone.click(f"label[for=o{others}]")
        phone.click(f"label[for=m{mates}]")
        phone.click(f"label[for={own}]")
        with phone.expect_request(lambda request: request.method == "POST") as sent:
            phone.get_by_role("button", name="Send").click()
        sizes.add(len(sent.value.post_data or ""))
        expect(phone.locator("body")).to_contain_text("Dit svar er modtaget.")
    assert len(sizes) == 1
