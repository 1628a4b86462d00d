"""No page in any state violates WCAG 2.2 AA, as far as axe-core can tell."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.acts import answer, code_on, join, press
from tests.journeys.conftest import Demo

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Opened = Callable[..., Page]


class Examiner:
    """Collects what axe-core finds wrong, by the name of the page it was found on."""

    def __init__(self) -> None:
        self.looked_at, self.violations = list[str](), list[str]()

    def look(self, name: str, page: Page) -> None:
        """Let axe-core look at the page, once it has gone where a press leads."""
        page.evaluate(AXE)
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        assert found["passes"], "axe-core looked at nothing"
        self.looked_at.append(name)
        self.violations += [
            f"{name}: {each['id']}: {node['html'][:100]}" for each in found["violations"] for node in each["nodes"]
        ]


@contextmanager
def examined(pages: int) -> Iterator[Examiner]:
    """An examiner that has to look at so many pages and find nothing."""
    examiner = Examiner()
    yield examiner
    assert examiner.violations == []
    assert len(examiner.looked_at) == pages


def test_a_planted_fault_is_found(opened: Opened, demo: Demo) -> None:
    page = opened(demo.base)
    page.evaluate("document.querySelector('label').remove()")
    with pytest.raises(AssertionError, match="label"), examined(1) as axe:
        axe.look("front page without a label", page)


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_of_a_pupil(opened: Opened, demo: Demo, language: str) -> None:
    board = opened(demo.lesson("skaerm-om-natten", "alkohol", classroom=f"pupil {language}"), 1024, 768)
    press(board, "Vis koden", ".code")
    code = code_on(board)
    with examined(14) as axe:
        phone = opened(f"{demo.base}/language/{language}", 320, 640)
        axe.look("front page", phone)
        phone.goto(f"{demo.base}/000000")
        axe.look("wrong code", phone)
        phone.goto(f"{demo.base}/{code}")
        axe.look("door", phone)
        phone.click("main button")
        axe.look("waiting", phone)
        phone.click("a.button:first-of-type")
        axe.look("waiting, pressed too early", phone)
        phone.goto(f"{demo.base}/s/trial")
        axe.look("trial question", phone)
        phone.click("label[for=o5]")
        phone.click("label[for=no]")
        phone.click("main button")
        axe.look("trial answered", phone)
        press(board, "Start afstemningen", ".count")
        phone.goto(f"{demo.base}/s")
        axe.look("ballot", phone)
        phone.click("label[for=o1]")
        phone.click("label[for=mu]")
        phone.click("label[for=skip]")
        axe.look("ballot filled in", phone)
        phone.click("main button")
        expect(phone.locator("h1")).to_contain_text("Tak." if language == "da" else "Thank you.")
        axe.look("thank-you", phone)
        phone.goto(f"{demo.base}/s?next")
        axe.look("thank-you, next question too early", phone)
        press(board, "Luk og tæl op", "#step-0")
        phone.goto(f"{demo.base}/s")
        axe.look("watching", phone)
        board.locator("summary:visible").click()
        board.get_by_role("button", name="Næste spørgsmål").locator("visible=true").click()
        expect(board.locator(".count")).to_be_visible()
        phone.goto(f"{demo.base}/s")
        axe.look("second ballot", phone)
        phone.goto(f"{demo.base}/000000/nowhere")
        axe.look("no such page", phone)


def test_the_pages_of_a_shared_screen(opened: Opened, demo: Demo) -> None:
    board = opened(demo.lesson("skaerm-om-natten", classroom="shared"), 1024, 768)
    press(board, "Vis koden", ".code")
    tablet = join(opened, demo, code_on(board))
    board.locator("summary").click()
    board.fill("#reserved", "1")
    board.get_by_role("button", name="Gem").click()
    expect(board.locator("[data-seats]").first).to_have_text("2")
    tablet.reload()
    with examined(4) as axe:
        axe.look("waiting, somebody needs a screen", tablet)
        tablet.get_by_role("button", name="Giv skærmen videre").click()
        press(board, "Start afstemningen", ".count")
        tablet.goto(f"{demo.base}/s")
        axe.look("first pupil's ballot", tablet)
        answer(tablet, 1, 1, "no")
        axe.look("thank-you, next pupil", tablet)
        tablet.get_by_role("link", name="Næste elev").click()
        axe.look("second pupil's ballot", tablet)


@pytest.mark.parametrize("classroom", ["7.A", "9.A"])
def test_the_board_in_every_state(opened: Opened, demo: Demo, classroom: str) -> None:
    board = opened(demo.links[classroom], 1024, 768)

    lesson = board.url
    on_path_c = classroom == "9.A"
    with examined(20 if on_path_c else 22) as axe:
        axe.look("ready", board)
        press(board, "Vis koden", ".code")
        axe.look("empty lobby", board)
        board.locator("summary").click()
        axe.look("lobby's menu", board)
        board.get_by_role("link", name="Øvespørgsmål").click()
        axe.look("trial question", board)
        board.keyboard.press("ArrowRight")
        expect(board.locator("#step-1")).to_be_visible()
        axe.look("trial's example", board)
        board.goto(lesson)
        board.locator("summary").click()
        press(board, "Lad 22 elever tage plads", "[data-some]")
        axe.look("full lobby", board)
        press(board, "Start afstemningen", ".count")
        axe.look("voting", board)
        board.get_by_role("link", name="Luk og tæl op").click()
        axe.look("voting, sure?", board)
        board.locator("summary").click()
        press(board, "Én plads mere", ".one-seat")
        axe.look("voting, one seat more", board)
        board.locator("summary").click()
        press(board, "Lad 22 elever svare", "[data-complete]")
        press(board, "Luk og tæl op", "#step-0")
        for _ in range(6 if on_path_c else 9):
            step = board.locator(".step:visible").get_attribute("id")
            axe.look(f"reveal, {step}", board)
            board.keyboard.press("PageDown")
            expect(board.locator(f"#{step}")).to_be_hidden()
        board.locator("summary:visible").click()
        axe.look("reveal's menu", board)
        if on_path_c:
            board.get_by_role("link", name="Vis klassens svar").locator("visible=true").click()
            axe.look("the class's own answer on path C", board)
            board.locator("summary:visible").click()
        board.get_by_role("link", name="Slut timen").locator("visible=true").click()
        axe.look("the end, sure?", board)
        press(board, "Slut timen", "#ended")
        axe.look("after the end", board)
        board.goto(f"{lesson}x")
        axe.look("no link", board)


def test_few_answers_paper_and_the_end_of_an_empty_lesson(opened: Opened, demo: Demo) -> None:
    board = opened(demo.lesson("skaerm-om-natten", classroom="paper"), 1024, 768)
    lesson = board.url
    with examined(10) as axe:
        board.goto(f"{lesson}/themes?offences")
        axe.look("choosing themes", board)
        board.goto(f"{lesson}/script")
        axe.look("script", board)
        board.goto(f"{lesson}/letters")
        axe.look("letters", board)
        board.goto(f"{lesson}/paper")
        axe.look("paper", board)
        board.goto(f"{lesson}/slips?size=22")
        axe.look("slips", board)
        board.goto(f"{lesson}/count")
        axe.look("count", board)
        for name in ("size", "ballots", "yes", "no", "skip", "others", "others_total", "mates", "mates_total"):
            board.fill(f"#{name}", "12")
        press(board, "Luk og tæl op", "#error")
        axe.look("count that cannot be right", board)
        board.fill("#yes", "0")
        board.fill("#skip", "0")
        press(board, "Luk og tæl op", "#step-0")
        axe.look("reveal of paper", board)
        board.goto(f"{lesson}/pause")
        axe.look("pause", board)
        board.goto(f"{lesson}/count")
        axe.look("nothing left to count", board)


def test_the_four_minute_lesson(opened: Opened, demo: Demo) -> None:
    page = opened(f"{demo.base}/try", 1024, 768)
    with examined(7) as axe:
        for name in ("try", "lobby", "vote", "ballot", "thanks", "answered", "reveal"):
            page.goto(f"{demo.base}/try/{name}" if name != "try" else f"{demo.base}/try")
            axe.look(name, page)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_pages_for_anybody_and_none_is_wider_than_its_screen(opened: Opened, demo: Demo, language: str) -> None:
    with examined(4) as axe:
        for width in (320, 1366):
            page = opened(f"{demo.base}/language/{language}?to=/privacy", width, 800)
            expect(page.locator("table").first).to_contain_text("urn")
            for address in ("/privacy", "/was"):
                page.goto(demo.base + address)
                axe.look(f"{address} at {width}", page)
                assert page.evaluate("document.documentElement.scrollWidth") == width
