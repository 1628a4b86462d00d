"""A parents' evening: thirty-one phones, a reveal, the young people's figures, and a page to take home."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.acts import answer, code_on, press
from tests.journeys.conftest import Demo
from tests.journeys.test_axe import examined

Opened = Callable[..., Page]
PARENTS = 31


def join(opened: Opened, demo: Demo, code: str) -> Page:
    """A parent types the code."""
    phone = opened(demo.base)
    phone.fill("#code", code)
    phone.get_by_role("button", name="Tag plads").click()
    expect(phone.locator("h1")).to_have_text("Du er med.")
    return phone


def test_thirty_one_parents_answer_and_take_the_numbers_home(opened: Opened, demo: Demo) -> None:
    board = opened(demo.lesson("foraeldre-alkohol", classroom="evening", audience="parents"), 1024, 768)
    lesson = board.url
    press(board, "Vis koden", ".code")
    phones = [join(opened, demo, code_on(board)) for _ in range(PARENTS)]
    press(board, "Start afstemningen", ".count")
    for number, phone in enumerate(phones):
        phone.get_by_role("link", name="Videre").click()
        answer(phone, 14, 11, "yes" if number < 2 else "no")
    expect(board.locator("[data-complete]")).to_be_visible()
    press(board, "Luk og tæl op", "#step-0")
    headings = [board.locator(".step:visible h1").inner_text()]
    with examined(5) as axe:
        while board.locator("[data-forward]:visible").count():
            step = board.locator(".step:visible").get_attribute("id")
            board.keyboard.press("PageDown")
            expect(board.locator(f"#{step}")).to_be_hidden()
            headings.append(board.locator(".step:visible h1").inner_text())
        assert headings[-2:] == ["Hvad er udfordringen?", "Hvad skal vi byde ind med?"]
        assert board.locator("#step-2 .sentence").text_content() == "Vi gættede på 10 til 12 af 31."
        assert board.locator("#step-4 .sentence").text_content() == "Højst 3 af 31 svarede ja."
        axe.look("last card", board)
        board.goto(f"{lesson}/pupils")
        expect(board.locator("main")).to_contain_text("elever svarede ja.")
        axe.look("the young people's figures", board)
        for path in ("script", "agreement"):
            board.goto(f"{lesson}/{path}")
            axe.look(path, board)
            assert len(re.findall(rb"/Type\s*/Page\b", board.pdf(prefer_css_page_size=True))) == 1
        board.goto(lesson)
        board.locator("summary:visible").click()
        board.get_by_role("button", name="Tag tallene med hjem").locator("visible=true").click()
        expect(board.locator("svg.qr")).to_be_visible()
        axe.look("handout on the board", board)
        token = next(iter(re.findall(r"/h/([\w-]+)", board.content())), None)
        assert token is None, "the address is in the code only"


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_parents_phone_is_clean_from_the_door_to_the_thank_you(opened: Opened, demo: Demo, language: str) -> None:
    board = opened(demo.lesson("foraeldre-mobil", classroom=f"phone {language}", audience="parents"), 1024, 768)
    press(board, "Vis koden", ".code")
    code = code_on(board)
    board.locator("summary").click()
    board.fill("#reserved", "45")
    board.get_by_role("button", name="Gem").click()
    expect(board.locator("[data-seats]").first).to_have_text("45")
    with examined(3) as axe:
        phone = opened(f"{demo.base}/language/{language}?to=/{code}", 320, 640)
        phone.click("main button")
        expect(phone.locator("h1")).not_to_be_empty()
        axe.look("waiting", phone)
        press(board, "Start afstemningen", ".count")
        phone.goto(f"{demo.base}/s")
        axe.look("ballot of a large group", phone)
        phone.fill("#on", "20")
        phone.click("label[for=mu]")
        phone.click("label[for=no]")
        phone.get_by_role("button", name="Send").click()
        expect(phone.locator("h1")).to_contain_text("Tak." if language == "da" else "Thank you.")
        axe.look("thank-you", phone)
