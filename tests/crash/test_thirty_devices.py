"""Thirty devices behind one address: a school's whole class comes from one, and nobody is held back for it."""

import re
import threading
from collections.abc import Callable

from tests.crash.conftest import THEME, Browser, Lesson, Server

DEVICES = 30
WRONG_CODES = 10


class Device(threading.Thread):
    """A pupil who mistypes ten codes, then gets it right, waits for the teacher, and votes."""

    def __init__(self, port: int, code: str, seated: Callable[[], object], open_: threading.Event) -> None:
        super().__init__()
        self.browser, self.code, self.seated, self.open = Browser(port), code, seated, open_
        self.statuses: list[int] = []

    def run(self) -> None:
        """Everything, in the order a pupil does it."""
        for number in range(WRONG_CODES):
            self._ask("POST", "/", code=f"{(int(self.code) + number + 1) % 1_000_000:06}")
        page = self._ask("GET", "/")
        self._ask("POST", "/", code=self.code, seat=_hidden(page, "seat"))
        self.seated()
        self.open.wait()
        page = self._ask("GET", "/s")
        answers = {"theme": THEME, "token": _hidden(page, "token"), "others": "9", "mates": "7", "own": "no"}
        self._ask("POST", "/s", **answers)
        self._ask("GET", "/s")

    def _ask(self, method: str, path: str, **form: str) -> str:
        status, body = self.browser.ask(method, path, **form)
        self.statuses.append(status)
        return body


def test_all_of_them_mistype_join_and_vote_at_once_and_nobody_is_refused(server: Server) -> None:
    lesson = Lesson(server)
    assert lesson.press("lobby") == 303
    everybody, may_vote = threading.Barrier(DEVICES + 1), threading.Event()
    code = str(lesson.ask("state")["code"])
    devices = [Device(server.port, code, everybody.wait, may_vote) for _ in range(DEVICES)]
    for device in devices:
        device.start()
    everybody.wait()
    assert lesson.ask("state")["seats"] == DEVICES
    assert lesson.press("open") == 303
    may_vote.set()
    for device in devices:
        device.join()
    right = [404] * WRONG_CODES + [200, 303, 200, 303, 200]
    assert [device.statuses for device in devices] == [right] * DEVICES
    assert lesson.ask("state")["ballots"] == DEVICES
    assert lesson.press("close") == 303
    assert lesson.ask(f"release?theme={THEME}")["n"] == DEVICES


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    return found[1] if found else ""
