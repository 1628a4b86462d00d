"""Static files under addresses that carry their digest, so that they may be kept for ever and changed at any time."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, send_from_directory

from app.web.access import anyone
from app.web.envelope import FOR_EVER

DIGEST_LENGTH = 12


def install(app: Flask, folder: Path) -> None:
    """Serve the files of `folder`; templates name them by asset("board.css")."""
    digests = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()[:DIGEST_LENGTH]
        for path in folder.rglob("*")
        if path.is_file()
    }

    def asset(name: str) -> str:
        return f"/static/{digests[name]}/{name}"

    def serve_asset(digest: str, name: str) -> Response:
        if digests.get(name) != digest:
            abort(404)
        response = send_from_directory(folder, name)
        response.headers["Cache-Control"] = FOR_EVER
        return response

    app.jinja_env.globals["asset"] = asset
    app.jinja_env.globals["text_of"] = lru_cache(lambda name: (folder / name).read_text(encoding="utf-8"))
    app.add_url_rule("/static/<digest>/<path:name>", "asset", anyone(serve_asset))
