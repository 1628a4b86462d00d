"""Which themes fit, which wait and why, and what may be chosen together."""

import pytest

from app.config import resource_root
from app.domain.benchmark import Benchmark
from app.domain.choosing import chosen, offers
from app.domain.refusal import Reason, Refusal
from app.domain.theme import Care, Known
from app.store import themes

THEMES = themes.load(resource_root() / "surveys")


def figure(share: float) -> Benchmark:
    """A verified figure about grade 7."""
    return Benchmark("Fjordby", 7, 2025, share, 300, "Ungeprofil")


def held(grade: int, key: str, share: float | None = None, *, lifted: bool = False) -> Known | None:
    """What holds a theme back in a grade."""
    benchmarks = {key: figure(share)} if share is not None else {}
    offered = offers(THEMES.values(), grade, benchmarks, {(key, grade)} if lifted else set())
    return next(offer.held for offer in offered if offer.theme.key == key)


def test_a_grade_is_offered_its_own_themes_those_to_begin_with_first() -> None:
    sixth = [offer.theme for offer in offers(THEMES.values(), 6, {}, set())]
    assert {theme.key for theme in sixth} == {
        "skaerm-om-natten", "gaming-sent", "mobning", "billeder-uden-at-spoerge", "hadefulde-beskeder", "lektier",
        "rygning", "vape",
    }  # fmt: skip
    cares = [theme.care for theme in sixth]
    assert cares == sorted(cares, key=list(Care).index)
    assert cares[0] is Care.ORDINARY


@pytest.mark.parametrize(("share", "waits"), [(39.9, False), (40.0, True), (72.0, True)])
def test_a_theme_waits_where_a_figure_says_forty_per_cent_or_more(share: float, waits: bool) -> None:
    known = held(7, "alkohol", share)
    assert (known is not None) is waits
    if known:
        assert (known.share, known.source, known.year) == (share, "Ungeprofil", 2025)


def test_published_figures_hold_back_without_a_benchmark_and_a_lift_lets_go() -> None:
    assert held(9, "fuldskab") == Known(9, 40, 2019, "ESPAD")
    assert held(8, "fuldskab") is None
    assert held(9, "fuldskab", lifted=True) is None


def test_an_act_that_is_wanted_is_never_held_back() -> None:
    assert held(7, "lektier", 80.0) is None


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ([], Reason.BAD_CHOICE),
        (["skaerm-om-natten", "lektier", "vape", "pjaek"], Reason.BAD_CHOICE),
        (["unknown"], Reason.BAD_CHOICE),
        (["billeder-uden-at-spoerge"], Reason.BAD_CHOICE),
        (["alkohol"], Reason.HELD_BACK),
    ],
)
def test_a_choice_that_cannot_be_is_refused(keys: list[str], reason: Reason) -> None:
    with pytest.raises(Refusal) as refused:
        chosen(keys, offers(THEMES.values(), 9, {}, set()))
    assert refused.value.reason is reason


def test_two_themes_of_a_family_are_not_chosen_together() -> None:
    everything = offers(THEMES.values(), 9, {}, {("alkohol", 9), ("fuldskab", 9)})
    with pytest.raises(Refusal) as refused:
        chosen(["alkohol", "fuldskab"], everything)
    assert refused.value.reason is Reason.RELATED
    assert [theme.key for theme in chosen(["pjaek", "alkohol", "pjaek"], everything)] == ["pjaek", "alkohol"]
