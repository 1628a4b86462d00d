"""Forms as what reads them relies on: every field has a name, and no text holds a NUL."""

from typing import IO

from flask import Flask, Request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import BadRequest
from werkzeug.formparser import FormDataParser


class _Reading(FormDataParser):
    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        """The parts of a body; refused where one has no name or holds a NUL."""
        read = super().parse(stream, mimetype, content_length, options)
        # A part without a name comes as None, whatever the types say.
        if any(name is None or "\0" in text for name, text in read[1].items(multi=True)):
            raise BadRequest
        return read


class _Request(Request):
    form_data_parser_class = _Reading


def install(app: Flask) -> None:
    """Refuse a form with a nameless field or a NUL wherever one is read."""
    app.request_class = _Request
