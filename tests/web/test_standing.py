"""Where a lesson stands: boards are answered before Flask, and hear word for word what Flask would say."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.config import Settings
from app.metrics.counts import Counts
from tests.web.conftest import BASE, Teacher, seated

PLAIN, BY_FLASK = "/lesson/{}/state", "/lesson/{}/state?x"
STEPS: dict[str, tuple[str, ...]] = {
    "ready": (), "lobby": ("lobby",), "voting": ("lobby", "seat", "open"), "ended": ("lobby", "end"),
    "closed": ("lobby", "seat", "open", "close"),
}  # fmt: skip


def stands(teacher: Teacher, address: str, method: str = "GET", **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers of an answer."""
    answer = teacher.client.open(address.format(teacher.lesson), method=method, headers=headers)
    return answer.status_code, answer.data, dict(answer.headers)


@pytest.mark.parametrize("step", STEPS)
def test_a_board_hears_what_flask_would_say(teacher: Teacher, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for verb in STEPS[step]:
        assert seated(teacher) if verb == "seat" else teacher.press(verb) == 303
    slow = stands(teacher, BY_FLASK)
    assert stands(teacher, PLAIN) == slow
    assert slow[0] == 200
    tag = slow[2]["ETag"]
    assert stands(teacher, PLAIN, **{"If-None-Match": tag})[:2] == (304, b"")
    assert stands(teacher, PLAIN, **{"If-None-Match": tag}) == stands(teacher, BY_FLASK, **{"If-None-Match": tag})
    monkeypatch.setattr(teacher.app, "full_dispatch_request", None)
    assert stands(teacher, PLAIN) == slow, "without Flask"


STRANGERS: dict[str, Callable[[Teacher], None]] = {
    "without a cookie": lambda teacher: teacher.client.delete_cookie(f"lesson-{teacher.lesson}"),
    "with a wrong one": lambda teacher: teacher.client.set_cookie(f"lesson-{teacher.lesson}", "x" * 43),
    "with another lesson's": lambda teacher: teacher.client.set_cookie(
        f"lesson-{teacher.lesson}", Teacher(teacher.app, grade=8).secret
    ),
}


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_stranger_is_refused_by_flask_and_hears_nothing(teacher: Teacher, stranger: str) -> None:
    STRANGERS[stranger](teacher)
    status, body, _ = stands(teacher, PLAIN)
    assert (status, b"ready" in body, b"link igen" in body) == (403, False, True)


def test_other_methods_are_flask_s(teacher: Teacher) -> None:
    assert stands(teacher, PLAIN, "HEAD")[:2] == (200, b"")
    assert stands(teacher, PLAIN, "POST")[0] in (400, 405)


def test_a_monitor_counts_boards_where_they_are_answered(tmp_path: Path) -> None:
    settings = Settings(f"sqlite:///{tmp_path / 'pejling.sqlite'}", tmp_path / "keys", BASE)
    app: Flask = create_app(replace(settings, metrics_token="t" * 32), tmp_path)
    teacher, seen = Teacher(app), list[tuple[str, str, int]]()
    counts: Counts = app.extensions["pejling.counts"]
    counts.answered = lambda rule, method, status, seconds: seen.append((rule, method, status))  # type: ignore[method-assign]
    for address in (PLAIN, BY_FLASK):
        stands(teacher, address)
    assert seen == [("/lesson/<lesson_id>/state", "GET", 200)] * 2
