"""The consultant's pages of the export: three files to download, and tokens that are shown once."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.cli import main
from app.config import resource_root
from app.domain.account import Role
from app.domain.export_row import COLUMNS
from app.figures.export.files import FORMATS
from app.store.tables import classroom
from tests.web.staff import Staff
from tests.web.test_machine import AGGREGATES, fjordby

__all__ = ["fjordby"]


@pytest.fixture(scope="module")
def consultant(fjordby: Flask) -> Staff:
    """The consultant of Fjordby."""
    return Staff(fjordby, Role.CONSULTANT)


def texts(content: bytes) -> Iterator[str]:
    """Everything in a file that can be read as text, zips unpacked."""
    if not content.startswith(b"PK"):
        yield content.decode()
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from (archive.read(name).decode() for name in archive.namelist())


def test_the_page_leads_to_three_files_and_says_what_every_column_means(consultant: Staff) -> None:
    page = consultant.client.get("/staff/export").get_data(as_text=True)
    assert set(re.findall(r'href="/staff/export/([\w-]+)"', page)) == set(FORMATS)
    for column in COLUMNS:
        assert f"<code>{column.name}</code>" in page
        assert column.danish in page
    english = consultant.app.test_client()
    english.set_cookie("staff", consultant.client._cookies[("localhost", "/", "staff")].value)
    english.set_cookie("language", "en")
    assert COLUMNS[0].english in english.get("/staff/export").get_data(as_text=True)


@pytest.mark.parametrize("name", FORMATS)
def test_a_download_is_a_file_to_keep_in_which_no_classroom_is_named(consultant: Staff, name: str) -> None:
    answer = consultant.client.get(f"/staff/export/{name}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f"attachment; filename={FORMATS[name].file}"
    assert answer.mimetype == FORMATS[name].mimetype
    with consultant.house.reading() as work:
        names = set(work.db.scalars(select(classroom.c.name)))
    written = "\n".join(texts(answer.data))
    assert "Vindebroskolen" in written
    assert [name for name in names if re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.])", written)] == []


def test_there_is_no_fourth_file(consultant: Staff) -> None:
    assert consultant.client.get("/staff/export/pdf").status_code == 404


def shown_token(page: str) -> str | None:
    """The token on a page."""
    found = re.search(r"pejling_[\w-]{43}", page)
    return found[0] if found else None


def post(staff: Staff, path: str, **fields: str) -> tuple[int, str]:
    """Send a form of the page of tokens: status and page."""
    page = staff.client.get("/staff/tokens").get_data(as_text=True)
    form = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    answer = staff.client.post(path, data={**form, **fields})
    return answer.status_code, answer.get_data(as_text=True)


def ask(client: FlaskClient, token: str) -> int:
    """The status of the API's answer."""
    return client.get(AGGREGATES, headers={"Authorization": f"Bearer {token}"}).status_code


def test_a_token_is_shown_once_works_at_once_and_ends_when_it_is_revoked(app: Flask) -> None:
    consultant = Staff(app, Role.CONSULTANT)
    status, page = post(consultant, "/staff/tokens", name="Kommunens dashboard")
    token = shown_token(page)
    assert status == 200
    assert token is not None
    assert "aldrig" in page
    assert ask(app.test_client(), token) == 200
    listed = consultant.client.get("/staff/tokens").get_data(as_text=True)
    assert shown_token(listed) is None
    assert re.search(r"Kommunens dashboard</th><td>\d{4}-W\d\d</td>", listed)
    revoke = re.search(r'action="(/staff/tokens/\w+/revoke)"', listed)
    assert revoke is not None
    assert post(consultant, revoke[1])[0] == 303
    assert ask(app.test_client(), token) == 401
    assert "Ingen programmer har adgang." in consultant.client.get("/staff/tokens").get_data(as_text=True)
    assert post(consultant, revoke[1])[0] == 404


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_token_without_a_good_name_is_not_made(app: Flask, name: str) -> None:
    status, page = post(Staff(app, Role.CONSULTANT), "/staff/tokens", name=name)
    assert (status, shown_token(page)) == (400, None)
    assert "Skriv et navn på højst 60 tegn." in page
    assert "Ingen programmer har adgang." in page


def test_a_name_is_shown_as_text(app: Flask) -> None:
    _, page = post(Staff(app, Role.CONSULTANT), "/staff/tokens", name="<b>Excel</b>")
    assert "<b>Excel" not in page
    assert "&lt;b&gt;Excel&lt;/b&gt;" in page


def test_the_dictionary_in_the_docs_is_the_one_in_the_code() -> None:
    written = (resource_root() / "docs/export.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \|$", written, re.MULTILINE)
    assert rows == [(column.name, column.danish, column.english) for column in COLUMNS]


def test_the_command_writes_each_format_and_never_over_a_file_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEJLING_DATA", str(tmp_path / "data"))
    run = CliRunner()
    for name, form in FORMATS.items():
        out = tmp_path / form.file
        said = run.invoke(main, ["export", "--format", name, str(out)])
        assert (said.exit_code, said.output) == (0, "Gemt: 0 rækker.\n")
        assert list(texts(out.read_bytes()))
        out.write_bytes(b"mine")
        again = run.invoke(main, ["export", "--format", name, str(out)])
        assert (again.exit_code, out.read_bytes()) == (1, b"mine")
        assert f"{out} findes allerede. Vælg et andet navn, eller brug --force." in again.output
        forced = run.invoke(main, ["export", "--format", name, "--force", "--json", str(out)])
        assert json.loads(forced.output) == {"rows": 0}
        assert out.read_bytes() != b"mine"
    nowhere = run.invoke(main, ["export", "--format", "csv", str(tmp_path / "no" / "such")])
    assert (nowhere.exit_code, "kan ikke skrives" in nowhere.output) == (1, True)
    assert run.invoke(main, ["export", "--format", "pdf", str(tmp_path / "x")]).exit_code == 2
