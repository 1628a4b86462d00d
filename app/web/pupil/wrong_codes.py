"""Patience with wrong codes, counted over all devices: a whole school is one address, and addresses are not kept."""

import threading
import time

A_MINUTE = 60.0
LIMIT = 1000


class WrongCodes:
    """Counts the wrong codes of this process; right ones are never counted and never refused."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._minute = 0
        self._count = 0

    def too_many(self) -> bool:
        """Count one more wrong code and say whether this minute has had too many."""
        minute = int(time.monotonic() // A_MINUTE)
        with self._lock:
            if minute != self._minute:
                self._minute, self._count = minute, 0
            self._count += 1
            return self._count > self._limit
