"""Fjordby's stories come out of its ballots: cast, closed and released like those of every other class."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.config import resource_root
from app.services.house import House
from app.services.seed_demo import seed_demo
from app.services.seed_waves import seed_waves
from app.store.demo import classes
from app.store.tables import classroom, figure, lesson, poll, release, school, urn
from tests.conftest import Clock, open_house


@pytest.fixture(scope="module")
def fjordby(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demo's municipality."""
    folder: Path = tmp_path_factory.mktemp("fjordby")
    house = open_house(f"sqlite:///{folder / 'pejling.sqlite'}", folder / "keys", Clock())
    invented = classes(resource_root() / "surveys")
    with house.writing() as work:
        seed_demo(work, invented, ())
    seed_waves(house, invented)
    yield house
    house.database.dispose()


def own(house: House, school_name: str, name: str, ruler: str) -> tuple[int | None, int | None, int | None] | None:
    """Ballots and own band of a classroom's wave."""
    query = (
        select(release.c.n, figure.c.low, figure.c.high)
        .select_from(release.join(poll, poll.c.id == release.c.poll_id).join(lesson).join(classroom).join(school))
        .join(figure, figure.c.poll_id == release.c.poll_id)
        .where(school.c.name == school_name, classroom.c.name == name, poll.c.ruler == ruler, figure.c.measure == "own")
    )
    with house.reading() as work:
        row = work.db.execute(query).first()
    return None if row is None else (row.n, row.low, row.high)


@pytest.mark.parametrize(
    ("school_name", "name", "autumn", "spring"),
    [
        ("Vindebroskolen", "7.A", (21, 0, 3), (21, 0, 5)),
        ("Havtornskolen", "7.A", (20, 0, 3), (23, 0, 5)),
        ("Blåmejseskolen", "9.A", (22, 8, 11), None),
        ("Klitrosenskolen", "7.B", None, None),
    ],
)
def test_a_story_reads_in_bands(
    fjordby: House,
    school_name: str,
    name: str,
    autumn: tuple[int, int, int] | None,
    spring: tuple[int, int, int] | None,
) -> None:
    for ruler, wanted in (("A", autumn), ("B", spring)):
        found = own(fjordby, school_name, name, ruler)
        assert found is not None
        if wanted is not None:
            assert found == wanted


def test_nine_answers_and_a_class_of_six_release_nothing_of_their_own(fjordby: House) -> None:
    assert own(fjordby, "Havtornskolen", "7.B", "A") == (None, None, None)
    assert own(fjordby, "Vindebroskolen", "8.S", "A") == (None, None, None)


def test_a_class_without_a_spring_has_one_wave(fjordby: House) -> None:
    assert own(fjordby, "Klitrosenskolen", "7.A", "A") is not None
    assert own(fjordby, "Klitrosenskolen", "7.A", "B") is None


def test_nothing_is_left_of_the_ballots(fjordby: House) -> None:
    with fjordby.reading() as work:
        assert work.db.execute(select(urn)).all() == []
    assert list(fjordby.keys.shares_older_than(0)) == []
