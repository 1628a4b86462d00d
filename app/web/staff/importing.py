"""A table is taken in the same way whatever it holds: a file, a preview of what it would change, a confirmation."""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Concatenate, Generic, Protocol, TypeVar

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from app.domain.account import Account
from app.domain.column import Fault
from app.services.house import Work
from app.store.spreadsheets import SpreadsheetError
from app.web import desk

_Entry = TypeVar("_Entry")
_Covariant = TypeVar("_Covariant", covariant=True)


class Listed(Protocol[_Covariant]):
    """What was read of a file: entries or faults."""

    @property
    def entries(self) -> Sequence[_Covariant]:
        """What would be taken in."""

    @property
    def faults(self) -> Sequence[Fault]:
        """What is wrong; then there are no entries."""


@dataclass(frozen=True, slots=True)
class Importing(Generic[_Entry]):
    """A kind of table: the page of its preview, where one goes on, what reads, plans and takes in its entries.

    `read` is given the file's bytes and name, and raises SpreadsheetError; `words` are given to the page.
    """

    template: str
    after: str
    read: Callable[[bytes, str], Listed[_Entry]]
    plan: Callable[Concatenate[Work, Sequence[_Entry], ...], object]
    take_in: Callable[Concatenate[Work, Sequence[_Entry], ...], int]
    words: Mapping[str, object] = field(default_factory=dict)

    def page(self, mine: Account, **found: object) -> str:
        """The form for a file, or what was found in one."""
        return render_template(self.template, mine=mine, **self.words, **found)

    def answer(self, mine: Account) -> Response:
        """First a preview of what the file would change, then, when it is confirmed, the change; nothing half."""
        name, content = _file()
        try:
            found = self.read(content, name)
        except SpreadsheetError as error:
            return make_response(self.page(mine, error=str(error)), 400)
        if found.faults:
            return make_response(self.page(mine, name=name, faults=found.faults), 400)
        if "confirmed" in request.form:
            desk.serve(self.take_in, found.entries)
            return redirect(self.after, 303)
        plan = desk.look(self.plan, found.entries)
        kept = base64.b64encode(content).decode()
        return make_response(self.page(mine, name=name, found=found, plan=plan, content=kept))


def _file() -> tuple[str, bytes]:
    """The file that was chosen, or the one that the preview was made of."""
    if "content" in request.form:
        try:
            return request.form.get("name", ""), base64.b64decode(request.form["content"], validate=True)
        except ValueError:  # what is no base64, and what is not even ASCII
            return request.form.get("name", ""), b""
    sent = request.files.get("file")
    return (sent.filename or "", sent.read()) if sent else ("", b"")
