"""The pages of a lesson on paper: slips, the form, and a count that comes back as it was typed when it is wrong."""

import re

import pytest

from tests.web.conftest import Teacher, seated

TOTALS = {
    "size": "22", "ballots": "22", "yes": "3", "no": "18", "skip": "1",
    "others": "20", "others_total": "180", "mates": "22", "mates_total": "140",
}  # fmt: skip


def type_count(teacher: Teacher, **wrong: str) -> tuple[int, str]:
    """Fill in the form and send it: the status and the page."""
    page = teacher.client.get(f"/lesson/{teacher.lesson}/count").get_data(as_text=True)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', page))
    answer = teacher.client.post(f"/lesson/{teacher.lesson}/count", data={**hidden, **TOTALS, **wrong})
    return answer.status_code, answer.get_data(as_text=True)


def test_the_count_leads_to_the_same_reveal(teacher: Teacher) -> None:
    assert type_count(teacher)[0] == 303
    page = teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)
    assert "Højst 3" in page
    released = teacher.client.get(f"/lesson/{teacher.lesson}/release?theme=skaerm-om-natten").get_json()
    assert (released["n"], released["path"]) == (22, "A")


def test_a_wrong_count_says_why_and_keeps_what_was_typed(teacher: Teacher) -> None:
    status, page = type_count(teacher, yes="4")
    assert status == 400
    assert "Ja, nej og sprang over skal tilsammen give antallet af svarsedler." in page
    for name, value in {**TOTALS, "yes": "4"}.items():
        assert re.search(rf'name="{name}"[^>]* value="{value}"', page), name
    assert teacher.state()["state"] == "ready"


def test_every_pupil_gets_a_slip_a_theme(app: object) -> None:
    teacher = Teacher(app, "skaerm-om-natten", "alkohol")  # type: ignore[arg-type]
    page = teacher.client.get(f"/lesson/{teacher.lesson}/slips?size=21").get_data(as_text=True)
    assert page.count("<section") == page.count("Tænk på jer 21, der er her i dag.") == 2 * 21


@pytest.mark.parametrize("size", ["", "0", "41", "x", "-1", "²", "00401234"])
def test_slips_for_no_class_are_refused(teacher: Teacher, size: str) -> None:
    answer = teacher.client.get(f"/lesson/{teacher.lesson}/slips", query_string={"size": size})
    assert answer.status_code == 400
    assert "Skriv et helt tal" in answer.get_data(as_text=True)


def test_paper_is_not_offered_when_somebody_sits(teacher: Teacher) -> None:
    teacher.press("lobby")
    assert "Brug papir" in teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)
    seated(teacher)
    assert "Brug papir" not in teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)
    assert "Tast optællingen ind" not in teacher.client.get(f"/lesson/{teacher.lesson}/paper").get_data(as_text=True)
    status, page = type_count(teacher)
    assert (status, "Nogen har taget plads" in page) == (409, True)


def test_the_next_question_of_a_lesson_on_paper_is_on_paper(app: object) -> None:
    teacher = Teacher(app, "skaerm-om-natten", "alkohol")  # type: ignore[arg-type]
    type_count(teacher)
    page = teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True)
    assert f'href="/lesson/{teacher.lesson}/paper">Næste spørgsmål' in page
    assert f"/lesson/{teacher.lesson}/open" not in page
