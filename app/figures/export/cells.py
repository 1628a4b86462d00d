"""The cells of a table that a spreadsheet opens."""

from dataclasses import astuple

from app.domain.export_row import ExportRow

Cell = str | int | float | None

# What makes a spreadsheet take a text for a formula, also in the full-width forms that it forgives.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defused(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula, else as it is.

    >>> defused("=1+1"), defused("Skovtroldeskolen")
    ("'=1+1", 'Skovtroldeskolen')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def cells(row: ExportRow) -> tuple[Cell, ...]:
    """The cells of a row in the order of the columns, its texts defused; None is an empty cell."""
    return tuple(defused(str(cell)) if isinstance(cell, str) else cell for cell in astuple(row))
