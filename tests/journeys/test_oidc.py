"""A consultant signs in with the municipality's provider, in a real browser with our policy on every page."""

import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PEJLING, wait_until_ready
from tests.oidc import RunningProvider, running_provider

Opened = Callable[..., Page]
CONSULTANT, STYLE_OF_THE_PROVIDER = "mette@fjordby.example", "cdn.jsdelivr.net"


@pytest.fixture
def provider() -> Iterator[RunningProvider]:
    """A real provider, which knows the consultant and a stranger."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with running_provider(port) as running:
        running.knows("mette", email=CONSULTANT, email_verified=True)
        running.knows("stranger", email="stranger@fjordby.example")
        yield running


@pytest.fixture
def base(tmp_path: Path, provider: RunningProvider, free_port: int) -> Iterator[str]:
    """`pejling serve` with the provider and one invited consultant."""
    address = f"http://127.0.0.1:{free_port}"
    environment = {
        **os.environ,
        "PEJLING_DATA": str(tmp_path),
        "PEJLING_BASE_URL": address,
        "PEJLING_OIDC_ISSUER": provider.issuer,
        "PEJLING_OIDC_CLIENT": "pejling",
        "PEJLING_OIDC_SECRET": "secret",
        "PEJLING_OIDC_NAME": "Fjordby",
    }
    add = [str(PEJLING), "staff", "add", "--login", CONSULTANT, "--role", "consultant"]
    subprocess.run(add, env=environment, check=True, capture_output=True)
    with subprocess.Popen([PEJLING, "serve", "--port", str(free_port)], env=environment) as process:
        try:
            wait_until_ready(address)
            yield address
        finally:
            process.terminate()


def authorize(page: Page, subject: str) -> None:
    """Say who one is at the provider."""
    page.get_by_role("link", name="Log ind med Fjordby").click()
    page.get_by_placeholder("sub").fill(subject)
    page.get_by_role("button", name="Authorize").click()


def test_there_and_back_and_out(opened: Opened, base: str, provider: RunningProvider) -> None:
    page = opened(f"{base}/staff/accounts", 1024, 768, beside=(urlsplit(provider.issuer).netloc, STYLE_OF_THE_PROVIDER))
    page.route(f"https://{STYLE_OF_THE_PROVIDER}/**", lambda route: route.fulfill(content_type="text/css", body=""))
    authorize(page, "stranger")
    expect(page.get_by_role("heading", name="Der er ingen konto med den adresse.")).to_be_visible()
    page.get_by_role("link", name="Tilbage").click()
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()
    page.goto(f"{base}/staff/accounts")
    authorize(page, "mette")
    expect(page).to_have_url(f"{base}/staff/accounts")
    page.goto(f"{base}/staff/account")
    expect(page.get_by_text(CONSULTANT)).to_be_visible()
    page.get_by_role("button", name="Log ud").click()
    page.goto(f"{base}/staff")
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()
