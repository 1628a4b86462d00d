"""What helps the talk along: the question explained, the board covered, a quiet timer; no button that does nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.acts import press
from tests.journeys.conftest import Demo

Opened = Callable[..., Page]


@pytest.fixture
def board(opened: Opened, demo: Demo) -> Page:
    """A board at the reveal's second step, of the lesson that is tried."""
    page = opened(f"{demo.base}/try/reveal", 1024, 768)
    page.clock.install()
    page.keyboard.press("PageDown")
    expect(page.locator("#step-1")).to_be_visible()
    return page


def test_the_question_is_explained_and_the_board_goes_back_to_where_it_was(board: Page) -> None:
    board.locator("summary:visible").click()
    board.get_by_role("link", name="Forklar spørgsmålet").locator("visible=true").click()
    expect(board.locator("#explain")).to_be_visible()
    expect(board.locator("#explain")).to_contain_text("De seneste 7 dage: Har du selv brugt en skærm efter kl. 23")
    board.get_by_role("link", name="Tilbage").locator("visible=true").click()
    expect(board.locator("#step-1")).to_be_visible()


@pytest.mark.parametrize("key", ["b", "."])
def test_a_key_covers_the_board_and_the_next_one_shows_it_where_it_was(board: Page, key: str) -> None:
    board.keyboard.press(key)
    expect(board.locator("main")).to_be_hidden()
    board.keyboard.press("PageDown")
    expect(board.locator("#step-1")).to_be_visible()


def test_the_timer_counts_down_quietly(board: Page) -> None:
    while not board.locator("#step-8-1").is_visible():
        board.keyboard.press("PageDown")
    board.get_by_role("button", name="Start 3 minutter").locator("visible=true").click()
    expect(board.locator("#step-8-1 [data-timer]")).to_have_text("3:00")
    board.clock.run_for(60_000)
    expect(board.locator("#step-8-1 [data-timer]")).to_have_text("2:00")
    board.clock.run_for(120_000)
    expect(board.locator("#step-8-1 [data-timer]")).to_have_text("Tiden er gået")


def test_without_script_there_is_no_button_that_does_nothing(opened: Opened, demo: Demo) -> None:
    board = opened(f"{demo.base}/try/reveal#step-8-1", 1024, 768, script=False)
    expect(board.locator("#step-8-1")).to_be_visible()
    assert board.locator("[data-timer]:visible, [data-cover]:visible").count() == 0


def test_a_typed_full_stop_does_not_cover_the_lobby(opened: Opened, demo: Demo) -> None:
    board = opened(demo.lesson("skaerm-om-natten", classroom="cover"), 1024, 768)
    press(board, "Vis koden", ".code")
    board.locator("summary").click()
    board.locator("#reserved").focus()
    board.keyboard.press("b")
    expect(board.locator("main")).to_be_visible()
