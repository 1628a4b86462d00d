"""`make bench`: class arrivals at the product and at three yardsticks, interleaved; prints one table of medians."""

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from statistics import median, quantiles

from tests import postgres
from tests.bench.classes import Measured, PejlingRoom, Room, YardstickRoom
from tests.bench.servers import DRIVER_CORE, SERVER_CORE, Running, cpu_of, pin_tree, product, yardstick

YARDSTICKS = ("naive", "lean", "bare")
APPLICATIONS = ("product", *YARDSTICKS)
POLL_SECONDS = 3
POLLS = 300


@dataclass(frozen=True)
class Row:
    """One run of one application on one database under one load."""

    application: str
    database: str
    load: str
    visits_a_second: float
    p50: float
    p95: float
    p99: float
    slowest: str
    cpu_a_visit: float
    database_cpu_a_visit: float
    cpu_a_poll: float
    memory: float
    requests: float
    received: float
    driver: float
    wrong: int


NUMBERS = [each.name for each in fields(Row) if each.type is float]


def main() -> int:
    """Run the plan; exit code 1 when the product lost or doubled a ballot."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="rounds whose medians are printed")
    parser.add_argument("--classes", type=int, default=24, help="classes of 28 in the closed loop")
    parser.add_argument("--rate", type=float, default=0.5, help="classes a second in the open loop")
    parser.add_argument("--quick", action="store_true", help="one short round")
    parser.add_argument("--json", type=Path, help="write every run here")
    plan = parser.parse_args()
    rounds, classes = (1, 6) if plan.quick else (plan.rounds, plan.classes)
    os.sched_setaffinity(0, {DRIVER_CORE % (os.cpu_count() or 1)})
    rows = [row for _ in range(rounds) for row in one_round(classes, plan.rate)]
    if plan.json:
        plan.json.write_text(json.dumps([asdict(row) for row in rows], indent=1), encoding="utf-8")
    print(table(rows))
    lost = sum(row.wrong for row in rows if row.application == "product")
    print("Product: every acknowledged ballot was counted once." if not lost else f"Product: {lost} FAULTS.")
    return 1 if lost else 0


def one_round(classes: int, rate: float) -> Iterator[Row]:
    """Each application on each database, under each load."""
    for database in ("sqlite", "postgresql"):
        for load in ("closed", "open"):
            for application in APPLICATIONS:
                print(f"{application} on {database}, {load} loop ...", file=sys.stderr)
                yield run(application, database, load, classes if load == "closed" else max(4, classes // 3), rate)


def run(application: str, database: str, load: str, classes: int, rate: float) -> Row:
    """Start the application afresh, put the load on it, and say what came of it."""
    with tempfile.TemporaryDirectory() as folder, databases(database) as (url, database_pid):
        yard = application in YARDSTICKS
        start = yardstick(application, Path(folder), url) if yard else product(Path(folder), url, classes + 1)
        with start as server:
            if database_pid:
                pin_tree(database_pid, SERVER_CORE)
            asyncio.run(drive(application, server, "closed", [classes], 1.0))  # warmed up by a class of its own
            cpu, database_cpu = server.cpu(), cpu_of(database_pid) if database_pid else 0.0
            began, own = time.perf_counter(), time.process_time()
            measured = asyncio.run(drive(application, server, load, list(range(classes)), rate))
            took, own = time.perf_counter() - began, time.process_time() - own
            cpu = server.cpu() - cpu
            database_cpu = cpu_of(database_pid) - database_cpu if database_pid else 0.0
            a_poll = cost_of_polling(application, server, classes)
            return summary(application, database, load, measured, took, own, (cpu, database_cpu, a_poll), server)


@contextmanager
def databases(kind: str) -> Iterator[tuple[str | None, int]]:
    """The address of an empty database, None for the embedded one, and the process id of its server."""
    if kind == "sqlite":
        yield None, 0
        return
    programs = postgres.binaries()
    if programs is None:
        raise SystemExit("PostgreSQL is missing")
    with postgres.cluster(programs) as socket:
        pid = int((socket / "data" / "postmaster.pid").read_text().split()[0])
        yield postgres.new_database(socket, "bench"), pid


async def drive(application: str, server: Running, load: str, numbers: list[int], rate: float) -> Measured:
    """Closed loop: four classes always under way. Open loop: a class every 1/rate seconds, its pupils within three."""
    measured, chance = Measured(), random.Random(2026)
    rooms = [enter(application, server, number, measured) for number in numbers]
    gate = asyncio.Semaphore(4)

    async def at_once() -> float:
        return time.perf_counter()

    async def within_three_seconds() -> float:
        meant = time.perf_counter() + chance.uniform(0, 3)
        await asyncio.sleep(meant - time.perf_counter())
        return meant

    async def closed(room: Room) -> None:
        async with gate:
            with polling(room):
                await room.run(at_once)

    async def arriving(room: Room, after: float) -> None:
        await asyncio.sleep(after)
        with polling(room):
            await room.run(within_three_seconds)

    if load == "closed":
        await asyncio.gather(*(closed(room) for room in rooms))
    else:
        await asyncio.gather(*(arriving(room, index / rate) for index, room in enumerate(rooms)))
    return measured


def enter(application: str, server: Running, number: int, measured: Measured) -> Room:
    """The room of one class."""
    if application in YARDSTICKS:
        return YardstickRoom(server.port, number, measured)
    lesson = server.lessons[number]
    return PejlingRoom(server.port, number, measured, lesson["lesson"], lesson["link"])


@contextmanager
def polling(room: Room) -> Iterator[None]:
    """The class's board asks for the count as long as the block lasts."""

    async def ask() -> None:
        while True:
            await asyncio.sleep(POLL_SECONDS)
            await room.poll()

    task = asyncio.ensure_future(ask())
    try:
        yield
    finally:
        task.cancel()
        room.watch.close()


def cost_of_polling(application: str, server: Running, number: int) -> float:
    """CPU seconds of the server for one answer to a board, over many; the room is that of the warming-up."""
    room = enter(application, server, number, Measured())

    async def ask() -> None:
        if isinstance(room, PejlingRoom):
            await room.board.ask("GET", room.link)
        for _ in range(POLLS):
            await room.poll()

    before = server.cpu()
    asyncio.run(ask())
    return (server.cpu() - before) / POLLS


def summary(
    application: str,
    database: str,
    load: str,
    measured: Measured,
    took: float,
    own: float,
    cpu: tuple[float, float, float],
    server: Running,
) -> Row:
    """One row of what was measured."""
    ballots = [1000 * seconds for seconds in measured.seconds["ballot"]]
    cuts = quantiles(ballots, n=100)
    worst = {kind: 1000 * quantiles(seconds, n=100)[94] for kind, seconds in measured.seconds.items()}
    slowest = max(worst, key=lambda kind: worst[kind])
    for fault in measured.wrong[:3]:
        print(f"{application}: {fault}", file=sys.stderr)
    return Row(
        application,
        database,
        load,
        visits_a_second=measured.visits / took,
        p50=median(ballots),
        p95=cuts[94],
        p99=cuts[98],
        slowest=f"{slowest} {worst[slowest]:.0f}",
        cpu_a_visit=1000 * cpu[0] / measured.visits,
        database_cpu_a_visit=1000 * cpu[1] / measured.visits,
        cpu_a_poll=1000 * cpu[2],
        memory=server.memory(),
        requests=measured.requests / measured.visits,
        received=measured.received / measured.visits,
        driver=own / took,
        wrong=len(measured.wrong),
    )


HEAD = """\
| database, load | application | visits/s | ballot p50 / p95 / p99 ms | slowest p95 ms | CPU ms a visit, + database |\
 CPU ms a poll | MB | requests, bytes a visit | driver | not once |
|---|---|---|---|---|---|---|---|---|---|---|"""


def table(rows: list[Row]) -> str:
    """Medians over the rounds, one line for each application, database and load."""
    lines = [HEAD]
    for key in dict.fromkeys((row.database, row.load, row.application) for row in rows):
        same = [row for row in rows if (row.database, row.load, row.application) == key]
        of = {name: median(getattr(row, name) for row in same) for name in NUMBERS}
        cells = (
            f"{key[0]}, {key[1]}",
            key[2],
            f"{of['visits_a_second']:.0f}",
            f"{of['p50']:.1f} / {of['p95']:.1f} / {of['p99']:.1f}",
            same[0].slowest,
            f"{of['cpu_a_visit']:.1f} + {of['database_cpu_a_visit']:.1f}",
            f"{of['cpu_a_poll']:.2f}",
            f"{of['memory']:.0f}",
            f"{of['requests']:.1f}, {of['received']:.0f}",
            f"{of['driver']:.2f}",
            str(sum(row.wrong for row in same)),
        )
        lines.append(f"| {' | '.join(cells)} |")
    busiest = max(row.driver for row in rows)
    if busiest > 0.7:
        lines.append(f"The driver used {busiest:.0%} of its core: it may have been what was measured.")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
