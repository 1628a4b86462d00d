"""What a consultant does with the municipality's classrooms: take in a list, change one, move all a year up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.classroom_list import Entry
from app.domain.column import known_as
from app.domain.lesson import Classroom
from app.domain.moving_up import leaving_year, moved_up
from app.domain.poll import school_year
from app.domain.refusal import Reason, Refusal
from app.sealing import tokens
from app.services.house import Work
from app.services.release_poll import called
from app.store import classrooms, polls


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What taking in a list would do: the new classrooms, the changed ones, how many stay as they are, and those
    that cannot change since they have had a lesson in another grade."""

    new: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    same: int
    refused: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The school year whose classrooms move up now, whether any of them can, and whether that can be undone."""

    year: int
    can_move: bool
    can_undo: bool


def plan_import(work: Work, entries: Sequence[Entry]) -> ImportPlan:
    """What take_in() would do; changes nothing."""
    known, taught = _known(work, _this_year(work)), classrooms.with_lessons(work.db, _this_year(work))
    new, changed, refused, same = [], [], [], 0
    for entry in entries:
        found = known.get(_key(entry.school, entry.name))
        if found is None:
            new.append(entry)
        elif found.grade != entry.grade and found.id in taught:
            refused.append(entry)
        elif found.grade == entry.grade and entry.size in (None, found.size):
            same += 1
        else:
            changed.append(entry)
    return ImportPlan(tuple(new), tuple(changed), same, tuple(refused))


def take_in(work: Work, entries: Sequence[Entry]) -> int:
    """Make or change the classrooms of a list, replaced by school and name; how many. All or nothing.

    A list that does not say how many pupils there are leaves a known number alone.
    """
    plan = plan_import(work, entries)
    if plan.refused:
        raise Refusal(Reason.OTHER_GRADE)
    known, schools = _known(work, _this_year(work)), _schools(work)
    for entry in plan.changed:
        found = known[_key(entry.school, entry.name)]
        size = found.size if entry.size is None else entry.size
        classrooms.change(work.db, found.id, grade=entry.grade, size=size)
    for entry in plan.new:
        school = known_as(entry.school)
        if school not in schools:
            schools[school] = classrooms.find_or_add_school(work.db, tokens.mint_id(), entry.school)
        _add(work, schools[school], entry.name, entry.grade, entry.size, _this_year(work), None)
    return len(plan.new) + len(plan.changed)


def rename(work: Work, classroom_id: str, name: str, size: int | None) -> None:
    """Another name and size for a classroom; what it was asked counts under every name that it had.

    Raises Refusal: NOT_YOURS, NAME_TAKEN, VOTES_NOW, KEY_NOT_KEPT.
    """
    classrooms.lock(work.db, classroom_id)  # no vote opens meanwhile
    found = find(work, classroom_id)
    if name != found.name:
        _rename(work, found, name)
    classrooms.change(work.db, classroom_id, size=size)


def _rename(work: Work, found: Classroom, name: str) -> None:
    taken = _known(work, found.school_year).get(_key(found.school, name))
    if taken is not None and taken.id != found.id:
        raise Refusal(Reason.NAME_TAKEN)
    if polls.any_voting(work.db, found.id):  # the ledger learns of it when it closes, by the name of that moment
        raise Refusal(Reason.VOTES_NOW)
    try:
        work.ledger.rename(found.id, called(work, replace(found, name=name)))
    except OSError:
        raise Refusal(Reason.KEY_NOT_KEPT) from None
    classrooms.rename(work.db, found.id, name)


def year_plan(work: Work) -> YearPlan:
    """Which school year moves up now, and whether that can be done and undone."""
    year = leaving_year(work.now.date())
    moved = classrooms.moved(work.db, year + 1)
    can_undo = bool(moved) and not moved.keys() & classrooms.with_lessons(work.db, year + 1)
    return YearPlan(year, bool(_successors(work, year)), can_undo)


def move_up(work: Work) -> int:
    """Make next year's classrooms of those that have none yet; how many. The old ones keep what happened in them.

    Refusal(NAME_TAKEN) where two of them would be called the same.
    """
    year = leaving_year(work.now.date())
    successors, schools = _successors(work, year), _schools(work)
    if not successors:
        raise Refusal(Reason.WRONG_STATE)
    if len({_key(old.school, name) for old, name, _grade in successors}) < len(successors):
        raise Refusal(Reason.NAME_TAKEN)
    for old, name, grade in successors:
        _add(work, schools[known_as(old.school)], name, grade, old.size, year + 1, old.id)
    return len(successors)


def _successors(work: Work, year: int) -> list[tuple[Classroom, str, int]]:
    """The classrooms of a year that stay at school and have no successor, each with its next name and grade.

    One that was taken in under that name is a successor too.
    """
    moved, there = set(classrooms.moved(work.db, year + 1).values()), _known(work, year + 1)
    found = [(old, moved_up(old.name, old.grade)) for old in classrooms.of_year(work.db, year) if old.id not in moved]
    return [(old, *goes_to) for old, goes_to in found if goes_to and _key(old.school, goes_to[0]) not in there]


def undo_move(work: Work) -> int:
    """Take back the classrooms that moved up, as long as none of them has had a lesson; how many."""
    plan = year_plan(work)
    if not plan.can_undo:
        raise Refusal(Reason.WRONG_STATE)
    return classrooms.remove_moved(work.db, plan.year + 1)


def find(work: Work, classroom_id: str) -> Classroom:
    """A classroom; Refusal(NOT_YOURS) where there is none."""
    found = classrooms.by_id(work.db, classroom_id, None)
    if found is None:
        raise Refusal(Reason.NOT_YOURS)
    return found


def _add(work: Work, school: str, name: str, grade: int, size: int | None, year: int, moved_from: str | None) -> None:
    classrooms.add(work.db, tokens.mint_id(), school, name, grade, size, year, moved_from)


def _known(work: Work, year: int) -> dict[tuple[str, str], Classroom]:
    """A school year's classrooms by what their school and they are called, in whatever letters."""
    return {_key(each.school, each.name): each for each in classrooms.of_year(work.db, year)}


def _schools(work: Work) -> dict[str, str]:
    return {known_as(name): school for school, name in classrooms.schools(work.db).items()}


def _key(school: str, name: str) -> tuple[str, str]:
    return known_as(school), known_as(name)


def _this_year(work: Work) -> int:
    return school_year(work.now.date())
