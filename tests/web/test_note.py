"""The note at a consultant's desk: years that are not there, an empty municipality, and what an example answers to."""

import io

import pytest
from docx import Document
from flask import Flask

from app.domain.account import Role
from tests.web.staff import Staff


@pytest.mark.parametrize("year", ["", "1999", "no year", "²", "2026"])
def test_a_year_without_answers_is_an_empty_note_and_never_a_fault(app: Flask, year: str) -> None:
    client = Staff(app, Role.CONSULTANT).client
    page = client.get("/staff/note", query_string={"year": year})
    assert page.status_code == 200
    assert "Ingen klasser har svaret i det skoleår endnu." in page.get_data(as_text=True)
    file = client.get("/staff/note.docx", query_string={"year": year})
    assert file.headers["Content-Disposition"].startswith("attachment; filename=notat-20")
    assert Document(io.BytesIO(file.data)).paragraphs[0].text == "Notat til lokalrådet"


def test_an_example_needs_a_theme_and_says_why_it_is_none(app: Flask) -> None:
    client = Staff(app, Role.CONSULTANT).client
    assert client.get("/staff/example").status_code == 404
    for grade in ("7", "77", "-1", "²", ""):
        page = client.get("/staff/example", query_string={"theme": "alkohol", "grade": grade})
        assert page.status_code == 200
        assert "Her kommer et tal i ugen efter, at mindst to klasser har svaret." in page.get_data(as_text=True)
    assert "noget ulovligt" in client.get("/staff/example?theme=hash&grade=9").get_data(as_text=True)


def test_the_document_speaks_the_language_of_its_browser(app: Flask) -> None:
    client = Staff(app, Role.CONSULTANT).client
    client.set_cookie("language", "en")
    file = client.get("/staff/note.docx")
    assert Document(io.BytesIO(file.data)).paragraphs[0].text == "Note to the local SSP committee"


def test_a_document_is_made_of_texts_with_characters_that_it_may_not_hold(app: Flask) -> None:
    consultant = Staff(app, Role.CONSULTANT)
    assert consultant.press("/staff/settings", focus="Skærm\x01 og\x0b søvn\ufffe") == 303
    file = consultant.client.get("/staff/note.docx")
    assert "Fokus: Skærm og søvn" in "\n".join(each.text for each in Document(io.BytesIO(file.data)).paragraphs)
