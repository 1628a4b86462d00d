"""A lesson of three themes: phones, one shared iPad, two late-comers; in Danish with script, in English without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Demo
from tests.web.test_language import catalog

Opened = Callable[..., Page]

THEMES = ("skaerm-om-natten", "alkohol", "butikstyveri")
PHONES = 10


class Reader:
    """Somebody in front of a screen, who reads one language and whose taps are counted."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.taps = page, 0
        self.words = catalog() if language == "en" else {}

    def says(self, danish: str) -> str:
        """A sentence in the reader's language."""
        return self.words.get(danish, danish)

    def tap(self, where: Locator | str) -> None:
        """One tap."""
        (self.page.locator(where) if isinstance(where, str) else where).locator("visible=true").last.click()
        self.page.wait_for_load_state()
        self.taps += 1

    def press(self, danish: str, role: str = "button") -> None:
        """One tap on the button or link with these words."""
        self.tap(self.page.get_by_role(role, name=self.says(danish), exact=True))  # type: ignore[arg-type]

    def reads(self, danish: str) -> None:
        """The page says a sentence in the reader's language."""
        expect(self.page.locator("body")).to_contain_text(self.says(danish))


class Lesson:
    """One board and its pupils."""

    def __init__(self, opened: Opened, demo: Demo, link: str, language: str, script: bool) -> None:
        self.opened, self.demo, self.language, self.script = opened, demo, language, script
        self.board = self.reader(link, 1024, 768)
        self.lesson = self.board.page.url

    def reader(self, address: str, width: int = 390, height: int = 844) -> Reader:
        """Somebody with a screen of their own, which has chosen the language."""
        page = self.opened(f"{self.demo.base}/language/{self.language}", width, height, script=self.script)
        page.goto(address)
        return Reader(page, self.language)

    def joins(self, width: int = 390, height: int = 844) -> Reader:
        """Type the code from the board and take a seat."""
        self.board.page.locator(".code").wait_for()  # a press leads on by itself, and would meet the reload
        self.board.page.reload()
        code = self.board.page.locator(".code").inner_text().replace("\n", "").replace(" ", "")
        pupil = self.reader(self.demo.base, width, height)
        pupil.page.fill("#code", code)
        pupil.press("Tag plads")
        return pupil

    def count(self) -> str:
        """How many of how many have answered, as the board says it."""
        self.board.page.locator(".count").wait_for()
        self.board.page.reload()
        return " ".join((self.board.page.locator(".count").text_content() or "").split()[:3])


def answers(pupil: Reader, own: str) -> None:
    """Two guesses, the own answer, Send."""
    assert pupil.page.locator("input:checked").count() == 0, "nothing is preselected"
    for choice in ("o5", "m4", own):
        pupil.tap(f"label[for={choice}]")
    pupil.press("Send")
    pupil.reads("Dit svar er modtaget. Det tæller én gang.")


@pytest.mark.parametrize(("language", "script"), [("da", True), ("en", False)])
def test_three_themes_on_the_same_seats(opened: Opened, demo: Demo, language: str, script: bool) -> None:
    lesson = Lesson(opened, demo, demo.lesson(*THEMES, classroom=f"three {language}"), language, script)
    board = lesson.board
    board.press("Vis koden")
    assert board.taps <= 2, "clicks from the link to the code, the link itself counted"
    phones = [lesson.joins() for _ in range(PHONES)]
    ipad = lesson.joins(768, 1024)
    board.tap("summary")
    board.page.fill("#reserved", "2")
    board.press("Gem")
    board.press("Start afstemningen")

    for number, theme in enumerate(THEMES):
        expect(board.page.locator(".count")).to_be_visible()  # before the first of them goes on
        for phone in phones:
            phone.taps = 0 if number else phone.taps
            phone.press("Næste spørgsmål" if number else "Videre", "link")
            answers(phone, "yes" if phone is phones[0] else "no")
            assert phone.taps <= 6 + (1 if number == 0 else 0), (
                "the typed code's own button is one tap more than a scan"
            )
        ipad.press("Næste spørgsmål" if number else "Videre", "link")
        for turn in range(3):
            answers(ipad, "skip")
            if turn < 2:
                # The first time the screen is handed on; from then on it offers its seats one after the other.
                ipad.press("Næste elev", "link") if number else ipad.press("Giv skærmen videre")
        if number < 2:
            board.tap("summary")
            board.press("Én plads mere")
            late = lesson.joins()
            answers(late, "no")
            phones.append(late)
        seats = PHONES + 3 + min(number + 1, 2)
        assert lesson.count() == f"{seats} {lesson.board.says('af')} {seats}"
        board.press("Luk og tæl op")
        expect(board.page.locator("#step-0")).to_be_visible()
        released = board.page.request.get(f"{lesson.lesson}/release?theme={theme}").json()
        assert (released["n"], released["own"], released["path"]) == (seats, {"low": 0, "high": 3}, "A")
        if number < 2:
            board.tap("summary")
            board.press("Næste spørgsmål")
    phones[0].page.goto(f"{demo.base}/s")
    phones[0].reads("Afstemningen er lukket. Kig op. Du kan godt være med i snakken.")
    board.tap("summary")
    board.press("Slut timen", "link")
    board.press("Slut timen")
    board.reads("Timen er slut.")
    phones[0].page.goto(f"{demo.base}/s")
    phones[0].reads("Tak, fordi du var med.")


def test_from_the_link_to_the_last_figure_in_at_most_twelve_clicks(opened: Opened, demo: Demo) -> None:
    lesson = Lesson(opened, demo, demo.lesson("skaerm-om-natten", classroom="clicks"), "da", True)
    board = lesson.board
    clicks = 1  # the link
    board.press("Vis koden")
    phones = [lesson.joins() for _ in range(12)]
    board.press("Start afstemningen")
    expect(board.page.locator(".count")).to_be_visible()
    for phone in phones:
        phone.press("Videre", "link")
        answers(phone, "no")
        assert phone.taps <= 6
    expect(board.page.locator("[data-ballots]")).to_have_text("12")
    board.press("Luk og tæl op")
    while not board.page.locator("#step-7").is_visible():
        board.press("Videre", "link")
    assert board.taps + clicks <= 12
