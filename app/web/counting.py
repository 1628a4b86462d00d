"""Counting requests by the template of their route, and the page of the monitor that collects the counts."""

import time
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, g, make_response, request

from app.metrics.counts import Counts, memory
from app.metrics.exposition import CONTENT_TYPE, exposition
from app.services.house import House
from app.web.access import watches

CAST = "pupil.cast"
counting = Blueprint("counting", __name__)


def install(app: Flask, house: House, sheets: Path) -> None:
    """Count from now on. Installed before the guards: what they refuse is counted too."""
    counts = Counts(sheets, {"memory_bytes": memory, "database_connections": house.database.connections})
    app.extensions["pejling.counts"] = counts

    @app.before_request
    def begin() -> None:
        g.begun = time.perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        here, asked = g._get_current_object(), request._get_current_object()  # type: ignore[attr-defined] # once each
        seconds = time.perf_counter() - here.begun
        rule = asked.url_rule
        counts.answered(rule.rule if rule else "none", asked.method, response.status_code, seconds)
        if rule and rule.endpoint == CAST and response.status_code < 400:
            counts.ballot()
        if "refusal" in here:
            counts.refused(here.refusal)
        return response

    app.register_blueprint(counting)


@counting.get("/metrics", provide_automatic_options=False)
@watches
def metrics() -> Response:
    """What Prometheus collects: the sheets as they lie, so that asking often shows no more than asking seldom."""
    counts: Counts = current_app.extensions["pejling.counts"]
    answer = make_response(exposition(counts.sheets))
    answer.headers["Content-Type"] = CONTENT_TYPE
    return answer
