"""The benchmark's bookkeeping: what it calls counted once was counted once. Nothing here measures speed."""

import asyncio
from pathlib import Path

import pytest

from tests.bench.__main__ import YARDSTICKS, drive
from tests.bench.classes import Measured, PejlingRoom, differences
from tests.bench.servers import product, yardstick


@pytest.fixture
def answers() -> list[dict[str, str]]:
    """The ballots of one class."""
    return PejlingRoom(0, 1, Measured(), "l", "/t/s").ballots


def released(answers: list[dict[str, str]], n: int) -> str:
    """What /release would say of a class's first n ballots."""
    found = differences(answers[:n], "")
    bands = {line.split(" ")[0]: line.split("Band(")[1].split(")")[0] for line in found if "Band(" in line}
    parts = [f'"n":{n},'] + [
        '"{}":{{"high":{},"low":{}}}'.format(name, *reversed([pair.split("=")[1] for pair in band.split(", ")]))
        for name, band in bands.items()
    ]
    return "".join(parts)


def test_the_right_release_is_accepted_and_one_ballot_too_few_is_a_fault(answers: list[dict[str, str]]) -> None:
    assert differences(answers, released(answers, 28)) == []
    assert differences(answers, released(answers, 27))[0].startswith("n is not 28")


def test_a_release_of_other_answers_is_a_fault(answers: list[dict[str, str]]) -> None:
    other = [{**ballot, "mates": "28"} for ballot in answers]
    assert differences(answers, released(other, 28)) != []


def test_a_class_is_counted_once_by_the_product_and_visits_are_whole(tmp_path: Path) -> None:
    with product(tmp_path, None, 2) as server:
        measured = asyncio.run(drive("product", server, "closed", [0, 1], 1.0))
    assert measured.wrong == []
    assert (measured.visits, measured.requests) == (56, 6 * 56)


@pytest.mark.parametrize("name", YARDSTICKS)
def test_a_yardstick_answers_everybody(name: str, tmp_path: Path) -> None:
    with yardstick(name, tmp_path, None) as server:
        measured = asyncio.run(drive(name, server, "closed", [0], 1.0))
    assert measured.visits == 28
