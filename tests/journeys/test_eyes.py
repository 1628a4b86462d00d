"""Every eye: 320 px, text twice as large, forced colours, reduced motion, and an iPad of ten years ago."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.acts import answer, code_on, join, press
from tests.journeys.conftest import Demo

Opened = Callable[..., Page]

WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What WebKit on iOS 10 lacks: the rules it would drop, dropped from the page's stylesheets.
DROP_NEW_RULES = """() => {
  const unknown = /:has\\(|:is\\(|:where\\(|:focus-visible|display: ?grid|(^|[^-])gap:|inset:|clamp\\(|max\\(|min\\(/;
  for (const sheet of document.styleSheets) {
    for (let i = sheet.cssRules.length - 1; i >= 0; i--) {
      const rule = sheet.cssRules[i];
      if (rule.selectorText && unknown.test(rule.selectorText)) { sheet.deleteRule(i); continue; }
      if (!rule.style) continue;
      for (const name of Array.from(rule.style)) {
        const declared = name + ": " + rule.style.getPropertyValue(name);
        if (unknown.test(declared) || /^(row-gap|column-gap|grid-)/.test(name)) rule.style.removeProperty(name);
      }
    }
  }
}"""


def pupil_pages(opened: Opened, demo: Demo, phone: Page, classroom: str) -> Iterator[str]:
    """Leads `phone` through every page of a pupil; yields the name of each."""
    board = opened(demo.lesson("skaerm-om-natten", "alkohol", classroom=classroom), 1024, 768)
    press(board, "Vis koden", ".code")
    yield "front page"
    phone.goto(f"{demo.base}/{code_on(board)}")
    yield "door"
    phone.get_by_role("button", name="Tag plads").click()
    yield "waiting"
    phone.goto(f"{demo.base}/s/trial")
    yield "trial"
    press(board, "Start afstemningen", ".count")
    phone.goto(f"{demo.base}/s")
    yield "ballot"
    answer(phone, 1, 1, "skip")
    yield "thank-you"


def board_pages(board: Page) -> Iterator[str]:
    """Leads a board with a fresh lesson of the demo to the last step; yields the name of each page."""

    yield "ready"
    press(board, "Vis koden", ".code")
    press(board, "Lad 22 elever tage plads", "[data-some]")
    yield "lobby"
    press(board, "Start afstemningen", ".count")
    yield "voting"
    press(board, "Lad 22 elever svare", "[data-complete]")
    press(board, "Luk og tæl op", "#step-0")
    while board.locator("[data-forward]:visible").count():
        yield str(board.locator(".step:visible").get_attribute("id"))
        board.locator("[data-forward]:visible").click()


@pytest.mark.parametrize("language", ["da", "en"])
def test_nothing_is_wider_than_a_phone_of_320_pixels(opened: Opened, demo: Demo, language: str) -> None:
    phone = opened(demo.base, 320, 568)
    if language == "en":
        phone.get_by_role("link", name="English").click()
        phone.goto(f"{demo.base}/s/trial")
        assert phone.evaluate(WIDER) <= 0
        phone.goto(f"{demo.base}/try/ballot")
        assert phone.evaluate(WIDER) <= 0
        return
    for name in pupil_pages(opened, demo, phone, "320"):
        assert phone.evaluate(WIDER) <= 0, name


def test_text_twice_as_large_fits_a_pupils_page(opened: Opened, demo: Demo) -> None:
    phone = opened(demo.base, 390, 844)
    for name in pupil_pages(opened, demo, phone, "large text"):
        phone.evaluate("document.body.style.fontSize = '36px'")
        assert phone.evaluate(WIDER) <= 0, name


def test_the_board_at_200_per_cent_hides_nothing_to_the_side(opened: Opened, demo: Demo) -> None:
    # Zooming to 200 % is what halving the viewport's CSS pixels is.
    board = opened(demo.links["8.B"], 512, 384)
    for name in board_pages(board):
        assert board.evaluate(WIDER) <= 0, name
        button = board.locator("footer.bar .go:visible, footer.bar button:visible").last
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport()


def test_the_first_pupils_do_not_push_the_button_off_the_board(opened: Opened, demo: Demo) -> None:
    board = opened(demo.lesson("skaerm-om-natten", classroom="first"), 1024, 768)
    press(board, "Vis koden", ".code")
    join(opened, demo, code_on(board))
    expect(board.locator(".few")).to_be_visible()
    assert board.evaluate("document.documentElement.scrollHeight - document.documentElement.clientHeight") <= 0


def test_the_ipad_of_ten_years_ago_answers_and_shows_the_board(opened: Opened, demo: Demo) -> None:
    board = opened(demo.links["8.A"], 1024, 768, script=False)
    for name in board_pages(board):
        assert board.evaluate(WIDER) <= 0, name


def test_an_old_ipad_fills_in_a_ballot_whose_newer_rules_it_drops(opened: Opened, demo: Demo) -> None:
    board = opened(demo.lesson("skaerm-om-natten", classroom="old"), 1024, 768)
    press(board, "Vis koden", ".code")
    ipad = join(opened, demo, code_on(board))
    ipad.set_viewport_size({"width": 768, "height": 1024})
    press(board, "Start afstemningen", ".count")
    ipad.get_by_role("link", name="Videre").click()
    ipad.evaluate(DROP_NEW_RULES)
    assert ipad.evaluate(WIDER) <= 0
    answer(ipad, 1, 0, "no")


def test_in_forced_colours_a_chosen_answer_and_a_filled_figure_still_differ(browser: Browser, demo: Demo) -> None:
    context = browser.new_context(forced_colors="active", viewport={"width": 1024, "height": 768})
    page = context.new_page()
    page.goto(f"{demo.base}/try/ballot")
    for chosen, other in (("no", "yes"), ("m5", "mu"), ("mu", "m5")):
        page.click(f"label[for={other}]")
        page.evaluate("document.activeElement.blur()")  # so that it is not the focus that differs
        before = page.locator(f"label[for={chosen}]").screenshot()
        page.click(f"label[for={chosen}]")
        page.evaluate("document.activeElement.blur()")
        assert page.locator(f"label[for={chosen}]").screenshot() != before, chosen
    page.goto(f"{demo.base}/try/reveal#step-2")
    fill = "name => getComputedStyle(document.querySelector(name)).fill"
    assert page.evaluate(fill, "#step-2 .sure path") != page.evaluate(fill, "#step-2 .empty path")
    context.close()


def test_in_dark_forced_colours_the_qr_code_is_on_white_and_every_kind_of_figure_differs(
    browser: Browser, demo: Demo
) -> None:
    context = browser.new_context(forced_colors="active", color_scheme="dark", viewport={"width": 1024, "height": 768})
    page = context.new_page()
    page.goto(f"{demo.base}/try/lobby")
    assert page.evaluate("getComputedStyle(document.querySelector('.qr')).backgroundColor") == "rgb(255, 255, 255)"
    page.goto(f"{demo.base}/try/reveal")
    shown = """([step, kind]) => {
      const style = getComputedStyle(document.querySelector(`#${step} .${kind} path`));
      return [style.fill, style.stroke, style.strokeDasharray].join(" ");
    }"""
    canvas, ink = "rgb(0, 0, 0)", "rgb(255, 255, 255)"
    assert page.evaluate(shown, ["step-2", "empty"]) == f"{canvas} {ink} none"
    assert page.evaluate(shown, ["step-2", "maybe"]).startswith(f"{canvas} {ink} 8px")
    assert page.evaluate(shown, ["step-2", "sure"]).startswith('url("#stripes")')
    assert page.evaluate(shown, ["step-6", "sure"]).startswith(ink)
    stripes = "[...document.querySelectorAll('#stripes rect')].map(rect => getComputedStyle(rect).fill)"
    assert page.evaluate(stripes) == [canvas, ink]
    context.close()


def test_nothing_moves_whether_or_not_motion_is_wanted(browser: Browser, demo: Demo) -> None:
    moving = "() => document.getAnimations().length"
    for wish in ("reduce", "no-preference"):
        context = browser.new_context(reduced_motion=wish, viewport={"width": 1024, "height": 768})  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{demo.base}/try/reveal")
        for _ in range(8):
            page.keyboard.press("ArrowRight")
            assert page.evaluate(moving) == 0
        context.close()


def test_every_figure_has_its_sentence_and_its_table_for_a_screen_reader(opened: Opened, demo: Demo) -> None:
    board = opened(f"{demo.base}/try/reveal", 1024, 768)
    pictures = board.locator(".step svg[role=img]")
    assert pictures.count() >= 5
    for index in range(pictures.count()):
        step = pictures.nth(index).locator("xpath=ancestor::section")
        sentence = (step.locator(".sentence").text_content() or "").strip()
        assert pictures.nth(index).get_attribute("aria-label") == sentence
        assert step.locator("caption").text_content() == sentence
        numbers = [int(text) for text in step.locator("td").all_text_contents()]
        assert sum(numbers) == step.locator("svg[role=img] g").count()
