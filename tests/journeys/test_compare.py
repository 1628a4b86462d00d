"""A consultant compares: the sentence at once, the charts drawn under the strict policy, and one or two A4 pages."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Demo
from tests.journeys.test_axe import examined
from tests.journeys.test_staff import enter

Opened = Callable[..., Page]


def test_a_consultant_compares_a_grade_and_then_one_school(opened: Opened, demo: Demo) -> None:
    page = enter(opened, demo, "consultant")
    expect(page.locator(".overview div")).to_have_count(3)
    page.get_by_role("link", name="Sammenlign").click()
    expect(page.locator("h1")).to_have_text(re.compile(r"Alkohol i 7\. klasse, \d{4}/\d{2}$"))
    expect(page.locator(".lead")).to_be_in_viewport()
    expect(page.locator(".chart .main-svg").first).to_be_visible()
    expect(page.locator(".cohort .bars .point")).to_have_count(4)
    expect(page.locator(".funnel .trace.scatter")).to_have_count(4 + 1 + 11)
    assert page.locator(".funnel .chart").evaluate("e => e.querySelector('svg').clientWidth === e.clientWidth")
    page.get_by_role("link", name="At blive fuld").click()
    expect(page.locator("main")).to_contain_text("Det kan ikke ses her, om en klasse skiller sig ud.")
    page.get_by_role("link", name="2. måling").click()
    expect(page.locator("main")).to_contain_text("2. måling (forår)")
    page.get_by_role("link", name="Vindebroskolen").click()
    expect(page.locator(".rooms tr")).to_have_count(3)
    expect(page.locator(".funnel")).to_have_count(0)


def test_a_chart_too_narrow_to_be_read_leaves_its_table_and_is_drawn_when_the_screen_is_turned(
    opened: Opened, demo: Demo
) -> None:
    page = enter(opened, demo, "consultant")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{demo.base}/staff/compare?theme=alkohol")
    expect(page.locator(".cohort table")).to_be_visible()
    expect(page.locator(".cohort .chart")).to_be_hidden()
    page.set_viewport_size({"width": 640, "height": 320})
    width = page.locator(".cohort .chart").evaluate("holder => holder.clientWidth")
    expect(page.locator(".cohort .chart .main-svg").first).to_have_attribute("width", str(width))


@pytest.mark.parametrize(("theme", "language"), [("alkohol", "da"), ("fuldskab", "da"), ("nikotin", "en")])
def test_the_comparison_is_clean_and_prints_on_two_pages(opened: Opened, demo: Demo, theme: str, language: str) -> None:
    page = enter(opened, demo, "consultant")
    page.goto(f"{demo.base}/language/{language}?to=/staff")
    page.goto(f"{demo.base}/staff/compare?theme={theme}")
    expect(page.locator(".waves .chart .main-svg").first).to_be_visible()
    with examined(2) as axe:
        axe.look(theme, page)
        page.set_viewport_size({"width": 320, "height": 640})
        axe.look(f"{theme}, narrow", page)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.set_viewport_size({"width": 1366, "height": 768})
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2
