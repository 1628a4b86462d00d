"""What a consultant does with the municipality's classrooms: take in a list, change one, move all a year up."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.classroom_list import Entry
from app.domain.lesson import Classroom
from app.domain.moving_up import moved_up
from app.domain.poll import school_year
from app.domain.refusal import Reason, Refusal
from app.sealing import tokens
from app.services.house import Work
from app.store import classrooms


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
    """The newest school year that has classrooms, whether they can move up, and whether that can be undone."""

    year: int
    can_move: bool
    can_undo: bool


def plan_import(work: Work, entries: Sequence[Entry]) -> ImportPlan:
    """What take_in() would do; changes nothing."""
    known = {(each.school, each.name): each for each in classrooms.of_year(work.db, _this_year(work))}
    taught = classrooms.with_lessons(work.db, _this_year(work))
    new, changed, refused, same = [], [], [], 0
    for entry in entries:
        found = known.get((entry.school, entry.name))
        if found is None:
            new.append(entry)
        elif found.grade != entry.grade and found.id in taught:
            refused.append(entry)
        elif (found.grade, found.size) == (entry.grade, entry.size):
            same += 1
        else:
            changed.append(entry)
    return ImportPlan(tuple(new), tuple(changed), same, tuple(refused))


def take_in(work: Work, entries: Sequence[Entry]) -> int:
    """Make or change the classrooms of a list, replaced by school and name; how many. All or nothing."""
    plan = plan_import(work, entries)
    if plan.refused:
        raise Refusal(Reason.OTHER_GRADE)
    known = {(each.school, each.name): each for each in classrooms.of_year(work.db, _this_year(work))}
    schools = {name: key for key, name in classrooms.schools(work.db).items()}
    for entry in plan.changed:
        classrooms.change(work.db, known[entry.school, entry.name].id, grade=entry.grade, size=entry.size)
    for entry in plan.new:
        if entry.school not in schools:
            schools[entry.school] = classrooms.find_or_add_school(work.db, tokens.mint_id(), entry.school)
        _add(work, schools[entry.school], entry.name, entry.grade, entry.size, _this_year(work), None)
    return len(plan.new) + len(plan.changed)


def rename(work: Work, classroom_id: str, name: str, size: int | None) -> None:
    """Another name and size for a classroom; its limits stay, since they count by the classroom."""
    found = classrooms.by_id(work.db, classroom_id, None)
    if found is None:
        raise Refusal(Reason.NOT_YOURS)
    others = classrooms.of_year(work.db, _this_year(work))
    if any((each.school, each.name) == (found.school, name) and each.id != classroom_id for each in others):
        raise Refusal(Reason.NAME_TAKEN)
    classrooms.change(work.db, classroom_id, name=name, size=size)


def year_plan(work: Work) -> YearPlan:
    """Whether all classrooms can move up: not further than the school year after this one."""
    newest = classrooms.newest_year(work.db) or _this_year(work)
    moved = classrooms.moved(work.db, newest)
    can_undo = bool(moved) and not moved & classrooms.with_lessons(work.db, newest)
    return YearPlan(newest, newest <= _this_year(work) and bool(classrooms.of_year(work.db, newest)), can_undo)


def move_up(work: Work) -> int:
    """Make next year's classrooms of the newest year's; how many. The old ones keep what happened in them."""
    plan = year_plan(work)
    if not plan.can_move:
        raise Refusal(Reason.WRONG_STATE)
    schools = {name: key for key, name in classrooms.schools(work.db).items()}
    made = 0
    for old in classrooms.of_year(work.db, plan.year):
        goes_to = moved_up(old.name, old.grade)
        if goes_to is not None:
            _add(work, schools[old.school], *goes_to, old.size, plan.year + 1, old.id)
            made += 1
    return made


def undo_move(work: Work) -> int:
    """Take back the classrooms that moved up, as long as none of them has had a lesson; how many."""
    plan = year_plan(work)
    if not plan.can_undo:
        raise Refusal(Reason.WRONG_STATE)
    return classrooms.remove_moved(work.db, plan.year)


def find(work: Work, classroom_id: str) -> Classroom:
    """A classroom; Refusal(NOT_YOURS) where there is none."""
    found = classrooms.by_id(work.db, classroom_id, None)
    if found is None:
        raise Refusal(Reason.NOT_YOURS)
    return found


def _add(work: Work, school: str, name: str, grade: int, size: int | None, year: int, moved_from: str | None) -> None:
    classrooms.add(work.db, tokens.mint_id(), school, name, grade, size, year, moved_from)


def _this_year(work: Work) -> int:
    return school_year(work.now.date())
