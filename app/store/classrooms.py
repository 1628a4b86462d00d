"""The shelf of schools and classrooms."""

from sqlalchemy import select

from app.domain.lesson import Classroom
from app.store.database import Transaction
from app.store.tables import classroom, school


def find_or_add(transaction: Transaction, new_id: str, school_name: str, name: str, grade: int) -> Classroom:
    """The classroom of that name in that school, made (and the school with it) where it is new."""
    known = select(classroom.c.id, classroom.c.grade).join(school)
    row = transaction.execute(known.where(school.c.name == school_name, classroom.c.name == name)).first()
    if row is not None:
        return Classroom(row.id, school_name, name, row.grade)
    school_id = transaction.scalar(select(school.c.id).where(school.c.name == school_name))
    if school_id is None:
        school_id = new_id
        transaction.execute(school.insert().values(id=school_id, name=school_name))
    transaction.execute(classroom.insert().values(id=new_id, school_id=school_id, name=name, grade=grade))
    return Classroom(new_id, school_name, name, grade)


def lock(transaction: Transaction, classroom_id: str) -> None:
    """Hold the classroom until the transaction ends, so that two lessons cannot open the same family at once."""
    transaction.execute(select(classroom.c.id).where(classroom.c.id == classroom_id).with_for_update())
