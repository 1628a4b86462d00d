"""A theme: one act, asked about in three ways, with the words of every language it is written in."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    """What is asked: an answer about oneself, or a guess about a group; `approve` and its guess about approval."""

    OWN = "own"
    OTHERS = "others"
    MATES = "mates"
    APPROVE = "approve"
    APPROVE_MATES = "approve_mates"


GUESSES = (Measure.OTHERS, Measure.MATES)


class Audience(StrEnum):
    """Who answers; the two audiences never meet in one poll."""

    PUPILS = "pupils"
    PARENTS = "parents"


class Window(StrEnum):
    """The time that an answer looks back on."""

    DAYS_7 = "7 days"
    DAYS_30 = "30 days"
    MONTHS_12 = "12 months"


class Direction(StrEnum):
    """Whether the school would like the act to be rarer or more common."""

    UNWANTED = "unwanted"
    WANTED = "wanted"


class Care(StrEnum):
    """How carefully a theme is introduced."""

    ORDINARY = "ordinary"
    SENSITIVE = "sensitive"
    OFFENCE = "offence"


class Folder(StrEnum):
    """The drawer of the question bank, named as the field names it."""

    CRIME = "kriminalitet"
    DRUGS = "rusmidler"
    DIGITAL = "digital trivsel"
    PUBLIC_SPACE = "det offentlige rum"
    EVERYDAY = "hverdag"


class Talk(StrEnum):
    """What a result gives a class to talk about; the names of the tables in surveys/talk/cards.toml."""

    OVERSTATED = "overdrivelse"
    AGREED = "gaettede-rigtigt"
    UNDERSTATED = "underdrivelse"
    MAJORITY = "flertal"
    FEW_GUESSES = "faa-gaet"
    NO_FIGURE = "intet-tal"


@dataclass(frozen=True, slots=True)
class Fact:
    """A published, verified figure as a sentence, with where it stands."""

    sentence: str
    source: str
    year: int


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words for a theme.

    `doing` follows "Hvor mange ...", `has_done` follows "har", `own` is the question in the present tense,
    `own_window` the same question about the window, `own_hint` what to press in a special case ("" for none), `means`
    the threshold. In a parents' theme `others`, `mates` and `own` are the three questions as they stand, and what makes
    those of pupils is empty. `approve` follows "det er okay at" ("" where the theme has no approval item). `cards`
    holds the discussion cards by result, `knows` what is known from published figures.
    """

    title: str
    doing: str
    has_done: str
    own: str
    own_window: str
    means: str
    own_hint: str
    approve: str
    cards: Mapping[Talk, tuple[str, ...]]
    knows: tuple[Fact, ...] = ()
    others: str = ""
    mates: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A published, verified figure: `share` per cent of a grade do it."""

    grade: int
    share: float
    year: int
    source: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme in one edition; a change of wording is a new edition.

    It is asked of one `audience`; a parents' theme looks back on no `window`. `known` figures may hold it back,
    `benchmarks` the names under which surveys publish figures on it, `help` whom a pupil or a parent can turn to
    besides BørneTelefonen.
    """

    key: str
    family: str
    edition: int
    grades: tuple[int, ...]
    window: Window | None
    direction: Direction
    care: Care
    folder: Folder
    wordings: Mapping[str, Wording]
    known: tuple[Known, ...] = ()
    benchmarks: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    audience: Audience = Audience.PUPILS

    @property
    def asks_approval(self) -> bool:
        """Whether the theme has an approval item."""
        return bool(self.wordings["da"].approve)

    def wording(self, language: str) -> Wording:
        """The words in `language`, or in Danish where that language is not written yet."""
        return self.wordings.get(language, self.wordings["da"])


Themes = Mapping[str, Theme]
