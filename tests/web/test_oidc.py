"""Signing in with a provider: whom it lets in, and what a forger, a thief and a broken provider get out of it."""

import base64
import hashlib
import logging
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from app import create_app
from app.config import Oidc, Settings
from app.domain.account import Role
from app.services.house import House
from app.web.account.provider import Provider
from tests.oidc import Forger, RunningProvider, running_forger, running_provider
from tests.web.conftest import BASE
from tests.web.staff import Staff

CLIENT = "pejling"
NO_ACCOUNT = "Der er ingen konto med den adresse."
OTHER_ROLE = "Din rolle passer ikke"
FAILED = "Du blev ikke logget ind."
DOWN = "svarer ikke"
MEANT = (("ssp", Role.CONSULTANT), ("laerer", Role.TEACHER))


def port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def provider() -> Iterator[RunningProvider]:
    """A real provider."""
    with running_provider(port()) as running:
        yield running


@pytest.fixture
def forger() -> Iterator[Forger]:
    """A provider that says what it is told to."""
    with running_forger(port(), CLIENT) as running:
        yield running


@pytest.fixture
def with_provider(tmp_path: Path) -> Callable[..., Flask]:
    """Makes the application with a provider."""

    def make(issuer: str, **more: object) -> Flask:
        settings = Oidc(issuer, CLIENT, "secret", **more)  # type: ignore[arg-type]
        return create_app(Settings(f"sqlite:///{tmp_path / 'p.sqlite'}", tmp_path / "keys", BASE, oidc=settings))

    return make


@pytest.fixture
def app(with_provider: Callable[..., Flask], provider: RunningProvider) -> Flask:
    """The application with the real provider."""
    return with_provider(provider.issuer)


def start(browser: FlaskClient, to: str = "") -> str:
    """Press the link: the address at the provider."""
    answer = browser.get("/staff/oidc", query_string={"to": to})
    assert answer.status_code == 303
    return answer.headers["Location"]


def come_back(browser: FlaskClient, provider: RunningProvider, subject: str, **claims: Any) -> TestResponse:
    """The whole way there and back of somebody with these claims."""
    provider.knows(subject, **claims)
    return browser.get(provider.press(start(browser), subject))


def forged(app: Flask, forger: Forger, **claims: object) -> TestResponse:
    """The way back with a token that has these claims and for the rest the right ones."""
    browser = app.test_client()
    sent = parse_qs(urlsplit(start(browser)).query)
    forger.claims = {"nonce": sent["nonce"][0], **claims}
    return browser.get("/staff/oidc/back", query_string={"code": "code", "state": sent["state"][0]})


def refused(answer: TestResponse, sentence: str, status: int = 403) -> bool:
    """Whether an answer is this sentence, and no session of staff."""
    cookies = answer.headers.getlist("Set-Cookie")
    return (
        answer.status_code == status
        and sentence in answer.get_data(as_text=True)
        and not [cookie for cookie in cookies if cookie.startswith("staff=")]
    )


def test_the_link_is_there_only_where_a_provider_is_configured(
    make_app: Callable[..., Flask], with_provider: Callable[..., Flask]
) -> None:
    without = make_app().test_client()
    assert "/staff/oidc" not in without.get("/staff/sign-in").get_data(as_text=True)
    assert [without.get(path).status_code for path in ("/staff/oidc", "/staff/oidc/back")] == [404, 404]
    app = with_provider("http://127.0.0.1:9", name="Fjordby & Co")
    page = app.test_client().get("/staff/sign-in?to=/staff/lessons").get_data(as_text=True)
    assert 'href="/staff/oidc?to=/staff/lessons">Log ind med Fjordby &amp; Co</a>' in page
    views = {rule.rule: app.view_functions[rule.endpoint] for rule in app.url_map.iter_rules()}
    assert {getattr(views[path], "access", "") for path in ("/staff/oidc", "/staff/oidc/back")} == {"anyone"}


@pytest.mark.parametrize("role", Role)
def test_whoever_is_invited_signs_in_without_a_password_or_a_code_of_ours(
    app: Flask, provider: RunningProvider, role: Role
) -> None:
    staff, browser = Staff(app, role), app.test_client()
    answer = come_back(browser, provider, staff.id, email=staff.login.upper(), email_verified=True)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff")
    assert browser.get("/staff").status_code in (200, 303)
    assert staff.login in browser.get("/staff/account").get_data(as_text=True)


def test_it_leads_on_to_the_page_that_was_asked_for_and_to_no_other_site(app: Flask, provider: RunningProvider) -> None:
    staff = Staff(app, Role.TEACHER)
    provider.knows(staff.id, email=staff.login)
    for to, led in (("/staff/lessons", "/staff/lessons"), ("//evil.example", "/staff")):
        browser = app.test_client()
        assert browser.get(provider.press(start(browser, to), staff.id)).headers["Location"] == led


def test_nobody_is_let_in_and_no_account_is_made_without_an_invitation(app: Flask, provider: RunningProvider) -> None:
    house: House = app.extensions["pejling.house"]
    assert refused(come_back(app.test_client(), provider, "stranger", email="stranger@fjordby.example"), NO_ACCOUNT)
    with house.reading() as work:
        assert work.db.exec_driver_sql("SELECT count(*) FROM account").scalar() == 0


def test_an_address_that_the_provider_has_not_confirmed_is_nobodys(app: Flask, provider: RunningProvider) -> None:
    staff = Staff(app, Role.ADMINISTRATOR)
    for unconfirmed in (False, "false"):
        answer = come_back(app.test_client(), provider, staff.id, email=staff.login, email_verified=unconfirmed)
        assert refused(answer, "ikke bekræftet")


def test_another_claim_may_carry_the_address(with_provider: Callable[..., Flask], provider: RunningProvider) -> None:
    app = with_provider(provider.issuer, login_claim="upn")
    staff = Staff(app, Role.TEACHER)
    other = come_back(app.test_client(), provider, "a", email=staff.login)
    assert refused(other, FAILED)
    assert come_back(app.test_client(), provider, "b", upn=staff.login).status_code == 303


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ("ssp", True),
        (["x", "ssp"], True),
        ("laerer", False),
        (["laerer"], False),
        ([], False),
        (None, False),
        ({"ssp": 1}, False),
        ("ssp-x", False),
    ],
)
def test_with_a_map_the_providers_role_has_to_be_the_accounts(
    with_provider: Callable[..., Flask], provider: RunningProvider, said: object, fits: bool
) -> None:
    app = with_provider(provider.issuer, role_claim="groups", roles=MEANT)
    staff = Staff(app, Role.CONSULTANT)
    claims = {} if said is None else {"groups": said}
    answer = come_back(app.test_client(), provider, staff.id, email=staff.login, **claims)
    assert (answer.status_code == 303) is fits
    assert fits or refused(answer, OTHER_ROLE)


def test_a_session_is_new_and_nothing_planted_before_is_left(app: Flask, provider: RunningProvider) -> None:
    staff, browser = Staff(app, Role.TEACHER), app.test_client()
    browser.set_cookie("staff", "planted-by-somebody-else")
    with browser.session_transaction() as kept:
        kept["planted"] = "before"
    come_back(browser, provider, staff.id, email=staff.login)
    cookie = browser.get_cookie("staff")
    assert cookie is not None
    assert cookie.value != "planted-by-somebody-else"
    assert (cookie.http_only, cookie.same_site) == (True, "Lax")
    with browser.session_transaction() as kept:
        assert "planted" not in kept
        assert "oidc" not in kept
    own, other = staff.client.get_cookie("staff"), app.test_client()
    assert own is not None
    assert own.value != cookie.value
    come_back(other, provider, staff.id, email=staff.login)
    again = other.get_cookie("staff")
    assert again is not None
    assert again.value != cookie.value


def test_a_way_back_is_good_once_and_in_the_browser_that_set_out(app: Flask, provider: RunningProvider) -> None:
    staff, browser, thief = Staff(app, Role.TEACHER), app.test_client(), app.test_client()
    provider.knows(staff.id, email=staff.login)
    link = provider.press(start(browser), staff.id)
    before = browser.get_cookie("session")
    assert before is not None
    assert refused(thief.get(link), FAILED), "a browser that never set out"
    start(thief)
    assert refused(thief.get(link), FAILED), "one with a state of its own"
    assert browser.get(link).status_code == 303
    assert refused(browser.get(link), FAILED), "pressed again"
    thief.set_cookie("session", before.value)
    assert refused(thief.get(link), FAILED), "with a copy of the cookie from before: the code is used"


@pytest.mark.parametrize("state", ["", "wrong", "ø", None])
def test_a_wrong_state_is_refused_and_uses_the_way_back_up(
    app: Flask, provider: RunningProvider, state: str | None
) -> None:
    staff, browser = Staff(app, Role.TEACHER), app.test_client()
    provider.knows(staff.id, email=staff.login)
    link = provider.press(start(browser), staff.id)
    code = parse_qs(urlsplit(link).query)["code"][0]
    query = {"code": code} if state is None else {"code": code, "state": state}
    assert refused(browser.get("/staff/oidc/back", query_string=query), FAILED)
    assert refused(browser.get(link), FAILED)


def test_without_setting_out_nothing_comes_back(app: Flask) -> None:
    for query in ("", "?state=", "?code=x", "?state=x&code=x", "?error=access_denied"):
        assert refused(app.test_client().get(f"/staff/oidc/back{query}"), FAILED)


def test_whoever_says_no_at_the_provider_is_told_in_one_sentence(app: Flask, provider: RunningProvider) -> None:
    browser = app.test_client()
    answer = browser.get(provider.press(start(browser), "nobody", action="deny"))
    assert refused(answer, FAILED)


def test_a_code_for_another_client_and_a_code_without_our_nonce_are_refused(
    app: Flask, provider: RunningProvider
) -> None:
    staff = Staff(app, Role.TEACHER)
    provider.knows(staff.id, email=staff.login)
    for change in (("client_id=pejling", "client_id=another"), ("nonce=", "nonsense="), ("nonce=", "nonce=x")):
        browser = app.test_client()
        assert refused(browser.get(provider.press(start(browser).replace(*change), staff.id)), FAILED), change


def test_what_is_sent_to_the_provider(with_provider: Callable[..., Flask], forger: Forger) -> None:
    app = with_provider(forger.issuer)
    staff, browser = Staff(app, Role.TEACHER), app.test_client()
    sent = {name: each[0] for name, each in parse_qs(urlsplit(start(browser)).query).items()}
    state, nonce, challenge = (sent.pop(name) for name in ("state", "nonce", "code_challenge"))
    assert sent == {
        "response_type": "code", "client_id": CLIENT, "scope": "openid email", "code_challenge_method": "S256",
        "redirect_uri": f"{BASE}/staff/oidc/back",
    }  # fmt: skip
    assert min(len(state), len(nonce)) >= 20
    forger.claims = {"nonce": nonce, "email": staff.login}
    answer = browser.get("/staff/oidc/back", query_string={"code": "code", "state": state})
    assert answer.status_code == 303
    digest = hashlib.sha256(forger.form["code_verifier"][0].encode()).digest()
    assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == challenge
    assert (forger.form["code"], forger.form["redirect_uri"]) == (["code"], [f"{BASE}/staff/oidc/back"])


FORGED = {
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "another client's": {"aud": "another"},
    "another client's, ours by azp": {"aud": "another", "azp": CLIENT},
    "ours and another's, by azp": {"aud": [CLIENT, "another"], "azp": "another"},
    "nobody's": {"aud": None},
    "outlived": {"exp": int(time.time()) - 600},
    "without an end": {"exp": None},
    "another nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "another access token's": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    "no address": {"email": None},
    "a list of addresses": {"email": ["a@fjordby.example"]},
}


@pytest.mark.parametrize("claims", FORGED.values(), ids=FORGED)
def test_a_token_that_does_not_hold_is_refused(
    with_provider: Callable[..., Flask], forger: Forger, claims: dict[str, object]
) -> None:
    app = with_provider(forger.issuer)
    staff = Staff(app, Role.ADMINISTRATOR)
    assert forged(app, forger, email=staff.login).status_code == 303
    assert refused(forged(app, forger, **{"email": staff.login, **claims}), FAILED)


def test_a_token_that_the_provider_has_not_signed_is_refused(
    with_provider: Callable[..., Flask], forger: Forger
) -> None:
    app = with_provider(forger.issuer)
    staff = Staff(app, Role.ADMINISTRATOR)
    assert forged(app, forger, email=staff.login).status_code == 303
    another = RSAKey.generate_key(2048, {"kid": "one"}, private=True, auto_kid=False)
    for key, header in (
        (another, {}),
        (forger.key.as_pem(private=False), {"alg": "HS256"}),
        (b"secret", {"alg": "HS256"}),
        (b"", {"alg": "none"}),
        (another, {"kid": "two"}),
    ):
        forger.signed_with, forger.header = key, header
        assert refused(forged(app, forger, email=staff.login), FAILED), header


def test_a_key_that_the_provider_has_changed_is_fetched_anew(
    with_provider: Callable[..., Flask], forger: Forger
) -> None:
    app = with_provider(forger.issuer)
    staff = Staff(app, Role.TEACHER)
    assert forged(app, forger, email=staff.login).status_code == 303
    forger.key = forger.signed_with = RSAKey.generate_key(2048, {"kid": "two"}, private=True, auto_kid=False)
    forger.header = {"kid": "two"}
    assert forged(app, forger, email=staff.login).status_code == 303


def test_nothing_is_fetched_at_start_and_the_discovery_document_once(
    with_provider: Callable[..., Flask], forger: Forger
) -> None:
    app = with_provider(forger.issuer)
    app.test_client().get("/staff/sign-in")
    assert forger.asked == []
    for _ in range(3):
        start(app.test_client())
    assert forger.asked == ["/.well-known/openid-configuration"]


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "ftp://127.0.0.1/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": 7},
    ],
)
def test_a_discovery_document_that_does_not_hold_sends_nobody_anywhere(
    with_provider: Callable[..., Flask], forger: Forger, metadata: dict[str, object]
) -> None:
    forger.metadata = metadata
    app = with_provider(forger.issuer)
    assert refused(app.test_client().get("/staff/oidc"), FAILED)
    forger.metadata = {}
    assert start(app.test_client()).startswith(f"{forger.issuer}/authorize?"), "it is asked again"


@pytest.mark.parametrize(
    ("answer", "sentence", "status"),
    [
        ((500, b"{}"), DOWN, 503),
        ((200, b"<html>"), FAILED, 403),
        ((400, b'{"error": "invalid_grant"}'), FAILED, 403),
        ((200, b"{}"), FAILED, 403),
        ((200, b"[]"), FAILED, 403),
        ((200, b'{"access_token": "a", "token_type": "Bearer", "id_token": "x.y.z"}'), FAILED, 403),
    ],
)
def test_whatever_the_token_endpoint_says_is_one_sentence(
    with_provider: Callable[..., Flask], forger: Forger, answer: tuple[int, bytes], sentence: str, status: int
) -> None:
    browser = with_provider(forger.issuer).test_client()
    state = parse_qs(urlsplit(start(browser)).query)["state"][0]
    forger.answer = answer
    said = browser.get("/staff/oidc/back", query_string={"code": "code", "state": state})
    assert refused(said, sentence, status)


def test_a_provider_that_is_down_is_one_sentence_there_and_back(
    with_provider: Callable[..., Flask],
) -> None:
    with running_forger(port(), CLIENT) as forger:
        app = with_provider(forger.issuer)
        browser = app.test_client()
        state = parse_qs(urlsplit(start(browser)).query)["state"][0]
    assert refused(browser.get("/staff/oidc/back", query_string={"code": "code", "state": state}), DOWN, 503)
    assert refused(browser.get("/staff/oidc"), DOWN, 503)
    assert browser.get("/staff/sign-in").status_code == 200


def test_a_provider_that_is_slow_holds_one_thread_only(
    with_provider: Callable[..., Flask], forger: Forger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.account.provider.PATIENCE_SECONDS", 0.01)
    app = with_provider(forger.issuer)
    provider: Provider = app.extensions["pejling.provider"]
    with provider._talking():
        assert refused(app.test_client().get("/staff/oidc"), DOWN, 503)
    start(app.test_client())


def test_a_provider_that_says_nothing_is_given_up(
    with_provider: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.account.provider.TIMEOUT_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        app = with_provider(f"http://127.0.0.1:{silent.getsockname()[1]}")
        assert refused(app.test_client().get("/staff/oidc"), DOWN, 503)


def test_the_log_says_the_kind_of_an_error_and_nothing_that_was_sent(
    with_provider: Callable[..., Flask], forger: Forger, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "app")
    app = with_provider(forger.issuer)
    said = {"error": "x-marks", "error_description": "x-marks"}
    setting_out = app.test_client()
    state = parse_qs(urlsplit(start(setting_out)).query)["state"][0]
    setting_out.get("/staff/oidc/back", query_string={"state": state, **said})
    forged(app, forger, email="x-marks@fjordby.example", nonce="x-marks")
    state = parse_qs(urlsplit(start(setting_out)).query)["state"][0]
    forger.answer = (400, b'{"error": "invalid_client", "error_description": "x-marks"}')
    setting_out.get("/staff/oidc/back", query_string={"state": state, "code": "x-marks"})
    assert [record.getMessage() for record in caplog.records if record.name == "app"] == [
        "not signed in by the provider: another error",
        "not signed in by the provider: InvalidClaimError",
        "not signed in by the provider: OAuthError: invalid_client",
    ]
