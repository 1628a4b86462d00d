"""The wheel alone, in an environment of its own, run from an empty folder that it cannot write in.

Without a network, the dependencies cannot be downloaded: those that the wheel names, and what they need in turn, are
linked in from the environment of the tests, which was made from the lock file. Nothing else of it can be imported.
"""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.crash.conftest import PATIENCE, Browser, Lesson, Server, wait_until

ROOT = Path(__file__).parent.parent.parent
BUNDLED = {"surveys": "app/_bundled/surveys", "static": "app/_bundled/static", "templates": "app/_bundled/templates"}
# Root may write anywhere: without its capabilities it is held to the folder's mode like anybody.
_HELD = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"]


def files(folder: Path) -> set[str]:
    """The files below a folder that are the project's own."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def needed(requirements: list[str]) -> set[str]:
    """The distributions that requirements ask for here, and those that these ask for in turn."""
    found, asked = set[tuple[str, str]](), [(Requirement(text), "") for text in requirements]
    while asked:
        requirement, extra = asked.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        assert version(requirement.name) in requirement.specifier, f"the lock file does not fit {requirement}"
        for wanted in ("", *requirement.extras):
            if (requirement.name, wanted) not in found:
                found.add((requirement.name, wanted))
                asked += [(Requirement(text), wanted) for text in distribution(requirement.name).requires or ()]
    return {name for name, _ in found}


class Installed(Server):
    """The program out of the wheel, and the folder it is run from."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self.home, self.program = folder / "empty", folder / "venv/bin/pejling"
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", wheel]
        subprocess.run([folder / "venv/bin/python", *install], check=True)
        self.packages = next((folder / "venv/lib").glob("python*/site-packages"))
        shutil.rmtree(self.packages / "pip")
        self.home.mkdir(mode=0o555)
        held = os.geteuid() == 0 and subprocess.run([*_HELD, "true"], capture_output=True, check=False).returncode == 0
        self.held = _HELD if held else []
        super().__init__(folder / "data", None)
        known = {name: value for name, value in os.environ.items() if not name.startswith(("PEJLING_", "PYTHON"))}
        self.environment = {**known, "HOME": str(self.home), "PEJLING_DATA": str(self.data)}

    def run(self, *arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
        """A command, with settings changed."""
        environment = {**self.environment, **changed}
        command = [*self.held, str(self.program), *arguments]
        return subprocess.run(command, env=environment, cwd=self.home, capture_output=True, text=True, check=False)

    def command(self, *arguments: str) -> str:
        """A command that does not fail."""
        done = self.run(*arguments)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def begin(self, *arguments: str) -> "subprocess.Popen[str]":
        """A command that goes on."""
        command = [*self.held, str(self.program), *arguments]
        self.process = subprocess.Popen(
            command, env=self.environment, cwd=self.home, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        return self.process


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, as `pip install .` builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Iterator[Installed]:
    """The program out of the wheel, with what the wheel says it needs and nothing more."""
    made = Installed(tmp_path_factory.mktemp("installed"), wheel)
    metadata = next(made.packages.glob("pejling-*.dist-info/METADATA")).read_text(encoding="utf-8")
    for name in needed(re.findall(r"^Requires-Dist: (.+)$", metadata, re.MULTILINE)):
        found = distribution(name)
        for top in {file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}:
            link = made.packages / top
            if not link.exists():
                link.symlink_to(Path(str(found.locate_file(top))))
    yield made
    assert list(made.home.iterdir()) == [], "something was left in the folder it ran from"


def test_the_wheel_holds_every_file_that_the_program_reads(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"app/{name}" for name in files(ROOT / "app")}
    wanted |= {f"{into}/{name}" for folder, into in BUNDLED.items() for name in files(ROOT / folder)}
    assert wanted - inside == set()
    others = {name for name in inside - wanted if ".dist-info/" not in name}
    assert others == set(), "nothing of the workshop comes with it"


def test_commands_run_from_a_folder_where_nothing_can_be_written(installed: Installed) -> None:
    assert "emner er i orden" in installed.command("check-surveys")
    source = [installed.program.parent / "python", "-c", "import app; print(app.__file__)"]
    found = subprocess.run(source, capture_output=True, text=True, check=True, cwd=installed.home).stdout
    assert Path(found.strip()).is_relative_to(installed.packages), "the wheel is tried, not the checkout"
    if installed.held or os.geteuid() != 0:
        refused = installed.run("db", "upgrade", PEJLING_DATA="")
        assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
        assert "PEJLING_DATA" in refused.stderr


def test_the_demo_starts(installed: Installed) -> None:
    with installed.begin("demo", "--port", str(installed.port)) as process:
        try:
            assert process.stdout is not None
            said = next(line for line in process.stdout if line.startswith("Elever:"))
            assert said.strip().endswith(f":{installed.port}/")
            wait_until(installed.ready, "/readyz is ok")
            assert "Fjordby" in Browser(installed.port).ask("GET", "/privacy/demo.sql")[1]
        finally:
            process.terminate()


def test_a_lesson_is_held_to_its_first_vote(installed: Installed) -> None:
    with installed.begin("serve", "--port", str(installed.port)) as process:
        try:
            wait_until(installed.ready, "/readyz is ok")
            lesson = Lesson(installed).voting(10)
            assert lesson.prepare(lesson.seats[0])()
            assert lesson.ask("state")["ballots"] == 1
            visitor = Browser(installed.port)
            front = visitor.ask("GET", "/")[1]
            assert 'lang="da"' in front
            for path in set(re.findall(r'(?:href|src)="(/static/[^"]+)"', front)):
                assert visitor.ask("GET", path)[0] == 200
            visitor.ask("GET", "/language/en")
            assert 'lang="en"' in visitor.ask("GET", "/")[1]
        finally:
            process.terminate()
        assert process.wait(timeout=PATIENCE) == 0
