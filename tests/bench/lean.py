"""The yardstick for what Flask allows: the page is built once, the form carries a signed mark, one insert a ballot."""

import hmac
import secrets

from flask import Flask, abort, redirect, request
from sqlalchemy import create_engine, event, func, select
from sqlalchemy.dialects import postgresql
from werkzeug.wrappers import Response

from tests.bench.yard import ANSWERS, PAGE, THANKS, address, answer, durable, metadata, signed

MARK_LENGTH = 16
_ONCE = postgresql.insert(answer).on_conflict_do_nothing()


def create_app() -> Flask:
    """The application on the yardsticks' database."""
    app = Flask("lean")
    engine = create_engine(address(), isolation_level="AUTOCOMMIT")
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", durable)
    metadata.create_all(engine)

    @app.get("/<survey>")
    def page(survey: str) -> str:
        return PAGE.replace("MARK", signed(survey, secrets.token_hex(MARK_LENGTH // 2)))

    @app.post("/<survey>")
    def ballot(survey: str) -> Response:
        mark = request.form.get("csrf_token", "")[:MARK_LENGTH]
        if not hmac.compare_digest(request.form.get("csrf_token", ""), signed(survey, mark)):
            abort(400)
        with engine.connect() as database:
            database.execute(_ONCE, {"mark": mark, "survey": survey, **{name: request.form[name] for name in ANSWERS}})
        return redirect(f"/{survey}/thanks", 303)

    @app.get("/<survey>/thanks")
    def thanks(survey: str) -> str:
        return THANKS

    @app.get("/<survey>/count")
    def count(survey: str) -> dict[str, int]:
        with engine.connect() as database:
            return {"count": database.scalar(select(func.count()).where(answer.c.survey == survey)) or 0}

    return app
