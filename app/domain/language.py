"""How a sentence gets its language: every sentence is written in Danish and asked for through a Translate."""

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = {"da": "Dansk", "en": "English"}
"""What every screen can be read in, by its own name."""

DRAFTED = {"ar": "العربية", "tr": "Türkçe", "pl": "Polski", "uk": "Українська"}
"""What a parent's phone can be read in besides, each hidden until the municipality approves it."""

RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True, slots=True)
class Translate:
    """Turns a Danish sentence with {named} places into the reader's language, its places filled.

    A sentence that `sentences` does not know stays Danish: a wrong language is better than a missing word.
    """

    language: str
    sentences: Mapping[str, str]

    def __call__(self, text: str, **values: object) -> str:
        """The sentence in the reader's language.

        >>> danish("Højst {high} af {n} svarede ja.", high=3, n=22)
        'Højst 3 af 22 svarede ja.'
        """
        return self.sentences.get(text, text).format(**values)


danish = Translate("da", {})
