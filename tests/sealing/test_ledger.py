"""The ledger: what it remembers, and that neither a torn line nor a second writer makes it forget."""

import json
import os
import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.poll import Run, Week
from app.domain.release import Ruler
from app.domain.theme import Audience
from app.sealing.ledger import Entry, Ledger

ENTRY = Entry(
    poll="a" * 16,
    lesson="b" * 16,
    classroom="c" * 16,
    audience=Audience.PUPILS,
    theme="skærm",
    family="skærm",
    school_year=2026,
    ruler=Ruler.A,
    week="2026-W36",
    called="a name",
)
ASKED = (ENTRY.classroom, ENTRY.called, ENTRY.audience, ENTRY.family, ENTRY.school_year)
RUN = Run(ENTRY.poll, ENTRY.lesson, ENTRY.theme, Ruler.A, Week(2026, 36))


def test_what_is_written_is_read_again_by_the_next_process(tmp_path: Path) -> None:
    Ledger(tmp_path).append(ENTRY)
    assert Ledger(tmp_path).runs(*ASKED) == [RUN]


def test_a_ledger_that_was_never_written_holds_nothing(tmp_path: Path) -> None:
    assert Ledger(tmp_path).runs(*ASKED) == []


@pytest.mark.parametrize(
    "line", [replace(ENTRY, called="renamed"), replace(ENTRY, called=""), replace(ENTRY, classroom="d" * 16)]
)
def test_a_classroom_is_known_by_its_id_or_by_what_it_was_called(tmp_path: Path, line: Entry) -> None:
    Ledger(tmp_path).append(line)
    assert Ledger(tmp_path).runs(*ASKED) == [RUN]


def test_a_line_from_before_names_were_known_still_counts(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(ENTRY)
    fields = json.loads(ledger.path.read_text(encoding="ascii"))
    del fields["called"]
    ledger.path.write_text(json.dumps(fields) + "\n", encoding="ascii")
    assert ledger.runs(*ASKED) == [RUN]


def test_a_release_written_twice_counts_once(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(ENTRY)
    ledger.append(ENTRY)
    assert ledger.runs(*ASKED) == [RUN]


@pytest.mark.parametrize(
    "other",
    [
        replace(ENTRY, classroom="d" * 16, called="another name"),
        replace(ENTRY, audience=Audience.PARENTS),
        replace(ENTRY, family="alkohol"),
        replace(ENTRY, school_year=2025),
    ],
)
def test_another_classroom_audience_family_or_year_is_not_counted(tmp_path: Path, other: Entry) -> None:
    Ledger(tmp_path).append(other)
    assert Ledger(tmp_path).runs(*ASKED) == []


def test_a_vote_that_opens_reads_its_own_lines_and_parses_no_other_classrooms(tmp_path: Path) -> None:
    # Parsing a whole country's ledger took 36 ms of the server a vote.
    ledger = Ledger(tmp_path)
    ledger.append(ENTRY)
    others = ledger.path.read_text(encoding="ascii").replace(ENTRY.classroom, "d" * 16).replace(ENTRY.called, "other")
    others = others.replace('"A"', '"no ruler"')
    ledger.path.write_text(others + ledger.path.read_text(encoding="ascii") + others, encoding="ascii")
    assert ledger.runs(*ASKED) == [RUN]


def test_every_beginning_of_a_torn_line_is_passed_over_and_hides_nothing_before_it(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(ENTRY)
    whole = ledger.path.read_bytes()
    ledger.append(replace(ENTRY, poll="e" * 16, theme="ø"))
    line = ledger.path.read_bytes()[len(whole) :]
    for length in range(1, len(line) - 1):
        ledger.path.write_bytes(whole + line[:length])
        assert ledger.runs(*ASKED) == [RUN], f"cut after {length} bytes"


def test_a_torn_line_does_not_swallow_the_release_after_it(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(replace(ENTRY, poll="e" * 16))
    ledger.path.write_bytes(ledger.path.read_bytes()[:-20])
    ledger.append(ENTRY)
    assert ledger.runs(*ASKED) == [RUN]


def test_many_writers_at_once_lose_no_line(tmp_path: Path) -> None:
    entries = [replace(ENTRY, poll=f"{number:016x}", theme="å" * 50) for number in range(60)]

    def write(share: list[Entry]) -> None:
        for entry in share:
            Ledger(tmp_path).append(entry)

    threads = [threading.Thread(target=write, args=(entries[start::6],)) for start in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {run.poll for run in Ledger(tmp_path).runs(*ASKED)} == {entry.poll for entry in entries}
    lines = Ledger(tmp_path).path.read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line]) == 60


def test_the_first_line_and_the_folder_that_names_its_file_are_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A new file whose folder was not synced can be gone after a power cut, and the release it speaks of not.
    synced = set[Path]()
    monkeypatch.setattr(os, "fsync", lambda handle: synced.add(Path(f"/proc/self/fd/{handle}").readlink()))
    Ledger(tmp_path).append(ENTRY)
    assert synced == {tmp_path / "ledger.jsonl", tmp_path}


def test_the_ledger_holds_these_fields_and_no_figure_and_is_the_servers_own(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(ENTRY)
    fields = set(json.loads(ledger.path.read_text(encoding="utf-8")))
    assert fields == {
        "poll",
        "lesson",
        "classroom",
        "audience",
        "theme",
        "family",
        "school_year",
        "ruler",
        "week",
        "paper",
        "by",
        "called",
    }
    assert stat.S_IMODE(ledger.path.stat().st_mode) == 0o600
