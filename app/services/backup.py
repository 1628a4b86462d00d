"""Back the database up, and bring a backup back."""

from pathlib import Path

from app.services.house import House
from app.store import backups


def backup(house: House, file: Path) -> int:
    """Write a backup and return its number of rows; the server may go on meanwhile. Raises BackupError."""
    with house.reading() as work:
        return backups.write(work.db, file)


def restore(house: House, file: Path) -> int:
    """Put a backup in the place of everything, all or nothing. Raises BackupError.

    The ledger in the key folder stays as it is: what was released stays counted.
    """
    if backups.same_place(house.database, file):
        raise backups.BackupError(f"{file} er databasen selv.")
    with house.writing() as work:
        return backups.read(file, work.db)
