"""The printed result: drawn under the strict policy, one A4 page, with table and sentence, on every path."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.acts import press
from tests.journeys.conftest import Demo
from tests.journeys.test_axe import examined

Opened = Callable[..., Page]


def counted(opened: Opened, demo: Demo, classroom: str, n: int, yes: int, mates: int) -> Page:
    """A board at the reveal of a class of n with so many yes and such a mean guess, counted on paper."""
    board = opened(demo.lesson("skaerm-om-natten", classroom=classroom), 1024, 768)
    lesson = board.url
    board.goto(f"{lesson}/count")
    totals = {
        "size": n, "ballots": n, "yes": yes, "no": n - yes, "skip": 0,
        "others": n, "others_total": n * mates, "mates": n, "mates_total": n * mates,
    }  # fmt: skip
    for name, number in totals.items():
        board.fill(f"#{name}", str(number))
    press(board, "Luk og tæl op", "#step-0")
    return board


@pytest.mark.parametrize(
    ("path", "n", "yes", "mates", "sentence"),
    [
        ("A", 22, 2, 7, "Højst 3 af 22 svarede ja."),
        ("B", 22, 5, 5, "4 til 7 af 22 svarede ja."),
        ("C", 40, 40, 20, "Mindst 32 af 40 svarede ja."),
        ("A", 10, 0, 6, "Højst 3 af 10 svarede ja."),
        ("A", 40, 5, 39, "4 til 7 af 40 svarede ja."),
    ],
)
def test_the_result_is_drawn_and_fits_one_page(
    opened: Opened, demo: Demo, path: str, n: int, yes: int, mates: int, sentence: str
) -> None:
    page = counted(opened, demo, f"{path}{n}", n, yes, mates)
    page.locator("summary:visible").click()
    page.get_by_role("link", name="Diagram og print").locator("visible=true").click()
    expect(page.locator("#chart .main-svg").first).to_be_visible()
    if path == "C":
        expect(page.locator("main")).not_to_contain_text("svarede ja")
        expect(page.locator("#chart .bars .point")).to_have_count(2)
        page.get_by_role("link", name="Vis klassens svar").click()
        expect(page.locator("#chart .main-svg").first).to_be_visible()
    expect(page.locator("main")).to_contain_text(sentence)
    expect(page.locator("#chart .bars .point")).to_have_count(3)
    assert page.locator("table tr").count() == 4
    with examined(1) as axe:
        axe.look("print", page)
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_without_script_the_sentences_and_the_table_are_there(opened: Opened, demo: Demo) -> None:
    board = counted(opened, demo, "plain", 22, 2, 7)
    plain = opened(demo.base, 768, 1024, script=False)
    plain.context.add_cookies(board.context.cookies())  # type: ignore[arg-type]
    plain.goto(board.url.split("#")[0] + "/print?theme=skaerm-om-natten")
    expect(plain.locator("main")).to_contain_text("Højst 3 af 22 svarede ja.")
    expect(plain.locator("table")).to_contain_text("0-3")
    expect(plain.locator("#chart")).to_be_hidden()


def test_slips_for_every_size_of_class_fill_whole_pages(opened: Opened, demo: Demo) -> None:
    board = opened(demo.lesson("skaerm-om-natten", "alkohol", "butikstyveri", classroom="slips"), 1024, 768)
    lesson = board.url
    for size in (10, 20, 40):
        board.goto(f"{lesson}/slips?size={size}")
        pages = len(re.findall(rb"/Type\s*/Page\b", board.pdf(prefer_css_page_size=True)))
        assert pages == 3 * size // 2
        overflowing = "() => [...document.querySelectorAll('section')].some(s => s.scrollHeight > s.clientHeight + 1)"
        assert not board.evaluate(overflowing)


@pytest.mark.parametrize("themes", [("alkohol", "rygning", "intime-billeder"), ("mobning", "andre-stoffer", "lektier")])
def test_a_script_is_one_page_whatever_its_theme_length_and_language(
    opened: Opened, demo: Demo, themes: tuple[str, ...]
) -> None:
    board = opened(demo.lesson(*themes, classroom=themes[0], grade=9), 1024, 768)
    lesson = board.url
    for language in ("da", "en"):
        board.goto(f"{demo.base}/language/{language}?to=/")
        for theme in themes:
            for minutes in (45, 90):
                board.goto(f"{lesson}/script?theme={theme}&minutes={minutes}")
                assert len(re.findall(rb"/Type\s*/Page\b", board.pdf(prefer_css_page_size=True))) == 1, theme


def test_the_agreement_and_the_poster_are_one_page_each(opened: Opened, demo: Demo) -> None:
    board = counted(opened, demo, "poster", 22, 2, 7)
    for name in ("Klasseaftale", "Plakat"):
        board.locator("summary:visible").click()
        board.get_by_role("link", name=name).locator("visible=true").click()
        assert len(re.findall(rb"/Type\s*/Page\b", board.pdf(prefer_css_page_size=True))) == 1, name
        with examined(1) as axe:
            axe.look(name, board)
        board.get_by_role("link", name="Tilbage til timen").click()


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_letter_is_read_to_its_last_line_on_screen_and_on_paper(opened: Opened, demo: Demo, language: str) -> None:
    page = opened(demo.lesson("alkohol", "vape", "lektier", classroom=f"letters {language}"), 1366, 768)
    path = page.url.removeprefix(demo.base)
    page.goto(f"{demo.base}/language/{language}?to={path}/letters")
    hidden = "() => [...document.querySelectorAll('textarea')].map(text => text.scrollHeight - text.clientHeight)"
    assert page.evaluate(hidden) == [0, 0]
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 690, "height": 1000})  # what A4 leaves between its margins
    assert page.evaluate(hidden) == [0, 0]


def test_a_letter_is_copied_as_it_was_changed(opened: Opened, demo: Demo) -> None:
    page = opened(demo.lesson("alkohol", classroom="letter"), 1366, 768)
    page.goto(f"{page.url}/letters")
    page.fill("#letter-1", "Kære alle.")
    page.get_by_role("button", name="Kopiér teksten").first.click()
    expect(page.get_by_role("button", name="Kopieret")).to_be_visible()
    page.fill("#letter-2", "")
    page.focus("#letter-2")
    page.keyboard.press("Control+V")
    expect(page.locator("#letter-2")).to_have_value("Kære alle.")
