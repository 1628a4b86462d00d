"""Whether this server can serve: its database, its schema, and its key folder."""

from app.services.house import House
from app.services.sweep import unknown_shares


def check_ready(house: House) -> tuple[dict[str, str], list[str]]:
    """What is wrong, by part, and the shares of polls that the database does not know (kept, and no fault)."""
    wrong = {}
    if fault := house.database.fault():
        wrong["database"] = fault
    try:
        house.keys.check()
    except OSError:
        wrong["keys"] = "not writable"
    return wrong, [] if wrong else unknown_shares(house)
