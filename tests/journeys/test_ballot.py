"""The ballot on a small phone: what was forgotten is shown with its question."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.acts import press
from tests.journeys.conftest import Demo

Opened = Callable[..., Page]


@pytest.mark.parametrize("height", [568, 844])
def test_a_ballot_sent_too_early_shows_the_question_that_lacks_an_answer(
    opened: Opened, demo: Demo, height: int
) -> None:
    board = opened(demo.lesson("mobning", classroom=f"early {height}"), 1024, 768)
    press(board, "Vis koden", ".code")
    phone = opened(f"{demo.base}/{''.join(board.locator('.code span').all_inner_texts())}", 320, height)
    phone.click("main button")
    press(board, "Lad 22 elever tage plads", "[data-some]")
    press(board, "Start afstemningen", ".count")
    phone.get_by_role("link", name="Videre").click()
    top = "element => element.getBoundingClientRect().top"
    for forgotten, answered in enumerate(("label[for=o3]", "label[for=m3]", "label[for=no]")):
        phone.get_by_role("button", name="Send").click()
        expect(phone.locator("legend").nth(forgotten)).to_be_in_viewport(ratio=1)
        assert phone.locator("legend").nth(forgotten).evaluate(top) >= 0
        phone.click(answered)
