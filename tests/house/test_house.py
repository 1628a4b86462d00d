"""The house stays in order: contracts, words, and what may not stand in the project."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
VISITOR_EXPECTS = {
    "app", "surveys", "static", "templates", "tests", "docs", ".ci", ".gitignore", "CHANGELOG.md", "LICENSE",
    "LICENSES", "Makefile", "README.md", "SECURITY.md", "pyproject.toml",
    "requirements.lock", "requirements-server.lock",
}  # fmt: skip


def tracked(*patterns: str) -> list[Path]:
    """The files of the project that git knows."""
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, check=True, capture_output=True, text=True)
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).exists()]


def test_the_import_contracts_are_kept() -> None:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    contracts = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert contracts.returncode == 0, contracts.stdout
    assert "0 broken" in contracts.stdout


def test_the_top_level_holds_what_a_visitor_expects() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert top <= VISITOR_EXPECTS


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "manager", "misc"])
def test_no_room_is_without_a_name(name: str) -> None:
    assert [path for path in tracked("app") if path.stem == name] == []


def test_no_lock_names_an_address() -> None:
    for lock in tracked("*.lock"):
        assert not re.search(r"https?://|index-url|find-links", lock.read_text(encoding="utf-8")), lock.name


def test_every_public_function_says_what_it_promises() -> None:
    silent = []
    for path in tracked("app/*.py"):
        if "versions" in path.parts:
            continue
        body = ast.parse(path.read_text(encoding="utf-8")).body
        public = [*body, *(inner for node in body if isinstance(node, ast.ClassDef) for inner in node.body)]
        for node in public:
            named = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if named and not ast.get_docstring(node):
                silent.append(f"{path.name}:{node.name}")
    assert silent == []


def test_no_label_and_no_moral_stands_in_any_text() -> None:
    forbidden = tomllib.loads((ROOT / "surveys/talk/forbidden.toml").read_text(encoding="utf-8"))
    written = [path for path in tracked("surveys/*.toml") if path.name != "forbidden.toml"]
    screens = (ROOT / "app/web/languages/en.po").read_text(encoding="utf-8")
    # How a published survey names its items is not ours to choose, and no screen shows it.
    texts = [re.sub(r"(?m)^benchmarks = .*$", "", path.read_text(encoding="utf-8")) for path in written]
    danish = [*texts, *re.findall(r'^msgid "(.*)"$', screens, re.M)]
    english = re.findall(r'^msgstr "(.*)"$', screens, re.MULTILINE)
    assert [match for text in danish for match in matches(forbidden["da"], text)] == []
    assert [match for text in english for match in matches(forbidden["en"], text)] == []


def matches(words: list[str], text: str) -> list[str]:
    """The forbidden words that stand in a text as whole words."""
    return re.findall(rf"\b({'|'.join(words)})\b", text, re.IGNORECASE)


def test_templates_carry_no_style_attribute_and_no_inline_script() -> None:
    bad = re.compile(r"\sstyle=|\son\w+=|<script>|\|\s*safe\b")
    found = [path.name for path in tracked("templates") if bad.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_nothing_draws_how_answers_are_spread() -> None:
    spread = re.compile(r"histogram|add_(box|violin|pie|histogram)|go\.(Box|Violin|Pie|Histogram)", re.IGNORECASE)
    ours = [*tracked("app/*.py"), *tracked("templates"), *tracked("static/teacher", "static/pupil")]
    ours = [path for path in ours if path.parent.name != "metrics"]  # how long requests took is no answer
    assert [path.name for path in ours if spread.search(path.read_text(encoding="utf-8"))] == []
