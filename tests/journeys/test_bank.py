"""A wanted act, an offence and a theme that was held back, each through a whole lesson in the browser."""

import os
import subprocess
from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.acts import answer, code_on, join, press
from tests.journeys.conftest import PEJLING, Demo

Opened = Callable[..., Page]


def choose(board: Page, theme: str, *, offence: bool = False) -> None:
    """Change the lesson's theme on its ready page."""
    board.locator("summary").click()
    board.get_by_role("link", name="Vælg emner").click()
    if offence:
        board.get_by_role("link", name="Vis også emner om noget, der er ulovligt").click()
    for box in board.locator("input:checked").all():
        box.uncheck()
    board.check(f"#{theme}")
    board.get_by_role("button", name="Brug de valgte emner").click()
    expect(board.locator(".lead")).to_be_visible()


def lesson(
    opened: Opened, demo: Demo, board: Page, yes: int, mates: int, pupils: int = 12, views: Sequence[str] = ()
) -> list[str]:
    """Play the lesson to its last card; the headings of the reveal. `views` are taps on the approval item."""
    press(board, "Vis koden", ".code")
    phones = [join(opened, demo, code_on(board)) for _ in range(pupils)]
    press(board, "Start afstemningen", ".count")
    for number, phone in enumerate(phones):
        phone.get_by_role("link", name="Videre").click()
        for view in views:
            phone.click(f"label[for={view}]")
        answer(phone, 5, mates, "yes" if number < yes else "no")
    expect(board.locator("[data-complete]")).to_be_visible()
    press(board, "Luk og tæl op", "#step-0")
    headings = [board.locator(".step:visible h1").inner_text()]
    while board.locator("[data-forward]:visible").count():
        step = board.locator(".step:visible").get_attribute("id")
        board.keyboard.press("PageDown")
        expect(board.locator(f"#{step}")).to_be_hidden()
        headings.append(board.locator(".step:visible h1").inner_text())
    assert headings[-1] == "Hvad kunne I ønske jer?"
    return headings


def test_a_wanted_act_that_more_do_than_the_class_believed(opened: Opened, demo: Demo) -> None:
    board = opened(demo.lesson("skaerm-om-natten", classroom="wanted"), 1024, 768)
    choose(board, "lektier")
    headings = lesson(opened, demo, board, yes=14, mates=5, pupils=15)
    assert "Forskellen" in headings
    assert board.locator("#step-4 .sentence").text_content() == "Mindst 8 af 15 svarede ja."
    assert "Hvad kan der ske, hvis man tror, at ingen gør det?" in headings


def test_an_offence_stands_behind_its_step_and_has_no_poster(opened: Opened, demo: Demo) -> None:
    board = opened(demo.lesson("skaerm-om-natten", classroom="offence"), 1024, 768)
    choose(board, "butikstyveri", offence=True)
    headings = lesson(opened, demo, board, yes=1, mates=5)
    assert "Resten" in headings
    board.locator("summary:visible").click()
    expect(board.get_by_role("link", name="Klasseaftale").locator("visible=true")).to_be_visible()
    assert board.get_by_role("link", name="Plakat").count() == 0


@pytest.mark.parametrize("theme", ["alkohol"])
def test_a_theme_that_waits_is_lifted_and_then_asked(opened: Opened, demo: Demo, theme: str) -> None:
    board = opened(demo.lesson("skaerm-om-natten", classroom="held", grade=9), 1024, 768)
    board.locator("summary").click()
    board.get_by_role("link", name="Vælg emner").click()
    expect(board.locator(f"#{theme}")).to_be_disabled()
    environment = {**os.environ, "PEJLING_DATA": str(demo.folder)}
    subprocess.run([PEJLING, "theme", "lift", theme, "--grade", "9"], env=environment, check=True, capture_output=True)
    board.get_by_role("link", name="Tilbage til timen").click()
    choose(board, theme)
    headings = lesson(opened, demo, board, yes=7, mates=3)
    assert "Resten" not in headings, "a majority gets no norm sentence"


def test_what_the_class_finds_okay_is_asked_when_ticked_and_shown_before_the_talk(opened: Opened, demo: Demo) -> None:
    board = opened(demo.lesson("skaerm-om-natten", classroom="okay"), 1024, 768)
    board.locator("summary").click()
    board.get_by_role("link", name="Vælg emner").click()
    board.uncheck("#skaerm-om-natten")
    board.check("#mobning")
    board.check("#approval")
    board.get_by_role("button", name="Brug de valgte emner").click()
    expect(board.locator("main")).to_contain_text("Fem spørgsmål")
    headings = lesson(opened, demo, board, yes=1, mates=5, views=("okay-no", "p7"))
    assert headings[-9:-7] == ["Resten", "Synes du selv, det er okay at drille, mobbe eller udelukke nogen?"]
    expect(board.locator("#step-okay .sentence")).to_have_text("Højst 3 af 12 svarede ja.")
    expect(board.locator("#step-okay .words")).to_contain_text("I gennemsnit gættede vi på 6 til 8 af 12.")
    board.locator("summary:visible").click()
    board.get_by_role("link", name="Hvad ved vi?").locator("visible=true").click()
    expect(board.locator("#knows")).to_contain_text("(Den nationale trivselsmåling 2017)")
