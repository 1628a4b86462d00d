"""Which page of a list is asked for."""

from flask import request

_MOST = 100_000


def page_number() -> int:
    """The number in the address, 1 where there is none or none that can be."""
    text = request.args.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 and 1 <= int(text) <= _MOST else 1
