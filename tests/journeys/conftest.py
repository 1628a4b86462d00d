"""A real server process and a real browser; every journey fails on a policy violation or a request elsewhere."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

PEJLING = Path(sys.executable).parent / "pejling"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("PEJLING_NO_SKIP"):
            pytest.fail("Chromium is missing")
        pytest.skip("Chromium is missing: the journeys in the browser were not made")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    # Pages kept for Back, uncacheable ones too: as browsers at school do, and as the test driver by itself does not.
    kept = "--enable-features=CacheControlNoStoreEnterBackForwardCache:level/restore-unless-http-only-cookie-change"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium, args=[*quiet, kept], ignore_default_args=["--disable-back-forward-cache"]
        )
        yield running
        running.close()


class Demo:
    """A running demo: its address, and the teacher's links by classroom."""

    def __init__(self, base: str, folder: Path, lines: list[str]) -> None:
        self.base, self.folder = base, folder
        found = (re.search(r"(\d\.\S+): (http\S+/t/\S+)", line) for line in lines)
        self.links = {match[1]: match[2] for match in found if match}

    def lesson(self, *themes: str, classroom: str, grade: int = 7, audience: str = "pupils") -> str:
        """The link of one more lesson, in a school of its own."""
        chosen = [word for theme in themes for word in ("--theme", theme)]
        command = [
            PEJLING,
            "lesson",
            "--school",
            "Skovtroldeskolen",
            "--classroom",
            classroom,
            "--grade",
            str(grade),
            "--audience",
            audience,
            *chosen,
        ]
        environment = {**os.environ, "PEJLING_DATA": str(self.folder), "PEJLING_BASE_URL": self.base}
        made = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        return made.stdout.strip()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, free_port: int) -> Iterator[Demo]:
    """`pejling demo` on a free port, as a process of its own."""
    with running_demo(tmp_path_factory.mktemp("data"), free_port, dict(os.environ)) as demo:
        yield demo


@contextmanager
def running_demo(data: Path, port: int, settings: dict[str, str]) -> Iterator[Demo]:
    """`pejling demo` with its data in a folder of its own."""
    environment = {**settings, "PEJLING_DATA": str(data), "PEJLING_PORT": str(port)}
    with subprocess.Popen([PEJLING, "demo"], env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith("Elever:"):
                break
        wait_until_ready(f"http://127.0.0.1:{port}")
        try:
            yield Demo(settings.get("PEJLING_BASE_URL") or f"http://127.0.0.1:{port}", data / "demo", lines)
        finally:
            process.send_signal(signal.SIGTERM)


def wait_until_ready(base: str) -> None:
    """Wait for a server to answer."""
    for _ in range(600):
        try:
            with urlopen(f"{base}/readyz") as answer:
                assert answer.status == 200
                return
        except URLError:
            time.sleep(0.1)
    pytest.fail("the server did not come up")


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages, each a device with cookies of its own, and fails the journey on what no page may do.

    `beside` names the hosts that a journey leads to on purpose.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_page(
        address: str, width: int = 390, height: int = 844, *, script: bool = True, beside: tuple[str, ...] = ()
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        hosts = (urlsplit(address).netloc, *beside)

        def check_request(url: str) -> None:
            if not url.startswith("data:") and urlsplit(url).netloc not in hosts:
                wrong.append(f"request to {url}")

        def check_console(message: ConsoleMessage) -> None:
            # Refused with 4xx or cut off by a test's own network on purpose; everything else said as error is a fault.
            if message.type == "error" and not re.search("status of 4|net::ERR_EMPTY_RESPONSE", message.text):
                wrong.append(message.text)

        page.on("request", lambda request: check_request(request.url))
        page.on("console", check_console)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []
