"""A list of published figures is read whole, or every fault in it is named; a collection's other rows are left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config import resource_root
from app.domain.benchmark import AreaKind, Benchmark, Record, Season
from app.domain.benchmark_list import REQUIRED, BenchmarkList, LeftOut, Why, as_cells, read_benchmarks
from app.domain.column import Fault
from app.domain.language import danish
from app.domain.theme import Window
from app.store import themes

THEMES = themes.load(resource_root() / "surveys")
RIGHT = {
    "Emne": "alkohol", "Klassetrin": "7", "År": "2025", "Andel": "8", "Antal": "301", "Kilde": "Ungeprofil",
    "Område": "Fjordby", "Områdetype": "kommune", "Sæson": "efterår", "Ordlyd": "", "Kontrolleret": "ja",
}  # fmt: skip
FIGURE = Benchmark("Fjordby", 7, 2025, 8.0, 301, "Ungeprofil", AreaKind.MUNICIPALITY, Season.AUTUMN)
RECORD = Record("alkohol", 1, Window.DAYS_30, "", FIGURE, verified=True)
COLLECTED = {
    "indicator": "drukket alkohol seneste måned", "population": "Danmark, HBSC", "grade_or_age": "15 år (9. klasse)",
    "year": "2018", "share_percent": "65", "n": "3660", "perceived_percent": "", "source": "HBSC", "verified": "yes",
    "note": "average 37",
}  # fmt: skip


def read(*rows: dict[str, str], of: dict[str, str] = RIGHT) -> BenchmarkList:
    """A list of rows from row 2, each the right one with other cells."""
    return read_benchmarks([(number, {**of, **row}) for number, row in enumerate(rows, 2)], THEMES, danish)


def only(found: BenchmarkList) -> Record:
    """The one record that was read."""
    assert found.faults == ()
    (record,) = found.entries
    return record


def test_a_right_row_is_a_record() -> None:
    assert read({}) == BenchmarkList((RECORD,), ())


def test_four_columns_are_enough_and_say_as_little_as_they_say() -> None:
    (record,) = read_benchmarks([(2, {column: RIGHT[column] for column in REQUIRED})], THEMES, danish).entries
    assert record == Record(
        "alkohol", 1, Window.DAYS_30, "", Benchmark("kommunen", 7, 2025, 8.0, None, ""), verified=False
    )


@pytest.mark.parametrize(
    ("subject", "wording", "record"),
    [
        ("ALKOHOL", "", ("alkohol", 1, Window.DAYS_30, "")),
        ("At blive fuld", "", ("fuldskab", 1, Window.DAYS_30, "")),
        ("Getting drunk", "", ("fuldskab", 1, Window.DAYS_30, "")),
        (
            "Drukket alkohol  seneste måned", "",
            ("alkohol", None, Window.DAYS_30, "drukket alkohol seneste måned"),
        ),
        ("brugt hash seneste måned", "", ("hash", None, Window.DAYS_30, "brugt hash seneste måned")),
        ("ryger dagligt eller af og til", "", ("rygning", None, None, "ryger dagligt eller af og til")),
        (
            "pjækket enkelte timer 1-2 gange, seneste 2 uger", "",
            ("pjaek", None, None, "pjækket enkelte timer 1-2 gange, seneste 2 uger"),
        ),
        ("hash", "røget  hash, seneste 12 mdr.", ("hash", None, Window.MONTHS_12, "røget hash, seneste 12 mdr.")),
        ("hash", "har prøvet hash", ("hash", None, None, "har prøvet hash")),
        ("ude-sent", "ude sent sidste uge", ("ude-sent", None, Window.DAYS_7, "ude sent sidste uge")),
        (
            "mobber andre mindst et par gange om måneden", "",
            ("mobning", None, None, "mobber andre mindst et par gange om måneden"),
        ),
    ],
)  # fmt: skip
def test_a_subject_is_a_theme_in_our_words_or_in_the_surveys(
    subject: str, wording: str, record: tuple[object, ...]
) -> None:
    found = only(read({"Emne": subject, "Ordlyd": wording}))
    assert (found.theme, found.edition, found.window, found.wording) == record


@pytest.mark.parametrize(
    ("written", "share"),
    [("8", 8), ("12,5", 12.5), ("12.5", 12.5), ("12,5%", 12.5), ("12,5 %", 12.5), ("0", 0), ("100", 100),
     ("0,4 %", 0.4), ("1", 1)],
)  # fmt: skip
def test_a_share_is_understood_as_people_write_it(written: str, share: float) -> None:
    assert only(read({"Andel": written})).figure.share == share


@pytest.mark.parametrize(
    ("written", "year"), [("2025", 2025), ("2020/21", 2020), ("2020/2021", 2020), ("1999/00", 1999)]
)
def test_a_school_year_is_the_year_it_began(written: str, year: int) -> None:
    assert only(read({"År": written})).figure.year == year


@pytest.mark.parametrize(
    ("written", "grade"),
    [("7", 7), ("7. klasse", 7), ("7. klasse (13 år)", 7), ("15 år (9. klasse)", 9), ("15-16 år (9. klasse)", 9)],
)
def test_a_grade_is_one_grade(written: str, grade: int) -> None:
    assert only(read({"Klassetrin": written})).figure.grade == grade


@pytest.mark.parametrize(("written", "n"), [("", None), ("301", 301), ("1.390", 1390), ("999.999.999", 999_999_999)])
def test_a_number_of_answers_may_be_unknown(written: str, n: int | None) -> None:
    assert only(read({"Antal": written})).figure.n == n


@pytest.mark.parametrize(
    ("area", "kind", "read_as"),
    [
        ("Fjordby", "", ("Fjordby", AreaKind.MUNICIPALITY)),
        ("", "", ("kommunen", AreaKind.MUNICIPALITY)),
        ("Danmark, HBSC", "", ("Danmark, HBSC", AreaKind.COUNTRY)),
        ("Danmarksgade Skole", "skole", ("Danmarksgade Skole", AreaKind.SCHOOL)),
        ("", "Land", ("Danmark", AreaKind.COUNTRY)),
        ("Norge", "country", ("Norge", AreaKind.COUNTRY)),
    ],
)
def test_an_area_is_a_municipality_unless_it_says_otherwise(
    area: str, kind: str, read_as: tuple[str, AreaKind]
) -> None:
    figure = only(read({"Område": area, "Områdetype": kind})).figure
    assert (figure.area, figure.kind) == read_as


@pytest.mark.parametrize(
    ("column", "written", "reason"),
    [
        ("Emne", "", "feltet er tomt"),
        ("Emne", "Alkhol", '"Alkhol" er ikke et emne her'),
        ("Klassetrin", "", "feltet er tomt"),
        ("Klassetrin", "7.-9. klasse", '"7.-9. klasse" er ikke et klassetrin fra 0 til 10'),
        ("Klassetrin", "11", '"11" er ikke et klassetrin fra 0 til 10'),
        ("Klassetrin", "15 år", '"15 år" er ikke et klassetrin fra 0 til 10'),
        ("Klassetrin", "15 år (12. klasse)", '"15 år (12. klasse)" er ikke et klassetrin fra 0 til 10'),
        ("År", "", "feltet er tomt"),
        ("År", "2010?", '"2010?" er ikke et år som 2025 eller 2025/26'),
        ("År", "25", '"25" er ikke et år som 2025 eller 2025/26'),
        ("År", "3025", '"3025" er ikke et år som 2025 eller 2025/26'),
        ("År", "2020/22", '"2020/22" er ikke et år som 2025 eller 2025/26'),
        ("År", "٢٠٢٥", '"٢٠٢٥" er ikke et år som 2025 eller 2025/26'),
        ("Andel", "", "feltet er tomt"),
        ("Andel", "12,5%x", '"12,5%x" er ikke et tal'),
        ("Andel", "ca. 8", '"ca. 8" er ikke et tal'),
        ("Andel", "-8", '"-8" er ikke et tal'),
        ("Andel", "1e1", '"1e1" er ikke et tal'),
        ("Andel", "8" * 41, f'"{"8" * 40}…" er ikke et tal'),
        ("Andel", "100,1", '"100,1" er mere end 100 %'),
        ("Andel", "0,125", "alle andele er 1 eller mindre; skriv dem i procent, for eksempel 12,5 eller 12,5 %"),
        ("Antal", "0", '"0" er ikke et antal elever'),
        ("Antal", "30,5", '"30,5" er ikke et antal elever'),
        ("Antal", "1.39", '"1.39" er ikke et antal elever'),
        ("Antal", "1.000.000.000", '"1.000.000.000" er ikke et antal elever'),
        ("Kilde", "", "et kontrolleret tal skal have en kilde"),
        ("Kilde", "k" * 201, "teksten er længere end 200 tegn"),
        ("Kilde", "Unge\u202eprofil", "der er et tegn, som ikke kan ses; skriv feltet igen"),
        ("Område", "o" * 121, "teksten er længere end 120 tegn"),
        ("Områdetype", "region", '"region" er hverken land, kommune eller skole'),
        ("Sæson", "jul", '"jul" er ikke en af: efterår, forår, autumn, spring'),
        ("Ordlyd", "o" * 201, "teksten er længere end 200 tegn"),
        ("Kontrolleret", "måske", '"måske" er ikke en af: nej, no, ja, yes'),
    ],
)
def test_a_wrong_cell_is_named_with_its_reason(column: str, written: str, reason: str) -> None:
    assert read({column: written}) == BenchmarkList((), (Fault(2, column, reason),))


def test_a_school_has_a_name() -> None:
    assert read({"Område": "", "Områdetype": "skole"}).faults == (Fault(2, "Område", "feltet er tomt"),)


def test_the_place_stands_in_the_sentence() -> None:
    (fault,) = read({}, {"Emne": "hash", "Andel": "12,5%x"}).faults
    assert fault.sentence(danish) == 'række 3, kolonne Andel: "12,5%x" er ikke et tal'


def test_fractions_are_a_fault_only_where_every_bare_share_is_one() -> None:
    assert read({"Andel": "0,125"}, {"Emne": "hash", "Andel": "1"}).faults[0].row == 2
    assert read({"Andel": "0,5"}, {"Emne": "hash", "Andel": "12"}).faults == ()
    assert read({"Andel": "0"}, {"Emne": "hash", "Andel": "1"}).faults == ()


def test_the_same_figure_twice_is_a_fault_of_every_later_row() -> None:
    reason = "samme emne, område, klassetrin og år står også i række 2"
    found = read(
        {}, {"Klassetrin": "8"}, {"Område": "FJORDBY", "Andel": "9"}, {"Emne": "drukket alkohol seneste måned"}
    )
    assert found == BenchmarkList((), (Fault(4, "Emne", reason), Fault(5, "Emne", reason)))


def test_every_fault_is_reported_and_a_list_with_a_fault_has_no_entries() -> None:
    found = read({"Emne": "hash"}, {"Emne": "x", "Andel": "x"}, {"Antal": "x"})
    assert [(fault.row, fault.column) for fault in found.faults] == [(3, "Emne"), (3, "Andel"), (4, "Antal")]
    assert found.entries == ()


def test_a_collections_row_on_one_of_our_themes_is_a_record() -> None:
    assert only(read({}, of=COLLECTED)) == Record(
        "alkohol", None, Window.DAYS_30, "drukket alkohol seneste måned",
        Benchmark("Danmark, HBSC", 9, 2018, 65.0, 3660, "HBSC", AreaKind.COUNTRY), verified=True,
    )  # fmt: skip


@pytest.mark.parametrize("note", ["n = all three grades; average 37", "DERIVED; n is total age 12-20"])
def test_a_number_that_is_not_the_grades_is_none(note: str) -> None:
    assert only(read({"note": note}, of=COLLECTED)).figure.n is None


@pytest.mark.parametrize(
    ("column", "written", "why"),
    [
        ("indicator", "har prøvet alkohol (nogensinde)", Why.NO_THEME),
        ("indicator", "", Why.NO_THEME),
        ("grade_or_age", "7.-9. klasse", Why.NOT_ONE_GRADE),
        ("grade_or_age", "15 år", Why.NOT_ONE_GRADE),
        ("grade_or_age", "forældre til 7.-10. klasse", Why.NOT_ONE_GRADE),
        ("population", "Danmark, Skolebørnsundersøgelsen, drenge", Why.ONE_SEX),
        ("population", "Danmark, 15 skoler (ikke repræsentativ)", Why.NOT_REPRESENTATIVE),
        ("population", "Norge", Why.ELSEWHERE),
        ("population", "Region Syddanmark, 38 skoler", Why.ELSEWHERE),
    ],
)
def test_a_collections_row_that_is_none_of_ours_is_left_out_and_no_fault(column: str, written: str, why: Why) -> None:
    found = read({column: written, "share_percent": "?"}, of=COLLECTED)
    assert found == BenchmarkList((), (), (LeftOut(2, why),))
    assert why.sentence(danish)


def test_a_fault_in_a_collection_is_named_by_its_own_heading() -> None:
    assert read({"share_percent": "?"}, of=COLLECTED).faults == (Fault(2, "share_percent", '"?" er ikke et tal'),)
    dragoer = only(read({"population": "Dragør Kommune", "verified": "no"}, of=COLLECTED))
    assert (dragoer.figure.kind, dragoer.verified) == (AreaKind.MUNICIPALITY, False)


NAMES = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=60)
RECORDS = st.builds(
    lambda theme, wording, figure, verified: Record(
        theme.key,
        None if wording else theme.edition,
        Window.DAYS_30 if wording else theme.window,
        wording,
        figure,
        verified,
    ),
    st.sampled_from(sorted(THEMES.values(), key=lambda theme: theme.key)),
    st.sampled_from(["", "gjort det, seneste måned"]),
    st.builds(
        Benchmark,
        NAMES,
        st.integers(0, 10),
        st.integers(1950, 2100),
        st.integers(0, 100_000).map(lambda thousandths: thousandths / 1000),
        st.none() | st.integers(1, 9_999_999),
        NAMES,
        st.sampled_from(AreaKind),
        st.none() | st.sampled_from(Season),
    ),
    st.booleans(),
)


@given(RECORDS)
def test_the_row_that_a_record_is_written_as_reads_as_the_record(record: Record) -> None:
    assert read_benchmarks([(2, as_cells(record))], THEMES, danish).entries == (record,)


@given(st.lists(st.dictionaries(st.sampled_from([*RIGHT, *COLLECTED]), st.text(max_size=20)), max_size=4))
def test_nothing_is_raised_for_any_cells(rows: list[dict[str, str]]) -> None:
    found = read_benchmarks(enumerate(rows, 2), THEMES, danish)
    assert not (found.entries and found.faults)
