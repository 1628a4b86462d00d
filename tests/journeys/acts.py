"""What people do in front of their screens."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Demo


def join(opened: Callable[..., Page], demo: Demo, code: str, *, script: bool = True) -> Page:
    """A pupil types the code in two groups and takes a seat: counted taps are clicks."""
    phone = opened(demo.base, script=script)
    phone.fill("#code", f"{code[:3]} {code[3:]}")
    phone.get_by_role("button", name="Tag plads").click()
    expect(phone.locator("h1")).to_have_text("Du er med.")
    return phone


def answer(phone: Page, others: int, mates: int, own: str) -> None:
    """Four taps: two guesses, the own answer, Send."""
    phone.click(f"label[for=o{others}]")
    phone.click(f"label[for=m{mates}]")
    phone.click(f"label[for={own}]")
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator("body")).to_contain_text("Dit svar er modtaget. Det tæller én gang.")


def press(board: Page, name: str, shows: str) -> None:
    """Press a button of the board, its menu's too, and wait for what it leads to."""
    button = board.get_by_role("button", name=name).locator("visible=true")
    if not button.count():
        board.locator("summary:visible").click()
    button.last.click()
    expect(board.locator(shows)).to_be_visible()


def code_on(board: Page) -> str:
    """The join code as the class reads it."""
    expect(board.locator(".code")).to_be_visible()
    return "".join(board.locator(".code span").all_inner_texts())
