"""A municipality's own texts are kept as they were written, without what no document can hold."""

import pytest

from app.services.house import House
from app.services.keep_settings import MAX_TEXT, decisions, write_texts


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ring til SSP.\n\nVi svarer.", "Ring til SSP.\n\nVi svarer."),
        ("SSP\tAnne\tring 12 34", "SSP Anne ring 12 34"),
        (" \x00before\uffff\r\n", "before"),
        ("x" * (MAX_TEXT + 1), "x" * MAX_TEXT),
    ],
)
def test_a_text_is_kept_without_what_cannot_be_seen(house: House, typed: str, kept: str) -> None:
    with house.writing() as work:
        write_texts(work, {"parents": typed})
    with house.reading() as work:
        assert decisions(work).texts["parents"] == kept
