"""The national morning: classes that come and go until all have answered, on a server that may lose a worker."""

import asyncio
import os
import random
import signal
import time
from asyncio import IncompleteReadError, Queue
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.bench.__main__ import polling
from tests.bench.classes import PUPILS, Measured, Pause, PejlingRoom
from tests.bench.servers import family, make_lessons
from tests.bench.wire import Device

BATCH = 250
AGAIN_SECONDS = 0.2
PATIENCE = 600
# Granian ends the whole server when a worker dies within 5.5 seconds of its start.
SETTLED_SECONDS = 6


@dataclass(frozen=True)
class Plan:
    """How many ballots, how many classes at once, within how many seconds a class acts, and how often a worker dies.

    `kill_each` counts ballots between two deaths; 0 lets everybody live.
    """

    ballots: int
    at_once: int
    spread: float
    kill_each: int = 0

    @property
    def classes(self) -> int:
        """Whole classes, so that no pupil is left out."""
        return -(-self.ballots // PUPILS)


class PatientDevice(Device):
    """A device that asks again when its connection breaks before the answer, as a page or a finger does."""

    breaks = 0

    async def ask(self, method: str, path: str, **form: str) -> tuple[int, str, str]:
        for _ in range(PATIENCE):
            try:
                return await super().ask(method, path, **form)
            except (OSError, IncompleteReadError):
                self.close()
                self.breaks += 1
                await asyncio.sleep(AGAIN_SECONDS)
        raise TimeoutError(f"{method} {path} was never answered")


class WholeLesson(PejlingRoom):
    """A lesson that is ended too, so that nothing of it may be left."""

    device = PatientDevice
    board: PatientDevice

    async def run(self, pause: Pause) -> None:
        await super().run(pause)
        await self.press("end")
        self.board.close()

    async def button(self, verb: str) -> int:
        """A press whose answer was lost may have been obeyed, and a vote that is open is not opened again."""
        breaks = self.board.breaks
        status = await super().button(verb)
        lost = self.board.breaks > breaks
        if verb == "open" and lost and '"state":"voting"' in (await self.board.ask("GET", f"{self.lesson}/state"))[1]:
            return 303
        return status


@dataclass
class Day(Measured):
    """What a morning saw, and when: `moments` are those of seconds["ballot"], one by one."""

    moments: list[float] = field(default_factory=list)
    began: float = field(default_factory=time.perf_counter)
    # From the end of the first class to the beginning of the last one, the place is full.
    full: float | None = None
    emptying: float | None = None
    breaks: int = 0
    killed: list[int] = field(default_factory=list)

    def took(self, kind: str, since: float) -> None:
        super().took(kind, since)
        if kind == "ballot":
            self.moments.append(time.perf_counter())


async def morning(plan: Plan, port: int, pid: int, environment: dict[str, str], day: Day) -> None:
    """Let every class of the plan have its lesson on the server of process `pid`."""
    waiting = Queue[dict[str, str] | None](BATCH)
    chance = random.Random(2026)

    def within_seconds() -> Pause:
        spread = plan.spread * chance.uniform(0.5, 1.5)  # or the classes fall into step

        async def pause() -> float:
            meant = time.perf_counter() + chance.uniform(0, spread)
            await asyncio.sleep(meant - time.perf_counter())
            return meant

        return pause

    async def one_after_another(first: int) -> None:
        await asyncio.sleep(2 * plan.spread * first / plan.at_once)  # or all would open and close in the same moment
        number = first
        while (lesson := await waiting.get()) is not None:
            room = WholeLesson(port, number, day, lesson["lesson"], lesson["link"])
            with polling(room):
                await room.run(within_seconds())
            day.breaks += sum(device.breaks for device in (*room.devices, room.board, room.watch))  # type: ignore[attr-defined]
            day.full = day.full or time.perf_counter()
            number += plan.at_once
        day.emptying = day.emptying or time.perf_counter()

    async def make() -> None:
        for start in range(0, plan.classes, BATCH):
            number = min(BATCH, plan.classes - start)
            for lesson in await asyncio.to_thread(make_lessons, environment, f"Skole {start // BATCH + 1}", number):
                await waiting.put(lesson)
        for _ in range(plan.at_once):
            await waiting.put(None)

    killing = asyncio.ensure_future(kill_now_and_then(pid, plan.kill_each, lambda: len(day.moments), day.killed))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(make())
            for first in range(plan.at_once):
                group.create_task(one_after_another(first))
    finally:
        killing.cancel()


async def kill_now_and_then(pid: int, each: int, ballots: Callable[[], int], killed: list[int]) -> None:
    """Kill -9 one worker of a server whenever so many more ballots were sent."""
    while each:
        due = (len(killed) + 1) * each
        while ballots() < due:
            await asyncio.sleep(0.01)
        workers = family(pid)[1:]
        killed.append(workers[len(killed) % len(workers)])
        os.kill(killed[-1], signal.SIGKILL)
        await asyncio.sleep(SETTLED_SECONDS)
