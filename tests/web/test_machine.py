"""The totals for other programs: a good token and nothing less, the rows of the export and nothing more."""

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import create_app
from app.config import Settings, resource_root
from app.domain.account import Role
from app.domain.export_row import COLUMNS
from app.domain.refusal import Refusal
from app.services.backup import backup, restore
from app.services.export_rows import PAGE, export_rows
from app.services.house import House
from app.services.keep_tokens import list_tokens, make, recognise, revoke
from app.services.seed_demo import seed_demo
from app.services.seed_waves import seed_waves
from app.services.show_storage import show_dump
from app.store import old_years
from app.store.demo import classes
from app.store.tables import api_token, classroom
from tests.conftest import Clock
from tests.web.conftest import BASE
from tests.web.staff import Staff

AGGREGATES, OPENAPI = "/api/v1/aggregates", "/api/v1/openapi.json"
DOCUMENT = json.loads((resource_root() / "app/web/machine/openapi.json").read_text(encoding="utf-8"))


class Program:
    """Another program, with a token of its own."""

    def __init__(self, app: Flask, name: str = "Dashboard") -> None:
        self.app = app
        self.house: House = app.extensions["pejling.house"]
        with self.house.writing() as work:
            self.token = make(work, name)

    def get(self, query: str = "", token: str | None = None, method: str = "GET", **headers: str) -> TestResponse:
        """Ask for a page of rows."""
        sent = {"Authorization": f"Bearer {token or self.token}", **headers}
        return self.app.test_client().open(AGGREGATES + query, method=method, headers=sent)


@pytest.fixture(scope="module")
def fjordby(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on the demo's municipality."""
    folder: Path = tmp_path_factory.mktemp("machine")
    app = create_app(Settings(f"sqlite:///{folder / 'pejling.sqlite'}", folder / "keys", BASE))
    house: House = app.extensions["pejling.house"]
    invented = classes(resource_root() / "surveys")
    with house.writing() as work:
        seed_demo(work, invented, ())
    seed_waves(house, invented)
    yield app
    house.database.dispose()


@pytest.fixture(scope="module")
def program(fjordby: Flask) -> Program:
    """A program that reads Fjordby's totals."""
    return Program(fjordby)


def code(answer: TestResponse) -> str:
    """The code of an error, on an answer as every answer to a program should be."""
    assert answer.mimetype == "application/json"
    assert "Set-Cookie" not in answer.headers
    error = answer.get_json()["error"]
    assert set(error) == {"code", "message"}
    assert (
        error["code"] in DOCUMENT["components"]["schemas"]["Error"]["properties"]["error"]["properties"]["code"]["enum"]
    )
    return str(error["code"])


def test_the_rows_are_those_of_the_export(program: Program) -> None:
    answer = program.get()
    with program.house.reading() as work:
        rows = [asdict(row) for row in export_rows(work)]
    assert answer.get_json() == {"rows": rows, "page": 1, "total": len(rows)}
    assert answer.mimetype == "application/json"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_no_classroom_is_named_and_none_stands_alone(program: Program) -> None:
    with program.house.reading() as work:
        names = set(work.db.scalars(select(classroom.c.name)))
    said = program.get().get_data(as_text=True)
    assert names
    assert [name for name in names if f'"{name}"' in said or f" {name}" in said] == []
    assert min(row["classrooms"] for row in json.loads(said)["rows"]) >= 2


def test_filters_pick_rows(program: Program) -> None:
    rows = program.get().get_json()["rows"]
    for query, name, value in (
        ("theme=nikotin", "theme", "nikotin"),
        ("grade=9", "grade", 9),
        ("year=2001", "n", None),
    ):
        assert program.get(f"?{query}").get_json()["rows"] == [row for row in rows if row[name] == value]
    both = program.get("?theme=alkohol&grade=7").get_json()
    assert both["total"] == len(both["rows"]) == sum(row["theme"] == "alkohol" for row in rows)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("?page=0", "bad_parameter"), ("?page=x", "bad_parameter"), ("?page=01", "bad_parameter"),
        ("?page=100001", "bad_parameter"), ("?page=", "bad_parameter"), ("?page=1&page=2", "bad_parameter"),
        ("?grade=11", "bad_parameter"), ("?grade=-1", "bad_parameter"), ("?year=99", "bad_parameter"),
        ("?grade=%D9%A7", "bad_parameter"), ("?theme=", "bad_parameter"), ("?theme=Alkohol", "bad_parameter"),
        ("?theme=a%0A", "bad_parameter"), (f"?theme={'a' * 61}", "bad_parameter"),
        ("?school=Skovtroldeskolen", "unknown_parameter"), ("?token=x", "unknown_parameter"),
        ("?=", "unknown_parameter"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_its_code(program: Program, query: str, wanted: str) -> None:
    answer = program.get(query)
    assert (answer.status_code, code(answer)) == (400, wanted)


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Bearer wrong", "Bearer pejling_", "Basic cGVqbGluZzp4", "Token x", "Bearer a=b"],
)
@pytest.mark.parametrize("query", ["", "?nothing=1"])
def test_without_a_good_token_there_is_nothing(program: Program, header: str | None, query: str) -> None:
    sent = {} if header is None else {"Authorization": header}
    answer = program.app.test_client().get(AGGREGATES + query, headers=sent)
    assert (answer.status_code, code(answer)) == (401, "token_required")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_in_another_place_opens_nothing(program: Program) -> None:
    client = program.app.test_client()
    client.set_cookie("staff", program.token)
    assert client.get(AGGREGATES).status_code == 401
    with program.house.reading() as work:
        hashed = next(iter(work.db.scalars(select(api_token.c.hash)))).hex()
    assert program.get(token=hashed).status_code == 401


def test_a_revoked_token_opens_nothing_and_others_still_do(fjordby: Flask) -> None:
    kept, gone = Program(fjordby, "kept"), Program(fjordby, "gone")
    assert gone.get().status_code == 200
    with fjordby.extensions["pejling.house"].writing() as work:
        (listed,) = [each for each in list_tokens(work) if each.name == "gone"]
        revoke(work, listed.id)
        with pytest.raises(Refusal):
            revoke(work, listed.id)
    assert (gone.get().status_code, kept.get().status_code) == (401, 200)


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\0b"])
def test_a_token_has_a_name(program: Program, name: str) -> None:
    with pytest.raises(Refusal), program.house.writing() as work:
        make(work, name)


def test_the_week_of_the_last_use_is_noted_once_a_week(house: House, clock: Clock) -> None:
    def used() -> list[str | None]:
        with house.reading() as work:
            return [each.used_week for each in list_tokens(work)]

    with house.writing() as work:
        token = make(work, "Dashboard")
    assert used() == [None]
    assert recognise(house, token)
    assert used() == ["2026-W36"]
    clock.forward(weeks=1)
    assert not recognise(house, f"{token}x")
    assert used() == ["2026-W36"]
    assert recognise(house, token)
    assert used() == ["2026-W37"]


def test_a_token_stands_neither_in_the_database_nor_in_a_log_nor_in_an_answer(
    program: Program, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answers = [
            program.get(),
            program.get("?page=x"),
            program.get(method="POST"),
            program.get(token="pejling_wrong"),
        ]
    stored = program.house.database.url.database
    assert stored is not None
    with program.house.reading() as work:
        dump = show_dump(work)
    secret = program.token.removeprefix("pejling_")
    for text in (dump, caplog.text, *(answer.get_data(as_text=True) for answer in answers)):
        assert secret not in text
        assert "pejling_wrong" not in text
    for file in Path(stored).parent.glob("*"):
        assert file.is_dir() or secret.encode() not in file.read_bytes()


def test_a_backup_brings_no_token_back(house: House, tmp_path: Path) -> None:
    with house.writing() as work:
        token = make(work, "Dashboard")
    backup(house, tmp_path / "backup.sqlite")
    restore(house, tmp_path / "backup.sqlite")
    assert not recognise(house, token)


def test_an_unchanged_page_is_answered_with_304_until_something_changes(app: Flask) -> None:
    program = Program(app)
    tag = program.get().headers["ETag"]
    assert re.fullmatch(r'"[0-9a-f]{32}"', tag), "a strong one"
    same = program.get(**{"If-None-Match": tag})
    assert (same.status_code, same.data, same.headers["ETag"]) == (304, b"", tag)
    assert program.get("?grade=7", **{"If-None-Match": '"another"'}).status_code == 200
    packed = program.get(**{"Accept-Encoding": "gzip"}).headers["ETag"]
    assert packed != tag, "other bytes"
    add_old_rows(program.house, 1)
    changed = program.get(**{"If-None-Match": tag})
    assert (changed.status_code, changed.get_json()["total"]) == (200, 1)
    assert program.get(token="wrong", **{"If-None-Match": tag}).status_code == 401


def add_old_rows(house: House, number: int) -> None:
    """So many merged totals of school years that are over."""
    with house.writing() as work:
        sums = old_years.Sums(2, 40, old_years.Band(4, 10))
        keys = (old_years.Key(2001 + at, 7, "pupils", "alkohol", 1, "A", "own") for at in range(number))
        old_years.add_totals(work.db, dict.fromkeys(keys, sums))


def links(answer: TestResponse) -> dict[str, str]:
    """The Link header: addresses by what they are."""
    return {name: address for address, name in re.findall(r'<([^>]+)>; rel="(\w+)"', answer.headers["Link"])}


def test_the_links_lead_through_every_page(app: Flask) -> None:
    program = Program(app)
    at = f"{BASE}{AGGREGATES}?theme=alkohol&page="
    empty = program.get("?theme=alkohol")
    assert links(empty) == {"first": f"{at}1", "last": f"{at}1"}
    add_old_rows(program.house, 2 * PAGE + 1)
    address, years = f"{at}1", []
    while address:
        answer = program.get(address.removeprefix(BASE + AGGREGATES))
        years += [row["school_year"] for row in answer.get_json()["rows"]]
        address = links(answer).get("next", "")
    assert years == list(range(2001, 2001 + 2 * PAGE + 1))
    assert links(answer) == {"first": f"{at}1", "prev": f"{at}2", "last": f"{at}3"}
    beyond = program.get("?page=9")
    assert (beyond.get_json()["rows"], links(beyond)["prev"]) == ([], f"{BASE}{AGGREGATES}?page=3")


def test_head_says_what_get_says_without_its_body(program: Program) -> None:
    head, get = program.get(method="HEAD"), program.get()
    assert head.data == b""
    for name in ("ETag", "Link", "Content-Type", "Content-Length"):
        assert head.headers[name] == get.headers[name]
    assert program.app.test_client().head(AGGREGATES).status_code == 401


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", [AGGREGATES, OPENAPI])
def test_nothing_can_be_changed_there(program: Program, path: str, method: str) -> None:
    answer = program.app.test_client().open(path, method=method)
    assert (answer.status_code, code(answer)) == (405, "method_not_allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD"}


def test_every_other_answer_under_the_address_is_for_a_program_too(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = program.app.test_client().get("/api/v1/nothing")
    assert (nowhere.status_code, code(nowhere)) == (404, "not_found")
    for path in (AGGREGATES, "/api/v1/nothing"):
        foreign = program.app.test_client().post(path, headers={"Sec-Fetch-Site": "cross-site"})
        assert (foreign.status_code, code(foreign)) == (403, "forbidden")
    monkeypatch.setattr("app.web.machine.views.export_page", None)
    broken = program.get()
    assert (broken.status_code, code(broken)) == (503, "unavailable")


def test_a_page_is_asked_with_as_many_queries_however_many_rows_there_are(app: Flask) -> None:
    program, consultant, counts = Program(app), Staff(app, Role.CONSULTANT), []
    program.get()
    for number in (1, 3 * PAGE):
        add_old_rows(program.house, number)
        with consultant.counted(program.house) as queries:
            program.get()
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_document_describes_the_columns_of_the_export() -> None:
    row = DOCUMENT["components"]["schemas"]["Row"]
    assert [(name, said["description"]) for name, said in row["properties"].items()] == [
        (column.name, column.english) for column in COLUMNS
    ]
    assert row["required"] == [column.name for column in COLUMNS]


def test_the_document_is_for_anybody(app: Flask) -> None:
    answer = app.test_client().get(OPENAPI)
    assert answer.get_json() == DOCUMENT
    assert DOCUMENT["openapi"].startswith("3.1.")
    tag = answer.headers["ETag"]
    assert app.test_client().get(OPENAPI, headers={"If-None-Match": tag}).status_code == 304
    assert set(DOCUMENT["paths"]) == {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")}
