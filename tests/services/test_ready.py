"""Whether pupils may be sent to a machine: a lost share takes none away, an empty key folder does; both databases."""

from dataclasses import replace
from pathlib import Path

from app.sealing.keyfolder import KeyFolder
from app.sealing.ledger import Ledger
from app.services.check_ready import check_ready
from app.services.close_poll import close_poll
from app.services.house import House
from tests.services.room import Room, played

EMPTY = {"keys": "empty, while polls vote: not the shared key folder, or not mounted"}


def beside(house: House, keys: Path) -> House:
    """Another machine on the same database, with a key folder of its own."""
    return replace(house, keys=KeyFolder(keys), ledger=Ledger(keys))


def voting(house: House, *classrooms: str) -> list[str]:
    """The polls of classes that vote now."""
    return [Room(house, classroom=classroom).voting(10).view().poll.id for classroom in classrooms]


def test_two_machines_on_one_key_folder_say_the_same(house: House) -> None:
    voting(house, "7.A", "7.B")
    one, other = check_ready(house), check_ready(beside(house, house.keys.root))
    assert (one.wrong, one.missing_shares, one.unknown_shares) == ({}, [], [])
    assert one == other
    assert one.key_folder is not None


def test_an_empty_key_folder_is_not_ready_while_polls_vote(house: House, tmp_path: Path) -> None:
    stranger = beside(house, tmp_path / "not mounted")
    assert check_ready(stranger).wrong == {}, "nobody votes: an installation begins so"
    polls = voting(house, "7.A", "7.B")
    found = check_ready(stranger)
    assert (found.wrong, found.missing_shares) == (EMPTY, sorted(polls))
    assert found.key_folder != check_ready(house).key_folder
    assert check_ready(house).wrong == {}


def test_another_machines_folder_with_a_past_of_its_own_is_named_and_stays_ready(house: House, tmp_path: Path) -> None:
    other = beside(house, tmp_path / "own")
    mine, theirs = voting(house, "7.A", "7.B"), voting(other, "7.C")
    here, there = check_ready(house), check_ready(other)
    assert (here.wrong, here.missing_shares) == ({}, theirs)
    assert (there.wrong, there.missing_shares) == ({}, sorted(mine))
    assert here.key_folder != there.key_folder


def test_lost_shares_are_named_and_take_no_machine_away(house: House) -> None:
    polls = voting(house, "7.A")
    house.keys.remove_share(polls[0])
    assert (check_ready(house).wrong, check_ready(house).missing_shares) == ({}, polls), "the only vote there is"
    polls += voting(house, "7.B", "7.C")
    assert (check_ready(house).wrong, check_ready(house).missing_shares) == ({}, polls[:1])
    played(house, 10, classroom="7.D")
    for poll in polls:
        house.keys.remove_share(poll)
    found = check_ready(house)
    assert (found.wrong, found.missing_shares) == ({}, sorted(polls)), "a folder with a ledger is the right one"


def test_a_poll_that_is_closed_while_it_is_looked_for_is_not_missed(house: House) -> None:
    closing = [Room(house, classroom=name).voting(10) for name in ("7.A", "7.B")]

    class Slow(KeyFolder):
        """A folder that is asked just when the polls close."""

        def has_share(self, poll: str) -> bool:
            for room in closing:
                room.do(close_poll)
            closing.clear()
            return super().has_share(poll)

    found = check_ready(replace(house, keys=Slow(house.keys.root)))
    assert (found.wrong, found.missing_shares) == ({}, [])
