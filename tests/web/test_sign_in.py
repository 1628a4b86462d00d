"""Signing in: what a thief, a guesser and a prankster try, and what happens to them."""

import re

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.account import Role
from app.sealing import passwords
from app.services.house import House
from app.services.sweep import sweep
from tests.conftest import Clock
from tests.web.staff import Staff

PASSWORD = "en lang adgangskode"
WRONG = "Adresse, adgangskode eller kode passer ikke."


def post(client: FlaskClient, path: str, **fields: str) -> tuple[int, str]:
    """Fill in the form of a page and send it: status and page."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).get_data(as_text=True))
    fields["csrf_token"] = token[1] if token else ""
    answer = client.post(path, data=fields)
    return answer.status_code, answer.get_data(as_text=True)


def joined(app: Flask, role: Role = Role.TEACHER) -> Staff:
    """Somebody who has used their one-time link."""
    staff = Staff(app, role)
    status, _ = post(app.test_client(), f"/staff/welcome/{staff.invitation}", password=PASSWORD)
    assert status == 303
    return staff


def sign_in(client: FlaskClient, login: str, password: str = PASSWORD, code: str = "") -> int:
    """Try to sign in: the status."""
    return post(client, "/staff/sign-in", login=login, password=password, code=code)[0]


def test_a_teacher_uses_the_link_once_and_signs_in(app: Flask) -> None:
    staff = joined(app)
    again = app.test_client().get(f"/staff/welcome/{staff.invitation}")
    assert again.status_code == 404
    assert "Linket er brugt" in again.get_data(as_text=True)
    browser = app.test_client()
    assert sign_in(browser, staff.login.upper()) == 303
    assert browser.get("/staff").status_code == 200


@pytest.mark.parametrize("password", ["kort", "elleve tegn", "x" * 201])
def test_a_password_that_is_too_short_or_too_long_uses_nothing_up(app: Flask, password: str) -> None:
    staff = Staff(app, Role.TEACHER)
    status, page = post(app.test_client(), f"/staff/welcome/{staff.invitation}", password=password)
    assert (status, "mindst 12" in page) == (400, True)
    assert post(app.test_client(), f"/staff/welcome/{staff.invitation}", password=PASSWORD)[0] == 303


def test_a_link_dies_after_three_days_and_when_a_new_one_is_made(app: Flask, clock: Clock) -> None:
    old = Staff(app, Role.TEACHER)
    administrator = Staff(app, Role.ADMINISTRATOR)
    assert administrator.press(f"/staff/accounts/{old.id}/link") == 200
    assert app.test_client().get(f"/staff/welcome/{old.invitation}").status_code == 404
    late = Staff(app, Role.TEACHER)
    clock.forward(hours=72)
    assert app.test_client().get(f"/staff/welcome/{late.invitation}").status_code == 200
    clock.forward(hours=2)
    assert app.test_client().get(f"/staff/welcome/{late.invitation}").status_code == 404


def test_a_new_link_signs_every_browser_out(app: Flask) -> None:
    staff, administrator = joined(app), Staff(app, Role.ADMINISTRATOR)
    browser = app.test_client()
    sign_in(browser, staff.login)
    administrator.press(f"/staff/accounts/{staff.id}/link")
    assert browser.get("/staff").status_code == 303


def test_a_consultant_needs_the_code_of_the_app_and_each_works_once(app: Flask, clock: Clock) -> None:
    staff, browser = Staff(app, Role.CONSULTANT), app.test_client()
    page = browser.get(f"/staff/welcome/{staff.invitation}").get_data(as_text=True)
    (secret,) = re.findall(r'name="secret" value="([A-Z2-7]+)"', page)
    app_code = pyotp.TOTP(secret)
    fields = {"password": PASSWORD, "secret": secret}
    status, page = post(browser, f"/staff/welcome/{staff.invitation}", **fields, code="000000")
    assert (status, secret in page) == (400, True), "the same app goes on"
    for forged in ("", "æ", "A", "0" * 32, secret[:-1]):
        status, _ = post(browser, f"/staff/welcome/{staff.invitation}", **{**fields, "secret": forged}, code="000000")
        assert status == 400, forged
    assert post(browser, f"/staff/welcome/{staff.invitation}", **fields, code=app_code.at(clock.now))[0] == 303
    assert sign_in(browser, staff.login) == 403, "no code"
    assert sign_in(browser, staff.login, code=app_code.at(clock.now)) == 403, "used to set it up"
    clock.forward(seconds=60)
    assert sign_in(browser, staff.login, "en anden adgangskode", app_code.at(clock.now)) == 403
    clock.forward(seconds=60)
    assert sign_in(browser, staff.login, code=app_code.at(clock.now)) == 303
    clock.forward(seconds=30)
    assert sign_in(app.test_client(), staff.login, code=app_code.at(clock.now.replace(second=0))) == 403, (
        "seen over a shoulder"
    )


def test_an_unknown_address_and_a_wrong_password_look_alike(app: Flask) -> None:
    staff, browser = joined(app), app.test_client()
    pages = [
        post(browser, "/staff/sign-in", login=login, password="en forkert kode", code="")
        for login in (staff.login, f"x{staff.login}")
    ]
    alike = {re.sub(r'value="[^"]*"', "", page) for _, page in pages}
    assert [status for status, _ in pages] == [403, 403]
    assert len(alike) == 1
    assert WRONG in alike.pop()


def test_an_unknown_address_takes_as_much_work_as_a_wrong_password(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    staff, browser, worked = joined(app), app.test_client(), list[str]()
    hasher = passwords._HASHER

    class Watched:
        def verify(self, stored: str, password: str) -> bool:
            worked.append(stored.rsplit("$", 2)[0])
            return hasher.verify(stored, password)

    monkeypatch.setattr(passwords, "_HASHER", Watched())
    for login in (staff.login, "nobody@fjordby.example", Staff(app, Role.TEACHER).login):
        assert sign_in(browser, login, "en forkert kode") == 403
    assert len(worked) == 3, "known, unknown, and known without a password yet"
    assert len(set(worked)) == 1, "with the same parameters"


def test_a_guesser_waits_longer_each_time_and_waiting_tells_nothing(app: Flask, clock: Clock) -> None:
    staff, stranger = joined(app), app.test_client()
    for login in (staff.login, "nobody@fjordby.example"):
        statuses = [sign_in(stranger, login, f"gæt nummer {number}") for number in range(6)]
        assert statuses == [403, 403, 403, 429, 429, 429]
    assert sign_in(stranger, staff.login) == 429, "the right password is not looked at either"
    clock.forward(seconds=61)
    assert sign_in(stranger, staff.login) == 303


def test_a_prankster_does_not_keep_a_teacher_out_of_a_browser_they_know(app: Flask, clock: Clock) -> None:
    staff, browser, prankster = joined(app), app.test_client(), app.test_client()
    sign_in(browser, staff.login)
    post(browser, "/staff/account", language="da")
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/staff/account").get_data(as_text=True))
    assert token is not None
    browser.post("/staff/sign-out", data={"csrf_token": token[1]})
    for number in range(8):
        sign_in(prankster, staff.login, f"gæt nummer {number}")
    assert sign_in(prankster, staff.login) == 429
    assert sign_in(browser, staff.login) == 303


def test_a_forged_mark_of_a_known_browser_is_a_strangers(app: Flask, clock: Clock) -> None:
    staff, prankster = joined(app), app.test_client()
    for number in range(4):
        prankster.set_cookie("device", f"nonce{number}.AAAAAAAAAAAAAAAAAAAAAA")
        last = sign_in(prankster, staff.login, f"gæt nummer {number}")
    assert last == 429


def test_a_session_is_new_at_sign_in_and_dead_after_sign_out(app: Flask) -> None:
    staff, browser = joined(app), app.test_client()
    browser.set_cookie("staff", "planted-by-somebody-else")
    sign_in(browser, staff.login)
    cookie = browser.get_cookie("staff")
    assert cookie is not None
    assert cookie.value != "planted-by-somebody-else"
    assert cookie.http_only
    thief = app.test_client()
    thief.set_cookie("staff", cookie.value)
    assert thief.get("/staff").status_code == 200
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/staff/account").get_data(as_text=True))
    assert browser.post("/staff/sign-out", data={"csrf_token": token[1] if token else ""}).status_code == 303
    assert thief.get("/staff").status_code == 303


def test_after_half_an_hour_without_a_request_one_is_signed_out(app: Flask, clock: Clock) -> None:
    browser = Staff(app, Role.TEACHER).client
    for _ in range(3):
        clock.forward(minutes=29)
        assert browser.get("/staff").status_code == 200
    clock.forward(minutes=30)
    assert browser.get("/staff").status_code == 303
    clock.forward(minutes=-30)
    assert browser.get("/staff").status_code == 303, "gone, not hidden"


def test_the_sweep_leaves_no_old_session_link_or_attempt(app: Flask, clock: Clock) -> None:
    house: House = app.extensions["pejling.house"]
    staff = Staff(app, Role.TEACHER)
    sign_in(app.test_client(), staff.login, "en forkert kode")
    clock.forward(hours=80)
    sweep(house)
    with house.reading() as work:
        for table in ("staff_session", "invitation", "attempt"):
            assert work.db.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0


def test_without_the_token_of_a_form_nothing_is_done(app: Flask) -> None:
    administrator, teacher = Staff(app, Role.ADMINISTRATOR), Staff(app, Role.TEACHER)
    assert administrator.client.post(f"/staff/accounts/{teacher.id}/remove").status_code == 400
    assert teacher.client.get("/staff").status_code == 200


@pytest.mark.parametrize(
    "to",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/staff/../t/x",
        "/s",
        "/s?/staff",
        "/staff?a=b\r\nX: y",
    ],
)
def test_signing_in_leads_to_no_other_site(app: Flask, to: str) -> None:
    staff, browser = joined(app), app.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/staff/sign-in").get_data(as_text=True))
    fields = {"login": staff.login, "password": PASSWORD, "csrf_token": token[1] if token else ""}
    answer = browser.post("/staff/sign-in", query_string={"to": to}, data=fields)
    assert answer.headers["Location"] == "/staff"


def test_signing_in_leads_on_to_what_was_asked_for(app: Flask) -> None:
    staff, browser, wanted = joined(app), app.test_client(), "/staff?search=Bl%C3%A5+%26+gul&page=2"
    asked = browser.get(wanted).headers["Location"]
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(asked).get_data(as_text=True))
    form = {"login": staff.login, "password": PASSWORD, "csrf_token": token[1] if token else ""}
    assert browser.post(asked, data=form).headers["Location"] == wanted


def test_the_language_is_kept_with_the_account(app: Flask) -> None:
    staff, browser = joined(app), app.test_client()
    sign_in(browser, staff.login)
    post(browser, "/staff/account", language="en")
    other = app.test_client()
    sign_in(other, staff.login)
    assert "New lesson: Choose the class" in other.get("/staff").get_data(as_text=True)


def test_nothing_stored_signs_anybody_in(app: Flask) -> None:
    staff = joined(app)
    house: House = app.extensions["pejling.house"]
    token = staff.client.get_cookie("staff")
    with house.reading() as work:
        rows = [
            str(row)
            for table in ("account", "staff_session", "invitation", "attempt")
            for row in work.db.exec_driver_sql(f"SELECT * FROM {table}")
        ]
    assert token is not None
    for secret in (PASSWORD, token.value, staff.invitation):
        assert not [row for row in rows if secret in row]
    assert "$argon2id$" in str(rows)


def test_what_was_written_for_longer_than_a_session_lasts_comes_back_to_be_copied(app: Flask, clock: Clock) -> None:
    staff = Staff(app, Role.CONSULTANT)
    page = staff.client.get("/staff/checklist").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    clock.forward(minutes=31)
    written = "Vi begynder <i 7. klasse>\ni september, når alle er tilbage."
    fields = {
        "csrf_token": token[1],
        "checklist-1": written,
        "checklist-2": "kort",
        "password": "må aldrig ses på en skærm",
    }
    answer = staff.client.post("/staff/checklist", data=fields)
    said = answer.get_data(as_text=True)
    assert answer.status_code == 403
    assert re.findall(r"readonly>([^<]*)</textarea>", said) == [written.replace("<", "&lt;").replace(">", "&gt;")]
    assert "må aldrig" not in said
    assert token[1] not in said
    less = staff.client.post("/staff/checklist", data={"csrf_token": token[1], "checklist-1": "kort"})
    assert (less.status_code, less.location) == (303, "/staff/sign-in?to=/staff")
