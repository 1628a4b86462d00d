"""The yardstick: the same survey as a competent afternoon would write it, with Flask-WTF and an ORM session.

A counter says how many have answered; a pupil is known by a session cookie, looked up before the row is added.
"""

import secrets

from flask import Flask, redirect, render_template_string, session
from flask_wtf import FlaskForm
from sqlalchemy import create_engine, event, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import InputRequired

from tests.bench.yard import address, durable

SIZE = 28
GUESSES = [("unknown", "Ved ikke"), *((str(number), str(number)) for number in range(SIZE + 1))]
PAGE = """<!doctype html><html lang="da"><head><meta charset="utf-8"><title>Survey</title></head><body>
<form method="post">{{ form.hidden_tag() }}
{% for field in (form.others, form.mates, form.own) %}<fieldset><legend>{{ field.label.text }}</legend>
{% for option in field %}{{ option() }} {{ option.label }}{% endfor %}</fieldset>{% endfor %}
<button>Send</button></form></body></html>"""


class Base(DeclarativeBase):
    """The tables."""


class Answer(Base):
    """One row a ballot."""

    __tablename__ = "answer"
    id: Mapped[int] = mapped_column(primary_key=True)
    survey: Mapped[str] = mapped_column(index=True)
    pupil: Mapped[str]
    others: Mapped[str]
    mates: Mapped[str]
    own: Mapped[str]


class AnswerForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """The three questions."""

    others = RadioField("Alle de andre", choices=GUESSES, validators=[InputRequired()])
    mates = RadioField("Dine kammerater", choices=GUESSES, validators=[InputRequired()])
    own = RadioField("Du selv", choices=[("yes", "Ja"), ("no", "Nej"), ("skip", "Spring over")])


def create_app() -> Flask:
    """The application on the yardsticks' database."""
    app = Flask("naive")
    app.secret_key = "only for measuring"
    engine = create_engine(address())
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", durable)
    Base.metadata.create_all(engine)

    @app.route("/<survey>", methods=["GET", "POST"])
    def ask(survey: str) -> str | Response:
        form = AnswerForm()
        if not form.validate_on_submit():
            session.setdefault("pupil", secrets.token_hex(8))
            return render_template_string(PAGE, form=form)
        with Session(engine) as database:
            known = select(Answer).where(Answer.survey == survey, Answer.pupil == session["pupil"])
            if database.scalars(known).first() is None:
                answers = {name: form.data[name] for name in ("others", "mates", "own")}
                database.add(Answer(survey=survey, pupil=session["pupil"], **answers))
                database.commit()
        return redirect(f"/{survey}/thanks", 303)

    @app.get("/<survey>/thanks")
    def thanks(survey: str) -> str:
        return render_template_string("<!doctype html><title>Tak</title><h1>Tak. {{ survey }}</h1>", survey=survey)

    @app.get("/<survey>/count")
    def count(survey: str) -> dict[str, int]:
        with Session(engine) as database:
            return {"count": database.scalar(select(func.count()).where(Answer.survey == survey)) or 0}

    return app
