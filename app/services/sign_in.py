"""Sign a member of staff in and out, and know them by their browser in between."""

from app.domain.account import IDLE_MINUTES, WITH_CODE, Account, Role, delay_after
from app.domain.poll import Week
from app.domain.refusal import Reason, Refusal
from app.sealing import passwords, time_codes, tokens
from app.services.house import House, Work, patiently
from app.store import accounts
from app.store.accounts import Keys


def sign_in(house: House, login: str, password: str, code: str, device: str) -> tuple[Account, str]:
    """The account, and the token of its newly signed-in browser.

    `device` is the mark of a browser in which the account has signed in before, "" elsewhere: attempts are counted for
    each apart, so that a stranger who keeps failing slows down strangers only. An attempt counts before it is looked
    at, and passwords are compared outside the transaction, since that takes long. Raises Refusal: SLOW_DOWN, or
    BAD_SIGN_IN, which does not tell what was wrong.
    """
    login = login.strip().casefold()
    key = tokens.attempt_hash(login, device)
    keys = patiently(house.writing, _attempt, login, key)
    right = passwords.verify(password, keys.password if keys else None)
    return patiently(house.writing, _entered, login, key, keys if right else None, code)


def sign_in_vouched(work: Work, login: str, roles: frozenset[Role] | None) -> tuple[Account, str]:
    """The same for somebody whom a provider has vouched for by their address, second factor and all.

    `roles` are those that the provider says they have, None where it is not asked. No account is made and none is
    changed by it. Raises Refusal: NO_ACCOUNT, OTHER_ROLE.
    """
    account = accounts.by_login(work.db, login.strip().casefold())
    if account is None:
        raise Refusal(Reason.NO_ACCOUNT)
    if roles is not None and account.role not in roles:
        raise Refusal(Reason.OTHER_ROLE)
    return account, _open_session(work, account)


def sign_out(work: Work, token: str) -> None:
    """The browser is a stranger's again."""
    accounts.close_session(work.db, tokens.session_hash(token))


def who(house: House, token: str) -> Account | None:
    """Who is signed in with a browser; nobody after IDLE_MINUTES without a request. Writes once a minute at most."""
    key = tokens.session_hash(token)
    found, minute = patiently(house.reading, _session, key)
    if found is None:
        return None
    account, seen = found
    if minute - seen >= IDLE_MINUTES:
        patiently(house.writing, lambda work: accounts.close_session(work.db, key))
        return None
    if minute != seen:
        patiently(house.writing, lambda work: accounts.touch_session(work.db, key, minute))
    return account


def _session(work: Work, key: bytes) -> tuple[tuple[Account, int] | None, int]:
    return accounts.of_session(work.db, key), work.minute


def _open_session(work: Work, account: Account) -> str:
    token = tokens.mint_session()
    accounts.open_session(work.db, tokens.session_hash(token), account.id, work.minute)
    accounts.change(work.db, account.id, seen_week=str(Week.of(work.now.date())))
    return token


def _entered(work: Work, login: str, key: bytes, proven: Keys | None, code: str) -> tuple[Account, str]:
    fresh = accounts.keys_of(work.db, login, lock=True)  # of two with the same code one finds it used
    if fresh is None or fresh != proven or not _right_code(work, fresh, code):
        raise Refusal(Reason.BAD_SIGN_IN)
    accounts.forget_attempts(work.db, key)
    return fresh.account, _open_session(work, fresh.account)


def _attempt(work: Work, login: str, key: bytes) -> Keys | None:
    second = int(work.now.timestamp())
    failures, from_second = accounts.attempts(work.db, key)
    if second < from_second <= second + delay_after(failures):  # longer is no delay of ours: a clock was set back
        raise Refusal(Reason.SLOW_DOWN)
    accounts.count_attempt(work.db, key, failures + 1, second + delay_after(failures + 1))
    return accounts.keys_of(work.db, login)


def _right_code(work: Work, keys: Keys, code: str) -> bool:
    if keys.account.role not in WITH_CODE:
        return True
    step = time_codes.step_of(keys.code_secret, code, work.now) if keys.code_secret else None
    if step is None or step <= (keys.code_step or 0):
        return False
    accounts.change(work.db, keys.account.id, code_step=step)
    return True
