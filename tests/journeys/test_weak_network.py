"""A weak network between everybody and the server: what is sent counts once, and the board goes on."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.crash.conftest import free_port
from tests.journeys.acts import answer, code_on, join, press
from tests.journeys.conftest import Demo, running_demo

Opened = Callable[..., Page]
NOT_SENT = "Dit svar er ikke sendt endnu. Siden prøver selv igen."
LOST = "Forbindelsen er væk. Det, I ser, er gemt. Fortsæt bare snakken."


class Network:
    """The proxy that everybody's requests go through."""

    def __init__(self, port: int, upstream: int) -> None:
        command = [sys.executable, "-m", "tests.journeys.proxy", str(port), str(upstream)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=Path(__file__).parents[2])
        self._told()

    def is_(self, mode: str) -> None:
        """From the moment this returns, the network is so."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{mode}\n")
        self.process.stdin.flush()
        assert self._told() == mode

    def _told(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


@pytest.fixture(scope="module")
def port() -> int:
    """The port that everybody knows."""
    return free_port()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[Demo]:
    """A demo whose addresses are the proxy's."""
    upstream = free_port()
    environment = {**os.environ, "PEJLING_BASE_URL": f"http://127.0.0.1:{port}"}
    with running_demo(tmp_path_factory.mktemp("data"), upstream, environment) as demo:
        demo.upstream = upstream
        yield demo


@pytest.fixture(scope="module")
def proxy(demo: Demo, port: int) -> Iterator[Network]:
    """The network, good at first."""
    network = Network(port, demo.upstream)
    yield network
    network.process.communicate()  # its input ends, and so does it


@pytest.fixture
def network(proxy: Network) -> Iterator[Network]:
    """The network, good again after each test."""
    yield proxy
    proxy.is_("pass")


def vote(opened: Opened, demo: Demo, classroom: str, *, script: bool = True) -> tuple[Page, Page]:
    """A board with an open vote, and one pupil in front of the ballot."""
    board = opened(demo.lesson("skaerm-om-natten", "alkohol", classroom=classroom), 1024, 768)
    press(board, "Vis koden", ".code")
    phone = join(opened, demo, code_on(board), script=script)
    press(board, "Start afstemningen", ".count")
    phone.get_by_role("link", name="Videre").click()
    expect(phone.locator("fieldset")).to_have_count(3)
    return board, phone


def fill(phone: Page) -> None:
    """Fill the ballot in and press Send."""
    for choice in ("o1", "m1", "no"):
        phone.click(f"label[for={choice}]")
    phone.get_by_role("button", name="Send").click()


@pytest.mark.parametrize("trouble", ["cut", "lose"])
def test_a_ballot_that_is_not_answered_is_sent_again_by_the_page_and_counts_once(
    opened: Opened, demo: Demo, network: Network, trouble: str
) -> None:
    board, phone = vote(opened, demo, f"again {trouble}")
    network.is_(trouble)
    fill(phone)
    expect(phone.get_by_role("status")).to_have_text(NOT_SENT)
    expect(phone.get_by_role("button", name="Send")).to_be_disabled()
    assert phone.locator("input:checked").count() == 3, "nothing is lost meanwhile"
    network.is_("pass")
    expect(phone.locator("body")).to_contain_text("Dit svar er modtaget.", timeout=20_000)
    expect(board.locator("[data-ballots]")).to_have_text("1")
    phone.go_back(wait_until="commit")
    expect(phone.locator("h1")).to_contain_text("Tak.")


def test_every_post_that_arrives_twice_is_one_seat_and_one_ballot(opened: Opened, demo: Demo, network: Network) -> None:
    board = opened(demo.lesson("skaerm-om-natten", classroom="twice"), 1024, 768)
    press(board, "Vis koden", ".code")
    code = code_on(board)
    network.is_("repeat")
    phones = [join(opened, demo, code, script=script) for script in (True, False)]
    expect(board.locator("[data-seats]").first).to_have_text("2")
    network.is_("pass")
    press(board, "Start afstemningen", ".count")
    network.is_("repeat")
    for phone in phones:
        phone.get_by_role("link", name="Videre").click()
        answer(phone, 1, 1, "no")
    expect(board.locator("[data-ballots]")).to_have_text("2")


def test_without_script_the_same_ballot_sent_again_by_the_browser_counts_once(
    opened: Opened, demo: Demo, network: Network
) -> None:
    board, phone = vote(opened, demo, "no script", script=False)
    network.is_("lose")
    for choice in ("o1", "m1", "no"):
        phone.click(f"label[for={choice}]")
    phone.get_by_role("button", name="Send").click(no_wait_after=True)
    expect(board.locator("[data-ballots]")).to_have_text("1")
    network.is_("pass")
    phone.goto(f"{demo.base}/s")
    expect(phone.locator("body")).to_contain_text("Dit svar er modtaget.")
    expect(board.locator("[data-ballots]")).to_have_text("1")


def test_a_slow_network_changes_nothing(opened: Opened, demo: Demo, network: Network) -> None:
    network.is_("slow")
    board, phone = vote(opened, demo, "slow")
    answer(phone, 1, 1, "no")
    expect(board.locator("[data-ballots]")).to_have_text("1")


def test_the_board_survives_a_lost_connection_at_every_step(opened: Opened, demo: Demo, network: Network) -> None:
    board = opened(demo.lesson("skaerm-om-natten", "alkohol", classroom="board"), 1024, 768)

    def press_twice(name: str, stays: str, leads_to: str, trouble: str) -> None:
        """Press without a connection and see that the board stays; press again with one and see that it goes on."""
        network.is_(trouble)
        button = board.get_by_role("button", name=name).locator("visible=true").last
        button.click()
        expect(board.locator(".lost")).to_have_text(LOST)
        expect(board.locator(".lost")).to_be_in_viewport(ratio=1)
        expect(board.locator(stays)).to_be_visible()
        network.is_("pass")
        # Where only the answer was lost, the board may have gone on by itself before the second press.
        if not board.locator(leads_to).is_visible():
            button.click(no_wait_after=True)
        expect(board.locator(leads_to)).to_be_visible()

    press_twice("Vis koden", ".lead", ".code", "cut")
    phone = join(opened, demo, code_on(board))
    expect(board.locator("[data-seats]").first).to_have_text("1")
    press_twice("Start afstemningen", ".code", ".count", "cut")
    network.is_("cut")
    expect(board.locator(".lost")).to_be_visible()
    network.is_("pass")
    expect(board.locator(".lost")).to_be_hidden()
    phone.get_by_role("link", name="Videre").click()
    answer(phone, 1, 1, "no")
    expect(board.locator("[data-complete]")).to_be_visible()
    press_twice("Luk og tæl op", ".count", "#step-0", "cut")

    network.is_("cut")
    for _ in range(3):
        step = board.locator(".step:visible").get_attribute("id")
        board.keyboard.press("PageDown")
        expect(board.locator(f"#{step}")).to_be_hidden()
    board.locator("summary:visible").click()
    press_twice("Næste spørgsmål", ".step:visible", ".count", "lose")
    network.is_("pass")
    board.reload()
    expect(board.locator(".count")).to_contain_text("0 af 1 har svaret")
    board.get_by_role("link", name="Luk og tæl op").click()
    press_twice("Luk alligevel", ".count", "#step-0", "lose")
    board.locator("summary:visible").click()
    board.get_by_role("link", name="Slut timen").locator("visible=true").click()
    press_twice("Slut timen", ".step:visible", "#ended", "lose")
