"""The other recipes: the unit, the settings and the compose file say the same as the application does."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from app import config
from tests.crash.conftest import PEJLING
from tests.operations.conftest import RECIPES

ROOT = RECIPES.parent.parent
UNIT, SETTINGS, COMPOSE = (
    (RECIPES / name).read_text(encoding="utf-8") for name in ("pejling.service", "pejling.env.example", "compose.yaml")
)
# A unit that may write elsewhere, or grow rights, is not the documented one.
STRICT = {
    "ProtectSystem": "strict",
    "NoNewPrivileges": "yes",
    "PrivateTmp": "yes",
    "Restart": "on-failure",
    "User": "pejling",
    "LimitCORE": "0",
    "EnvironmentFile": "/etc/pejling/pejling.env",
}


def settings(text: str) -> dict[str, str]:
    """The settings of an environment file as systemd reads it."""
    return dict(re.findall(r"^(PEJLING_\w+)=(.*)$", text, re.MULTILINE))


class Asked(dict[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, given: dict[str, str]) -> None:
        super().__init__(given)
        self.names = set[str]()

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override] # as much as is used
        self.names.add(name)
        return super().get(name, default)


def uncommented() -> dict[str, str]:
    """The example's settings, those in comments included."""
    return settings(re.sub(r"^#(?=PEJLING_)", "", SETTINGS, flags=re.MULTILINE))


def read_by_the_application(folder: Path) -> set[str]:
    """The names that the application asks its environment for, when everything is set."""
    here = {"PEJLING_DATA": str(folder / "data"), "PEJLING_KEYS": str(folder / "keys"), "PEJLING_OIDC_SECRET": "x"}
    asked = Asked({**uncommented(), **here})
    config.from_environment(asked)
    return asked.names


def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is missing: the unit was not verified")
    unit = tmp_path / "pejling.service"
    unit.write_text(UNIT.replace("/opt/pejling/venv/bin/pejling", str(PEJLING)), encoding="utf-8")
    verified = subprocess.run([program, "verify", unit], check=False, capture_output=True, text=True)
    assert (verified.returncode, verified.stderr) == (0, "")


def test_the_unit_may_write_data_and_keys_and_nothing_else() -> None:
    says = dict(re.findall(r"^(\w+)=(.*)$", UNIT, re.MULTILINE))
    assert STRICT.items() <= says.items()
    folders = settings(SETTINGS)["PEJLING_DATA"], settings(SETTINGS)["PEJLING_KEYS"]
    assert says["ReadWritePaths"].split() == list(folders)
    assert [f"/var/lib/{name}" for name in says["StateDirectory"].split()] == list(folders)


def test_the_example_names_every_setting_and_is_taken_as_it_stands(tmp_path: Path) -> None:
    named = uncommented()
    assert set(named) == read_by_the_application(tmp_path)
    here = {"PEJLING_DATA": str(tmp_path / "data"), "PEJLING_KEYS": str(tmp_path / "keys")}
    assert config.from_environment({**settings(SETTINGS), **here}).base_url == "https://pejling.example.dk"
    filled = config.from_environment({**named, **here, "PEJLING_OIDC_SECRET": "x"})
    assert filled.oidc is not None
    assert filled.oidc.name == config.OIDC_NAME
    assert filled.database_url.startswith("postgresql://")
    assert not filled.demo


def test_the_readme_lists_the_settings_of_the_example(tmp_path: Path) -> None:
    table = set(re.findall(r"`(PEJLING_[A-Z_]+)`", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert read_by_the_application(tmp_path) - table == {"PEJLING_DEMO"}  # make run is for that


def test_the_manual_lists_every_setting_once_and_no_other(tmp_path: Path) -> None:
    manual = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(PEJLING_[A-Z_]+)` \|", manual, re.MULTILINE)
    commands = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "app/cli").glob("*.py"))
    in_commands = set(re.findall(r'envvar="(PEJLING_[A-Z_]+)"', commands))
    assert sorted(listed) == sorted(read_by_the_application(tmp_path) | in_commands)
    written = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py"))
    assert set(re.findall(r"PEJLING_[A-Z_]+[A-Z]", written)) - {"PEJLING_OIDC"} <= set(listed), "a name in a sentence"


def test_the_defaults_in_the_manual_are_those_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    manual = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    said = dict(re.findall(r"^\| `(PEJLING_[A-Z_]+)` \| .* \| `([^`]+)`[^|]* \|$", manual, re.MULTILINE))
    unset = config.from_environment({})
    assert Path(said["PEJLING_DATA"]) / said["PEJLING_KEYS"] == unset.keys.relative_to(tmp_path)
    assert unset.database_url == f"sqlite:///{tmp_path / said['PEJLING_DATA'] / said['PEJLING_DATABASE_URL']}"
    oidc = [said[f"PEJLING_OIDC_{part}"] for part in ("NAME", "LOGIN", "ROLES")]
    assert oidc == [config.OIDC_NAME, config.OIDC_LOGIN, config.OIDC_ROLES]
    assert (said["PEJLING_DEMO"], unset.demo) == ("0", False)


def test_the_compose_file_keeps_keys_apart_and_holds_no_secret(tmp_path: Path) -> None:
    volumes = re.findall(r"^      - (\w+):(/\S+)$", COMPOSE, re.MULTILINE)
    assert dict(volumes)["keys"] == settings(SETTINGS)["PEJLING_KEYS"]
    assert [name for name, _ in volumes].count("keys") == 1
    assert set(re.findall(r"PEJLING_[A-Z_]+", COMPOSE)) <= read_by_the_application(tmp_path)
    assert not re.search(r"://\w+:[^@\s]+@|PASSWORD: ", COMPOSE), "a password stands in the file"
    assert "\t" not in COMPOSE
    (copied,) = [re.findall(r"COPY (.+) \S+$", COMPOSE, re.MULTILINE)]
    for name in " ".join(copied).split():
        assert (ROOT / name).exists(), f"{name} is not there to copy"


def test_the_containers_entrypoint_hands_the_password_over_and_becomes_the_server(tmp_path: Path) -> None:
    (script,) = re.findall(r"""entrypoint: \["sh", "-c", '(.+)', "pejling"\]""", COMPOSE)
    secret, told = tmp_path / "secret", tmp_path / "pejling"
    secret.write_text("from the file\n", encoding="utf-8")
    told.write_text('#!/bin/sh\necho "$$ $PGPASSWORD $*"\n', encoding="utf-8")
    told.chmod(0o700)
    script = script.replace("$$", "$").replace("/run/secrets/database", str(secret))
    path = f"{tmp_path}:{os.environ['PATH']}"
    with subprocess.Popen(
        ["sh", "-c", script, "pejling", "db", "upgrade"], env={"PATH": path}, stdout=subprocess.PIPE, text=True
    ) as process:
        said = process.communicate(timeout=60)[0]
    assert said == f"{process.pid} from the file db upgrade\n"
