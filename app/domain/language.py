"""How a sentence gets its language: every sentence is written in Danish and asked for through a Translate."""

from typing import Protocol


class Translate(Protocol):
    """Turns a Danish sentence with {named} places into the reader's language, its places filled."""

    def __call__(self, text: str, **values: object) -> str: ...


def danish(text: str, **values: object) -> str:
    """The sentence as it is written.

    >>> danish("Højst {high} af {n} svarede ja.", high=3, n=22)
    'Højst 3 af 22 svarede ja.'
    """
    return text.format(**values)
