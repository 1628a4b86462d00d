"""A list of classrooms is read whole, or every fault in it is named by row, column and reason."""

import pytest

from app.domain.classroom_list import REQUIRED, ClassroomList, Entry, read_classrooms
from app.domain.column import Fault
from app.domain.language import Translate, danish

GRADES = range(11)
RIGHT = {"Skole": "Skovtroldeskolen", "Klasse": "7.A", "Klassetrin": "7", "Elever": "22"}


def read(*rows: dict[str, str]) -> ClassroomList:
    """A list of rows from row 2, each the right one with other cells."""
    return read_classrooms([(number, {**RIGHT, **row}) for number, row in enumerate(rows, 2)], GRADES, danish)


def test_a_right_row_is_an_entry() -> None:
    assert read({}) == ClassroomList((Entry("Skovtroldeskolen", "7.A", 7, 22),), ())


def test_entries_keep_the_order_of_the_file() -> None:
    assert [entry.name for entry in read({"Klasse": "9.C"}, {"Klasse": "7.A"}).entries] == ["9.C", "7.A"]


@pytest.mark.parametrize("written", ["7", "7.", "7. klasse", "7.klasse", "7 klasse", " 7.  Klasse ", "07"])
def test_a_grade_is_understood_as_people_write_it(written: str) -> None:
    assert [entry.grade for entry in read({"Klassetrin": written}).entries] == [7]


@pytest.mark.parametrize("grade", [0, 10])
def test_the_outermost_grades_are_grades(grade: int) -> None:
    assert [entry.grade for entry in read({"Klassetrin": str(grade)}).entries] == [grade]


@pytest.mark.parametrize(("written", "size"), [("", None), (" ", None), ("1", 1), ("60", 60), (" 22 ", 22)])
def test_a_size_is_a_number_of_pupils_or_not_said(written: str, size: int | None) -> None:
    assert [entry.size for entry in read({"Elever": written}).entries] == [size]


def test_a_list_without_sizes_is_a_list() -> None:
    row = {column: RIGHT[column] for column in REQUIRED}
    assert read_classrooms([(2, row)], GRADES, danish).entries == (Entry("Skovtroldeskolen", "7.A", 7, None),)


def test_columns_are_recognised_however_they_are_typed_and_others_are_left_alone() -> None:
    row = {"SKOLE": "Skovtroldeskolen", " klasse ": "7.A", "KlasseTrin": "7", "elever": "22", "Lærer": "x" * 500}
    assert read_classrooms([(2, row)], GRADES, danish) == read({})


def test_spaces_are_evened_out() -> None:
    (entry,) = read({"Skole": "  Skolen \u00a0 ved  åen ", "Klasse": "7.A\n"}).entries
    assert (entry.school, entry.name) == ("Skolen ved åen", "7.A")


def test_names_may_be_as_long_as_the_limit() -> None:
    assert len(read({"Skole": "s" * 120, "Klasse": "k" * 60}).entries) == 1


@pytest.mark.parametrize(
    ("column", "written", "reason"),
    [
        ("Skole", "", "feltet er tomt"),
        ("Klasse", "  ", "feltet er tomt"),
        ("Klassetrin", "", "feltet er tomt"),
        ("Skole", "s" * 121, "teksten er længere end 120 tegn"),
        ("Klasse", "k" * 61, "teksten er længere end 60 tegn"),
        ("Skole", "Skov\tskolen", "der er et tegn, som ikke kan ses; skriv feltet igen"),
        ("Skole", "Skov\nskolen", "der er et tegn, som ikke kan ses; skriv feltet igen"),
        ("Klasse", "7\x00A", "der er et tegn, som ikke kan ses; skriv feltet igen"),
        ("Klasse", "7\u200bA", "der er et tegn, som ikke kan ses; skriv feltet igen"),
        ("Klasse", "7\u202eA", "der er et tegn, som ikke kan ses; skriv feltet igen"),
        ("Klasse", "7\u2028A", "der er et tegn, som ikke kan ses; skriv feltet igen"),
        ("Klasse", "7\ud800A", "der er et tegn, som ikke kan ses; skriv feltet igen"),
        ("Klassetrin", "8x", '"8x" er ikke et klassetrin fra 0 til 10'),
        ("Klassetrin", "11", '"11" er ikke et klassetrin fra 0 til 10'),
        ("Klassetrin", "-1", '"-1" er ikke et klassetrin fra 0 til 10'),
        ("Klassetrin", "7,5", '"7,5" er ikke et klassetrin fra 0 til 10'),
        ("Klassetrin", "7-8", '"7-8" er ikke et klassetrin fra 0 til 10'),
        ("Klassetrin", "٧", '"٧" er ikke et klassetrin fra 0 til 10'),
        ("Klassetrin", "7" * 41, f'"{"7" * 40}…" er ikke et klassetrin fra 0 til 10'),
        ("Elever", "0", '"0" er ikke et antal elever fra 1 til 60'),
        ("Elever", "61", '"61" er ikke et antal elever fra 1 til 60'),
        ("Elever", "22,5", '"22,5" er ikke et antal elever fra 1 til 60'),
        ("Elever", "ca. 20", '"ca. 20" er ikke et antal elever fra 1 til 60'),
        ("Elever", "²", '"²" er ikke et antal elever fra 1 til 60'),
    ],
)
def test_a_wrong_cell_is_named_with_its_reason(column: str, written: str, reason: str) -> None:
    assert read({column: written}) == ClassroomList((), (Fault(2, column, reason),))


def test_a_column_that_is_not_there_is_an_empty_field() -> None:
    read_without = read_classrooms([(2, {"Skole": "Skovtroldeskolen", "Klassetrin": "7"})], GRADES, danish)
    assert read_without.faults == (Fault(2, "Klasse", "feltet er tomt"),)


def test_the_same_classroom_twice_is_a_fault_of_every_later_row() -> None:
    same = {"Skole": "SKOVTROLDESKOLEN", "Klasse": "7.a", "Klassetrin": "8"}
    assert read({}, {"Klasse": "7.B"}, same, {}) == ClassroomList(
        (),
        (
            Fault(4, "Klasse", '"7.a" på samme skole står også i række 2'),
            Fault(5, "Klasse", '"7.A" på samme skole står også i række 2'),
        ),
    )


def test_classrooms_of_one_name_at_two_schools_are_two() -> None:
    assert len(read({}, {"Skole": "Åkandeskolen"}).entries) == 2


def test_every_fault_is_reported_and_a_list_with_a_fault_has_no_entries() -> None:
    wrong = {"Skole": "", "Klasse": "", "Klassetrin": "x", "Elever": "x"}
    found = read({}, wrong, {"Klasse": "7.B"}, {"Klasse": "7.C", "Elever": "99"})
    assert found.entries == ()
    assert [(fault.row, fault.column) for fault in found.faults] == [
        (3, "Skole"), (3, "Klasse"), (3, "Klassetrin"), (3, "Elever"), (5, "Elever"),
    ]  # fmt: skip


def test_only_the_grades_that_are_asked_for_are_grades() -> None:
    found = read_classrooms([(2, RIGHT)], range(8, 10), danish)
    assert [fault.reason for fault in found.faults] == ['"7" er ikke et klassetrin fra 8 til 9']


def test_a_fault_is_one_sentence_for_the_person_with_the_file_open() -> None:
    fault = read_classrooms([(14, {**RIGHT, "Klassetrin": "8x"})], GRADES, danish).faults[0]
    assert fault.sentence(danish) == 'række 14, kolonne Klassetrin: "8x" er ikke et klassetrin fra 0 til 10'


def test_the_reason_is_in_the_readers_language() -> None:
    english = Translate("en", {"feltet er tomt": "the cell is empty"})
    found = read_classrooms([(2, {**RIGHT, "Skole": ""})], GRADES, english)
    assert [fault.reason for fault in found.faults] == ["the cell is empty"]
