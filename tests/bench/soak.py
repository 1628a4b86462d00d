"""`make soak`: the national morning on one machine. Every ballot once, nothing left behind, no slower at the end."""

import argparse
import asyncio
import json
import os
import resource
import sys
import tempfile
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from statistics import quantiles

from app import config, open_house
from app.services.house import House
from app.services.sweep import sweep
from tests.bench.__main__ import databases
from tests.bench.classes import PUPILS
from tests.bench.curve import sparkline, svg
from tests.bench.gauges import Gauges, Sample, rates
from tests.bench.morning import Day, Plan, morning
from tests.bench.servers import prepared, product_on_all_cores
from tests.bench.verdict import Soaked

NATION = 200_000


def main() -> int:
    """Run one morning; exit code 1 where a ballot, a row or the speed was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.soak", description=__doc__)
    parser.add_argument("--ballots", type=int, default=NATION, help="rounded up to whole classes of 28")
    cores = os.cpu_count() or 1
    parser.add_argument("--workers", type=int, default=cores, help="processes of the server; on SQLite always one")
    parser.add_argument("--database", choices=("postgresql", "sqlite"), default="postgresql")
    parser.add_argument("--at-once", type=int, default=32, help="classes that have their lesson at the same time")
    parser.add_argument("--spread", type=float, default=1.0, help="seconds within which a class takes seats, and votes")
    parser.add_argument("--kill-each", type=int, default=0, help="kill -9 a worker each time so many ballots were sent")
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two samples")
    parser.add_argument("--json", type=Path, help="write every sample here")
    parser.add_argument("--svg", type=Path, help="draw the morning here")
    told = parser.parse_args()
    plan = Plan(told.ballots, told.at_once, told.spread, told.kill_each)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # each pupil keeps a connection
    workers = told.workers if told.database == "postgresql" else 1
    with tempfile.TemporaryDirectory() as folder, databases(told.database) as (url, pid):
        soaked = soak(plan, Path(folder), url, pid, workers, told.every)
    print(file=sys.stderr)
    if told.json:
        told.json.write_text(json.dumps(as_json(soaked), indent=1), encoding="utf-8")
    if told.svg:
        told.svg.write_text(svg(soaked.samples, f"{plan.classes * PUPILS} ballots, {told.database}"), encoding="utf-8")
    print(report(soaked, f"{told.database}, {workers} workers, {told.at_once} classes at once"))
    return 1 if soaked.faults() else 0


def soak(plan: Plan, folder: Path, url: str | None, database_pid: int, workers: int, every: float) -> Soaked:
    """One morning on a server of its own, with its data in a folder and an empty database."""
    environment, day, samples = prepared(folder, url), Day(), list[Sample]()
    house = open_house(config.from_environment(environment))
    try:
        with product_on_all_cores(environment, workers) as server:
            gauges = Gauges(server.pid, database_pid, house.database, house.keys.root)

            async def watched() -> None:
                reading = asyncio.ensure_future(gauges.keep_reading(every, lambda: counts(plan, day), samples))
                try:
                    await morning(plan, server.port, server.pid, environment, day)
                finally:
                    reading.cancel()
                    with suppress(asyncio.CancelledError):
                        await reading

            asyncio.run(watched())
            swept = sweep_ten_minutes_later(house, gauges) if day.killed else 0
            samples.append(gauges.read(len(day.moments), day.visits))
            return Soaked(plan, day, samples, gauges.lessons_not_ended(), swept, gauges.tables())
    finally:
        house.database.dispose()


def sweep_ten_minutes_later(house: House, gauges: Gauges) -> int:
    """A worker that dies between its commit and the poll's share leaves it to the sweep; how many shares that took."""
    shares = gauges.shares()
    for share in shares:
        os.utime(share, (0, 0))
    sweep(house)
    return len(shares) - len(gauges.shares())


def counts(plan: Plan, day: Day) -> tuple[int, int]:
    """Ballots and visits so far, said aloud for whoever waits."""
    print(f"\r{len(day.moments)} of {plan.classes * PUPILS} ballots", end="", file=sys.stderr, flush=True)
    return len(day.moments), day.visits


HEAD = """\
| ballots | s | ballots/s | ballot p50 / p95 / p99 ms | CPU ms a ballot: server, database, driver |\
 server MB, largest process | database server MB | data MB, of pupils | log MB |\
 files, connections | rows of seat, spent, urn | shares |
|---|---|---|---|---|---|---|---|---|---|---|---|"""


def report(soaked: Soaked, what: str) -> str:
    """One table, a tenth of the ballots a line, and what it comes to."""
    day, samples = soaked.day, soaked.samples
    moments, seconds, lines = day.moments, day.seconds["ballot"], [HEAD]
    for tenth in range(10):
        first, last = len(moments) * tenth // 10, len(moments) * (tenth + 1) // 10 - 1
        since = moments[first - 1] if first else day.began
        cuts = quantiles(sorted(seconds[first : last + 1]), n=100)
        before, at = _reading(samples, first), _reading(samples, last + 1)
        passed = max(1, at.ballots - before.ballots)
        cells = (
            f"{last + 1}",
            f"{moments[last] - day.began:.0f}",
            f"{(last + 1 - first) / (moments[last] - since):.0f}",
            " / ".join(f"{1000 * cuts[cut]:.0f}" for cut in (49, 94, 98)),
            ", ".join(f"{1000 * (b - a) / passed:.1f}" for a, b in zip(before.cpu, at.cpu, strict=True)),
            f"{at.server:.0f}, {at.largest:.0f}",
            f"{at.database_memory:.0f}",
            f"{at.data:.1f}, {at.pupils_tables:.1f}",
            f"{at.log:.0f}",
            f"{at.files}, {at.connections}",
            ", ".join(str(number) for number in at.rows.values()),
            str(at.shares),
        )
        lines.append(f"| {' | '.join(cells)} |")
    took = moments[-1] - day.began
    cuts = quantiles(seconds, n=100)
    steadiness, growth, weariness = soaked.steadiness(), soaked.growth(), soaked.weariness()
    faults = soaked.faults()
    lines += [
        f"{what}: {len(moments)} ballots in {took:.0f} s, {len(moments) / took:.0f} a second;"
        f" p50 / p95 / p99 {1000 * cuts[49]:.0f} / {1000 * cuts[94]:.0f} / {1000 * cuts[98]:.0f} ms.",
        f"ballots/s {sparkline(rates(samples))}",
        f"{len(day.killed)} workers killed, {day.breaks} broken connections,"
        f" {soaked.shares_swept} shares left to the sweep.",
        "Too few ballots to compare the last tenth with the first."
        if steadiness is None or growth is None or weariness is None
        else f"The last tenth had {steadiness:.2f} of the first tenth's rate and {growth:.2f} of its memory;"
        f" the machine needed {weariness:.2f} times as long for the same piece of work.",
        "Every acknowledged ballot was counted once, and nothing is left: no seat, no mark, no box, no share."
        if not faults
        else f"{len(faults)} FAULTS: " + "; ".join(faults[:5]),
    ]
    return "\n".join(lines)


def _reading(samples: list[Sample], ballots: int) -> Sample:
    """The first sample that saw so many ballots."""
    return next((each for each in samples if each.ballots >= ballots), samples[-1])


def as_json(soaked: Soaked) -> dict[str, object]:
    """Everything, for somebody who wants to look closer."""
    return {
        "plan": asdict(soaked.plan),
        "steadiness": soaked.steadiness(),
        "growth": soaked.growth(),
        "weariness": soaked.weariness(),
        "faults": soaked.faults(),
        "samples": [{**asdict(each), "moment": each.moment - soaked.day.began} for each in soaked.samples],
        "killed": len(soaked.day.killed),
        "broken_connections": soaked.day.breaks,
        "tables": soaked.tables,
    }


if __name__ == "__main__":
    sys.exit(main())
