"""/readyz: what a load balancer reads, and what lets two machines be compared."""

from dataclasses import replace
from pathlib import Path

from flask import Flask

from app import create_app
from app.config import Settings
from tests.web.conftest import BASE, Teacher, seated


def settings(tmp_path: Path, keys: str, secret: bytes | None = None) -> Settings:
    """One of several machines on the same database."""
    return Settings(f"sqlite:///{tmp_path / 'pejling.sqlite'}", tmp_path / keys, BASE, secret)


def ready(app: Flask) -> tuple[int, dict[str, object]]:
    """What a machine says."""
    answer = app.test_client().get("/readyz")
    return answer.status_code, answer.get_json()


def test_machines_with_another_secret_or_another_key_folder_can_be_told_apart(tmp_path: Path) -> None:
    mine = settings(tmp_path, "keys", b"a secret of thirty-two characters")
    machines = [
        mine,
        mine,
        replace(mine, secret_key=b"another one of thirty-two characters"),
        settings(tmp_path, "own"),
    ]
    said = [ready(create_app(each))[1] for each in machines]
    assert said[0] == said[1]
    assert len({each["installation"] for each in said}) == 3
    assert [each["key_folder"] == said[0]["key_folder"] for each in said] == [True, True, True, False]
    assert b"thirty-two" not in create_app(mine).test_client().get("/readyz").data


def test_a_machine_with_an_empty_key_folder_is_sent_nobody(tmp_path: Path) -> None:
    app = create_app(settings(tmp_path, "keys"))
    for grade in (7, 8):
        teacher = Teacher(app, grade=grade)
        assert teacher.press("lobby") == 303
        seated(teacher)
        assert teacher.press("open") == 303
    assert ready(app)[0] == 200
    status, said = ready(create_app(settings(tmp_path, "own")))
    assert (status, said["status"]) == (503, "not ready")
    assert len(said["missing_shares"]) == 2  # type: ignore[arg-type] # a list in JSON
