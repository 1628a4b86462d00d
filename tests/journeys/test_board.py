"""The board at 1024x768: what the teacher needs is on it, also where a sentence is long or a menu is open."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.acts import code_on, join, press
from tests.journeys.conftest import Demo
from tests.journeys.test_print import counted

Opened = Callable[..., Page]
# How far the four sides of an element are inside of what is seen.
EDGES = """element => {
  const box = element.getBoundingClientRect();
  return [box.left, box.top, innerWidth - box.right, innerHeight - box.bottom];
}"""


def english(board: Page, demo: Demo) -> None:
    """The same page in English."""
    path = board.url.removeprefix(demo.base)
    board.goto(f"{demo.base}/language/en?to={path}")


def inside(board: Page, what: Locator) -> bool:
    """Whether all of it can be seen without scrolling."""
    edges: list[float] = what.evaluate(EDGES)
    return min(edges) >= 0


@pytest.mark.parametrize("theme", ["mobning", "gaming-sent", "intime-billeder"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_closing_early_asks_where_it_is_seen_also_beside_a_code(
    opened: Opened, demo: Demo, theme: str, language: str
) -> None:
    board = opened(demo.lesson(theme, classroom=f"{theme} {language}", grade=8), 1024, 768)
    press(board, "Vis koden", ".code")
    press(board, "Lad 22 elever tage plads", "[data-some]")
    press(board, "Start afstemningen", ".count")
    press(board, "Én plads mere", ".one-seat")
    if language == "en":
        english(board, demo)
    below = "e => document.querySelector('.bar').getBoundingClientRect().top - e.getBoundingClientRect().bottom"
    for shown in (".count", ".one-seat .code"):
        assert board.locator(shown).evaluate(below) >= 0, f"{shown} is under the strip"
    board.get_by_role("link", name="Luk og tæl op" if language == "da" else "Close and count").click()
    sure = board.get_by_role("button", name="Luk alligevel" if language == "da" else "Close anyway")
    expect(sure).to_be_visible()
    assert inside(board, sure)
    sure.click()
    expect(board.locator("#step-0")).to_be_visible()


def test_a_lobby_that_has_begun_to_fill_shows_everything_in_english_too(opened: Opened, demo: Demo) -> None:
    board = opened(demo.lesson("skaerm-om-natten", classroom="lobby"), 1024, 768)
    press(board, "Vis koden", ".code")
    code = code_on(board)
    for _ in range(3):
        join(opened, demo, code)
    english(board, demo)
    expect(board.locator("[data-few]")).to_be_visible()
    assert inside(board, board.get_by_role("button", name="Start the vote"))
    assert board.evaluate("document.documentElement.scrollHeight") <= 768


def test_every_choice_of_an_english_parents_menu_is_on_the_board(opened: Opened, demo: Demo) -> None:
    board = opened(demo.lesson("foraeldre-mobil", classroom="menu", audience="parents"), 1024, 768)
    press(board, "Vis koden", ".code")
    press(board, "Lad 22 elever tage plads", "[data-some]")
    press(board, "Start afstemningen", ".count")
    press(board, "Lad 22 elever svare", "[data-complete]")
    press(board, "Luk og tæl op", "#step-0")
    english(board, demo)
    board.locator("summary:visible").click()
    choices = board.locator(".menu:visible .go, .menu:visible button:visible").all()
    assert len(choices) > 5
    for choice in choices:
        assert inside(board, choice), choice.inner_text()


def test_a_menu_closes_beside_it_by_escape_and_by_going_on(opened: Opened, demo: Demo) -> None:
    board = opened(f"{demo.base}/try/reveal", 1024, 768)
    menu, summary = board.locator(".menu:visible"), board.locator("summary:visible")
    summary.click()
    expect(menu).to_be_visible()
    board.locator("h1:visible").click()
    expect(menu).to_have_count(0)
    summary.click()
    board.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(summary).to_be_focused()
    summary.click()
    board.keyboard.press("PageDown")
    expect(board.locator("#step-1")).to_be_visible()
    board.locator("summary:visible").click()
    board.keyboard.press("ArrowRight")
    expect(board.locator("#step-2")).to_be_visible()
    board.go_back()
    expect(board.locator("#step-1")).to_be_visible()
    expect(menu).to_have_count(0)
    board.locator("summary:visible").focus()
    board.keyboard.press("Space")
    expect(menu).to_be_visible()


def test_the_classs_answer_from_the_menu_leads_back_and_never_ends_the_lesson(opened: Opened, demo: Demo) -> None:
    board = counted(opened, demo, "path C", 40, 40, 20)
    board.keyboard.press("PageDown")
    board.locator("summary:visible").click()
    board.get_by_role("link", name="Vis klassens svar").locator("visible=true").click()
    expect(board.locator("#step-4")).to_be_visible()
    main = board.locator("#step-4 footer > .go, #step-4 footer > form")
    expect(main).to_have_text(re.compile("Tilbage"))
    main.click()
    expect(board.locator("#step-1")).to_be_visible()
