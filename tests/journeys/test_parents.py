"""A parents' evening: thirty-one phones, a reveal, the young people's figures, and a page to take home."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.acts import code_on, press
from tests.journeys.conftest import Demo
from tests.journeys.test_axe import examined
from tests.journeys.test_eyes import WIDER
from tests.journeys.test_staff import enter

Opened = Callable[..., Page]
PARENTS = 31


def join(opened: Opened, demo: Demo, code: str, *, arabic: bool = False, script: bool = True) -> Page:
    """A parent types the code, or scans it and chooses Arabic."""
    phone = opened(f"{demo.base}/{code}" if arabic else demo.base, script=script)
    if arabic:
        phone.get_by_role("link", name="العربية").click()
        phone.click("main button")
    else:
        phone.fill("#code", code)
        phone.get_by_role("button", name="Tag plads").click()
    expect(phone.locator("h1")).to_have_text("أنت معنا." if arabic else "Du er med.")
    return phone


def seats_of_many(opened: Opened, demo: Demo, classroom: str) -> Page:
    """A board with forty-five seats reserved: too many for a grid of figures."""
    board = opened(demo.lesson("foraeldre-mobil", classroom=classroom, audience="parents"), 1024, 768)
    press(board, "Vis koden", ".code")
    board.locator("summary").click()
    board.fill("#reserved", "45")
    board.get_by_role("button", name="Gem").click()
    expect(board.locator("[data-seats]").first).to_have_text("45")
    return board


def close_early(board: Page) -> None:
    """Count although some have not answered."""
    board.get_by_role("link", name="Luk og tæl op").click()
    board.get_by_role("button", name="Luk alligevel").click()
    expect(board.locator("#step-0")).to_be_visible()


def approve_arabic(opened: Opened, demo: Demo) -> None:
    """The consultant approves the draft."""
    desk = enter(opened, demo, "consultant")
    desk.goto(f"{demo.base}/staff/settings")
    desk.get_by_label("العربية").check()
    desk.get_by_role("button", name="Gem").click()
    expect(desk.get_by_label("العربية")).to_be_checked()


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_parents_phone_is_clean_from_the_door_to_the_thank_you(opened: Opened, demo: Demo, language: str) -> None:
    board = seats_of_many(opened, demo, f"phone {language}")
    code = code_on(board)
    with examined(3) as axe:
        phone = opened(f"{demo.base}/language/{language}?to=/{code}", 320, 640)
        phone.click("main button")
        expect(phone.locator("h1")).not_to_be_empty()
        axe.look("waiting", phone)
        press(board, "Start afstemningen", ".count")
        phone.goto(f"{demo.base}/s")
        axe.look("ballot of a large group", phone)
        phone.fill("#on", "20")
        phone.click("label[for=mu]")
        phone.click("label[for=no]")
        phone.get_by_role("button", name="Send").click()
        expect(phone.locator("h1")).to_contain_text("Tak." if language == "da" else "Thank you.")
        axe.look("thank-you", phone)


# What a parent does about one group, tapping a label or typing, and what is sent about it.
GUESSING = [
    (("40",), {"others_number": "40"}),
    (("ou", "40"), {"others_number": "40"}),
    (("40", "ou"), {"others": "unknown"}),
    (("o0", "7"), {"others_number": "7"}),
    (("40", "o0"), {"others": "0"}),
    (("ou", "7", "", "ou"), {"others": "unknown"}),
    (("ou",), {"others": "unknown"}),
]


def guess(phone: Page, measure: str, acts: tuple[str, ...]) -> None:
    """Tap the labels and type the numbers in their order; `measure` is its letter on the page."""
    for act in acts:
        if act.isdigit() or not act:
            phone.fill(f"#{measure}n", act)
        else:
            phone.click(f"label[for={measure}{act[1]}]")


def send(phone: Page, acts: tuple[str, ...], own: str) -> str:
    """Guess the same of both groups, answer, press Send; what was sent."""
    for measure in ("o", "m"):
        guess(phone, measure, acts)
    phone.click(f"label[for={own}]")
    with phone.expect_request(lambda request: request.method == "POST") as sent:
        phone.get_by_role("button", name="Send").click()
    return sent.value.post_data or ""


def test_what_many_parents_type_or_tap_last_is_sent_and_its_size_tells_nothing(opened: Opened, demo: Demo) -> None:
    board = seats_of_many(opened, demo, "typed")
    phones = [join(opened, demo, code_on(board)) for _ in range(14)]
    press(board, "Start afstemningen", ".count")
    lengths = set()
    for number, phone in enumerate(phones):
        acts, expected = GUESSING[number % len(GUESSING)]
        phone.get_by_role("link", name="Videre").click()
        body = send(phone, acts, own=("yes", "no", "skip")[number % 3])
        said = {name: value for name, value in parse_qsl(body) if name.startswith("others")}
        assert said == expected, acts
        lengths.add(len(body))
        expect(phone.locator("body")).to_contain_text("Det tæller én gang.")
    assert len(lengths) == 1
    close_early(board)
    # Eight of 14 guessed: four 40, two 7 and two none of 59, which is 5.2 of 14.
    assert board.locator("#step-1 .sentence").text_content() == "Vi gættede på 4 til 6 af 14."
    assert board.locator("#step-2 .sentence").text_content() == "Vi gættede på 4 til 6 af 14."


# What a parent does about one group, and cannot send.
UNREADABLE = [(), ("47",), ("ou", "7", ""), ("ou", "ca. 7,5"), ("ou", "-"), ("-3",)]
EXPLAINED = {
    "da": "Skriv et tal fra 1 til 46, eller tryk på Ingen eller Ved ikke.",
    "en": "Write a number from 1 to 46, or press None or Don't know.",
}


@pytest.mark.parametrize("language", EXPLAINED)
def test_a_guess_that_cannot_be_read_is_explained_before_anything_is_sent(
    opened: Opened, demo: Demo, language: str
) -> None:
    board = seats_of_many(opened, demo, f"unreadable {language}")
    phone = opened(f"{demo.base}/language/{language}?to=/{code_on(board)}")
    phone.click("main button")
    expect(phone.locator("h1")).not_to_be_empty()
    press(board, "Start afstemningen", ".count")
    phone.goto(f"{demo.base}/s")
    posts = []
    phone.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    phone.click("label[for=mu]")
    phone.click("label[for=no]")
    for acts in UNREADABLE:
        phone.fill("#on", "")
        for act in acts:
            if act.startswith("o"):
                phone.click(f"label[for={act}]")
            else:
                phone.fill("#on", "")
                phone.locator("#on").press_sequentially(act)
        phone.locator("form button").click()
        assert phone.evaluate("document.activeElement.id") == "on", acts
        said = phone.locator("#on").evaluate("field => field.validationMessage")
        assert said == EXPLAINED[language], acts
    assert posts == []
    phone.click("label[for=ou]")
    assert phone.evaluate("document.forms[0].checkValidity()"), "one taps, and what was typed is gone"
    phone.locator("#on").press_sequentially("046")
    with phone.expect_request(lambda request: request.method == "POST") as sent:
        phone.locator("form button").click()
    assert dict(parse_qsl(sent.value.post_data or ""))["others_number"] == "46"
    expect(phone.locator("h1")).to_contain_text("Tak." if language == "da" else "Thank you.")


def test_without_script_a_number_that_is_typed_counts_and_the_page_says_so(opened: Opened, demo: Demo) -> None:
    board = seats_of_many(opened, demo, "typed, no script")
    phones = [join(opened, demo, code_on(board), script=False) for _ in range(10)]
    press(board, "Start afstemningen", ".count")
    for number, phone in enumerate(phones):
        phone.get_by_role("link", name="Videre").click()
        expect(phone.locator("fieldset").first).to_contain_text("Skriver du et tal, er det tallet, der gælder.")
        send(phone, GUESSING[number % 5][0], own="no")
        expect(phone.locator("body")).to_contain_text("Det tæller én gang.")
    close_early(board)
    # Eight parents typed 40 and two 7 of 55, whatever they tapped: 6.1 of 10.
    assert board.locator("#step-1 .sentence").text_content() == "Vi gættede på mindst 6 af 10."


def test_a_parent_reads_arabic_from_right_to_left_once_it_is_approved(
    opened: Opened, demo: Demo, tmp_path: Path
) -> None:
    board = opened(demo.lesson("foraeldre-mobil", classroom="arabic", audience="parents"), 1024, 768)
    press(board, "Vis koden", ".code")  # one click after the link
    code = code_on(board)
    door = f"{demo.base}/{code}"
    hidden = opened(door)
    expect(hidden.get_by_role("link", name="العربية")).to_have_count(0)
    approve_arabic(opened, demo)
    tall, narrow = opened(door), opened(door, 320, 640)
    phones = [tall, narrow, *(opened(door) for _ in range(8))]
    taps = 0
    with examined(13) as axe:

        def looks(name: str) -> None:
            for phone in (tall, narrow):
                width = phone.evaluate("innerWidth")
                assert phone.locator("html").get_attribute("dir") == "rtl", name
                assert phone.evaluate(WIDER) == 0, f"{name} at {width}"
                axe.look(f"{name} at {width}", phone)
                phone.screenshot(path=tmp_path / f"{name}-{width}.png", full_page=True)

        axe.look("door, left to right", tall)
        for phone in phones:
            phone.get_by_role("link", name="العربية").click()
            expect(phone.locator("h1")).to_have_text("خذ مكانك")
        looks("door")
        for phone in phones:
            phone.click("main button")
            expect(phone.locator("h1")).to_have_text("أنت معنا.")
        taps += 1
        looks("waiting")
        press(board, "Start afstemningen", ".count")
        for phone in phones:
            phone.get_by_role("link", name="متابعة").click()
        taps += 1
        right, left = (tall.locator(f"label[for={name}]").bounding_box() for name in ("o1", "o2"))
        assert right is not None
        assert left is not None
        assert right["x"] > left["x"], "the numbers are read as the words are"
        looks("ballot")
        for phone in phones:
            for tapped in ("label[for=o2]", "label[for=m3]", "label[for=no]", "main button"):
                phone.click(tapped)
                taps += phone is tall
            expect(phone.locator("h1")).to_contain_text("شكرًا.")
        assert taps <= 6, "the choice of a language is one tap more, once"
        looks("thank-you")
        press(board, "Luk og tæl op", "#step-0")
        tall.reload()
        narrow.reload()
        expect(tall.locator("h1")).to_contain_text("انتهى التصويت.")
        looks("watching")
        board.locator("summary:visible").click()
        board.get_by_role("button", name="Tag tallene med hjem").locator("visible=true").click()
        expect(board.locator("svg.qr")).to_be_visible()
        with closing(sqlite3.connect(next(demo.folder.glob("*.sqlite")))) as database:
            (token,) = database.execute("SELECT token FROM handout ORDER BY ends_hour DESC, rowid DESC").fetchone()
        tall.goto(f"{demo.base}/h/{token}")
        narrow.goto(f"{demo.base}/h/{token}")
        expect(tall.locator("main")).to_contain_text("أجاب بنعم")
        looks("handout")
        assert len(re.findall(rb"/Type\s*/Page\b", tall.pdf(prefer_css_page_size=True))) == 1


def test_thirty_one_parents_answer_and_take_the_numbers_home(opened: Opened, demo: Demo) -> None:
    board = opened(demo.lesson("foraeldre-alkohol", classroom="evening", audience="parents"), 1024, 768)
    lesson = board.url
    press(board, "Vis koden", ".code")
    approve_arabic(opened, demo)
    phones = [join(opened, demo, code_on(board), arabic=number >= PARENTS - 4) for number in range(PARENTS)]
    press(board, "Start afstemningen", ".count")
    for number, phone in enumerate(phones):
        phone.click("a.button:first-of-type")
        for label in ("o14", "m11", "yes" if number < 2 else "no"):
            phone.click(f"label[for={label}]")
        phone.click("main form button")
        expect(phone.locator("body")).to_contain_text(re.compile("Det tæller én gang|تُحسب مرة واحدة"))
    expect(board.locator("[data-complete]")).to_be_visible()
    press(board, "Luk og tæl op", "#step-0")
    headings = [board.locator(".step:visible h1").inner_text()]
    with examined(7) as axe:
        while board.locator("[data-forward]:visible").count():
            step = board.locator(".step:visible").get_attribute("id")
            board.keyboard.press("PageDown")
            expect(board.locator(f"#{step}")).to_be_hidden()
            headings.append(board.locator(".step:visible h1").inner_text())
        assert headings[-2:] == ["Hvad er udfordringen?", "Hvad skal vi byde ind med?"]
        assert board.locator("#step-2 .sentence").text_content() == "Vi gættede på 10 til 12 af 31."
        assert board.locator("#step-4 .sentence").text_content() == "Højst 3 af 31 svarede ja."
        axe.look("last card", board)
        board.goto(f"{lesson}/pupils")
        figures = board.locator("#step-0")
        assert [" af 100" in line for line in figures.locator(".sentence").all_inner_texts()] == [True] * 3
        for width in (1366, 1024):
            board.set_viewport_size({"width": width, "height": 768})
            assert board.evaluate("document.documentElement.scrollHeight") <= 768, "the bar cuts nothing"
        axe.look("the young people's figures", board)
        board.keyboard.press("PageDown")
        expect(figures).to_be_hidden()
        expect(board.get_by_role("heading", name="Det kan vi ikke sige")).to_be_focused()
        expect(board.get_by_role("link", name="Tilbage").locator("visible=true")).to_be_visible()
        axe.look("what cannot be said of the young people", board)
        for path in ("script", "agreement", "print?theme=foraeldre-alkohol"):
            board.goto(f"{lesson}/{path}")
            axe.look(path, board)
            assert len(re.findall(rb"/Type\s*/Page\b", board.pdf(prefer_css_page_size=True))) == 1
        expect(board.locator("#chart")).to_contain_text("Antal forældre ud af 31")
        board.goto(lesson)
        board.locator("summary:visible").click()
        board.get_by_role("button", name="Tag tallene med hjem").locator("visible=true").click()
        expect(board.locator("svg.qr")).to_be_visible()
        axe.look("handout on the board", board)
        token = next(iter(re.findall(r"/h/([\w-]+)", board.content())), None)
        assert token is None, "the address is in the code only"
