"""A form whose every field has a name: what reads forms relies on it, Flask-WTF among others."""

from typing import IO

from flask import Flask, Request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import BadRequest
from werkzeug.formparser import FormDataParser


class _NamedFields(FormDataParser):
    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        """The parts of a body; refused where one has no name."""
        read = super().parse(stream, mimetype, content_length, options)
        # A part without a name comes as None, whatever the types say.
        if None in read[1]:
            raise BadRequest
        return read


class _Request(Request):
    form_data_parser_class = _NamedFields


def install(app: Flask) -> None:
    """Refuse a form with a nameless field wherever one is read."""
    app.request_class = _Request
