"""What is wrong with a setting, a folder or a survey file is one sentence in the terminal, before it is served."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.config import resource_root
from tests import postgres

PEJLING = Path(sys.executable).parent / "pejling"


def said(tmp_path: Path, *command: str, **settings: str) -> tuple[int, str]:
    """Run the command with settings of its own; its exit code and what it said of errors."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PEJLING_")}
    environment = {**inherited, "PEJLING_DATA": str(tmp_path / "data"), **settings}
    done = subprocess.run([PEJLING, *command], env=environment, check=False, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("command", "settings", "sentence"),
    [
        ("serve --host 0.0.0.0", {}, "PEJLING_BASE_URL mangler. Når du lytter på 0.0.0.0"),
        ("serve --port 99999", {}, "Porten skal være et tal fra 1 til 65535"),
        ("serve", {"PEJLING_BASE_URL": "pejling"}, "PEJLING_BASE_URL skal ligne https://pejling.example.dk"),
        ("serve", {"PEJLING_SECRET_KEY": "kort"}, "PEJLING_SECRET_KEY skal have mindst 32 tegn."),
        ("serve", {"PEJLING_DEMO": "ja"}, "PEJLING_DEMO skal være 0 eller 1"),
        ("serve", {"PEJLING_DATABASE_URL": "mysql://x"}, "PEJLING_DATABASE_URL skal begynde med sqlite:/// eller"),
        ("serve", {"PEJLING_DATABASE_URL": "sqlite:////nowhere/x"}, "Databasen kan ikke nås, eller den mangler"),
        ("serve", {"PEJLING_DATA": "/dev/null/data"}, "PEJLING_DATA: der kan ikke skrives i mappen /dev/null/data"),
        ("serve", {"PEJLING_KEYS": "/dev/null/keys"}, "PEJLING_KEYS: der kan ikke skrives i mappen /dev/null/keys"),
        ("lesson --school S --classroom 7.A --grade 7 --theme vejr", {}, "Emnet 'vejr' findes ikke. Vælg blandt:"),
        (
            "lesson --school S --classroom 7.A --grade 7 --theme alkohol --theme2 alkohol", {},
            "Vælg ét til 3 forskellige emner.",
        ),
    ],
)  # fmt: skip
def test_what_a_person_can_mend_is_one_sentence(
    tmp_path: Path, command: str, settings: dict[str, str], sentence: str
) -> None:
    code, error = said(tmp_path, *command.split(), **settings)
    assert code == 1
    assert sentence in error
    assert "Traceback" not in error


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("key = ", "alkohol.toml: -: not TOML in UTF-8"),
        ('key = "alkohol"\n', "alkohol.toml: edition: is missing"),
    ],
)
def test_a_broken_survey_file_is_named_with_key_and_reason(tmp_path: Path, broken: str, reason: str) -> None:
    surveys = tmp_path / "surveys"
    shutil.copytree(resource_root() / "surveys", surveys)
    (surveys / "alkohol.toml").write_text(broken, encoding="utf-8")
    code, error = said(tmp_path, "check-surveys", str(surveys))
    assert code == 1
    assert reason in error
    assert "Traceback" not in error


def test_a_classroom_is_not_asked_under_another_grade(tmp_path: Path) -> None:
    lesson = ("lesson", "--school", "S", "--classroom", "Rød", "--theme", "skaerm-om-natten", "--grade")
    assert said(tmp_path, *lesson, "7")[0] == 0
    code, error = said(tmp_path, *lesson, "9")
    assert (code, "Klassen findes allerede på et andet klassetrin." in error) == (1, True)


@pytest.mark.parametrize("command", ["serve", "lesson --school S --classroom A --grade 7 --theme alkohol", "backup B"])
def test_a_database_without_its_tables_is_said_before_anything_is_done(
    tmp_path: Path, postgres_socket: Path, command: str
) -> None:
    empty = postgres.new_database(postgres_socket, f"empty_{command.split()[0]}")
    words = [str(tmp_path / word) if word == "B" else word for word in command.split()]
    code, error = said(tmp_path, *words, PEJLING_DATABASE_URL=empty)
    assert (code, "pejling db upgrade" in error, "Traceback" in error) == (1, True, False)
