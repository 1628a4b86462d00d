"""What a class does with an application: one room a class, with the promise that its ballots are counted once."""

import asyncio
import random
import re
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from app.domain.ballot import Ballot
from app.domain.disclosure import disclose
from app.domain.release import Band, Ruler
from app.domain.tally import count
from tests.bench.wire import Device

PUPILS = 28
THEME = "skaerm-om-natten"
Pause = Callable[[], Coroutine[None, None, float]]


@dataclass
class Measured:
    """What one run saw: seconds by kind of request, visits, their requests and bytes, and what was not as promised."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    visits: int = 0
    requests: int = 0
    received: int = 0
    wrong: list[str] = field(default_factory=list)

    def took(self, kind: str, since: float) -> None:
        """One request of a kind, counted from the moment somebody meant to make it."""
        self.seconds.setdefault(kind, []).append(time.perf_counter() - since)


class Room(ABC):
    """One class at an application."""

    device = Device

    def __init__(self, port: int, number: int, measured: Measured) -> None:
        self.port, self.measured, self.chance = port, measured, random.Random(number)
        self.devices = [self.device(port) for _ in range(PUPILS)]
        self.ballots = [self._answers() for _ in range(PUPILS)]
        self.board, self.watch = self.device(port), self.device(port, keeps_etag=True)
        self.watch.cookies = self.board.cookies

    @abstractmethod
    async def run(self, pause: Pause) -> None:
        """The whole lesson; `pause` waits until a pupil acts and returns the moment it meant to."""

    @abstractmethod
    async def poll(self) -> None:
        """The board asks how many have answered."""

    @abstractmethod
    async def judge(self) -> None:
        """Note whatever is not counted exactly once."""

    def _answers(self) -> dict[str, str]:
        chance = self.chance
        others, mates = (str(chance.randint(0, PUPILS)) if chance.random() < 0.9 else "unknown" for _ in range(2))
        return {"others": others, "mates": mates, "own": chance.choice(("yes", "no", "no", "skip"))}

    async def send(self, device: Device, path: str, form: dict[str, str], since: float, *, twice: bool) -> str:
        """Send a ballot, perhaps twice at once as an impatient finger does; where the answer leads to."""
        again = self.device(self.port)
        again.cookies = dict(device.cookies)
        presses = [device.ask("POST", path, **form)] + ([again.ask("POST", path, **form)] if twice else [])
        answers = await asyncio.gather(*presses)
        self.measured.took("ballot", since)
        again.close()
        if any(status != 303 for status, _, _ in answers):
            self.measured.wrong.append(f"a ballot was answered {[status for status, _, _ in answers]}")
        return answers[0][2]

    @asynccontextmanager
    async def visiting(self, device: Device) -> AsyncIterator[None]:
        """Count a whole visit of one pupil when it is over."""
        yield
        self.measured.visits += 1
        self.measured.requests += device.requests
        self.measured.received += device.received
        device.close()


class PejlingRoom(Room):
    """A lesson: everybody takes a seat, the teacher opens the vote, everybody answers, the teacher closes."""

    def __init__(self, port: int, number: int, measured: Measured, lesson: str, link: str) -> None:
        super().__init__(port, number, measured)
        self.lesson, self.link, self.code = f"/lesson/{lesson}", "/t/" + link.rpartition("/t/")[2], ""

    async def button(self, verb: str) -> int:
        """Press one of the teacher's buttons; the status of the answer."""
        page = (await self.board.ask("GET", self.lesson))[1]
        return (await self.board.ask("POST", f"{self.lesson}/{verb}", csrf_token=hidden(page, "csrf_token")))[0]

    async def press(self, verb: str) -> None:
        """Press a button that is there to be obeyed."""
        status = await self.button(verb)
        if status != 303:
            self.measured.wrong.append(f"{verb} was answered {status}")

    async def run(self, pause: Pause) -> None:
        await self.board.ask("GET", self.link)
        await self.press("lobby")
        found = re.search(r'"code":"?(\d+)', (await self.board.ask("GET", f"{self.lesson}/state"))[1])
        self.code = found[1] if found else ""
        await asyncio.gather(*(self._sit(device, pause) for device in self.devices))
        await self.press("open")
        pupils = zip(self.devices, self.ballots, strict=True)
        await asyncio.gather(*(self._vote(*pupil, pause) for pupil in pupils))
        await self.judge()
        self.board.close()

    async def _sit(self, device: Device, pause: Pause) -> None:
        since = await pause()
        page = (await device.ask("GET", f"/{self.code}"))[1]
        self.measured.took("join page", since)
        since = time.perf_counter()
        await device.ask("POST", f"/{self.code}", seat=hidden(page, "seat"))
        self.measured.took("seat", since)
        await device.ask("GET", "/s")

    async def _vote(self, device: Device, answers: dict[str, str], pause: Pause) -> None:
        async with self.visiting(device):
            since = await pause()
            page = (await device.ask("GET", "/s?next"))[1]
            self.measured.took("ballot page", since)
            form = {"theme": THEME, "token": hidden(page, "token"), **answers}
            await self.send(device, "/s", form, time.perf_counter(), twice=self.chance.random() < 0.2)
            since = time.perf_counter()
            body = (await device.ask("GET", "/s"))[1]
            self.measured.took("thank-you", since)
            if "Det tæller én gang" not in body:
                self.measured.wrong.append("no thank-you")

    async def poll(self) -> None:
        await self.watch.ask("GET", f"{self.lesson}/state")

    async def judge(self) -> None:
        state = (await self.board.ask("GET", f"{self.lesson}/state"))[1]
        if f'"ballots":{PUPILS},' not in state:
            self.measured.wrong.append(f"counted before the close: {state}")
        await self.press("close")
        released = (await self.board.ask("GET", f"{self.lesson}/release?theme={THEME}"))[1]
        self.measured.wrong += differences(self.ballots, released)


class YardstickRoom(Room):
    """A survey of a yardstick: the ballot's page, the ballot, the thank-you."""

    def __init__(self, port: int, number: int, measured: Measured) -> None:
        super().__init__(port, number, measured)
        self.survey = f"/class{number}"

    async def run(self, pause: Pause) -> None:
        pupils = zip(self.devices, self.ballots, strict=True)
        await asyncio.gather(*(self._vote(*pupil, pause) for pupil in pupils))
        await self.judge()
        self.board.close()

    async def _vote(self, device: Device, answers: dict[str, str], pause: Pause) -> None:
        async with self.visiting(device):
            since = await pause()
            page = (await device.ask("GET", self.survey))[1]
            self.measured.took("ballot page", since)
            form = {"csrf_token": hidden(page, "csrf_token"), **answers}
            twice = self.chance.random() < 0.2
            leads_to = await self.send(device, self.survey, form, time.perf_counter(), twice=twice)
            since = time.perf_counter()
            await device.ask("GET", leads_to)
            self.measured.took("thank-you", since)

    async def poll(self) -> None:
        await self.watch.ask("GET", f"{self.survey}/count")

    async def judge(self) -> None:
        stored = (await self.board.ask("GET", f"{self.survey}/count"))[1]
        if stored.strip() != f'{{"count":{PUPILS}}}':
            self.measured.wrong.append(f"stored: {stored.strip()}")


def differences(ballots: list[dict[str, str]], released: str) -> list[str]:
    """Where a release differs from what the rules make of exactly these ballots, each counted once."""
    expected = disclose(count((Ballot.from_form(form, PUPILS) for form in ballots), PUPILS), Ruler.A)
    wrong = [] if f'"n":{expected.n},' in released else [f"n is not {expected.n}: {released}"]
    for measure, band in expected.figures.items():
        if isinstance(band, Band) and f'"{measure}":{{"high":{band.high},"low":{band.low}}}' not in released:
            wrong.append(f"{measure} is not {band}: {released}")
    return wrong


def hidden(page: str, name: str) -> str:
    """The value of a form's hidden field."""
    found = re.search(rf'name="{name}"[^>]* value="([^"]+)"', page)
    return found[1] if found else ""
