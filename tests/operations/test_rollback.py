"""Back to the version from before, by the commands of docs/installation.md."""

import shutil
from pathlib import Path

import pytest

from app.sealing import tokens
from tests.crash.conftest import THEME, Browser, Lesson, Server

PUPILS = 10


@pytest.fixture
def stopped(tmp_path: Path) -> Server:
    """A server on SQLite that has not been started, its keys in a folder beside its data."""
    made = Server(tmp_path / "data", None)
    made.environment["PEJLING_KEYS"] = str(tmp_path / "keys")
    return made


def test_the_backup_from_before_comes_back_and_the_ledger_remembers_what_came_after(
    stopped: Server, tmp_path: Path
) -> None:
    server, backup = stopped.start(), tmp_path / "before.sqlite"
    try:
        shown, planned = Lesson(server, "7.A").voting(PUPILS), Lesson(server, "7.B")
        for seat in shown.seats:
            assert shown.prepare(seat)()
        server.command("backup", str(backup))  # "the server may go on"
        assert shown.press("close") == 303

        server.kill()
        away = tmp_path / "away"
        away.mkdir()
        for file in server.data.glob("pejling.sqlite*"):
            shutil.move(file, away)
        server.command("db", "upgrade")
        server.command("restore", str(backup))
        server.start()

        assert planned.ask("state")["state"] == "ready"
        assert shown.teacher.ask("GET", f"/lesson/{shown.id}/release?theme={THEME}")[0] == 404
        assert _opens(server, planned)
        assert Lesson(server, "7.A").press("lobby") == 409
    finally:
        server.kill()


def _opens(server: Server, lesson: Lesson) -> bool:
    """Whether ten pupils may take a seat and the teacher may open the vote."""
    assert lesson.press("lobby") == 303
    code = lesson.ask("state")["code"]
    for _ in range(PUPILS):
        pupil = Browser(server.port)
        pupil.ask("GET", f"/{code}")
        assert pupil.ask("POST", f"/{code}", seat=tokens.mint_seat())[0] == 303
    return lesson.press("open") == 303
