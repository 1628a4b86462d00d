"""Counting for a monitor: off without a token, and in tens at whole five minutes with it."""

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.config import Settings
from app.metrics import counts as counting
from app.metrics.counts import BATCH, WINDOW_SECONDS, Counts
from app.metrics.exposition import exposition
from tests.web.conftest import BASE, Teacher, ballot, seated

TOKEN = "t" * 32
MOMENT = 1_000 * WINDOW_SECONDS + 100


class Minutes:
    """A clock of seconds that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = float(MOMENT)

    def __call__(self) -> float:
        return self.now

    def window(self) -> None:
        """On to the next whole five minutes."""
        self.now += WINDOW_SECONDS


@pytest.fixture
def clock() -> Minutes:
    """The clock of the counts."""
    return Minutes()


@pytest.fixture
def counts(tmp_path: Path, clock: Minutes) -> Counts:
    """The counts of one worker."""
    return Counts(tmp_path, {}, clock)


def told(counts: Counts) -> dict[str, float]:
    """What a monitor reads after the next sheet."""
    counts.settle()
    lines = exposition(counts.sheets).decode().splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[0] != "#")}


def test_ballots_are_told_in_tens_and_not_before_the_five_minutes_are_over(counts: Counts, clock: Minutes) -> None:
    for _ in range(2 * BATCH + 3):
        counts.ballot()
    assert told(counts)["pejling_ballots_total"] == 0
    clock.now += WINDOW_SECONDS - 101
    assert told(counts)["pejling_ballots_total"] == 0
    clock.now += 1
    assert told(counts)["pejling_ballots_total"] == 2 * BATCH
    for _ in range(BATCH - 4):
        counts.ballot()
    clock.window()
    assert told(counts)["pejling_ballots_total"] == 2 * BATCH
    counts.ballot()
    clock.window()
    assert told(counts)["pejling_ballots_total"] == 3 * BATCH, "what is not told yet is not forgotten"


def test_a_name_that_stands_for_fewer_than_ten_is_not_there(counts: Counts, clock: Minutes) -> None:
    for _ in range(BATCH - 1):
        counts.refused("too_many_seats")
        counts.answered("/lesson/<lesson_id>/close", "POST", 303, 0.01)
    clock.window()
    assert [name for name in told(counts) if "close" in name or "seats" in name] == []


def test_what_the_server_does_by_itself_is_told_at_once(counts: Counts) -> None:
    counts.server("sweep_failures")
    counts.answered("/s", "POST", 503, 0.01)
    now = told(counts)
    assert (now["pejling_sweep_failures_total"], now["pejling_faults_total"]) == (1, 1)
    assert not any('route="' in name for name in now), "but not where"


def test_times_are_told_in_buckets_that_add_up_and_without_a_sum(counts: Counts, clock: Minutes) -> None:
    for seconds in [0.001] * BATCH + [0.3] * BATCH + [60.0] * BATCH:
        counts.answered("/s", "GET", 200, seconds)
    clock.window()
    now = told(counts)
    buckets = {
        bound: now[f'pejling_request_seconds_bucket{{le="{bound}",route="/s"}}'] for bound in ("0.25", "1.0", "+Inf")
    }
    assert buckets == {"0.25": BATCH, "1.0": 2 * BATCH, "+Inf": 3 * BATCH}
    assert not any(name.startswith("pejling_request_seconds_sum") for name in now)


@pytest.fixture
def watched(tmp_path: Path) -> Flask:
    """The application with a monitor let in."""
    settings = Settings(f"sqlite:///{tmp_path / 'pejling.sqlite'}", tmp_path / "keys", BASE, metrics_token=TOKEN)
    return create_app(settings, tmp_path)


def test_without_a_token_there_is_no_such_page(app: Flask, watched: Flask, tmp_path: Path) -> None:
    shown = {"Authorization": f"Bearer {TOKEN}"}
    settings = app.extensions["pejling.settings"]
    for unwatched in (app, create_app(settings, tmp_path), create_app(replace(settings, metrics_token=TOKEN))):
        assert unwatched.test_client().get("/metrics", headers=shown).status_code == 404
    assert watched.test_client().get("/metrics").status_code == 404
    answer = watched.test_client().get("/metrics", headers=shown)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.headers["Content-Type"].startswith("text/plain; version=")


def test_the_page_has_its_word_and_no_other_page_comes_with_it(app: Flask, watched: Flask) -> None:
    def words(of: Flask) -> set[tuple[str, str]]:
        rules = of.url_map.iter_rules()
        return {(rule.rule, getattr(of.view_functions[rule.endpoint], "access", "no word")) for rule in rules}

    assert words(watched) - words(app) == {("/metrics", "watches")}


def test_a_class_is_counted_by_templates_and_reasons(watched: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "BATCH", 1)
    counts: Counts = watched.extensions["pejling.counts"]
    teacher = Teacher(watched)
    teacher.press("lobby")
    pupils = [seated(teacher) for _ in range(3)]
    assert teacher.press("open") == 303
    for pupil in pupils:
        assert pupil.post("/s", data=ballot(pupil)).status_code == 303
    stranger = watched.test_client()
    assert stranger.get("/s").status_code == 404
    assert stranger.get("/999999").status_code == 404
    assert stranger.get("/no/such/page").status_code == 404
    assert stranger.open("/s", method="BREW").status_code == 405
    assert stranger.options("/s").status_code == 200
    later = Minutes()
    later.now = time.time() + WINDOW_SECONDS
    monkeypatch.setattr(counts, "_clock", later)
    now = told(counts)
    assert now["pejling_ballots_total"] == 3
    assert now['pejling_refusals_total{reason="no_seat"}'] == 1
    assert now['pejling_refusals_total{reason="unknown_code"}'] == 1
    assert now['pejling_requests_total{method="POST",route="/s",status="3xx"}'] == 3
    assert now['pejling_requests_total{method="other",route="none",status="4xx"}'] == 1
    assert now['pejling_requests_total{method="other",route="/s",status="2xx"}'] == 1
    assert now['pejling_requests_total{method="GET",route="none",status="4xx"}'] == 1
    templates = {rule.rule for rule in watched.url_map.iter_rules()} | {"none"}
    assert {found for name in now for found in re.findall('route="([^"]+)"', name)} <= templates
