"""The key folder: what is written is whole and on disk, readable by nobody else, and gone when it is removed."""

import os
import stat
import threading
from pathlib import Path

import pytest

from app.sealing.keyfolder import KeyFolder

POLL, SHARE = "0123456789abcdef", b"s" * 32


def mode(path: Path) -> int:
    """Who may do what with a file."""
    return stat.S_IMODE(path.stat().st_mode)


def test_a_share_is_kept_read_by_another_machine_and_removed(tmp_path: Path) -> None:
    keys, other = KeyFolder(tmp_path / "keys"), KeyFolder(tmp_path / "keys")
    assert (keys.share(POLL), keys.has_share(POLL)) == (None, False)
    keys.keep_share(POLL, SHARE)
    assert (other.share(POLL), other.has_share(POLL)) == (SHARE, True)
    other.remove_share(POLL)
    other.remove_share(POLL)
    assert (keys.share(POLL), keys.has_share(POLL)) == (None, False)


def test_nobody_else_may_read_folder_share_or_secret(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path / "keys")
    keys.keep_share(POLL, SHARE)
    keys.secret_key()
    root = tmp_path / "keys"
    assert [mode(path) for path in (root, root / "shares")] == [0o700, 0o700]
    assert [mode(path) for path in (root / "shares" / POLL, root / "secret")] == [0o600, 0o600]


def test_share_and_folder_are_synced_before_the_call_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys, synced = KeyFolder(tmp_path), list[Path]()
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(Path(f"/proc/self/fd/{handle}").readlink()))
    keys.keep_share(POLL, SHARE)
    assert len(synced) == 2
    assert synced[0].parent == tmp_path / "shares"
    assert synced[1] == tmp_path / "shares"


def test_a_write_that_fails_leaves_the_old_share_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = KeyFolder(tmp_path)
    keys.keep_share(POLL, SHARE)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keys.keep_share(POLL, b"t" * 32)
    assert keys.share(POLL) == SHARE
    assert [path.name for path in (tmp_path / "shares").iterdir()] == [POLL]


@pytest.mark.parametrize("name", ["", "..", "../secret", "0123456789abcdeF", "0123456789abcdef0", "0123456789abcdef\n"])
def test_only_a_poll_names_a_share(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a poll"):
        KeyFolder(tmp_path).share(name)


def test_shares_are_listed_by_their_age_and_other_files_never(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path)
    old, young = "a" * 16, "b" * 16
    for poll in (old, young):
        keys.keep_share(poll, SHARE)
    os.utime(tmp_path / "shares" / old, (0, 0))
    (tmp_path / "shares" / "notes.txt").write_bytes(b"")
    os.utime(tmp_path / "shares" / "notes.txt", (0, 0))
    assert list(keys.shares_older_than(3600)) == [old]
    assert sorted(keys.shares_older_than(-3600)) == [old, young]


def test_the_secret_is_made_once_though_many_machines_start_at_once(tmp_path: Path) -> None:
    gate, made = threading.Barrier(8), list[bytes]()

    def start() -> None:
        keys = KeyFolder(tmp_path / "keys")
        gate.wait()
        made.append(keys.secret_key())

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert len(set(made)) == 1
    assert len(made[0]) == 32
    assert KeyFolder(tmp_path / "keys").secret_key() == made[0]
    assert [path.name for path in (tmp_path / "keys").iterdir() if path.is_file()] == ["secret"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path / "keys")
    keys.check()
    (tmp_path / "keys" / "shares").rmdir()
    (tmp_path / "keys").rmdir()
    with pytest.raises(OSError, match="No such file"):
        keys.check()
