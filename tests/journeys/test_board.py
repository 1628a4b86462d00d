"""The board at 1024x768: what the teacher needs is on it, also where a sentence is long or a menu is open."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.acts import answer, code_on, join, press
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


def full(opened: Opened, demo: Demo, *themes: str, classroom: str, width: int = 1024, height: int = 768) -> Page:
    """A board whose lobby has 22 pupils."""
    board = opened(demo.lesson(*themes, classroom=classroom), width, height)
    press(board, "Vis koden", ".code")
    press(board, "Lad 22 elever tage plads", "[data-some]")
    return board


def close_anyway(board: Page) -> None:
    """Close a vote that not everybody has answered."""
    board.get_by_role("link", name="Luk og tæl op").click()
    board.get_by_role("button", name="Luk alligevel").click()
    expect(board.locator("#step-0")).to_be_visible()


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
    themes = ("foraeldre-mobil", "foraeldre-fest", "foraeldre-gaming")
    board = opened(demo.lesson(*themes, classroom="menu", audience="parents"), 1024, 768)
    press(board, "Vis koden", ".code")
    press(board, "Lad 22 elever tage plads", "[data-some]")
    press(board, "Start afstemningen", ".count")
    press(board, "Lad 22 elever svare", "[data-complete]")
    press(board, "Luk og tæl op", "#step-0")
    press(board, "Næste spørgsmål", ".count")
    close_anyway(board)
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


def test_a_double_click_is_one_step(opened: Opened, demo: Demo) -> None:
    board = opened(f"{demo.base}/try/reveal", 1024, 768)
    board.locator("[data-forward]:visible").dblclick()
    expect(board.locator("#step-1")).to_be_visible()
    board.locator("[data-forward]:visible").click()
    expect(board.locator("#step-2")).to_be_visible()


def test_a_button_pressed_again_before_its_answer_is_sent_once(opened: Opened, demo: Demo) -> None:
    board = full(opened, demo, "skaerm-om-natten", classroom="twice")
    sent = list[str]()
    board.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    board.get_by_role("button", name="Start afstemningen").evaluate("button => { button.click(); button.click(); }")
    expect(board.locator(".count")).to_be_visible()
    assert [address.split("/")[-1] for address in sent] == ["open"]


def test_the_second_of_two_teachers_sees_where_the_lesson_is_and_a_reason_is_still_read(
    opened: Opened, demo: Demo
) -> None:
    link = demo.lesson("skaerm-om-natten", classroom="two teachers")
    first, second = opened(link, 1024, 768), opened(link, 1024, 768)
    press(first, "Vis koden", ".code")
    second.reload()
    first.get_by_role("button", name="Start afstemningen").click()
    expect(first.locator("h1")).to_contain_text("Ingen har taget plads endnu.")
    first.goto(second.url)
    join(opened, demo, code_on(first))
    second.evaluate("clearInterval(setInterval(() => 0, 1e6) - 1)")  # no look at the state by itself
    press(first, "Start afstemningen", ".count")
    second.get_by_role("button", name="Start afstemningen").click()
    expect(second.locator(".count")).to_be_visible()


def test_a_vote_opened_too_early_is_begun_over_and_only_after_a_question(opened: Opened, demo: Demo) -> None:
    board = opened(demo.lesson("skaerm-om-natten", classroom="too early"), 1024, 768)
    press(board, "Vis koden", ".code")
    code = code_on(board)
    join(opened, demo, code)
    press(board, "Start afstemningen", ".count")
    board.locator("summary:visible").click()
    board.get_by_role("link", name="Begynd forfra med en ny kode").click()
    sure = board.get_by_role("button", name="Begynd forfra")
    assert inside(board, sure)
    board.locator("#restart").get_by_role("link", name="Tilbage").click()
    expect(sure).to_be_hidden()
    board.locator("summary:visible").click()
    board.get_by_role("link", name="Begynd forfra med en ny kode").click()
    sure.click()
    expect(board.locator(".seats")).to_be_visible()
    assert code_on(board) != code
    phone = join(opened, demo, code_on(board))
    press(board, "Start afstemningen", ".count")
    board.locator("summary:visible").click()
    over = board.get_by_role("link", name="Begynd forfra med en ny kode")
    expect(over).to_be_visible()
    phone.get_by_role("link", name="Videre").click()
    answer(phone, 1, 1, "no")
    expect(over).to_be_hidden()


def test_what_closing_costs_is_said_until_ten_have_answered(opened: Opened, demo: Demo) -> None:
    board = full(opened, demo, "skaerm-om-natten", classroom="costs")
    late = join(opened, demo, code_on(board))
    press(board, "Start afstemningen", ".count")
    board.get_by_role("link", name="Luk og tæl op").click()
    costs = board.get_by_text("Under 10 har svaret. Så viser vi ikke jeres egne tal.")
    expect(costs).to_be_visible()
    late.get_by_role("link", name="Videre").click()
    answer(late, 1, 1, "no")
    expect(board.locator("[data-ballots]")).to_have_text("1")
    expect(costs).to_be_visible()
    token = board.locator("[name=csrf_token]").first.get_attribute("value") or ""
    lesson = board.url.split("#")[0]
    board.request.post(f"{lesson}/demo/ballots", form={"csrf_token": token})
    expect(costs).to_be_hidden()


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_board_on_a_phone_has_nothing_beside_the_screen(opened: Opened, demo: Demo, language: str) -> None:
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    board = opened(demo.lesson("skaerm-om-natten", "alkohol", classroom=f"phone {language}"), 390, 844)
    says = {"da": "Luk alligevel", "en": "Close anyway"}[language]
    press(board, "Vis koden", ".code")
    join(opened, demo, code_on(board))
    lesson = board.url

    def look() -> None:
        if language == "en":
            english(board, demo)
        assert board.evaluate(wider) <= 0
        board.locator("summary:visible").click()
        assert board.evaluate(wider) <= 0
        said = board.locator(".say:visible")
        assert said.evaluate("e => e.offsetWidth") > 300, "a line, not a column"
        board.goto(f"{demo.base}/language/da?to={lesson.removeprefix(demo.base)}")

    look()
    press(board, "Start afstemningen", ".count")
    look()
    if language == "en":
        english(board, demo)
    board.locator("[data-missing]").click()
    sure = board.get_by_role("button", name=says)
    left, _, right, _ = sure.evaluate(EDGES)
    assert min(left, right) >= 0


def test_earlier_figures_are_looked_at_and_the_vote_goes_on(opened: Opened, demo: Demo) -> None:
    board = full(opened, demo, "skaerm-om-natten", "alkohol", classroom="looking back")
    press(board, "Start afstemningen", ".count")
    press(board, "Lad 22 elever svare", "[data-complete]")
    press(board, "Luk og tæl op", "#step-0")
    press(board, "Næste spørgsmål", ".count")
    board.locator("summary:visible").click()
    board.get_by_role("link", name="Se tallene: Skærm om natten").click()
    expect(board.locator("#step-0")).to_contain_text("Skærm om natten")
    while board.locator("[data-forward]:visible").count():
        board.keyboard.press("PageDown")
    board.get_by_role("link", name="Tilbage til timen").locator("visible=true").click()
    expect(board.locator(".count")).to_contain_text("0 af 22 har svaret")
    close_anyway(board)
    board.locator("summary:visible").click()
    board.get_by_role("link", name="Slut timen").locator("visible=true").click()
    expect(board.locator("#end h1")).to_be_focused()
    board.get_by_role("link", name="Tilbage").locator("visible=true").click()
    expect(board.locator("#step-0")).to_be_visible()
    board.locator("summary:visible").click()
    board.get_by_role("link", name="Slut timen").locator("visible=true").click()
    press(board, "Slut timen", "#ended")
    board.get_by_role("link", name="Se tallene: Skærm om natten").click()
    expect(board.locator("#step-0")).to_contain_text("Skærm om natten")
