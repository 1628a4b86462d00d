"""An account: a member of staff who signs in. Pupils and parents never do."""

from dataclasses import dataclass
from enum import StrEnum

MIN_PASSWORD = 12
MAX_PASSWORD = 200
IDLE_MINUTES = 30
LINK_HOURS = 72
_FREE_FAILURES = 3
_LONGEST_DELAY = 60


class Role(StrEnum):
    """What a member of staff does here. There is no role for police or case workers."""

    ADMINISTRATOR = "administrator"
    CONSULTANT = "consultant"
    LEADER = "leader"
    TEACHER = "teacher"


AT_ONE_SCHOOL = (Role.LEADER, Role.TEACHER)
WITH_CODE = (Role.ADMINISTRATOR, Role.CONSULTANT)


@dataclass(frozen=True, slots=True)
class Account:
    """A member of staff by the e-mail address that they sign in with; `school` is the id of a leader's or teacher's
    own school, None for those who work for all of them."""

    id: str
    login: str
    role: Role
    school: str | None
    language: str


def may_invite(inviter: Role) -> tuple[Role, ...]:
    """The roles that somebody may give to others."""
    match inviter:
        case Role.ADMINISTRATOR:
            return tuple(Role)
        case Role.CONSULTANT:
            return AT_ONE_SCHOOL
        case _:
            return ()


def good_password(password: str) -> bool:
    """Long enough to keep, and short enough to hash; length is the only rule (NIST SP 800-63B, 5.1.1)."""
    return MIN_PASSWORD <= len(password) <= MAX_PASSWORD


def good_login(login: str) -> bool:
    """Whether a text looks like an e-mail address, as it is written on one line."""
    name, at, host = login.partition("@")
    return bool(name and at and "." in host) and len(login) <= 254 and login.isprintable() and " " not in login


def delay_after(failures: int) -> int:
    """Seconds to wait before the next attempt: none for the first few, then doubling up to a minute.

    >>> [delay_after(failures) for failures in (0, 2, 3, 4, 5, 20)]
    [0, 0, 1, 2, 4, 60]
    """
    if failures < _FREE_FAILURES:
        return 0
    return min(_LONGEST_DELAY, 1 << min(failures - _FREE_FAILURES, 10))
