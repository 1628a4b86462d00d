"""Letters to homes: plain text that promises what the product keeps, in both languages."""

from app.domain.language import danish
from app.domain.letter import to_parents, to_pupils
from app.web.language import read_languages


def test_parents_read_the_themes_and_where_there_is_help() -> None:
    letter = to_parents("7.A", ("Alkohol", "Pjæk"), ("Alkolinjen 80 200 500",), "", danish)
    assert "Emnet er: Alkohol, Pjæk." in letter
    assert letter.endswith("Her kan børn og forældre få hjælp: BørneTelefonen 116\u00a0111, Alkolinjen 80 200 500.")


def test_every_language_has_as_many_paragraphs() -> None:
    letters = [to_parents("7.A", ("A",), (), "", t) + to_pupils("7.A", t) for t in read_languages().values()]
    assert len(set(letters)) == len(letters) == 2
    assert len({letter.count("\n\n") for letter in letters}) == 1


def test_what_the_municipality_adds_stands_last() -> None:
    assert to_parents("7.A", ("A",), (), "Ring til SSP.", danish).endswith("\n\nRing til SSP.")
