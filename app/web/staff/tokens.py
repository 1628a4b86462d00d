"""Tokens for other programs: make one, see when each was used, revoke it."""

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from app.domain.account import Account
from app.domain.api_token import MAX_NAME
from app.domain.refusal import Refusal
from app.services import keep_tokens
from app.web import desk
from app.web.access import plans
from app.web.errors import ANSWERS
from app.web.language import translate

tokens = Blueprint("tokens", __name__)


@tokens.get("/staff/tokens")
@plans
def page(mine: Account) -> str:
    """The programs that may read the totals."""
    return _page(mine)


@tokens.post("/staff/tokens")
@plans
def make(mine: Account) -> str | Response:
    """A new token; it is shown in the answer and nowhere else."""
    name = request.form.get("name", "")
    try:
        token = desk.serve(keep_tokens.make, name)
    except Refusal as refusal:
        answer = ANSWERS[refusal.reason]
        return make_response(_page(mine, error=translate()(answer.sentence), typed=name), answer.status)
    return _page(mine, token=token, token_for=name)


@tokens.post("/staff/tokens/<token_id>/revoke")
@plans
def revoke(_mine: Account, token_id: str) -> Response:
    """The program can read no more."""
    desk.serve(keep_tokens.revoke, token_id)
    return redirect("/staff/tokens", 303)


def _page(mine: Account, **values: object) -> str:
    listed = desk.look(keep_tokens.list_tokens)
    address = f"{desk.settings().base_url}/api/v1/openapi.json"
    return render_template("staff/tokens.html", mine=mine, tokens=listed, most=MAX_NAME, address=address, **values)
