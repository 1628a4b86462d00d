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


def read_by_the_application() -> set[str]:
    """The names of all settings in the application's text."""
    return set(re.findall(r'"(PEJLING_[A-Z_]+)"', (ROOT / "app/config.py").read_text(encoding="utf-8"))) | {
        f"PEJLING_OIDC_{part}" for part in ("ISSUER", "CLIENT", "SECRET")
    }


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
    everything = re.sub(r"^#(?=PEJLING_)", "", SETTINGS, flags=re.MULTILINE)
    named = settings(everything)
    assert set(named) == read_by_the_application()
    here = {"PEJLING_DATA": str(tmp_path / "data"), "PEJLING_KEYS": str(tmp_path / "keys")}
    assert config.from_environment({**settings(SETTINGS), **here}).base_url == "https://pejling.example.dk"
    filled = config.from_environment({**named, **here, "PEJLING_OIDC_SECRET": "x"})
    assert filled.oidc is not None
    assert filled.oidc.name == config.OIDC_NAME
    assert filled.database_url.startswith("postgresql://")
    assert not filled.demo


def test_the_readme_lists_the_settings_of_the_example() -> None:
    table = set(re.findall(r"`(PEJLING_[A-Z_]+)`", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert read_by_the_application() - table == {"PEJLING_DEMO"}  # make run is for that


def test_the_compose_file_keeps_keys_apart_and_holds_no_secret() -> None:
    volumes = re.findall(r"^      - (\w+):(/\S+)$", COMPOSE, re.MULTILINE)
    assert dict(volumes)["keys"] == settings(SETTINGS)["PEJLING_KEYS"]
    assert [name for name, _ in volumes].count("keys") == 1
    assert set(re.findall(r"PEJLING_[A-Z_]+", COMPOSE)) <= read_by_the_application()
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
