"""Signing in many times at once, on either database: no guess slips past the delay, and a code is good once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pyotp

from app.domain.account import Role, delay_after
from app.domain.refusal import Reason, Refusal
from app.sealing import time_codes
from app.services.house import House
from app.services.manage_accounts import accept, invite
from app.services.sign_in import sign_in
from tests.conftest import Clock

LOGIN, PASSWORD = "nogen@fjordby.example", "en lang adgangskode"
AT_ONCE = 8


def at_once(go: Callable[[], object]) -> Counter[Reason | None]:
    """What AT_ONCE threads are refused for that do the same at the same time; None for one that is not refused."""
    start = Barrier(AT_ONCE)

    def one() -> Reason | None:
        start.wait()
        try:
            go()
        except Refusal as refusal:
            return refusal.reason
        return None

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(ended.result() for ended in [pool.submit(one) for _ in range(AT_ONCE)])


def test_of_guesses_at_once_as_many_are_looked_at_as_of_guesses_one_by_one(house: House) -> None:
    free = next(failures for failures in range(AT_ONCE) if delay_after(failures))
    found = at_once(lambda: sign_in(house, LOGIN, "et gæt", "", ""))
    assert found == {Reason.BAD_SIGN_IN: free, Reason.SLOW_DOWN: AT_ONCE - free}


def test_a_code_of_the_app_that_is_typed_at_once_everywhere_signs_in_once(house: House, clock: Clock) -> None:
    def code() -> str:
        return pyotp.TOTP(secret).at(clock.now)

    with house.writing() as work:
        invitation = invite(work, LOGIN, Role.CONSULTANT, None)
    secret = time_codes.mint_secret()
    accept(house, invitation, PASSWORD, secret, code())
    clock.forward(minutes=5)
    devices = iter(range(AT_ONCE))
    found = at_once(lambda: sign_in(house, LOGIN, PASSWORD, code(), str(next(devices))))
    assert found == {None: 1, Reason.BAD_SIGN_IN: AT_ONCE - 1}
