"""Small values: ballots, codes, weeks, school years, limits and the method's questions."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ballot import LENGTH, Ballot, Own
from app.domain.benchmark import Benchmark
from app.domain.language import danish
from app.domain.lesson import code_length, hour_after
from app.domain.poll import Run, Week, ruler_for, school_year
from app.domain.question import questions
from app.domain.refusal import Reason, Refusal
from app.domain.release import Ruler
from app.domain.theme import Care, Direction, Folder, Theme, Window, Wording

guesses = st.none() | st.integers(0, 120)
ballots = st.builds(Ballot, guesses, guesses, st.sampled_from(Own))


@given(ballots)
def test_every_ballot_is_sealed_at_one_length_and_comes_back_whole(ballot: Ballot) -> None:
    plaintext = ballot.to_bytes()
    assert len(plaintext) == LENGTH
    assert Ballot.from_bytes(plaintext) == ballot


@given(st.binary(max_size=6))
def test_what_is_no_ballot_is_never_read_as_one(plaintext: bytes) -> None:
    try:
        ballot = Ballot.from_bytes(plaintext)
    except ValueError:
        return
    assert ballot.to_bytes() == plaintext


@given(st.dictionaries(st.sampled_from(["others", "mates", "own"]), st.text(max_size=5)), st.integers(1, 40))
def test_any_form_is_a_ballot_in_range_or_a_refusal(form: dict[str, str], size: int) -> None:
    try:
        ballot = Ballot.from_form(form, size)
    except Refusal as refusal:
        assert refusal.reason is Reason.BAD_BALLOT  # noqa: PT017 - either outcome is right, and each is checked
        return
    assert all(guess is None or 0 <= guess <= size for guess in (ballot.others, ballot.mates))


@pytest.mark.parametrize(("open_lobbies", "digits"), [(0, 6), (99, 6), (100, 7), (999, 7), (1000, 8)])
def test_codes_grow_so_that_lobbies_fill_one_in_ten_thousand(open_lobbies: int, digits: int) -> None:
    assert code_length(open_lobbies) == digits
    assert (open_lobbies + 1) * 10_000 <= 10**digits


@given(st.floats(0, 1e9))
def test_a_day_has_surely_passed_and_no_more_than_an_hour_more(now: float) -> None:
    lapses = hour_after(int(now) // 3600) * 3600
    assert 24 * 3600 <= lapses - int(now) <= 25 * 3600


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_week_is_written_and_read_again(day: date) -> None:
    week = Week.of(day)
    assert Week.parse(str(week)) == week
    assert 0 <= (week.last_day() - day).days <= 6


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 7, 31), 2025), (date(2026, 8, 1), 2026), (date(2027, 1, 5), 2026)]
)
def test_a_school_year_begins_in_august(day: date, year: int) -> None:
    assert school_year(day) == year


DAY = date(2026, 9, 2)  # a Wednesday
FIRST = Run("p1", "l1", "alkohol", Ruler.A, Week.of(DAY))
LATER = Week.of(DAY).last_day() + timedelta(weeks=8)
LIMITS: list[tuple[str, str, list[Run], date, Ruler | Reason]] = [
    ("l1", "alkohol", [], DAY, Ruler.A),
    ("l1", "fuldskab", [FIRST], DAY, Reason.ASKED_TOGETHER),
    ("l2", "alkohol", [FIRST], LATER, Ruler.B),
    ("l2", "alkohol", [FIRST], LATER - timedelta(days=1), Reason.ASKED_LATELY),
    ("l2", "fuldskab", [FIRST], LATER, Reason.ASKED_TOGETHER),
    ("l2", "alkohol", [FIRST, Run("p2", "l1", "fuldskab", Ruler.A, FIRST.week)], LATER, Reason.ASKED_TOGETHER),
    ("l3", "alkohol", [FIRST, Run("p2", "l2", "alkohol", Ruler.B, Week.of(LATER))], LATER, Reason.ASKED_THIS_YEAR),
    ("l2", "fuldskab", [FIRST, Run("p2", "l2", "alkohol", Ruler.B, Week.of(LATER))], LATER, Reason.ASKED_TOGETHER),
    ("l2", "alkohol", [Run("p1", "l1", "alkohol", Ruler.A, None)], LATER, Reason.ASKED_NOW),
]


@pytest.mark.parametrize(("lesson", "theme", "runs", "today", "answer"), LIMITS)
def test_a_family_is_asked_once_and_once_more(
    lesson: str, theme: str, runs: list[Run], today: date, answer: Ruler | Reason
) -> None:
    try:
        outcome: Ruler | Reason = ruler_for(lesson, theme, runs, today)
    except Refusal as refusal:
        outcome = refusal.reason
    assert outcome == answer


def test_the_three_questions_are_the_methods_own_words() -> None:
    words = Wording(
        "Skærm",
        "bruger en skærm",
        "brugt en skærm",
        "Bruger du selv en skærm?",
        "Har du selv brugt en?",
        "Alt.",
        own_hint="",
        approve="bruge en skærm",
        cards={},
    )
    theme = Theme(
        key="proeve",
        family="proeve",
        edition=1,
        grades=(7,),
        window=Window.DAYS_7,
        direction=Direction.UNWANTED,
        care=Care.ORDINARY,
        folder=Folder.EVERYDAY,
        wordings={"da": words},
    )
    asked = questions(theme, 7, 22, danish)
    assert [(each.heading, each.group, each.line) for each in asked] == [
        (
            "Hvor mange af alle de andre bruger en skærm for tiden?",
            "Tænk på en anden 7. klasse med 22 elever.",
            "De seneste 7 dage: Hvor mange af dem tror du har brugt en skærm?",
        ),
        (
            "Hvor mange af dine kammerater tror du bruger en skærm lige for tiden?",
            "Tænk på jer 22, der er her i dag. Du tæller selv med.",
            "De seneste 7 dage: Hvor mange af jer tror du har brugt en skærm?",
        ),
        ("Bruger du selv en skærm?", None, "De seneste 7 dage: Har du selv brugt en?"),
    ]
    assert [each.heading for each in questions(theme, 7, 22, danish, approval=True)[3:]] == [
        "Synes du selv, det er okay at bruge en skærm?",
        "Hvor mange af jer 22 tror du synes, det er okay?",
    ]


@pytest.mark.parametrize(("share", "n", "pupils"), [(8, 22, 2), (0, 22, 0), (100, 22, 22), (25, 22, 6), (24, 23, 6)])
def test_a_published_share_is_said_in_pupils_of_the_class(share: float, n: int, pupils: int) -> None:
    assert Benchmark("Fjordby", 7, 2025, share, 301, "Ungeprofil").of(n) == pupils


@pytest.mark.parametrize(("year", "old"), [(2025, False), (2028, False), (2029, True)])
def test_a_figure_is_old_after_three_years(year: int, old: bool) -> None:
    assert Benchmark("Fjordby", 7, 2025, 24.0, 301, "Ungeprofil").is_old(year) is old
