"""A small municipality in the middle of a morning, and everybody who may knock on its doors.

Nobody here is told another one's secrets: what an actor sends is made of what that actor can know.
"""

import hashlib
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from app import create_app
from app.config import Oidc, Settings
from app.domain.account import AT_ONE_SCHOOL, Role
from app.domain.theme import Audience
from app.sealing import tokens
from app.services.house import House
from app.services.keep_tokens import make as make_api_token
from app.services.lead_lesson import open_lobby
from app.services.manage_accounts import invite
from app.services.open_poll import open_poll
from app.services.start_lesson import find_classroom, start_lesson
from app.services.take_seat import take_seat
from app.store import accounts, classrooms, lessons
from app.store.tables import metadata
from tests.store.worlds import key_files, rows
from tests.web.test_access import ROLES

MORNING = datetime(2026, 9, 2, 9, 30, tzinfo=UTC)
THEME, SECOND, OF_PARENTS = "skaerm-om-natten", "alkohol", "foraeldre-mobil"
SEATS = 3


@dataclass(frozen=True)
class Actor:
    """Somebody with a browser: its cookies, the token of its forms, and the words of the routes that are theirs."""

    name: str
    cookies: Mapping[str, str] = field(default_factory=dict)
    csrf: str = ""
    words: frozenset[str] = frozenset()
    knows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """How an installation is set up."""

    base_url: str
    demo: bool = False
    oidc: bool = False


PLAIN = Kind("http://localhost")
FULL = Kind("https://pejling.example.dk", demo=True, oidc=True)


class _Kept(logging.Handler):
    """Keeps every line that the application logs, tracebacks and all."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one."""
        self.lines.append(self.format(record))


class World:
    """The application on a database with lessons in every state, and its actors."""

    def __init__(self, database_url: str, keys: Path, kind: Kind) -> None:
        provider = Oidc("http://127.0.0.1:1", "pejling", "the-client's-secret") if kind.oidc else None
        settings = Settings(
            database_url, keys, kind.base_url, demo=kind.demo, oidc=provider, contact="ssp@fjordby.example"
        )
        self.kind, self.keys = kind, keys
        self.app: Flask = create_app(settings)
        self.app.config["PROPAGATE_EXCEPTIONS"] = False  # as in production
        self.log: list[str] = []
        self.app.logger.addHandler(_Kept(self.log))
        house: House = self.app.extensions["pejling.house"]
        if not house.database.embedded:
            house.database.upgrade()
        # A clock that stands still: what changes was changed by a request.
        self.house = self.app.extensions["pejling.house"] = replace(house, clock=lambda: MORNING)
        self.ids: dict[str, list[str]] = {"lesson_id": [], "classroom_id": [], "account_id": [], "token_id": []}
        self.secrets: set[str] = set()
        self.actors = [Actor("stranger"), *self._lessons(), *map(self._staff, Role)]
        self.secrets.update(settings.oidc.secret for _ in "x" if settings.oidc)
        self.secrets.update((self.app.config["SECRET_KEY"].hex(), repr(self.app.config["SECRET_KEY"])[2:-1]))
        self.morning = rows(self.house, bytes)

    def cookie(self, name: str) -> str:
        """A cookie's name in this installation."""
        return f"__Host-{name}" if self.kind.base_url.startswith("https") else name

    def state(self) -> tuple[dict[str, list[tuple[object, ...]]], dict[str, bytes]]:
        """Every row and every key, as they are."""
        return rows(self.house, bytes), key_files(self.keys)

    def digests(self) -> dict[str, str]:
        """A digest of every table and of the key folder."""
        tables, keys = self.state()
        return {name: hashlib.sha256(repr(value).encode()).hexdigest() for name, value in {**tables, "": keys}.items()}

    def restore(self) -> None:
        """Put every table back as it was in the morning."""
        with self.house.writing() as work:
            for table in reversed(metadata.sorted_tables):
                work.db.execute(table.delete())
            for table in metadata.sorted_tables:
                if listed := self.morning[table.name]:
                    work.db.execute(table.insert(), [dict(zip(table.c.keys(), row, strict=True)) for row in listed])

    def close(self) -> None:
        """Close every connection."""
        self.house.database.dispose()

    def _lessons(self) -> Iterable[Actor]:
        """One lesson is ready, one has its lobby open, one votes, and one is an evening of parents."""
        made = {}
        with self.house.writing() as work:
            for name, keys, audience in (
                ("7.A", (THEME, SECOND), Audience.PUPILS),
                ("7.B", (THEME,), Audience.PUPILS),
                ("7.C", (THEME,), Audience.PUPILS),
                ("7.D", (OF_PARENTS,), Audience.PARENTS),
            ):
                room = find_classroom(work, "Skovtroldeskolen", name, 7)
                self.ids["classroom_id"].append(room.id)
                made[name] = start_lesson(work, room, [work.themes[key] for key in keys], audience)
        doors: dict[str, list[str]] = {}
        seats: dict[str, list[str]] = {}
        for name, started in made.items():
            self.ids["lesson_id"].append(started.lesson)
            self.secrets.add(started.secret)
            if name == "7.A":
                continue
            with self.house.writing() as work:
                open_lobby(work, started.lesson, started.secret)
                lesson = lessons.by_id(work.db, started.lesson)
                assert lesson is not None
                doors[name] = [each for each in (lesson.code, lesson.door) if each]
                seats[name] = [tokens.mint_seat() for _ in range(SEATS)]
                for seat in seats[name]:
                    take_seat(work, doors[name][0], seat)
            if name == "7.C":
                with self.house.writing() as work:
                    open_poll(work, started.lesson, started.secret)
                doors[name] = []
            self.secrets.update(doors[name][1:], seats[name])
        for name, started in made.items():
            cookies = {f"lesson-{started.lesson}": started.secret}
            can_see = (started.secret, *doors.get(name, ()))
            yield self._actor(
                f"teacher of {name}", cookies, f"/lesson/{started.lesson}", frozenset({"holds_link"}), can_see
            )
        for name in ("7.B", "7.C", "7.D"):
            cookies = {"seat": ".".join(seats[name][:2])}
            yield self._actor(f"pupil of {name}", cookies, "/s", frozenset({"anyone"}), (*doors[name], *seats[name]))

    def _staff(self, role: Role) -> Actor:
        token = tokens.mint_session()
        login = f"{role}@skovtroldeskolen.example"
        with self.house.writing() as work:
            at = classrooms.school_id(work.db, "Skovtroldeskolen") if role in AT_ONE_SCHOOL else None
            self.secrets.add(invite(work, login, role, at))
            account = accounts.by_login(work.db, login)
            assert account is not None
            accounts.open_session(work.db, tokens.session_hash(token), account.id, work.minute)
        self.ids["account_id"].append(account.id)
        knows: tuple[str, ...] = ()
        if role is Role.CONSULTANT:
            with self.house.writing() as work:
                knows = (make_api_token(work, "Et program"),)
                self.ids["token_id"] = list(work.db.scalars(select(metadata.tables["api_token"].c.id)))
        self.secrets.update((token, *knows))
        words = frozenset(word for word, roles in ROLES.items() if role in roles)
        return self._actor(role.value, {"staff": token}, "/staff/account", words, (token, *knows))

    def _actor(
        self, name: str, cookies: Mapping[str, str], page: str, words: frozenset[str], knows: tuple[str, ...]
    ) -> Actor:
        client = self.app.test_client()
        named = {self.cookie(key): value for key, value in cookies.items()}
        for key, value in named.items():
            client.set_cookie(key, value, domain=self.kind.base_url.split("://")[1], secure=False)
        token = re.search(
            r'name="csrf_token" value="([^"]+)"', client.get(page, base_url=self.kind.base_url).get_data(as_text=True)
        )
        session = client.get_cookie(self.cookie("session"), domain=self.kind.base_url.split("://")[1])
        if session is not None:
            named[session.key] = session.value
        return Actor(name, named, token[1] if token else "", words, knows)
