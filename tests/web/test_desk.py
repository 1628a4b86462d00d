"""The desk hands over only what may be shared."""

import dataclasses
import typing
from typing import Any

import pytest
from flask import Flask

from app.domain.ballot import Ballot, Own
from app.domain.tally import Tally
from app.services.house import Work
from app.services.start_lesson import Started
from app.web import desk

NEVER = (Ballot, Tally, Started)


def reached(kind: Any, seen: set[Any]) -> set[Any]:
    """Every class that a value of `kind` can hold, by its annotations."""
    if kind in seen:
        return seen
    seen.add(kind)
    for inner in typing.get_args(kind):
        reached(inner, seen)
    if dataclasses.is_dataclass(kind):
        for annotation in typing.get_type_hints(kind).values():
            reached(annotation, seen)
    return seen


@pytest.mark.parametrize("kind", desk.SHAREABLE)
def test_nothing_that_may_be_shared_can_hold_an_exact_count_or_a_secret(kind: type) -> None:
    assert not reached(kind, set()) & set(NEVER)


def test_a_tally_does_not_leave_the_desk(app: Flask) -> None:
    def leak(_work: Work) -> Tally:
        return Tally(22, 22, 3, {})

    with app.app_context(), pytest.raises(TypeError, match="Tally does not leave the desk"):
        desk.look(leak)


def test_the_walk_over_types_finds_what_is_hidden_deep() -> None:
    @dataclasses.dataclass
    class Outer:
        inner: tuple[Ballot | None, ...]

    assert Ballot in reached(Outer, set())
    assert Own in reached(Outer, set())
