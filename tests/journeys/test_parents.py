"""A parents' evening: thirty-one phones, a reveal, the young people's figures, and a page to take home."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.acts import code_on, press
from tests.journeys.conftest import Demo
from tests.journeys.test_axe import examined
from tests.journeys.test_eyes import WIDER
from tests.journeys.test_staff import enter

Opened = Callable[..., Page]
PARENTS = 31


def join(opened: Opened, demo: Demo, code: str, *, arabic: bool = False) -> Page:
    """A parent types the code, or scans it and chooses Arabic."""
    phone = opened(f"{demo.base}/{code}" if arabic else demo.base)
    if arabic:
        phone.get_by_role("link", name="العربية").click()
        phone.click("main button")
    else:
        phone.fill("#code", code)
        phone.get_by_role("button", name="Tag plads").click()
    expect(phone.locator("h1")).to_have_text("أنت معنا." if arabic else "Du er med.")
    return phone


def approve_arabic(opened: Opened, demo: Demo) -> None:
    """The consultant approves the draft."""
    desk = enter(opened, demo, "consultant")
    desk.goto(f"{demo.base}/staff/settings")
    desk.get_by_label("العربية").check()
    desk.get_by_role("button", name="Gem").click()
    expect(desk.get_by_label("العربية")).to_be_checked()


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


def test_a_parent_reads_arabic_from_right_to_left_once_it_is_approved(
    opened: Opened, demo: Demo, tmp_path: Path
) -> None:
    board = opened(demo.lesson("foraeldre-mobil", classroom="arabic", audience="parents"), 1024, 768)
    press(board, "Vis koden", ".code")  # one click after the link
    code = code_on(board)
    door = f"{demo.base}/{code}"
    hidden = opened(door)
    expect(hidden.get_by_role("link", name="العربية")).to_have_count(0)
    approve_arabic(opened, demo)
    tall, narrow = opened(door), opened(door, 320, 640)
    phones = [tall, narrow, *(opened(door) for _ in range(8))]
    taps = 0
    with examined(13) as axe:

        def looks(name: str) -> None:
            for phone in (tall, narrow):
                width = phone.evaluate("innerWidth")
                assert phone.locator("html").get_attribute("dir") == "rtl", name
                assert phone.evaluate(WIDER) == 0, f"{name} at {width}"
                axe.look(f"{name} at {width}", phone)
                phone.screenshot(path=tmp_path / f"{name}-{width}.png", full_page=True)

        axe.look("door, left to right", tall)
        for phone in phones:
            phone.get_by_role("link", name="العربية").click()
            expect(phone.locator("h1")).to_have_text("خذ مكانك")
        looks("door")
        for phone in phones:
            phone.click("main button")
            expect(phone.locator("h1")).to_have_text("أنت معنا.")
        taps += 1
        looks("waiting")
        press(board, "Start afstemningen", ".count")
        for phone in phones:
            phone.get_by_role("link", name="متابعة").click()
        taps += 1
        right, left = (tall.locator(f"label[for={name}]").bounding_box() for name in ("o1", "o2"))
        assert right is not None
        assert left is not None
        assert right["x"] > left["x"], "the numbers are read as the words are"
        looks("ballot")
        for phone in phones:
            for tapped in ("label[for=o2]", "label[for=m3]", "label[for=no]", "main button"):
                phone.click(tapped)
                taps += phone is tall
            expect(phone.locator("h1")).to_contain_text("شكرًا.")
        assert taps <= 6, "the choice of a language is one tap more, once"
        looks("thank-you")
        press(board, "Luk og tæl op", "#step-0")
        tall.reload()
        narrow.reload()
        expect(tall.locator("h1")).to_contain_text("انتهى التصويت.")
        looks("watching")
        board.locator("summary:visible").click()
        board.get_by_role("button", name="Tag tallene med hjem").locator("visible=true").click()
        expect(board.locator("svg.qr")).to_be_visible()
        with closing(sqlite3.connect(next(demo.folder.glob("*.sqlite")))) as database:
            (token,) = database.execute("SELECT token FROM handout ORDER BY ends_hour DESC, rowid DESC").fetchone()
        tall.goto(f"{demo.base}/h/{token}")
        narrow.goto(f"{demo.base}/h/{token}")
        expect(tall.locator("main")).to_contain_text("أجاب بنعم")
        looks("handout")
        assert len(re.findall(rb"/Type\s*/Page\b", tall.pdf(prefer_css_page_size=True))) == 1


def test_thirty_one_parents_answer_and_take_the_numbers_home(opened: Opened, demo: Demo) -> None:
    board = opened(demo.lesson("foraeldre-alkohol", classroom="evening", audience="parents"), 1024, 768)
    lesson = board.url
    press(board, "Vis koden", ".code")
    approve_arabic(opened, demo)
    phones = [join(opened, demo, code_on(board), arabic=number >= PARENTS - 4) for number in range(PARENTS)]
    press(board, "Start afstemningen", ".count")
    for number, phone in enumerate(phones):
        phone.click("a.button:first-of-type")
        for label in ("o14", "m11", "yes" if number < 2 else "no"):
            phone.click(f"label[for={label}]")
        phone.click("main form button")
        expect(phone.locator("body")).to_contain_text(re.compile("Det tæller én gang|تُحسب مرة واحدة"))
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
