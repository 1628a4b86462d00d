"""Staff at their browsers, signed in as the services would."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.domain.account import AT_ONE_SCHOOL, Role
from app.sealing import tokens
from app.services.house import House
from app.services.manage_accounts import invite
from app.services.start_lesson import find_classroom
from app.store import accounts, classrooms


class Staff:
    """A member of staff with a role, at a school where the role has one."""

    def __init__(self, app: Flask, role: Role, school: str = "Skovtroldeskolen") -> None:
        self.app, self.school = app, school
        self.client: FlaskClient = app.test_client()
        self.login = f"{tokens.mint_id()}@fjordby.example"
        token = tokens.mint_session()
        with self.house.writing() as work:
            at = classrooms.find_or_add_school(work.db, tokens.mint_id(), school) if role in AT_ONE_SCHOOL else None
            self.invitation = invite(work, self.login, role, at)
            account = accounts.by_login(work.db, self.login)
            assert account is not None
            self.id = account.id
            accounts.open_session(work.db, tokens.session_hash(token), self.id, work.minute)
        self.client.set_cookie("staff", token)

    @property
    def house(self) -> House:
        """The application's house."""
        house: House = self.app.extensions["pejling.house"]
        return house

    def classroom(self, name: str, grade: int = 7) -> str:
        """A classroom at one's school; its id."""
        with self.house.writing() as work:
            return find_classroom(work, self.school, name, grade).id

    def press(self, path: str, **fields: str) -> int:
        """Post a form with the token of its page; the status."""
        token = re.search(
            r'name="csrf_token" value="([^"]+)"', self.client.get("/staff/account").get_data(as_text=True)
        )
        fields["csrf_token"] = token[1] if token else ""
        return self.client.post(path, data=fields).status_code

    def begin(self, classroom: str, theme: str) -> str:
        """A new lesson; its id."""
        before = {cookie.key for cookie in self.client._cookies.values()}
        assert self.press(f"/staff/classrooms/{classroom}/new", theme=theme) == 303
        (made,) = {cookie.key for cookie in self.client._cookies.values()} - before - {"session"}
        return made.removeprefix("lesson-")

    @contextmanager
    def counted(self, house: House) -> Iterator[list[str]]:
        """The statements that are sent to the database meanwhile."""
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        event.listen(house.database.engine, "before_cursor_execute", note)
        yield seen
        event.remove(house.database.engine, "before_cursor_execute", note)
