"""Moving up: what a classroom is called a year later."""

import re

LAST_GRADE = 9


def moved_up(name: str, grade: int) -> tuple[str, int] | None:
    """Next year's name and grade, None for a classroom that leaves. Only a name that begins with its grade changes.

    >>> moved_up("7.A", 7), moved_up("Ulvene", 6), moved_up("9.B", 9)
    (('8.A', 8), ('Ulvene', 7), None)
    """
    if grade >= LAST_GRADE:
        return None
    begins = re.match(rf"{grade}(?![0-9])", name)
    return (f"{grade + 1}{name[begins.end() :]}" if begins else name), grade + 1
