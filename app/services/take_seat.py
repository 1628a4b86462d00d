"""Take a seat in a lesson by its code or QR link, or the next one that was reserved for a pupil without a screen."""

from collections.abc import Sequence

from app.domain.lesson import MAX_SEATS
from app.domain.refusal import Reason, Refusal
from app.domain.theme import Audience
from app.sealing import tokens
from app.services.house import Work
from app.store import lessons, seats


def lesson_behind(work: Work, key: str) -> tuple[str, Audience] | None:
    """The lesson that a join code or QR token opens now, by its id and audience, None for a wrong, old or dead one."""
    lesson = lessons.by_door(work.db, key)
    return (lesson.id, lesson.audience) if lesson else None


def take_seat(work: Work, key: str, token: str, held: Sequence[str] = ()) -> None:
    """Take a seat under `token`, which the page with the button was made with: sent twice, it is one seat.

    Seats that the device held in another lobby are free again. Refusal(UNKNOWN_CODE) for a wrong, old or dead code,
    (LOBBY_FULL) when no seat is left.
    """
    lesson = lessons.by_door(work.db, key, lock=True)
    seat, most = tokens.seat_hash(token), MAX_SEATS[lesson.audience] - lesson.reserved if lesson else 0
    if lesson is None or not seats.add(work.db, seat, lesson.id, most):
        # The same press may have come twice at once, and the first may have used up the code or taken the last seat.
        if not seats.lesson_of(work.db, [seat]):
            raise Refusal(Reason.LOBBY_FULL if lesson else Reason.UNKNOWN_CODE)
        return
    if lesson.one_seat:
        lessons.change(work.db, lesson.id, code=None, door=None, one_seat=False)
    if held:
        seats.leave_lobbies(work.db, [tokens.seat_hash(old) for old in held])


def take_reserved_seat(work: Work, held: Sequence[str], token: str) -> None:
    """Take the next reserved seat under `token`, for the pupil who is handed a device that holds the seats `held`.

    Sent twice, it is one seat. Refusal(NO_SEAT) when none is reserved.
    """
    lesson_id = next(iter(seats.lesson_of(work.db, [tokens.seat_hash(token) for token in held]).values()), None)
    lesson = lessons.by_id(work.db, lesson_id, lock=True) if lesson_id else None
    if seats.lesson_of(work.db, [tokens.seat_hash(token)]):
        return
    if lesson is None or lesson.reserved < 1:
        raise Refusal(Reason.NO_SEAT)
    lessons.change(work.db, lesson.id, reserved=lesson.reserved - 1)
    seats.add(work.db, tokens.seat_hash(token), lesson.id, MAX_SEATS[lesson.audience])
