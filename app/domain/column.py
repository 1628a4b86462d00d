"""A column of a table that people made: known by its heading, however the heading was typed."""

import unicodedata


def recognised(heading: str) -> str:
    """The form in which headings are compared; two that a person reads as the same give the same.

    >>> recognised("  Antal   ELEVER ") == recognised("antal elever")
    True
    """
    return " ".join(unicodedata.normalize("NFC", heading).split()).casefold()
