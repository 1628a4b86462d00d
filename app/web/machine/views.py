"""The totals for other programs: read only, never a cookie, never HTML. openapi.json says exactly how."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, request

from app.services.export_rows import PAGE, ExportPage, Wanted, export_page
from app.services.keep_tokens import recognise
from app.web import desk
from app.web.access import anyone
from app.web.errors import MachineError

AGGREGATES = "/api/v1/aggregates"

_NUMBER = re.compile(r"0|[1-9][0-9]{0,5}")
_THEME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MAX_THEME = 60
_RANGES = {"page": range(1, 100_001), "grade": range(11), "year": range(2000, 2101)}
_PARAMETERS = {*_RANGES, "theme"}
_OPENAPI = (Path(__file__).parent / "openapi.json").read_bytes()

machine = Blueprint("machine", __name__)


@machine.get(AGGREGATES, provide_automatic_options=False)
@anyone
def aggregates() -> Response:
    """A page of rows, for whoever shows a token that is good."""
    _require_token()
    asked = _asked()
    wanted = Wanted(year=_number(asked, "year"), theme=_theme(asked), grade=_number(asked, "grade"))
    page = desk.look(export_page, wanted, _number(asked, "page") or 1)
    rows = [asdict(row) for row in page.rows]
    response = _answer(
        json.dumps({"rows": rows, "page": page.number, "total": page.total}, ensure_ascii=False).encode()
    )
    response.headers["Link"] = _links(page, asked)
    return response


@machine.get("/api/v1/openapi.json", provide_automatic_options=False)
@anyone
def openapi() -> Response:
    """How to ask, as an OpenAPI 3.1 document."""
    return _answer(_OPENAPI)


def _require_token() -> None:
    shown = request.authorization
    if shown is None or shown.type != "bearer" or not shown.token or not recognise(desk.house(), shown.token):
        raise MachineError(401, "token_required", "Send a token that is good: Authorization: Bearer TOKEN.")


def _asked() -> dict[str, str]:
    """The parameters of the request, each known and given once."""
    for name, values in request.args.lists():
        if name not in _PARAMETERS:
            raise MachineError(400, "unknown_parameter", f"The parameters are {', '.join(sorted(_PARAMETERS))}.")
        if len(values) > 1:
            raise MachineError(400, "bad_parameter", f"{name} is given more than once.")
    return request.args.to_dict()


def _number(asked: Mapping[str, str], name: str) -> int | None:
    if name not in asked:
        return None
    allowed = _RANGES[name]
    if not _NUMBER.fullmatch(asked[name]) or int(asked[name]) not in allowed:
        message = f"{name} is a whole number from {allowed[0]} to {allowed[-1]}."
        raise MachineError(400, "bad_parameter", message)
    return int(asked[name])


def _theme(asked: Mapping[str, str]) -> str | None:
    theme = asked.get("theme")
    if theme is not None and not (_THEME.fullmatch(theme) and len(theme) <= _MAX_THEME):
        raise MachineError(400, "bad_parameter", "theme is the key of a theme: small letters, digits and hyphens.")
    return theme


def _links(page: ExportPage, asked: Mapping[str, str]) -> str:
    """The Link header (RFC 8288): the first and the last page, and the ones beside this one."""
    last = max(1, -(-page.total // PAGE))
    beside = {"prev": min(page.number - 1, last), "next": page.number + 1}
    there = {"first": 1, **{name: number for name, number in beside.items() if 1 <= number <= last}, "last": last}
    address = f"{desk.settings().base_url}{AGGREGATES}"
    return ", ".join(
        f'<{address}?{urlencode({**asked, "page": number})}>; rel="{name}"' for name, number in there.items()
    )


def _answer(body: bytes) -> Response:
    """JSON with a strong ETag, or 304 to whoever has it already."""
    response = make_response(body)
    response.mimetype = "application/json"
    # A strong tag names exact bytes, and those differ where the answer is compressed on its way.
    encoding = b"gzip" if request.accept_encodings["gzip"] else b""
    response.set_etag(hashlib.sha256(encoding + body).hexdigest()[:32])
    response.headers["Vary"] = "Authorization"
    response.make_conditional(request)
    return response
