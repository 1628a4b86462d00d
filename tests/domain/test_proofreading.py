"""Proof-reading finds what it is for, and nothing in the themes that are shipped."""

from dataclasses import replace

import pytest

from app.config import resource_root
from app.domain.language import Translate, danish
from app.domain.proofreading import Fault, faults, sentences
from app.domain.theme import Talk, Theme
from app.store import themes

SURVEYS = resource_root() / "surveys"
FORBIDDEN = themes.forbidden_words(SURVEYS)
THEME = themes.load(SURVEYS)["ude-sent"]
BOTH = {"da": danish, "en": Translate("en", {})}
LONG = " ".join(["ord"] * 13) + "."


def spoilt(**words: object) -> Theme:
    """The theme with other Danish words."""
    return replace(THEME, wordings={**THEME.wordings, "da": replace(THEME.wordings["da"], **words)})  # type: ignore[arg-type]


def found(theme: Theme) -> list[Fault]:
    """What proof-reading finds in a theme."""
    return list(faults(theme, BOTH, FORBIDDEN))


@pytest.mark.parametrize("theme", themes.load(SURVEYS).values(), ids=lambda theme: theme.key)
def test_every_theme_that_is_shipped_keeps_the_rules(theme: Theme) -> None:
    assert found(theme) == []


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ({"means": LONG}, "da.means"),
        ({"own_hint": LONG}, "da.means"),
        ({"has_done": "gjort " + " ".join(["meget"] * 15)}, "da.others"),
        ({"own": "Gør du " + " ".join(["meget"] * 19) + "?"}, "da.own"),
        ({"doing": "gør noget, der er farligt"}, "da.doing"),
        ({"has_done": "gjort det. Og mere"}, "da.has_done"),
        ({"own": "Er du ude sent"}, "da.own"),
        ({"own_window": "Har du været ude."}, "da.own_window"),
        ({"means": "En aften"}, "da.means"),
        ({"title": "Tyve"}, "da.title"),
        ({"means": "Det er heldigvis sjældent."}, "da.means"),
        ({"cards": {Talk.AGREED: ("Hvem er kriminelle her?",)}}, "da.cards.gaettede-rigtigt"),
        ({"cards": {Talk.AGREED: (" ".join(["ord"] * 21) + "?",)}}, "da.cards.gaettede-rigtigt"),
    ],
)
def test_a_rule_that_is_broken_is_named_with_its_field(words: dict[str, object], key: str) -> None:
    assert key in {fault.key for fault in found(spoilt(**words))}


def test_a_word_is_forbidden_as_a_whole_word() -> None:
    assert found(spoilt(title="Butikstyveri")) == []
    assert found(spoilt(means="Det kunne være en aften.")) == []


def test_a_language_that_is_missing_is_a_fault() -> None:
    only_danish = replace(THEME, wordings={"da": THEME.wordings["da"]})
    assert found(only_danish) == [Fault("ude-sent", "en", "is missing")]


def test_what_is_read_aloud_holds_every_question_and_card() -> None:
    said = sentences(THEME, danish)
    assert (
        "De seneste 7 dage: Har du selv været ude efter kl.\u00a022 på en skoleaften uden at sige det hjemme?" in said
    )
    assert "flertal: Hvordan passer vi på hinanden?" in said


def test_bullying_is_in_every_english_question_about_it() -> None:
    words = themes.load(SURVEYS)["mobning"].wording("en")
    asked = (words.doing, words.has_done, words.own, words.own_window, words.approve)
    assert [text for text in asked if "teasing, bullying or shutting somebody out" not in text] == []
