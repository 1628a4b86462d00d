"""Invite staff, give them a new one-time link, remove them; and what they do with that link."""

from dataclasses import dataclass

from app.domain.account import (
    AT_ONE_SCHOOL,
    LINK_HOURS,
    WITH_CODE,
    Account,
    Role,
    good_login,
    good_password,
    may_invite,
)
from app.domain.poll import Week
from app.domain.refusal import Reason, Refusal
from app.sealing import passwords, time_codes, tokens
from app.services.house import House, Work
from app.store import accounts, classrooms

PAGE = 50


@dataclass(frozen=True, slots=True)
class AccountPage:
    """A page of a list of accounts, the names of their schools by id, and how many there are in all."""

    accounts: tuple[Account, ...]
    schools: dict[str, str]
    total: int
    number: int
    search: str


def invite(work: Work, login: str, role: Role, school: str | None, language: str = "da") -> str:
    """The token of a one-time link for a new account, shown once. Raises Refusal: BAD_LOGIN, NO_SCHOOL, LOGIN_TAKEN."""
    login = login.strip().casefold()
    if not good_login(login):
        raise Refusal(Reason.BAD_LOGIN)
    if (role in AT_ONE_SCHOOL) is not (school is not None):
        raise Refusal(Reason.NO_SCHOOL)
    if accounts.by_login(work.db, login) is not None:
        raise Refusal(Reason.LOGIN_TAKEN)
    account = Account(tokens.mint_id(), login, role, school, language)
    accounts.add(work.db, account)
    # Counted as seen today, so that an invitation that nobody uses is removed like an account that nobody uses.
    accounts.change(work.db, account.id, seen_week=str(Week.of(work.now.date())))
    return _one_time_link(work, account)


def invite_to(work: Work, login: str, role: Role, school_name: str | None) -> str:
    """The same to a school by its name, if any; Refusal(UNKNOWN_SCHOOL) where there is none of that name."""
    if not (school_name and school_name.strip()):
        return invite(work, login, role, None)
    school = classrooms.school_id(work.db, school_name)
    if school is None:
        raise Refusal(Reason.UNKNOWN_SCHOOL)
    return invite(work, login, role, school)


def invite_as(work: Work, by: Account, login: str, role: Role, school_name: str) -> str:
    """The same by somebody who may give that role."""
    if role not in may_invite(by.role):
        raise Refusal(Reason.NOT_YOURS)
    return invite_to(work, login, role, school_name)


def renew(work: Work, by: Account, account_id: str) -> str:
    """A new one-time link for somebody who lost their password; their browsers are signed out."""
    account = _theirs(work, by, account_id)
    accounts.close_sessions(work.db, account.id)
    return _one_time_link(work, account)


def remove(work: Work, by: Account, account_id: str) -> None:
    """Remove an account, but never one's own."""
    account = _theirs(work, by, account_id)
    if account.id == by.id:
        raise Refusal(Reason.NOT_YOURS)
    accounts.remove(work.db, account.id)


def list_accounts(work: Work, by: Account, search: str, number: int) -> AccountPage:
    """A page of the accounts that somebody may invite to, in a constant number of queries."""
    roles, search = may_invite(by.role), search.strip().casefold()
    found = accounts.listed(work.db, roles, search, (number - 1) * PAGE, PAGE)
    total = accounts.count(work.db, roles, search)
    return AccountPage(tuple(found), classrooms.schools(work.db), total, number, search)


def invited(work: Work, token: str) -> Account:
    """Whose one-time link this is; Refusal(DEAD_INVITATION) where it was used or is too old."""
    account = accounts.invited(work.db, tokens.invitation_hash(token), work.hour)
    if account is None:
        raise Refusal(Reason.DEAD_INVITATION)
    return account


def accept(house: House, token: str, password: str, code_secret: str, code: str) -> Account:
    """Use a one-time link up: set the password, and for those who work for all schools the authenticator app.

    Raises Refusal: DEAD_INVITATION, SHORT_PASSWORD, BAD_CODE. Nothing is used up then.
    """
    if not good_password(password):
        raise Refusal(Reason.SHORT_PASSWORD)
    hashed = passwords.hash_password(password)  # takes long, so not in the transaction
    with house.writing() as work:
        account = invited(work, token)
        step = None
        if account.role in WITH_CODE:
            step = time_codes.step_of(code_secret, code, work.now)
            if step is None:
                raise Refusal(Reason.BAD_CODE)
        if not accounts.use_invitation(work.db, tokens.invitation_hash(token)):
            raise Refusal(Reason.DEAD_INVITATION)
        secret = code_secret if step is not None else None
        accounts.change(work.db, account.id, password=hashed, code_secret=secret, code_step=step)
        accounts.close_sessions(work.db, account.id)
        return account


def choose_language(work: Work, account: Account, language: str) -> None:
    """Keep somebody's language with their account."""
    accounts.change(work.db, account.id, language=language)


def _theirs(work: Work, by: Account, account_id: str) -> Account:
    account = accounts.by_id(work.db, account_id)
    if account is None or account.role not in may_invite(by.role):
        raise Refusal(Reason.NOT_YOURS)
    return account


def _one_time_link(work: Work, account: Account) -> str:
    token = tokens.mint_session()
    accounts.add_invitation(work.db, tokens.invitation_hash(token), account.id, work.hour + LINK_HOURS + 1)
    return token
