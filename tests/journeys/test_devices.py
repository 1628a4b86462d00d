"""What devices do in a real room: they sleep, reload, go back, open two tabs, and one teacher has two of them."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.acts import answer, code_on, join, press
from tests.journeys.conftest import Demo

Opened = Callable[..., Page]


def lobby(opened: Opened, demo: Demo, classroom: str) -> tuple[Page, str]:
    """A board with its code, and the teacher's link."""
    link = demo.lesson("skaerm-om-natten", "alkohol", classroom=classroom)
    board = opened(link, 1024, 768)
    press(board, "Vis koden", ".code")
    return board, link


def start(board: Page) -> None:
    """Open the vote."""
    press(board, "Start afstemningen", ".count")


def test_a_second_device_of_the_teacher_follows_and_may_close(opened: Opened, demo: Demo) -> None:
    board, link = lobby(opened, demo, "two devices")
    phone = join(opened, demo, code_on(board))
    remote = opened(link, 390, 844)
    start(remote)
    expect(board.locator(".count")).to_be_visible(timeout=10_000)
    phone.get_by_role("link", name="Videre").click()
    answer(phone, 1, 1, "no")
    expect(remote.locator("[data-complete]")).to_be_visible()
    remote.get_by_role("button", name="Luk og tæl op").click()
    expect(board.locator("#step-0")).to_be_visible(timeout=10_000)


def test_the_boards_reload_and_back_button_change_nothing(opened: Opened, demo: Demo) -> None:
    board, _ = lobby(opened, demo, "reload")
    code = code_on(board)
    phone = join(opened, demo, code)
    board.reload()
    assert code_on(board) == code
    start(board)
    board.reload()
    expect(board.locator(".count")).to_contain_text("0 af 1 har svaret")
    phone.get_by_role("link", name="Videre").click()
    answer(phone, 1, 1, "no")
    expect(board.locator("[data-complete]")).to_be_visible()
    press(board, "Luk og tæl op", "#step-0")
    board.keyboard.press("PageDown")
    step = board.locator(".step:visible").get_attribute("id")
    board.reload()
    expect(board.locator(f"#{step}")).to_be_visible()
    board.go_back()
    expect(board.locator("#step-0")).to_be_visible()


def test_two_tabs_of_one_phone_are_one_pupil(opened: Opened, demo: Demo) -> None:
    board, _ = lobby(opened, demo, "two tabs")
    first = join(opened, demo, code_on(board))
    second = first.context.new_page()
    second.goto(f"{demo.base}/{code_on(board)}")
    expect(second.locator("h1")).to_have_text("Du er med.")
    start(board)
    for tab in (first, second):
        tab.goto(f"{demo.base}/s?next")
        expect(tab.locator("fieldset")).to_have_count(3)
    for tab in (first, second):
        answer(tab, 1, 1, "no")
    board.reload()
    expect(board.locator(".count")).to_contain_text("1 af 1 har svaret")


def test_a_phone_that_slept_through_the_vote_wakes_up_at_the_board(opened: Opened, demo: Demo) -> None:
    board, _ = lobby(opened, demo, "slept")
    awake, asleep = (join(opened, demo, code_on(board)) for _ in range(2))
    start(board)
    asleep.get_by_role("link", name="Videre").click()
    for choice in ("o1", "m1", "no"):
        asleep.click(f"label[for={choice}]")
    awake.get_by_role("link", name="Videre").click()
    answer(awake, 1, 1, "no")
    expect(board.locator("[data-ballots]")).to_have_text("1")
    board.get_by_role("link", name="Luk og tæl op").click()
    board.get_by_role("button", name="Luk alligevel").click()
    expect(board.locator("#step-0")).to_be_visible()
    asleep.get_by_role("button", name="Send").click()
    expect(asleep.locator("h1")).to_contain_text("Afstemningen er lukket. Kig op.")
    asleep.get_by_role("link", name="Tilbage").click()
    expect(asleep.get_by_role("link", name="Næste spørgsmål")).to_be_visible()


def test_a_seat_stolen_by_a_prankster_is_seen_and_thrown_away(opened: Opened, demo: Demo) -> None:
    board, _ = lobby(opened, demo, "prankster")
    pupil = join(opened, demo, code_on(board))
    expect(board.locator(".seats")).to_have_text("1 plads.", use_inner_text=True)
    prankster = join(opened, demo, code_on(board))
    expect(board.locator(".seats")).to_have_text("2 pladser. Er I 2?", use_inner_text=True)
    old = code_on(board)
    board.locator("summary").click()
    board.get_by_role("link", name="Begynd forfra med en ny kode").click()
    board.get_by_role("button", name="Begynd forfra").click()
    expect(board.locator("[data-seats]").first).to_have_text("0")
    assert code_on(board) != old
    prankster.reload()
    expect(prankster.locator("main")).to_contain_text("Står der en ny kode på tavlen?")
    pupil.goto(demo.base)
    pupil.fill("#code", code_on(board))
    pupil.get_by_role("button", name="Tag plads").click()
    expect(pupil.locator("h1")).to_have_text("Du er med.")
    expect(board.locator("[data-seats]").first).to_have_text("1")
    start(board)
    pupil.get_by_role("link", name="Videre").click()
    answer(pupil, 1, 1, "no")
