"""Accounts: invite, give a new one-time link, remove."""

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from app.domain.account import Account, Role, may_invite
from app.domain.language import Translate
from app.domain.refusal import Refusal
from app.services import manage_accounts
from app.web import desk
from app.web.access import manages
from app.web.errors import ANSWERS
from app.web.language import translate
from app.web.staff.paging import page_number

accounts = Blueprint("accounts", __name__)


@accounts.get("/staff/accounts")
@manages
def page(mine: Account) -> str:
    """The accounts that one may invite to."""
    return _page(mine)


@accounts.post("/staff/accounts")
@manages
def invite(mine: Account) -> str | Response:
    """A new account; its link is shown in the answer and nowhere else."""
    login = request.form.get("login", "")
    try:
        role = Role(request.form.get("role", ""))
        token = desk.serve(manage_accounts.invite_as, mine, login, role, request.form.get("school", ""))
    except Refusal as refusal:
        answer = ANSWERS[refusal.reason]
        return make_response(_page(mine, error=translate()(answer.sentence), typed=request.form), answer.status)
    except ValueError:
        return make_response(_page(mine, typed=request.form), 400)
    return _page(mine, link=_address(token), link_for=login)


@accounts.post("/staff/accounts/<account_id>/link")
@manages
def renew(mine: Account, account_id: str) -> str:
    """A new link for somebody who lost the password."""
    token = desk.serve(manage_accounts.renew, mine, account_id)
    return _page(mine, link=_address(token), link_for=desk.look(manage_accounts.invited, token).login)


@accounts.post("/staff/accounts/<account_id>/remove")
@manages
def remove(mine: Account, account_id: str) -> Response:
    """Remove an account."""
    desk.serve(manage_accounts.remove, mine, account_id)
    return redirect("/staff/accounts", 303)


def role_names(t: Translate) -> dict[Role, str]:
    """What the roles are called."""
    return {
        Role.ADMINISTRATOR: t("Administrator"),
        Role.CONSULTANT: t("SSP-konsulent"),
        Role.LEADER: t("Skoleleder"),
        Role.TEACHER: t("Lærer"),
    }


def _page(mine: Account, **values: object) -> str:
    listed = desk.look(manage_accounts.list_accounts, mine, request.args.get("search", ""), page_number())
    shown = {"typed": {}, **values}
    names, roles = role_names(translate()), may_invite(mine.role)
    return render_template(
        "staff/accounts.html", mine=mine, page=listed, roles=roles, role_names=names, size=manage_accounts.PAGE, **shown
    )


def _address(token: str) -> str:
    return f"{desk.settings().base_url}/staff/welcome/{token}"
