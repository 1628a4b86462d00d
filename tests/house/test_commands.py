"""What is wrong with a setting, a folder or a survey file is one sentence in the terminal, before it is served."""

import json
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
    done = ran(tmp_path, *command, **settings)
    return done.returncode, done.stderr


def ran(tmp_path: Path, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """The same, with all that it said."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PEJLING_")}
    environment = {**inherited, "PEJLING_DATA": str(tmp_path / "data"), **settings}
    return subprocess.run([PEJLING, *command], env=environment, check=False, capture_output=True, text=True, timeout=60)


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


def test_figures_are_imported_whole_and_again_without_a_change(tmp_path: Path) -> None:
    shipped = str(resource_root() / "surveys" / "reference" / "denmark.csv")
    for new, same in ((3, 0), (0, 3)):
        done = ran(tmp_path, "benchmark", "import", shipped, "--json")
        assert json.loads(done.stdout) == {"new": new, "changed": 0, "same": same, "left_out": 0}
    collection = tmp_path / "tal.csv"
    collection.write_text("indicator,grade_or_age,year,share_percent\nsnus,7. klasse,2025,3\n", encoding="utf-8")
    assert ran(tmp_path, "benchmark", "import", str(collection)).stdout.splitlines() == [
        "Nye tal: 0, ændrede 0, som før 0, udeladt 1.",
        "Udeladt 1: intet emne her handler om det.",
    ]


def test_faults_in_figures_are_named_and_nothing_is_imported(tmp_path: Path) -> None:
    wrong = tmp_path / "tal.csv"
    wrong.write_text("Emne;Klassetrin;År;Andel\nhash;9;2025;3\nhash;8;2025;12,5%x\nvejr;8;2025;3\n", encoding="utf-8")
    code, error = said(tmp_path, "benchmark", "import", str(wrong))
    assert code == 1
    assert 'række 3, kolonne Andel: "12,5%x" er ikke et tal\nrække 4, kolonne Emne: "vejr" er ikke et emne' in error
    wrong.write_text("Emne;Klassetrin;År;Andel\nhash;9;2025;3\n", encoding="utf-8")
    assert json.loads(ran(tmp_path, "benchmark", "import", str(wrong), "--json").stdout)["new"] == 1
    code, error = said(tmp_path, "benchmark", "import", str(PEJLING))
    assert (code, "Traceback" in error) == (1, False)


@pytest.mark.parametrize("command", ["serve", "lesson --school S --classroom A --grade 7 --theme alkohol", "backup B"])
def test_a_database_without_its_tables_is_said_before_anything_is_done(
    tmp_path: Path, postgres_socket: Path, command: str
) -> None:
    empty = postgres.new_database(postgres_socket, f"empty_{command.split()[0]}")
    words = [str(tmp_path / word) if word == "B" else word for word in command.split()]
    code, error = said(tmp_path, *words, PEJLING_DATABASE_URL=empty)
    assert (code, "pejling db upgrade" in error, "Traceback" in error) == (1, True, False)
