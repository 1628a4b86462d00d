"""Fill an empty database with Fjordby: schools, classrooms, an invented reference figure, lessons ready to start."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.account import AT_ONE_SCHOOL, Role
from app.domain.benchmark import Benchmark, Record
from app.domain.refusal import Reason, Refusal
from app.domain.theme import Audience, Theme
from app.sealing import tokens
from app.services.choose_themes import lift
from app.services.house import Work
from app.services.manage_accounts import invite_to
from app.services.start_lesson import find_classroom, start_lesson
from app.store import accounts, benchmarks, classrooms
from app.store.demo import DemoClass

FIRST_THEME = "skaerm-om-natten"
EVENING_THEME = "foraeldre-mobil"
READY = (
    ("Vindebroskolen", "7.A"),
    ("Vindebroskolen", "7.B"),
    ("Blåmejseskolen", "9.A"),
    ("Vindebroskolen", "8.A"),
    ("Klitrosenskolen", "8.B"),
    ("Havtornskolen", "9.B"),
    ("Vindebroskolen", "8.S"),
)
# Invented, like the municipality itself.
REFERENCE = (
    (FIRST_THEME, Benchmark("Fjordby", 7, 2025, 24.0, 301, "Ungeprofil")),
    (FIRST_THEME, Benchmark("Fjordby", 8, 2025, 31.0, 288, "Ungeprofil")),
    (FIRST_THEME, Benchmark("Fjordby", 9, 2025, 38.0, 276, "Ungeprofil")),
    ("alkohol", Benchmark("Fjordby", 7, 2025, 8.0, 301, "Ungeprofil")),
    ("nikotin", Benchmark("Fjordby", 8, 2025, 13.0, 288, "Ungeprofil")),
    ("fuldskab", Benchmark("Fjordby", 9, 2025, 39.0, 276, "Ungeprofil")),
)


STAFF = {
    Role.TEACHER: "laerer@fjordby.example",
    Role.LEADER: "leder@fjordby.example",
    Role.CONSULTANT: "ssp@fjordby.example",
    Role.ADMINISTRATOR: "admin@fjordby.example",
}


@dataclass(frozen=True, slots=True)
class ReadyLesson:
    """A lesson of the demo, or an evening of parents, and the secret of its link."""

    school: str
    classroom: str
    secret: str
    parents: bool = False


def seed_demo(work: Work, classes: Sequence[DemoClass], shipped: Sequence[Record]) -> list[ReadyLesson]:
    """Make the municipality, with the `shipped` figures.

    Returns the lessons that are ready, in the order of READY, and a parents' evening.
    """
    theme = work.themes[FIRST_THEME]
    rooms = {(each.school, each.name): find_classroom(work, each.school, each.name, each.grade) for each in classes}
    for each in classes:
        classrooms.change(work.db, rooms[each.school, each.name].id, size=each.size)
    invented = [_asked_as(work.themes[key], figure) for key, figure in REFERENCE]
    benchmarks.put(work.db, [*shipped, *invented])
    lift(work, "fuldskab", 9)
    for role, login in STAFF.items():
        invite_to(work, login, role, READY[0][0] if role in AT_ONE_SCHOOL else None)
    ready = [
        ReadyLesson(school, name, start_lesson(work, rooms[school, name], [theme], Audience.PUPILS).secret)
        for school, name in READY
    ]
    evening = start_lesson(work, rooms[READY[0]], [work.themes[EVENING_THEME]], Audience.PARENTS)
    return [*ready, ReadyLesson(*READY[0], evening.secret, parents=True)]


def enter_as(work: Work, role: Role) -> str:
    """The token of a browser signed in as the demo's invented member of staff with a role."""
    found = accounts.by_login(work.db, STAFF[role])
    if found is None:
        raise Refusal(Reason.NOT_YOURS)
    token = tokens.mint_session()
    accounts.open_session(work.db, tokens.session_hash(token), found.id, work.minute)
    return token


def _asked_as(theme: Theme, figure: Benchmark) -> Record:
    return Record(theme.key, theme.edition, theme.window, "", figure, verified=True)
