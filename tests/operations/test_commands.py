"""What a person types wrongly at a command is one sentence, and nothing is made of it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main


@pytest.mark.parametrize(
    ("school", "classroom", "said"),
    [
        ("", "7.A", "--school: der skal stå et navn."),
        ("Skovtroldeskolen", " ", "--classroom: der skal stå et navn."),
        ("x" * 121, "7.A", "--school: teksten er længere end 120 tegn."),
        ("Skovtroldeskolen", "x" * 61, "--classroom: teksten er længere end 60 tegn."),
        ("Skov\u200bskolen", "7.A", "--school: der er et tegn, som ikke kan ses; skriv feltet igen."),
    ],
)
def test_a_lesson_is_of_a_classroom_with_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, school: str, classroom: str, said: str
) -> None:
    monkeypatch.setenv("PEJLING_DATA", str(tmp_path / "data"))
    names = ["--school", school, "--classroom", classroom]
    run = CliRunner().invoke(main, ["lesson", *names, "--grade", "7", "--theme", "alkohol"])
    assert (run.exit_code, run.output) == (1, f"Error: {said}\n")


@pytest.mark.parametrize(
    ("role", "school", "said"),
    [
        ("teacher", "Skovtroldeskollen", "Der er ingen skole her med det navn. Er det skrevet rigtigt?"),
        ("teacher", "", "Lærere og skoleledere hører til én skole. Andre hører ikke til en skole."),
        ("consultant", "Findes ikke", "Der er ingen skole her med det navn. Er det skrevet rigtigt?"),
        ("consultant", "Skovtroldeskolen", "Lærere og skoleledere hører til én skole. Andre hører ikke til en skole."),
    ],
)
def test_an_account_is_made_at_a_school_that_there_is_or_at_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, role: str, school: str, said: str
) -> None:
    monkeypatch.setenv("PEJLING_DATA", str(tmp_path / "data"))
    made = ["lesson", "--school", "Skovtroldeskolen", "--classroom", "7.A", "--grade", "7", "--theme", "alkohol"]
    assert CliRunner().invoke(main, made).exit_code == 0
    typed = ["staff", "add", "--role", role, "--school", school, "--login", "nogen@fjordby.example"]
    run = CliRunner().invoke(main, typed)
    assert (run.exit_code, run.output) == (1, f"Error: {said}\n")
