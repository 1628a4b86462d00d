"""Pages that are built once: each device gets its own token in them, whole and packed alike."""

import gzip
import re
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import Teacher, seated

PACKED = {"Accept-Encoding": "gzip"}


def hidden(page: str) -> list[str]:
    """The values of a page's hidden fields."""
    return re.findall(r'type="hidden" name="\w+" value="([^"]*)"', page)


def plain(client: FlaskClient, path: str) -> str:
    """The page as it is sent to a browser that unpacks nothing."""
    answer = client.get(path)
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding"
    return answer.get_data(as_text=True)


def packed(client: FlaskClient, path: str) -> str:
    """The page as it is sent to a browser that unpacks it."""
    answer = client.get(path, headers=PACKED)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) < len(gzip.decompress(answer.data)) / 2
    return gzip.decompress(answer.data).decode()


def test_a_packed_page_is_the_plain_one(teacher: Teacher) -> None:
    teacher.press("lobby")
    pupil = seated(teacher)
    assert packed(pupil, "/s") == plain(pupil, "/s")
    teacher.press("open")
    assert packed(pupil, "/s") == plain(pupil, "/s")


def test_each_device_has_a_token_of_its_own_in_the_page(teacher: Teacher) -> None:
    teacher.press("lobby")
    pupils = [seated(teacher) for _ in range(3)]
    teacher.press("open")
    tokens = [hidden(packed(pupil, "/s")) for pupil in pupils]
    assert len({values[-1] for values in tokens}) == len(pupils)
    assert all(hidden(plain(pupil, "/s")) == values for pupil, values in zip(pupils, tokens, strict=True))


def test_a_page_leads_back_to_itself_and_not_to_where_it_was_built(teacher: Teacher) -> None:
    teacher.press("lobby")
    first, second = str(teacher.state()["code"]), Teacher(teacher.app)
    second.press("lobby")
    other = str(second.state()["code"])
    client = teacher.app.test_client()
    for code in (first, other):
        assert re.findall(r"\?to=([^\"]+)", plain(client, f"/{code}")) == [f"/{code}"]


def test_a_language_is_never_answered_with_anothers_page(app: Flask) -> None:
    danish, english = app.test_client(), app.test_client()
    english.get("/language/en")
    for _ in range(2):
        assert '<html lang="da"' in plain(danish, "/")
        assert '<html lang="en"' in packed(english, "/")


def test_an_address_is_written_into_a_page_as_text(app: Flask) -> None:
    page = plain(app.test_client(), '/?x="><script>alert(1)</script>')
    assert "<script>alert" not in page


def test_applications_share_no_page(make_app: Callable[..., Flask]) -> None:
    pages = [make_app(base).extensions["pejling.pages"] for base in ("http://localhost", "https://localhost")]
    assert pages[0] is not pages[1]
