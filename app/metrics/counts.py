"""The counts of one worker, and the sheet on which they leave its memory.

What people did leaves in whole tens and at whole five minutes: a counter that stepped with every ballot would be a list
of the times of ballots. What the server did by itself, and its faults, leave at once.
"""

import json
import os
import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from prometheus_client.process_collector import ProcessCollector

BATCH = 10
WINDOW_SECONDS = 300
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5)
MEMORY_STEP = 16 * 2**20
_METHODS = ("GET", "HEAD", "POST")
_LE = (*map(str, SECONDS), "+Inf")


class Counts:
    """Counts in memory, and writes what may be known of them to a file of this worker's own in the folder `sheets`.

    `gauges` are asked whenever a sheet is written. Nothing of a request is kept but the words it is counted under.
    """

    def __init__(
        self, sheets: Path, gauges: Mapping[str, Callable[[], float]], clock: Callable[[], float] = time.time
    ) -> None:
        self.sheets, self._gauges, self._clock = sheets, gauges, clock
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._window = self._now()
        self._answers: dict[tuple[str, str, int, int], int] = {}  # read with every request, so as plain as can be
        self._people, self._server, self._told = Counter[str](), Counter[str](), Counter[str]()

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """A request was answered. `route` is a template: never an address, which holds codes and secrets."""
        answer = (route, method if method in _METHODS else "other", status // 100, bisect_left(SECONDS, seconds))
        with self._lock:
            self._answers[answer] = self._answers.get(answer, 0) + 1

    def ballot(self) -> None:
        """A ballot was acknowledged."""
        with self._lock:
            self._people["ballots"] += 1

    def refused(self, reason: str) -> None:
        """Something was refused to somebody."""
        with self._lock:
            self._people[f"refusals {reason}"] += 1

    def server(self, what: str, times: int = 1) -> None:
        """The server did something that says nothing about a person."""
        with self._lock:
            self._server[what] += times

    def settle(self) -> None:
        """Write the sheet anew. Raises OSError where that cannot be done; nothing is lost then."""
        with self._writing:
            gauges = {name: gauge() for name, gauge in self._gauges.items()}
            with self._lock:
                self._sort()
                self._tell()
                counts = {**self._told, **self._server}
            written = self.sheets / f".{os.getpid()}"
            written.write_text(json.dumps({"pid": os.getpid(), "counts": counts, "gauges": gauges}), encoding="utf-8")
            written.replace(self.sheets / f"{os.getpid()}.json")

    def _sort(self) -> None:
        for (route, method, status, bucket), count in self._answers.items():
            self._people[f"requests {route} {method} {status}xx"] += count
            self._people[f"seconds {route} {_LE[bucket]}"] += count
            if status == 5:
                self._server["faults"] += count
        self._answers.clear()

    def _tell(self) -> None:
        if (window := self._now()) == self._window:
            return
        self._window = window
        for name, count in self._people.items():
            if whole := count - count % BATCH:  # a name that stood here with 0 would tell of its first few
                self._told[name] += whole
                self._people[name] -= whole

    def _now(self) -> int:
        return int(self._clock() // WINDOW_SECONDS)


def memory() -> float:
    """The resident memory of this process in bytes, rounded up so that no request shows; 0 where nobody knows it."""
    found = {family.name: family.samples[0].value for family in ProcessCollector(registry=None).collect()}
    return -(-found.get("process_resident_memory_bytes", 0) // MEMORY_STEP) * MEMORY_STEP
