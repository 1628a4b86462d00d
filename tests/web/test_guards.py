"""The web baseline, on every kind of answer."""

import gzip
from collections.abc import Callable

import pytest
from flask import Flask

from app.domain.language import DRAFTED
from app.services.house import House
from app.services.keep_settings import approve_languages
from tests.web.conftest import BASE, Teacher, ballot, seated
from tests.web.test_approval import tick

POLICY_PARTS = (
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
    "font-src 'self'", "form-action 'self'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'",
)  # fmt: skip
ANSWERS = (
    ("/", 200), ("/healthz", 200), ("/readyz", 200), ("/s", 404), ("/999999", 404), ("/k/wrong", 404),
    ("/nothing", 404), ("/t/wrong", 403), ("/lesson/unknown", 403), ("/?code=abc", 404),
    ("/static/0/teacher/board.css", 404),
)  # fmt: skip


@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_every_answer_carries_the_policy_and_is_not_stored(app: Flask, path: str, status: int) -> None:
    answer = app.test_client().get(path)
    assert answer.status_code == status
    policy = answer.headers["Content-Security-Policy"]
    assert all(part in policy for part in POLICY_PARTS)
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in answer.headers


QUERIES = (b"\x80", b"a=\xff", b"\r", b"\n", b"a b", b"\0", b"a=%00")


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("path", ["/", "/staff/sign-in", "/lesson//x", "/nothing"])
def test_a_query_of_raw_bytes_is_refused_as_not_understood(app: Flask, path: str, query: bytes) -> None:
    environ = {"PATH_INFO": path, "QUERY_STRING": query.decode("latin-1"), "REQUEST_URI": "", "RAW_URI": ""}
    answer = app.test_client().get(path, environ_overrides=environ)
    assert answer.status_code == 400
    assert "Det forstod vi ikke." in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/h/%00", "/k/%00", "/%00", "/staff/lessons/%00/link", "/static/%00/a.css"])
def test_an_address_with_a_nul_is_refused_as_not_understood(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code == 400


@pytest.mark.parametrize("kind", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_a_form_with_a_nul_is_refused_as_not_understood(app: Flask, kind: str) -> None:
    answer = app.test_client().post("/s", data={"token": "a\0b"}, content_type=kind)
    assert answer.status_code == 400


def test_a_form_with_a_nameless_field_is_refused_as_not_understood(app: Flask) -> None:
    part = b'--xx\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\nx\r\n'
    body = part + part.replace(b'; name="csrf_token"', b"") + b"--xx--\r\n"
    answer = app.test_client().post("/staff/sign-in", data=body, content_type="multipart/form-data; boundary=xx")
    assert answer.status_code == 400
    assert "Det forstod vi ikke." in answer.get_data(as_text=True)


def test_a_fault_of_ours_is_a_sentence_with_the_same_headers(app: Flask, teacher: Teacher) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.jinja_env.globals["asset"] = None
    answer = teacher.client.get(f"/lesson/{teacher.lesson}")
    assert answer.status_code == 503
    assert "Noget gik galt hos os." in answer.get_data(as_text=True)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_static_files_are_kept_for_ever_under_their_digest(teacher: Teacher) -> None:
    page = teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    with teacher.client.get(address) as answer:
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]


def test_no_page_has_a_style_attribute_or_a_script_of_its_own(teacher: Teacher) -> None:
    teacher.press("lobby")
    pupil = seated(teacher)
    teacher.press("open")
    for client, path in ((teacher.client, f"/lesson/{teacher.lesson}"), (pupil, "/s"), (pupil, "/")):
        page = client.get(path).get_data(as_text=True)
        assert " style=" not in page
        assert page.count("<script>") == (1 if path == "/s" else 0), "one constant, named by its hash in the policy"
        assert " onclick" not in page


def test_host_and_scheme_follow_the_setting_and_never_the_request(make_app: Callable[..., Flask]) -> None:
    app = make_app("https://pejling.example.dk")
    teacher = Teacher(app)
    answer = teacher.client.get(f"/t/{teacher.secret}", headers={"Host": "evil.example"})
    assert answer.headers["Location"] == f"/lesson/{teacher.lesson}"
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"__Host-lesson-{teacher.lesson}=")
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Strict-Transport-Security" in answer.headers


SITES = (
    ({"Sec-Fetch-Site": "same-origin"}, 303),
    ({"Sec-Fetch-Site": "none"}, 303),
    ({"Sec-Fetch-Site": "cross-site", "Origin": BASE}, 403),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Origin": BASE}, 303),
    ({"Origin": "http://evil.example"}, 403),
    ({"Origin": "null"}, 403),
    ({}, 303),
)


@pytest.mark.parametrize(("headers", "status"), SITES)
def test_a_post_from_another_site_takes_no_seat(teacher: Teacher, headers: dict[str, str], status: int) -> None:
    teacher.press("lobby")
    answer = teacher.app.test_client().post(f"/{teacher.state()['code']}", headers=headers)
    assert answer.status_code == status
    assert teacher.state()["seats"] == (1 if status == 303 else 0)


@pytest.mark.parametrize("verb", ["lobby", "reserve", "open", "seat", "close", "restart", "end"])
def test_every_button_of_the_teacher_needs_its_token_and_the_cookie(teacher: Teacher, verb: str) -> None:
    before = teacher.state()
    assert teacher.client.post(f"/lesson/{teacher.lesson}/{verb}").status_code == 400
    stranger = teacher.app.test_client()
    page = stranger.get(f"/lesson/{teacher.lesson}")
    assert page.status_code == 403
    assert "Åbn timens link igen." in page.get_data(as_text=True)
    assert teacher.client.get(f"/lesson/{teacher.lesson}/{verb}").status_code == 405
    assert teacher.state() == before


def test_a_cookie_of_another_lesson_opens_nothing(app: Flask) -> None:
    mine, other = Teacher(app), Teacher(app)
    mine.client.set_cookie(f"lesson-{other.lesson}", mine.secret)
    assert mine.client.get(f"/lesson/{other.lesson}").status_code == 403
    assert mine.client.get(f"/lesson/{other.lesson}/state").status_code == 403


def test_a_body_over_two_kilobytes_is_refused_on_pupils_routes(teacher: Teacher) -> None:
    teacher.press("lobby")
    pupil = seated(teacher)
    teacher.press("open")
    fields = ballot(pupil)
    assert pupil.post("/s", data={**fields, "own": "x" * 3000}).status_code == 413
    assert pupil.post("/s", data=fields).status_code == 303


def test_the_pupils_page_is_one_small_answer(teacher: Teacher) -> None:
    teacher.press("lobby")
    pupils = [seated(teacher) for _ in range(28)]
    teacher.press("open")
    answer = pupils[0].get("/s", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert len(answer.data) <= 5000
    page = gzip.decompress(answer.data).decode()
    assert "src=" not in page
    assert 'rel="stylesheet"' not in page
    assert page.count("<fieldset>") == 3


LARGEST = [
    *((code, "foraeldre-nikotin", seats) for code in ("da", "en", *DRAFTED) for seats in ("39", "119")),
    *((code, "mobning", "39") for code in ("da", "en")),
]


@pytest.mark.parametrize(("language", "theme", "seats"), LARGEST)
def test_the_largest_ballots_are_small_in_every_language(app: Flask, language: str, theme: str, seats: str) -> None:
    house: House = app.extensions["pejling.house"]
    with house.writing() as work:
        approve_languages(work, DRAFTED)
    teacher = Teacher(app, theme)
    assert tick(teacher, theme, **({"approval": "yes"} if house.themes[theme].asks_approval else {})) == 303
    teacher.press("lobby")
    assert teacher.press("reserve", seats=seats) == 303
    phone = seated(teacher)
    phone.set_cookie("language", language)
    teacher.press("open")
    answer = phone.get("/s", headers={"Accept-Encoding": "gzip"})
    assert f'lang="{language}"' in gzip.decompress(answer.data).decode()
    assert len(answer.data) <= 5000
