"""What an address means, and what can be seen of classrooms at all."""

import pytest

from app.domain.comparison import Mark
from app.domain.refusal import Refusal
from app.services.compare import Subject
from app.services.house import House
from app.services.show_comparison import ComparisonPage, show_comparison
from app.services.show_overview import Overview, show_overview
from app.store import released
from tests.services.test_fjordby import fjordby

__all__ = ["fjordby"]


def page(
    house: House,
    theme: str | None = None,
    grade: int | None = None,
    year: int | None = None,
    school: str | None = None,
) -> ComparisonPage:
    """The page of an address."""
    with house.reading() as work:
        found = show_comparison(work, theme, grade, year, school)
    assert found is not None
    return found


def test_what_an_address_leaves_out_may_be_anything(fjordby: House) -> None:
    assert page(fjordby).found.subject == Subject("alkohol", 7, 2025)
    assert page(fjordby, grade=9).found.subject == Subject("fuldskab", 9, 2025)
    assert page(fjordby, theme="nikotin", school="Havtornskolen").found.subject.school == "Havtornskolen"


def test_every_choice_is_a_subject_that_there_is(fjordby: House) -> None:
    found = page(fjordby, theme="alkohol", school="Vindebroskolen")
    assert found.themes == (
        Subject("alkohol", 7, 2025), Subject("nikotin", 8, 2025), Subject("fuldskab", 9, 2025),
    )  # fmt: skip
    assert found.grades == found.years == (Subject("alkohol", 7, 2025),)
    assert [each.school for each in found.schools] == sorted(each.school or "" for each in found.schools)


def test_whether_anybody_could_stand_out_is_known_from_the_bands_that_there_are(fjordby: House) -> None:
    assert [each.can_stand_out for each in page(fjordby, theme="alkohol").waves] == [True, True]
    assert [each.can_stand_out for each in page(fjordby, theme="fuldskab").waves] == [False, False]


def test_a_published_figure_of_unknown_season_is_for_orientation_only(fjordby: House) -> None:
    assert {each.mark for each in page(fjordby).waves} == {Mark.B}, "nobody has said in which season"
    assert not page(fjordby).old


def test_what_there_is_not_is_refused(fjordby: House) -> None:
    for wanted in ({"theme": "hash"}, {"grade": 5}, {"year": 2024}, {"school": "Skovtroldeskolen"}):
        with pytest.raises(Refusal):
            page(fjordby, **wanted)  # type: ignore[arg-type]


def test_where_nothing_was_asked_there_is_nothing_to_show_in_either_kind_of_database(house: House) -> None:
    with house.reading() as work:
        assert show_overview(work) == Overview((), (), ())
        assert show_comparison(work, None, None, None, None) is None
        assert released.schools(work.db, 2025, "alkohol", 7) == []
