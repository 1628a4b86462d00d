"""Whether this server can serve: its database, its schema, and its key folder, which several machines must share."""

from dataclasses import dataclass, field

from app.domain.poll import PollState
from app.sealing import tokens
from app.services.house import House
from app.services.sweep import unknown_shares
from app.store import polls

# One vote without its share has lost it, for every machine alike: that must not take all of them away at once.
STRANGE_VOTES = 2


@dataclass(frozen=True, slots=True)
class Readiness:
    """What is wrong, by part; where there is nothing, shares and polls that do not fit together, which is no fault.

    `unknown_shares` are of polls that this database does not know, and kept. `missing_shares` are of polls that vote.
    """

    wrong: dict[str, str]
    key_folder: str | None = None
    unknown_shares: list[str] = field(default_factory=list)
    missing_shares: list[str] = field(default_factory=list)


def check_ready(house: House) -> Readiness:
    """How this server is."""
    wrong = {}
    if fault := house.database.fault():
        wrong["database"] = fault
    try:
        house.keys.check()
        key_folder = tokens.fingerprint(house.keys.secret_key())
    except OSError:
        wrong["keys"] = "not writable"
    if wrong:
        return Readiness(wrong)
    voting, missing = _missing_shares(house)
    if STRANGE_VOTES <= len(missing) == voting and not house.ledger.begun():
        wrong["keys"] = "empty, while polls vote: not the shared key folder, or not mounted"
    return Readiness(wrong, key_folder, unknown_shares(house), missing)


def _missing_shares(house: House) -> tuple[int, list[str]]:
    """How many polls vote, and those of them whose share is not here."""
    with house.reading() as work:
        voting = polls.voting(work.db)
    missing = [poll for poll in voting if not house.keys.has_share(poll)]
    with (
        house.reading() as work
    ):  # a share goes after its poll was closed, so one that was closed meanwhile is in order
        states = polls.states(work.db, missing)
    return len(voting), sorted(poll for poll in missing if states.get(poll) is PollState.VOTING)
