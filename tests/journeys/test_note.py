"""The note to the local SSP committee and the example to show, as a consultant prints them."""

import io
import re
from collections.abc import Callable

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Demo
from tests.journeys.test_axe import examined
from tests.journeys.test_staff import enter

Opened = Callable[..., Page]


def pages(page: Page) -> int:
    """How many sheets of paper the page takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_note_is_two_pages_its_document_the_same_and_the_example_one(
    opened: Opened, demo: Demo, language: str
) -> None:
    page = enter(opened, demo, "consultant")
    page.goto(f"{demo.base}/language/{language}?to=/staff")
    page.locator("header a[href='/staff/note']").click()
    title = "Notat til lokalrådet" if language == "da" else "Note to the local SSP committee"
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator(".seen")).to_have_count(3)
    drawn = "[...document.images].every(image => image.complete && image.naturalWidth > 500)"
    assert page.evaluate(drawn)
    with examined(4) as axe:
        axe.look("note", page)
        page.fill("#municipality", "Fjordby")
        assert pages(page) == 2
        page.set_viewport_size({"width": 320, "height": 640})
        axe.look("note, narrow", page)
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        page.set_viewport_size({"width": 1366, "height": 768})
        address = page.locator("nav .button").get_attribute("href")
        file = page.request.get(f"{demo.base}{address}")
        assert Document(io.BytesIO(file.body())).paragraphs[0].text == title
        page.locator("nav .wide a").first.click()
        expect(page.locator("dd")).to_have_count(2)
        assert pages(page) == 1
        axe.look("example", page)
        page.go_back()
        page.locator("nav .wide a").last.click()
        expect(page.locator(".why")).to_be_visible()
        axe.look("no example", page)
