"""Bands: the tables of the release rules, and what holds for every count."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ballot import Approval, Ballot, Own
from app.domain.disclosure import disclose, guess_figure, own_figure
from app.domain.release import Band, Ruler, Suppressed, Why, own_cuts
from app.domain.tally import GuessCount, Tally, count
from app.domain.theme import GUESSES, Measure

OWN_BANDS = [
    (22, Ruler.A, [(0, 3), (4, 7), (8, 11), (12, 15), (16, 22)]),
    (22, Ruler.B, [(0, 5), (6, 9), (10, 13), (14, 22)]),
    (10, Ruler.A, [(0, 3), (4, 10)]),
    (11, Ruler.B, [(0, 5), (6, 11)]),
    (40, Ruler.A, [(0, 3), (4, 7), (8, 11), (12, 15), (16, 19), (20, 23), (24, 27), (28, 31), (32, 40)]),
]


@pytest.mark.parametrize(("n", "ruler", "bands"), OWN_BANDS)
def test_every_count_falls_in_the_band_of_the_table(n: int, ruler: Ruler, bands: list[tuple[int, int]]) -> None:
    shown = [own_figure(yes, n, ruler) for yes in range(n + 1)]
    assert shown == [Band(low, high) for low, high in bands for _ in range(low, high + 1)]


def test_where_ruler_b_has_no_cut_the_own_answer_is_suppressed() -> None:
    assert own_cuts(10, Ruler.B) == ()
    assert own_figure(3, 10, Ruler.B) == Suppressed(Why.FEW_ANSWERS)


MEANS = [
    (GuessCount(22, 154), 22, 22, Band(6, 8)),  # a mean of exactly 7
    (GuessCount(22, 132), 22, 22, Band(6, 8)),  # exactly on the cut: 6 is in 6 to 8
    (GuessCount(22, 131), 22, 22, Band(4, 6)),
    (GuessCount(22, 0), 22, 22, Band(0, 4)),
    (GuessCount(22, 484), 22, 22, Band(18, 22)),
    (GuessCount(7, 49), 22, 22, Band(6, 8)),
    (GuessCount(10, 100), 20, 22, Band(8, 10)),  # 10 of 22 is 9.09 of 20
    (GuessCount(25, 550), 25, 22, Band(20, 25)),  # three came late: every seat of 22 guessed is every one of 25
]


@pytest.mark.parametrize(("guesses", "n", "size", "band"), MEANS)
def test_a_mean_guess_is_carried_to_the_ballots_and_never_rounded(
    guesses: GuessCount, n: int, size: int, band: Band
) -> None:
    assert guess_figure(guesses, n, size, Ruler.A) == band


def test_six_guesses_are_too_few_whatever_the_class() -> None:
    assert guess_figure(GuessCount(6, 60), 10, 10, Ruler.A) == Suppressed(Why.FEW_GUESSES)
    assert guess_figure(GuessCount(6, 60), 40, 40, Ruler.A) == Suppressed(Why.FEW_GUESSES)


counts = st.integers(10, 40).flatmap(
    lambda n: st.builds(
        Tally,
        size=st.integers(max(1, n - 3), 40),
        ballots=st.just(n),
        yes=st.integers(0, n),
        guesses=st.fixed_dictionaries(
            {measure: st.builds(GuessCount, st.integers(7, n), st.integers(0, 7 * n)) for measure in GUESSES}
        ),
    )
)


@given(counts, st.sampled_from(Ruler))
def test_a_band_holds_its_count_and_reaches_no_closer_than_allowed(tally: Tally, ruler: Ruler) -> None:
    band = disclose(tally, ruler).band(Measure.OWN)
    if band is None:
        assert (tally.ballots, ruler) == (10, Ruler.B)
        return
    assert band.low <= tally.yes <= band.high
    assert band.high - band.low >= 3
    assert band.low <= tally.ballots - 5


@given(counts, st.sampled_from(Ruler))
def test_all_counts_of_one_band_are_released_alike(tally: Tally, ruler: Ruler) -> None:
    release = disclose(tally, ruler)
    band = release.band(Measure.OWN)
    for yes in range(band.low, band.high + 1) if band else range(tally.ballots + 1):
        assert disclose(replace(tally, yes=yes), ruler) == release


@given(st.integers(0, 9), st.sampled_from(Ruler))
def test_under_ten_ballots_release_no_number(n: int, ruler: Ruler) -> None:
    release = disclose(count([Ballot(1, 2, Own.YES)] * n, 9), ruler)
    assert release.n is None
    assert set(release.figures.values()) == {Suppressed(Why.FEW_ANSWERS)}


@given(counts, st.integers(0, 40), st.integers(7, 40), st.integers(0, 280), st.sampled_from(Ruler))
def test_approval_is_read_by_the_rules_of_every_other_question(
    tally: Tally, approve: int, guessed: int, total: int, ruler: Ruler
) -> None:
    n, guesses = tally.ballots, GuessCount(min(guessed, tally.ballots), total)
    asked = replace(tally, approve=min(approve, n), guesses={**tally.guesses, Measure.APPROVE_MATES: guesses})
    release, without = disclose(asked, ruler), disclose(tally, ruler)
    assert release.figures[Measure.APPROVE] == own_figure(min(approve, n), n, ruler)
    assert release.figures[Measure.APPROVE_MATES] == guess_figure(guesses, n, tally.size, ruler)
    assert {measure: release.figures[measure] for measure in without.figures} == without.figures


def test_under_ten_ballots_release_no_view_either() -> None:
    view = Ballot(1, 2, Own.NO, Approval(Own.YES, 3))
    release = disclose(count([view] * 9, 9, approval=True), Ruler.A)
    assert set(release.figures) == set(Measure)
    assert set(release.figures.values()) == {Suppressed(Why.FEW_ANSWERS)}


def test_views_and_the_guesses_about_them_are_counted() -> None:
    views = [Approval(Own.YES, 3), Approval(Own.SKIP, None), Approval(Own.YES, 8)]
    tally = count([Ballot(0, 0, Own.NO, view) for view in views], 9, approval=True)
    assert (tally.yes, tally.approve) == (0, 2)
    assert tally.guesses[Measure.APPROVE_MATES] == GuessCount(2, 11)


def test_a_skip_counts_as_a_ballot_and_not_as_yes() -> None:
    tally = count([Ballot(None, 3, Own.SKIP), Ballot(4, None, Own.YES), Ballot(2, 5, Own.NO)], 3)
    assert (tally.ballots, tally.yes) == (3, 1)
    assert tally.guesses == {Measure.OTHERS: GuessCount(2, 6), Measure.MATES: GuessCount(2, 8)}
