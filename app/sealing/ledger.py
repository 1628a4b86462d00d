"""The ledger in the key folder: which releases were made, without any figure.

The database may come back older than it was; the ledger does not, so a classroom cannot be asked once too often by
restoring a backup. A line is on disk before the release it speaks of is committed. A crash between the two leaves a
line too many, which costs the classroom a repeat and never its anonymity.
"""

import errno
import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from app.domain.poll import Run, Week
from app.domain.release import Ruler
from app.domain.theme import Audience
from app.sealing.keyfolder import sync_folder


@dataclass(frozen=True, slots=True)
class Entry:
    """One release: which poll, for whom, of what, read with which ruler, in which ISO week, on paper or not.

    `by` is the id of the account that made the lesson, "" where nobody signed in for it. `called` is a keyed digest of
    what the classroom was called: it is known again where the database came back without it and it was made anew.
    """

    poll: str
    lesson: str
    classroom: str
    audience: Audience
    theme: str
    family: str
    school_year: int
    ruler: Ruler
    week: str
    paper: bool = False
    by: str = ""
    called: str = ""


class Ledger:
    """An append-only file, one JSON object a line; several machines may share it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "ledger.jsonl"

    def append(self, *entries: Entry) -> None:
        """Write entries and sync them with their folder; the same poll again adds nothing to what runs() says."""
        lines = "".join(json.dumps(asdict(entry)) + "\n" for entry in entries)
        handle = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            text = (lines if self._whole(handle) else "\n" + lines).encode()
            if os.write(handle, text) != len(text):
                raise OSError(errno.ENOSPC, "the ledger is not written")
            os.fsync(handle)
        finally:
            os.close(handle)
        sync_folder(self.path.parent)

    def rename(self, classroom: str, called: str) -> None:
        """From now on what was asked of a classroom with this id is known by this name too."""
        asked = {entry.poll: entry for entry in self._entries(classroom) if entry.classroom == classroom}
        if asked:
            self.append(*(replace(entry, called=called) for entry in asked.values()))

    def begun(self) -> bool:
        """Whether there is a ledger here at all; an empty one will do."""
        return self.path.exists()

    def runs(self, classroom: str, called: str, audience: Audience, family: str, school_year: int) -> list[Run]:
        """The releases of one family in one school year, of a classroom with this id or one called the same."""
        found, asked = {}, (audience, family, school_year)
        for entry in self._entries(classroom, called):
            same = entry.classroom == classroom or entry.called == called
            if same and (entry.audience, entry.family, entry.school_year) == asked:
                week = Week.parse(entry.week)
                found[entry.poll] = Run(entry.poll, entry.lesson, entry.theme, entry.ruler, week, entry.paper)
        return list(found.values())

    def first_by(self, account: str, audience: Audience, family: str, since: Week) -> int:
        """How many first releases of a family one person's lessons have made since a week, that week included.

        Whatever has become of the lessons, classrooms and names meanwhile.
        """
        asked = account, audience, family, Ruler.A
        made = {
            entry.poll
            for entry in self._entries(account)
            if (entry.by, entry.audience, entry.family, entry.ruler) == asked and Week.parse(entry.week) >= since
        }
        return len(made)

    @staticmethod
    def _whole(handle: int) -> bool:
        """Whether the last line is whole: one that a power cut has torn must not swallow the next."""
        size = os.fstat(handle).st_size
        return size == 0 or os.pread(handle, 1, size - 1) == b"\n"

    def _entries(self, *holding: str) -> Iterator[Entry]:
        """The entries whose line holds one of these ids or digests.

        Each vote that opens asks, and a country's ledger grows all day: only the lines asked for are parsed.
        """
        try:
            text = self.path.read_bytes()
        except FileNotFoundError:
            return
        for line in _lines_with(text, [json.dumps(each).encode() for each in holding]):
            try:
                fields = json.loads(line.decode("ascii", "replace"))
            except json.JSONDecodeError:  # cut short by a power cut: of a release that was not committed
                continue
            yield Entry(**{**fields, "audience": Audience(fields["audience"]), "ruler": Ruler(fields["ruler"])})


def _lines_with(text: bytes, words: Iterable[bytes]) -> list[bytes]:
    """The lines of a text that hold one of the words, in their order."""
    found = {}
    for word in words:
        place = text.find(word)
        while place >= 0:
            begins, ends = text.rfind(b"\n", 0, place) + 1, text.find(b"\n", place)
            ends = len(text) if ends < 0 else ends
            found[begins] = text[begins:ends]
            place = text.find(word, ends)
    return [found[begins] for begins in sorted(found)]
