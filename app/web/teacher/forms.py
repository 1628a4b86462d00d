"""The forms of the teacher's page; each carries its CSRF token."""

from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from app.domain.lesson import MAX_SEATS


class ReserveForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """How many pupils have no screen of their own."""

    seats = IntegerField(validators=[InputRequired(), NumberRange(0, max(MAX_SEATS.values()))])
