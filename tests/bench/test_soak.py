"""The soak's judgement: a small morning is clean though workers die, and what is planted is found. Nothing is timed."""

import asyncio
import os
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from app import config, open_house
from app.services.house import House
from app.store.database import Transaction
from app.store.tables import lesson, seat, spent, urn
from tests import postgres
from tests.bench.classes import PUPILS, Measured
from tests.bench.curve import sparkline, svg
from tests.bench.gauges import Gauges, Sample
from tests.bench.morning import Day, Plan, WholeLesson
from tests.bench.servers import make_lessons, prepared, product_on_all_cores
from tests.bench.soak import report, soak
from tests.bench.verdict import Soaked

TOO_LITTLE = Sample(0.0, 0, 0, (0.0, 0.0, 0.0), 1.0, 100.0, 60.0, 30.0, 9, 9, 8.0, 0.5, 1.0, {"seat": 0}, 0)


def test_a_morning_whose_workers_are_killed_counts_each_ballot_once_and_leaves_nothing(
    tmp_path: Path, postgres_socket: Path
) -> None:
    url = postgres.new_database(postgres_socket, f"soak_{uuid.uuid4().hex}")
    pid = int((postgres_socket / "data" / "postmaster.pid").read_text().split()[0])
    soaked = soak(Plan(ballots=300, at_once=5, spread=0.3, kill_each=100), tmp_path, url, pid, workers=2, every=0.5)
    assert soaked.faults() == []
    assert len(soaked.day.killed) >= 1
    assert max(sum(each.rows.values()) for each in soaked.samples) > 0, "the gauges saw no pupil at all"
    assert "Every acknowledged ballot was counted once" in report(soaked, "small")


@dataclass
class School:
    """A server on SQLite, the house behind it, and a lesson for each test."""

    port: int
    house: House
    lessons: list[dict[str, str]]

    def gauges(self) -> Gauges:
        """The instruments of the soak on this database and key folder."""
        return Gauges(os.getpid(), 0, self.house.database, self.house.keys.root)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """One server for all that is planted."""
    environment = prepared(tmp_path_factory.mktemp("soak"), None)
    house = open_house(config.from_environment(environment))
    with product_on_all_cores(environment, 1) as server:
        yield School(server.port, house, make_lessons(environment, "Skovtroldeskolen", 4))
    house.database.dispose()


class TamperedLesson(WholeLesson):
    """A lesson whose votes somebody touches between the last ballot and the close."""

    def __init__(self, school: School, measured: Measured, tamper: Callable[[Transaction], object]) -> None:
        made = school.lessons.pop()
        super().__init__(school.port, len(school.lessons), measured, made["lesson"], made["link"])
        self.house, self.tamper = school.house, tamper

    async def judge(self) -> None:
        with self.house.database.writing() as transaction:
            self.tamper(transaction)
        await super().judge()


def faults_of(school: School, tamper: Callable[[Transaction], object]) -> list[str]:
    """What the judgement says of a class whose votes were touched."""

    async def at_once() -> float:
        return 0.0

    async def run() -> list[str]:
        measured = Measured()
        room = TamperedLesson(school, measured, tamper)
        await room.run(at_once)
        room.watch.close()
        return measured.wrong

    return asyncio.run(run())


def lose(transaction: Transaction) -> None:
    """A sealed ballot disappears while its mark stays."""
    transaction.execute(delete(urn).where(urn.c.key == transaction.scalar(select(urn.c.key).limit(1))))


def double(transaction: Transaction) -> None:
    """A sealed ballot lies in the urn a second time."""
    found = transaction.execute(select(urn).limit(1)).one()
    transaction.execute(urn.insert().values(poll_id=found.poll_id, key=bytes(16), box=found.box))


def test_an_untouched_class_is_accepted(school: School) -> None:
    assert faults_of(school, lambda transaction: None) == []


def test_a_ballot_that_is_lost_is_found(school: School) -> None:
    assert any("n is not 28" in fault for fault in faults_of(school, lose))


def test_a_ballot_that_is_counted_twice_is_found(school: School) -> None:
    found = faults_of(school, double)
    assert any("n is not 28" in fault for fault in found)


def test_whatever_a_lesson_leaves_behind_is_found(school: School) -> None:
    gauges, day = school.gauges(), Day()
    soaked = Soaked(Plan(0, 1, 1.0), day, [gauges.read(0, 0)], 0, 0, [])
    assert soaked.faults() == []
    with school.house.database.writing() as transaction:
        of = transaction.scalar(select(lesson.c.id).limit(1))
        poll = transaction.exec_driver_sql("SELECT id FROM poll LIMIT 1").scalar_one()
        transaction.execute(seat.insert().values(hash=bytes(32), lesson_id=of))
        transaction.execute(spent.insert().values(poll_id=poll, seat_hash=bytes(32)))
        transaction.execute(urn.insert().values(poll_id=poll, key=bytes(16), box=b"box"))
    (school.house.keys.root / "shares" / "left").write_bytes(b"share")
    found = replace(soaked, samples=[gauges.read(0, 0)], lessons_not_ended=1).faults()
    assert found == [
        "1 rows are left in seat",
        "1 rows are left in spent",
        "1 rows are left in urn",
        "1 shares are left in the key folder",
        "1 lessons have not ended",
    ]


def always(_moment: float) -> float:
    """A gauge that never moves."""
    return 100.0


def steady(
    pauses: list[float], memory: Callable[[float], float] = always, piece: Callable[[float], float] = always
) -> Soaked:
    """A morning of one class at once with so long between its ballots."""
    moments = list(accumulate(pauses))
    samples = [replace(TOO_LITTLE, moment=each, server=memory(each), piece=piece(each)) for each in moments[::10]]
    day = Day(moments=moments, began=0.0, full=0.0, emptying=moments[-1])
    return Soaked(Plan(len(moments), 1, 1.0), day, samples, 0, 0, [])


def test_a_morning_as_fast_at_the_end_is_accepted_and_a_slower_one_is_not() -> None:
    assert steady([0.1] * 25 * PUPILS).faults() == []
    slower = steady([0.1] * 20 * PUPILS + [0.125] * 5 * PUPILS)
    assert slower.faults() == ["the last tenth had only 0.80 of the first tenth's rate"]


def test_a_machine_that_is_slower_in_everything_is_not_held_against_the_product() -> None:
    pauses = [0.1] * 20 * PUPILS + [0.125] * 5 * PUPILS
    tired = steady(pauses, piece=lambda moment: 100.0 if moment < sum(pauses) / 2 else 125.0)
    assert tired.weariness() == pytest.approx(1.25)
    assert tired.faults() == []


@pytest.mark.parametrize(("last", "faults"), [(0.1, 0), (0.125, 1)])
def test_a_machine_that_grew_faster_asks_for_no_more_than_was_promised(last: float, faults: int) -> None:
    pauses = [0.1] * 20 * PUPILS + [last] * 5 * PUPILS
    fresh = steady(pauses, piece=lambda moment: 100.0 if moment < sum(pauses) / 2 else 80.0)
    assert len(fresh.faults()) == faults


def test_memory_that_grows_all_morning_is_found() -> None:
    soaked = steady([0.1] * 25 * PUPILS, lambda moment: 100 + moment)
    assert len(soaked.faults()) == 1
    assert "memory" in soaked.faults()[0]


def test_a_handful_of_ballots_says_nothing_about_the_speed() -> None:
    assert steady([0.1] * PUPILS + [10.0] * PUPILS).steadiness() is None


def test_a_ballot_that_was_never_answered_is_found() -> None:
    soaked = steady([0.1] * PUPILS)
    soaked.day.moments.pop()
    assert soaked.faults() == ["27 ballots were acknowledged of 28"]


def test_the_drawing_has_a_point_for_each_sample() -> None:
    samples = [replace(TOO_LITTLE, moment=float(at), ballots=at * at) for at in range(5)]
    lines = re.findall(r'points="([^"]+)"', svg(samples, "A morning"))
    assert [len(line.split()) for line in lines] == [4, 5, 5, 5]
    assert sparkline([0, 1, 2]) == "▁▅█"
