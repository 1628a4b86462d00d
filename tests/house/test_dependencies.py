"""Every locked package is listed with its licence, and the licence goes together with the project's."""

import importlib.metadata
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ROW = re.compile(r"^\| ([a-z0-9-]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
# Licences that let MPL-2.0 code use a package as a library, unchanged.
COMPATIBLE = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "LGPL-3.0-only", "MIT", "MIT-0", "MIT-CMU",
    "MPL-2.0", "PSF-2.0", "Zlib",
}  # fmt: skip

_PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, WORKSHOP = _PYPROJECT["project"], _PYPROJECT["dependency-groups"]
TOOLS = [each for each in WORKSHOP["dev"] if isinstance(each, str)]


def listed() -> dict[str, tuple[str, str]]:
    """Licence and purpose of every package in the list."""
    found = ROW.findall((ROOT / "docs/dependencies.md").read_text(encoding="utf-8"))
    return {name: (licence.strip(), purpose.strip()) for name, licence, purpose in found if name != "package"}


def locked(lock: str = "requirements.lock") -> dict[str, str]:
    """Every package in a lock, for whatever platform, with its version."""
    pins = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pins}


def asked(*groups: list[str]) -> set[str]:
    """The names of packages that are asked for."""
    return {re.split(r"[\[>=]", each)[0] for group in groups for each in group}


def test_every_locked_package_is_listed_and_no_other() -> None:
    assert set(listed()) == set(locked())


def test_every_licence_goes_together_with_the_projects() -> None:
    for name, (licence, _) in listed().items():
        allowed = [set(part.split(" AND ")) <= COMPATIBLE for part in licence.strip("()").split(" OR ")]
        assert any(allowed), f"{name}: {licence}"


def test_every_licence_is_the_one_that_the_installed_package_names() -> None:
    compared = 0
    for name, (licence, _) in listed().items():
        try:
            said = importlib.metadata.metadata(name)
        except importlib.metadata.PackageNotFoundError:  # locked for another platform
            continue
        compared += 1
        if "License-Expression" in said:
            assert said["License-Expression"] == licence, name
        else:
            words = " ".join([said.get("License") or "", *(said.get_all("Classifier") or ())])
            assert licence.split("-")[0] in words, f"{name} says {words}"
    assert compared >= 70


def test_every_package_that_the_project_asks_for_says_what_it_is_for() -> None:
    for name in asked(PROJECT["dependencies"], *PROJECT["optional-dependencies"].values(), WORKSHOP["build"], TOOLS):
        assert not listed()[name][1].startswith("brought by"), name


def test_a_server_installs_what_it_needs_in_the_tested_versions_and_nothing_of_the_workshop() -> None:
    server = locked("requirements-server.lock")
    assert server.items() <= locked().items()
    needed = asked(PROJECT["dependencies"], *PROJECT["optional-dependencies"].values(), WORKSHOP["build"])
    assert needed <= set(server)
    assert not asked(TOOLS) & set(server)
