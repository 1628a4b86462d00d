"""The sheets of all workers, added up and written as Prometheus reads them."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector, CollectorRegistry

from app.metrics.counts import SECONDS

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SERVER = {
    "faults": "Answers with a status from 500 on.",
    "lapsed_polls": "Votes that nobody closed within a day.",
    "sweep_failures": "Sweeps that failed and are tried again.",
}
_GAUGES = {
    "workers": "Processes that serve.",
    "memory_bytes": "Resident memory of all workers.",
    "database_connections": "Open connections to the database.",
}
_LATE = "In whole tens, at whole five minutes."


def exposition(sheets: Path) -> bytes:
    """What all workers have told so far; workers that are dead count for what they did and not for what they are."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Sheets(sheets))
    return generate_latest(registry)


class _Sheets(Collector):
    def __init__(self, folder: Path) -> None:
        self._counts, self._gauges = Counter[str](), Counter[str]()
        for path in folder.glob("*.json"):
            sheet = json.loads(path.read_text(encoding="utf-8"))
            self._counts.update(sheet["counts"])
            if _alive(sheet["pid"]):
                self._gauges.update({"workers": 1, **sheet["gauges"]})

    def collect(self) -> Iterator[Metric]:
        """Every family, those that nothing has happened to yet included where they have no label."""
        for name, help_text in _SERVER.items():
            yield CounterMetricFamily(f"pejling_{name}", help_text, value=self._counts[name])
        for name, help_text in _GAUGES.items():
            yield GaugeMetricFamily(f"pejling_{name}", help_text, value=self._gauges[name])
        yield CounterMetricFamily("pejling_ballots", f"Ballots acknowledged. {_LATE}", value=self._counts["ballots"])
        refusals = CounterMetricFamily("pejling_refusals", f"Refusals by reason. {_LATE}", labels=["reason"])
        requests = CounterMetricFamily("pejling_requests", f"Requests. {_LATE}", labels=["route", "method", "status"])
        for family, kind in ((refusals, "refusals"), (requests, "requests")):
            for labels, count in self._labelled(kind):
                family.add_metric(labels, count)
        yield from (refusals, requests, self._seconds())

    def _seconds(self) -> Metric:
        seconds = HistogramMetricFamily(
            "pejling_request_seconds", f"Seconds a request took. {_LATE} No sum.", labels=["route"]
        )
        routes: dict[str, Counter[str]] = {}
        for (route, le), count in self._labelled("seconds"):
            routes.setdefault(route, Counter())[le] += count
        for route, found in sorted(routes.items()):
            below, buckets = 0, []
            for le in (*map(str, SECONDS), "+Inf"):
                below += found[le]
                buckets.append((le, below))
            seconds.add_metric([route], buckets, sum_value=None)
        return seconds

    def _labelled(self, kind: str) -> Iterator[tuple[list[str], int]]:
        for name, count in sorted(self._counts.items()):
            first, *labels = name.split(" ")
            if first == kind:
                yield labels, count


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, PermissionError):  # gone, or the number is another user's process now
        return False
    return True
