"""Every sentence has its English, a plain link changes the language, and nothing else remembers it."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask

from app.config import resource_root
from app.domain.language import DRAFTED
from app.domain.theme import Audience
from app.store import themes
from tests.web.conftest import Teacher, ballot, seated

ROOT = resource_root()
# `Answer(404, "...")` holds its sentence until somebody's language is known.
KEYWORDS = {"t": None, "Answer": (2,)}
PLACES = re.compile(r"\{\w+\}")


def sentences() -> Iterator[str]:
    """Every Danish sentence that the project asks a Translate for."""
    for folder, method in (("app", [("**.py", "python")]), ("templates", [("**.html", "jinja2")])):
        for _file, _line, message, _comments, _context in extract_from_dir(ROOT / folder, method, None, KEYWORDS):
            assert isinstance(message, str)
            yield message


def catalog() -> dict[str, str]:
    """The English of each sentence; fails on a fuzzy one."""
    with (ROOT / "app/web/languages/en.po").open("rb") as file:
        read = read_po(file)
    assert [each.id for each in read if each.fuzzy and each.id] == []
    return {str(each.id): str(each.string) for each in read if each.id}


def test_every_sentence_has_its_english_and_no_english_is_left_over() -> None:
    wanted, there = set(sentences()), catalog()
    assert len(wanted) > 100
    assert {text for text in wanted if not there.get(text)} == set()
    assert set(there) - wanted == set()


def test_a_translation_has_the_same_places_as_its_sentence() -> None:
    assert [text for text, said in catalog().items() if set(PLACES.findall(text)) != set(PLACES.findall(said))] == []
    marked = [text for text, said in catalog().items() if text.count("*") != said.count("*")]
    assert marked == []


def test_every_theme_is_written_in_both_languages() -> None:
    for theme in themes.load(ROOT / "surveys").values():
        assert set(theme.wordings) - set(DRAFTED if theme.audience is Audience.PARENTS else ()) == {"da", "en"}, (
            theme.key
        )
        danish, english = theme.wordings["da"], theme.wordings["en"]
        assert {path: len(cards) for path, cards in danish.cards.items()} == {
            path: len(cards) for path, cards in english.cards.items()
        }


def test_a_pupil_answers_in_english_from_the_door_to_the_thank_you(teacher: Teacher) -> None:
    teacher.press("lobby")
    pupil = teacher.app.test_client()
    code = teacher.state()["code"]
    link = re.search(r'href="(/language/en[^"]+)"', pupil.get(f"/{code}").get_data(as_text=True))
    assert link is not None
    answer = pupil.get(link[1])
    assert answer.headers["Location"] == f"/{code}"
    assert [cookie.split("=")[0] for cookie in answer.headers.getlist("Set-Cookie")] == ["language"]
    door = pupil.get(f"/{code}").get_data(as_text=True)
    assert '<html lang="en">' in door
    assert "Take a seat" in door
    pupil.post(f"/{code}")
    teacher.press("open")
    page = pupil.get("/s").get_data(as_text=True)
    assert "How many of all the others use a screen after 11pm on school nights these days?" in page
    assert "In the last 7 days: Have you yourself used a screen after 11pm on a school night?" in page
    pupil.post("/s", data=ballot(pupil))
    assert "Your answer has been received. It counts once." in pupil.get("/s").get_data(as_text=True)


def test_the_board_speaks_the_language_of_its_own_browser(teacher: Teacher) -> None:
    teacher.press("lobby")
    other = seated(teacher)
    teacher.client.get(f"/language/en?to=/lesson/{teacher.lesson}")
    assert "Start the vote" in teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)
    assert "Du er med." in other.get("/s").get_data(as_text=True)


@pytest.mark.parametrize("elsewhere", ["//evil.example", "/\\evil.example", "https://evil.example/", ""])
def test_the_language_link_leads_to_no_other_site(app: Flask, elsewhere: str) -> None:
    answer = app.test_client().get("/language/en", query_string={"to": elsewhere})
    assert answer.headers["Location"] == "/"


def test_an_unknown_language_is_not_found_and_an_unknown_cookie_is_danish(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/language/xx").status_code == 404
    client.set_cookie("language", "xx")
    assert "Skriv koden fra tavlen" in client.get("/").get_data(as_text=True)
