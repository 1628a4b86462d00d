"""The shelf of accounts: staff, their signed-in browsers, their one-time links, and failed attempts to sign in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.dialects import postgresql

from app.domain.account import Account, Role
from app.domain.poll import Week
from app.store.database import Transaction
from app.store.tables import account, attempt, invitation, lesson_maker, staff_session

_ACCOUNT = select(*account.c["id", "login", "role", "school_id", "language"])


@dataclass(frozen=True, slots=True)
class Keys:
    """What an account is checked against; it never leaves the services."""

    account: Account
    password: str | None
    code_secret: str | None
    code_step: int | None


def add(transaction: Transaction, new: Account) -> None:
    """A new account, without a password."""
    values = {"id": new.id, "login": new.login, "role": new.role, "school_id": new.school, "language": new.language}
    transaction.execute(account.insert().values(**values))


def remove(transaction: Transaction, account_id: str) -> None:
    """Remove an account; its lessons stay, without it."""
    transaction.execute(delete(account).where(account.c.id == account_id))


def remove_idle(transaction: Transaction, before: Week) -> int:
    """Remove the accounts that last signed in before a week; how many."""
    return transaction.execute(delete(account).where(account.c.seen_week < str(before))).rowcount


def change(transaction: Transaction, account_id: str, **values: Any) -> None:
    """Change columns of one account."""
    transaction.execute(update(account).where(account.c.id == account_id).values(**values))


def by_id(transaction: Transaction, account_id: str) -> Account | None:
    """The account."""
    return _one(transaction, _ACCOUNT.where(account.c.id == account_id))


def by_login(transaction: Transaction, login: str) -> Account | None:
    """The account that signs in with an address."""
    return _one(transaction, _ACCOUNT.where(account.c.login == login))


def maker_of(transaction: Transaction, lesson_id: str) -> Account | None:
    """Who made a lesson, where that was somebody who signs in."""
    return _one(transaction, _ACCOUNT.join(lesson_maker).where(lesson_maker.c.lesson_id == lesson_id))


def keys_of(transaction: Transaction, login: str, *, lock: bool = False) -> Keys | None:
    """What the account with an address is checked against; with `lock` it is held until the transaction ends."""
    query = select(account).where(account.c.login == login)
    row = transaction.execute(query.with_for_update() if lock else query).first()
    return None if row is None else Keys(_account(row), row.password, row.code_secret, row.code_step)


def listed(transaction: Transaction, roles: Sequence[Role], search: str, start: int, number: int) -> list[Account]:
    """A page of the accounts with one of these roles whose address holds `search`, in the order of their addresses."""
    found = _ACCOUNT.where(account.c.role.in_(roles), account.c.login.contains(search, autoescape=True))
    rows = transaction.execute(found.order_by(account.c.login).offset(start).limit(number))
    return [_account(row) for row in rows]


def count(transaction: Transaction, roles: Sequence[Role], search: str) -> int:
    """How many accounts listed() has in all."""
    query = select(func.count()).select_from(account).where(account.c.role.in_(roles))
    return transaction.scalar(query.where(account.c.login.contains(search, autoescape=True))) or 0


def open_session(transaction: Transaction, session_hash: bytes, account_id: str, minute: int) -> None:
    """A browser has signed in."""
    transaction.execute(staff_session.insert().values(hash=session_hash, account_id=account_id, seen_minute=minute))


def of_session(transaction: Transaction, session_hash: bytes) -> tuple[Account, int] | None:
    """Who signed in with a browser, and the minute of its last request."""
    query = _ACCOUNT.add_columns(staff_session.c.seen_minute).join(staff_session)
    row = transaction.execute(query.where(staff_session.c.hash == session_hash)).first()
    return None if row is None else (_account(row), row.seen_minute)


def touch_session(transaction: Transaction, session_hash: bytes, minute: int) -> None:
    """The browser has asked for something again."""
    transaction.execute(update(staff_session).where(staff_session.c.hash == session_hash).values(seen_minute=minute))


def close_session(transaction: Transaction, session_hash: bytes) -> None:
    """The browser has signed out."""
    transaction.execute(delete(staff_session).where(staff_session.c.hash == session_hash))


def close_sessions(transaction: Transaction, account_id: str) -> None:
    """Every browser of an account is signed out."""
    transaction.execute(delete(staff_session).where(staff_session.c.account_id == account_id))


def add_invitation(transaction: Transaction, invitation_hash: bytes, account_id: str, ends_hour: int) -> None:
    """A one-time link, in the place of those that the account had."""
    transaction.execute(delete(invitation).where(invitation.c.account_id == account_id))
    transaction.execute(invitation.insert().values(hash=invitation_hash, account_id=account_id, ends_hour=ends_hour))


def invited(transaction: Transaction, invitation_hash: bytes, hour: int) -> Account | None:
    """Whose one-time link this is, while it is good."""
    query = _ACCOUNT.join(invitation).where(invitation.c.hash == invitation_hash, invitation.c.ends_hour > hour)
    return _one(transaction, query)


def use_invitation(transaction: Transaction, invitation_hash: bytes) -> bool:
    """Use a one-time link up; False where somebody else was quicker."""
    return transaction.execute(delete(invitation).where(invitation.c.hash == invitation_hash)).rowcount == 1


def remove_outdated(transaction: Transaction, minute: int, hour: int, second: int) -> None:
    """Remove sessions last seen before `minute`, links that ended before `hour`, and attempts older than `second`."""
    transaction.execute(delete(staff_session).where(staff_session.c.seen_minute < minute))
    transaction.execute(delete(invitation).where(invitation.c.ends_hour <= hour))
    transaction.execute(delete(attempt).where(attempt.c.from_second < second))


def attempts(transaction: Transaction, attempt_hash: bytes) -> tuple[int, int]:
    """Failures under a key, and the second from which the next attempt is looked at.

    The row is made where it is new, and held: of two attempts at once the second sees what the first counted.
    """
    new = postgresql.insert(attempt).values(hash=attempt_hash, failures=0, from_second=0)
    held = new.on_conflict_do_update(index_elements=["hash"], set_={"failures": attempt.c.failures})
    row = transaction.execute(held.returning(attempt.c.failures, attempt.c.from_second)).one()
    return row.failures, row.from_second


def count_attempt(transaction: Transaction, attempt_hash: bytes, failures: int, from_second: int) -> None:
    """Remember how often an attempt failed; attempts() holds its row."""
    counted = update(attempt).where(attempt.c.hash == attempt_hash)
    transaction.execute(counted.values(failures=failures, from_second=from_second))


def forget_attempts(transaction: Transaction, attempt_hash: bytes) -> None:
    """Somebody signed in."""
    transaction.execute(delete(attempt).where(attempt.c.hash == attempt_hash))


def _one(transaction: Transaction, query: Select[Any]) -> Account | None:
    row = transaction.execute(query).first()
    return None if row is None else _account(row)


def _account(row: Any) -> Account:
    return Account(row.id, row.login, Role(row.role), row.school_id, row.language)
