"""Staff at their desks: from sign-in to the code, a spreadsheet taken in, a school's own totals, and a stranger."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests import office
from tests.journeys.acts import code_on
from tests.journeys.conftest import PEJLING, Demo
from tests.journeys.test_axe import examined

Opened = Callable[..., Page]
PASSWORD = "en lang adgangskode"


def enter(opened: Opened, demo: Demo, role: str) -> Page:
    """A browser of the demo's invented member of staff."""
    page = opened(f"{demo.base}/demo/staff", 1366, 768)
    page.click(f"button[value={role}]")
    expect(page.get_by_role("button", name="Log ud")).to_be_visible()
    return page


def link(demo: Demo, role: str, login: str, *more: str) -> str:
    """A one-time link from the command line."""
    command = [PEJLING, "staff", "add", "--login", login, "--role", role, *more]
    settings = {"PEJLING_DATA": str(demo.folder), "PEJLING_BASE_URL": demo.base, "PATH": "/usr/bin:/bin"}
    made = subprocess.run(command, env=settings, check=True, capture_output=True, text=True)
    return made.stdout.strip()


def test_a_teacher_signs_in_and_has_the_code_on_the_board_in_four_clicks(opened: Opened, demo: Demo) -> None:
    page = opened(link(demo, "teacher", "ny@fjordby.example", "--school", "Vindebroskolen"), 1024, 768)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Gem, og log ind").click()
    page.fill("#login", "ny@fjordby.example")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    clicks = [
        page.get_by_role("link", name="7.A"),
        page.get_by_role("button", name="Ude sent"),
        page.get_by_role("link", name="Videre til timen"),
        page.get_by_role("button", name="Vis koden"),
    ]
    for click in clicks:
        click.click()
    assert re.fullmatch("[0-9]{6}", code_on(page))
    assert len(clicks) <= 4
    secret = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"].startswith("lesson-"))
    assert secret not in page.content(), "nothing on the board but what the class may see"


def test_a_consultant_signs_in_with_the_code_of_an_app(opened: Opened, demo: Demo) -> None:
    page = opened(link(demo, "consultant", "k@fjordby.example"), 390, 844)
    secret = page.locator("p.secret").inner_text()
    page.fill("#password", PASSWORD)
    page.fill("#code", pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Gem, og log ind").click()
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()
    page.fill("#login", "k@fjordby.example")
    page.fill("#password", PASSWORD)
    page.fill("#code", "000000")
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_role("alert")).to_contain_text("passer ikke")


def test_a_consultant_takes_in_a_spreadsheet_of_twelve_schools(opened: Opened, demo: Demo, tmp_path: Path) -> None:
    office.require()
    rows = [
        f"Skole {school},{grade}.{letter},{grade},{20 + school}"
        for school in range(1, 13)
        for grade in (7, 8, 9)
        for letter in "AB"
    ]
    source = tmp_path / "klasser.csv"
    source.write_text("\n".join(["Skole,Klasse,Klassetrin,Elever", *rows]) + "\n", encoding="utf-8")
    sheet = office.convert(source, "xlsx", "--infilter=CSV:44,34,76,1,,1033,false,true")
    page = enter(opened, demo, "consultant")
    page.goto(f"{demo.base}/staff/import")
    page.set_input_files("#file", sheet)
    page.get_by_role("button", name="Vis, hvad der sker").click()
    expect(page.locator(".next")).to_contain_text("nye klasser 72, ændrede 0, som før 0.")
    page.get_by_role("button", name="Indlæs", exact=True).click()
    page.fill("#search", "Skole 12")
    page.get_by_role("button", name="Søg").click()
    expect(page.locator("tbody tr, table tr")).to_have_count(7)
    expect(page.locator("table")).to_contain_text("32")


def test_a_leader_sees_the_own_school_and_a_stranger_nothing(opened: Opened, demo: Demo) -> None:
    leader = enter(opened, demo, "leader")
    expect(leader.get_by_role("heading", name="Vindebroskolen")).to_be_visible()
    for path in ("classrooms", "import", "benchmarks", "settings", "accounts", "lessons", "checklist"):
        answer = leader.goto(f"{demo.base}/staff/{path}")
        assert answer is not None
        assert answer.status == 404, path
    stranger = opened(f"{demo.base}/staff/accounts", 1366, 768)
    expect(stranger.get_by_role("heading", name="Log ind")).to_be_visible()


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_of_staff_is_clean_in_both_languages(opened: Opened, demo: Demo, language: str) -> None:
    with examined(22) as axe:
        stranger = opened(f"{demo.base}/language/{language}?to=/staff/sign-in", 320, 640)
        axe.look("sign in", stranger)
        stranger.goto(link(demo, "consultant", f"{language}@fjordby.example"))
        axe.look("welcome", stranger)
        pages = {
            "consultant": (
                "",
                "/lessons",
                "/classrooms",
                "/compare",
                "/import",
                "/benchmarks",
                "/benchmarks/import",
                "/settings",
                "/checklist",
                "/export",
                "/tokens",
                "/accounts",
                "/account",
            ),
            "teacher": ["/", "/lessons"],
            "leader": ["/school"],
            "administrator": ["/accounts"],
        }
        for role, paths in pages.items():
            page = enter(opened, demo, role)
            page.goto(f"{demo.base}/language/{language}?to=/staff")
            for path in paths:
                page.goto(f"{demo.base}/staff{path.rstrip('/')}")
                axe.look(f"{role} {path}", page)
            if role == "teacher":
                page.goto(f"{demo.base}/staff")
                page.locator(".tiles a").first.click()
                axe.look("new lesson", page)
                page.locator("button[value=lektier]").click()
                axe.look("link", page)
                page.goto(f"{demo.base}/staff/nowhere")
                axe.look("nowhere", page)


def test_after_signing_out_the_way_back_shows_nothing(opened: Opened, demo: Demo) -> None:
    page = enter(opened, demo, "consultant")
    page.goto(f"{demo.base}/staff/accounts")
    page.get_by_role("button", name="Log ud").click()
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()
