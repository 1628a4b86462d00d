"""Pages that are the same for everybody but for a token: rendered and compressed once, answered by joining pieces."""

import re
import secrets
import zlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec

from flask import Flask, Response, current_app, g, request
from markupsafe import escape

from app.web.envelope import opened
from app.web.language import drafts_here, this_page, translate

KEPT = 2048
# Texts that no page contains: where they stand, a token of the one answer is put in.
_MARK = secrets.token_hex(16)
TOKEN, HERE = f"{_MARK}0", f"{_MARK}1"

_P = ParamSpec("_P")
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03"  # RFC 1952: deflate, no name, no time
_DEFLATE_END = b"\x03\x00"  # RFC 1951: an empty last block


@dataclass(frozen=True, slots=True)
class Built:
    """A page in pieces, between which TOKEN and HERE stand in the order of `holes`; `policy` is what it opened in the
    policy of its scripts and styles."""

    plain: tuple[bytes, ...]
    packed: tuple[bytes, ...]
    holes: tuple[str, ...]
    policy: dict[str, str]

    def answer(self, token: str = "") -> Response:
        """The page for one device, with its token."""
        opened().update(self.policy)
        values = {TOKEN: token, HERE: this_page()}
        filled = [str(escape(values[hole])).encode() for hole in self.holes]
        body = b"".join(piece for pair in zip(self.plain, [*filled, b""], strict=True) for piece in pair)
        if not request.accept_encodings["gzip"]:
            return Response(body, headers={"Vary": "Accept-Encoding"})
        pieces = zip(self.packed, [*map(_stored, filled), _DEFLATE_END], strict=True)
        check = zlib.crc32(body).to_bytes(4, "little") + len(body).to_bytes(4, "little")
        packed = b"".join((_GZIP_HEAD, *(piece for pair in pieces for piece in pair), check))
        return Response(packed, headers={"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})


def install(app: Flask) -> None:
    """Give the application a place for its pages."""
    app.extensions["pejling.pages"] = {}


def built_once(page: Callable[_P, str]) -> Callable[_P, Built]:
    """For a function that renders a page from plain values: it is called once for each set of them and language.

    The page must depend on nothing else, and has TOKEN in the place of its token.
    """

    @wraps(page)
    def built(*args: _P.args, **kwargs: _P.kwargs) -> Built:
        pages: dict[Hashable, Built] = current_app.extensions["pejling.pages"]
        key = (page, translate().language, drafts_here(), args, *kwargs.items())
        found = pages.get(key)
        if found is None:
            if len(pages) >= KEPT:
                pages.clear()
            g.here = HERE
            found = pages[key] = _build(page(*args, **kwargs))
            del g.here
        return found

    return built


def _build(html: str) -> Built:
    pieces = re.split(f"({TOKEN}|{HERE})", html)
    plain = tuple(piece.encode() for piece in pieces[::2])
    return Built(plain, tuple(map(_deflated, plain)), tuple(pieces[1::2]), dict(opened()))


def _deflated(piece: bytes) -> bytes:
    """Blocks of their own that end on a whole byte, so that others may follow."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)


def _stored(piece: bytes) -> bytes:
    """A block that is not compressed (RFC 1951, 3.2.4), so that nobody learns a token from the length of a page."""
    size = len(piece)
    return b"\x00" + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little") + piece
