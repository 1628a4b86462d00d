"""A whole lesson without a mouse or a finger, by board and pupil; where one stands can always be seen."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.acts import code_on, press
from tests.journeys.conftest import Demo

Opened = Callable[..., Page]

OUTLINE = """() => {
  const at = document.activeElement, shown = at.type === "radio" ? at.nextElementSibling : at;
  const style = getComputedStyle(shown);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the control of that name has the focus, which has to be seen all the way."""
    reached = list[str]()
    for _ in range(30):
        page.keyboard.press("Tab")
        label = page.evaluate(
            "() => (document.activeElement.labels && document.activeElement.labels[0] || document.activeElement)"
            ".textContent.trim()"
        )
        reached.append(label)
        assert page.evaluate(OUTLINE), f"the focus cannot be seen on {label!r}"
        if label == name:
            return
    raise AssertionError(f"no way to {name!r}: {reached}")


def test_a_lesson_by_keyboard_alone(opened: Opened, demo: Demo) -> None:
    board = opened(demo.lesson("skaerm-om-natten", classroom="keyboard"), 1024, 768)
    tab_to(board, "Vis koden")
    board.keyboard.press("Enter")
    expect(board.locator(".code")).to_be_visible()

    pupil = opened(demo.base)
    tab_to(pupil, "Skriv koden fra tavlen")
    pupil.keyboard.type(code_on(board))
    pupil.keyboard.press("Enter")
    expect(pupil.locator("h1")).to_have_text("Du er med.")
    tab_to(pupil, "Videre")

    tab_to(board, "Start afstemningen")
    board.keyboard.press("Enter")
    expect(board.locator(".count")).to_be_visible()
    pupil.keyboard.press("Enter")
    expect(pupil.locator("h1")).to_have_text("Skærm om natten")
    tab_to(pupil, "Ingen")
    for _ in range(2):
        pupil.keyboard.press("ArrowRight")
    assert pupil.locator("input[name=others]:checked").get_attribute("value") == "1"
    tab_to(pupil, "Ingen")
    pupil.keyboard.press("Space")
    tab_to(pupil, "Ja")
    pupil.keyboard.press("ArrowDown")
    assert pupil.locator("input[name=own]:checked").get_attribute("value") == "no"
    tab_to(pupil, "Send")
    pupil.keyboard.press("Enter")
    expect(pupil.locator("h1")).to_have_text("Tak. Luk eller vend skærmen, og kig op.")

    expect(board.locator("[data-ballots]")).to_have_text("1")
    tab_to(board, "Luk og tæl op")
    board.keyboard.press("Enter")
    expect(board.locator("#step-0")).to_be_visible()
    board.keyboard.press("ArrowRight")
    expect(board.locator(".step:visible h1")).to_be_focused()
    tab_to(board, "Flere valg")
    board.keyboard.press("Enter")
    tab_to(board, "Et trin tilbage")
    board.keyboard.press("Enter")
    expect(board.locator("#step-0")).to_be_visible()


def test_a_key_that_writes_in_a_field_does_not_climb_the_staircase(opened: Opened, demo: Demo) -> None:
    board = opened(demo.lesson("skaerm-om-natten", classroom="field"), 1024, 768)
    press(board, "Vis koden", ".code")
    board.locator("summary").click()
    board.locator("#reserved").focus()
    board.keyboard.press("ArrowUp")
    assert board.locator("#reserved").input_value() == "1"
