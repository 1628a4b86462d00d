"""A token: what another program shows when it reads the totals."""

from dataclasses import dataclass

MAX_NAME = 60


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token by its name; `used_week` is the ISO week of its last use, None before the first.

    The secret itself is shown once and stands nowhere.
    """

    id: str
    name: str
    used_week: str | None
