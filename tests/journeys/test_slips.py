"""Paper slips: nothing of any slip is cut, whatever is asked, of how many, in which language."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from app import create_app
from app.config import Settings, resource_root
from app.domain.theme import Audience
from app.services.house import House
from app.services.start_lesson import find_classroom, start_lesson

CSS = resource_root() / "static" / "teacher" / "slips.css"
SIZES = (10, 20, 21, 24, 28, 40)
# A slip of each theme: how tall it is, and whether anything of it is outside of it.
SLIPS = """() => [...document.querySelectorAll(".theme")].map(theme => {
  const slip = theme.querySelector("section"), outside = slip.scrollHeight - slip.clientHeight;
  return [slip.querySelector("h2").textContent, slip.getBoundingClientRect().height, outside];
})"""
A4 = 297 / 25.4 * 96


def printed(folder: Path, page: Page, language: str, *, approval: bool) -> Callable[[int], str]:
    """Puts the slips of every theme for a class of some size on the page, as they are printed."""
    app = create_app(Settings(f"sqlite:///{folder / 'pejling.sqlite'}", folder / "keys", "http://localhost"))
    house: House = app.extensions["pejling.house"]
    with house.writing() as work:
        room = find_classroom(work, "Skovtroldeskolen", "8.A", 8)
        themes = [theme for theme in work.themes.values() if theme.audience is Audience.PUPILS]
        started = start_lesson(work, room, themes, Audience.PUPILS, approval=approval)
    teacher = app.test_client()
    teacher.get(f"/t/{started.secret}")
    teacher.get(f"/language/{language}?to=/")
    page.emulate_media(media="print")

    def show(size: int) -> str:
        html = teacher.get(f"/lesson/{started.lesson}/slips?size={size}").get_data(as_text=True)
        page.set_content(re.sub("<link rel=.stylesheet.*?>", f"<style>{CSS.read_text()}</style>", html))
        return html

    return show


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("asks", ["three questions", "five questions"])
def test_nothing_of_a_slip_is_cut(tmp_path: Path, browser: Browser, language: str, asks: str) -> None:
    page = browser.new_page()
    show = printed(tmp_path, page, language, approval=asks == "five questions")
    for size in SIZES:
        show(size)
        slips = page.evaluate(SLIPS)
        assert len(slips) == 20
        for title, height, outside in slips:
            assert outside <= 1, (title, size)
            assert height <= (A4 / 2 if asks == "three questions" else A4), (title, size)
    page.close()


def test_a_slip_too_tall_for_half_a_page_is_alone_on_a_whole_one(tmp_path: Path, browser: Browser) -> None:
    page = browser.new_page()
    html = printed(tmp_path, page, "en", approval=True)(20)
    slips = page.evaluate(SLIPS)
    tall = sum(height > A4 / 2 for _, height, _ in slips)
    assert tall, "a fault of this test: no slip is tall"
    pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    assert pages == 20 * tall + 10 * (len(slips) - tall)
    assert html.count("Do not write your name") == html.count("<section") == 20 * len(slips)
    page.close()
