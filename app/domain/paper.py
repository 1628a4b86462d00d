"""A vote on paper: the totals that two pupils counted, checked before they become a tally."""

from collections.abc import Mapping

from app.domain.disclosure import MIN_BALLOTS
from app.domain.lesson import MAX_SEATS
from app.domain.refusal import Reason, Refusal
from app.domain.tally import GuessCount, Tally
from app.domain.theme import GUESSES, Audience, Measure

MAX_SLIPS = MAX_SEATS[Audience.PUPILS]


def read_count(fields: Mapping[str, str], size: int | None, *, approval: bool = False) -> Tally:
    """The tally of the typed totals `ballots`, `yes`, `no`, `skip`, and for each guess `others`, `others_total`, ...

    With `approval` also `approve_yes`, `approve_no`, `approve_skip` and the guess `approve_mates`. `size` is the N that
    stands on the slips, taken from the field of that name where None. Raises Refusal, with the first rule of these that
    is broken: whole numbers; MIN_BALLOTS to MAX_SLIPS slips; yes + no + skip = slips; no more guesses than slips; no
    guess above N.
    """
    n, yes, no, skip = (_number(fields, name) for name in ("ballots", "yes", "no", "skip"))
    size = _number(fields, "size") if size is None else size
    guesses = {
        measure: GuessCount(_number(fields, measure.value), _number(fields, f"{measure.value}_total"))
        for measure in (*GUESSES, *((Measure.APPROVE_MATES,) if approval else ()))
    }
    views = [_number(fields, f"approve_{answer}") for answer in ("yes", "no", "skip")] if approval else None
    if not (MIN_BALLOTS <= n <= MAX_SLIPS and 1 <= size <= MAX_SLIPS):
        raise Refusal(Reason.COUNT_OUT_OF_RANGE)
    if yes + no + skip != n or (views is not None and sum(views) != n):
        raise Refusal(Reason.COUNT_OWN)
    if any(count.guessed > n for count in guesses.values()):
        raise Refusal(Reason.COUNT_GUESSED)
    if any(count.total > count.guessed * size for count in guesses.values()):
        raise Refusal(Reason.COUNT_TOTAL)
    return Tally(size, n, yes, guesses, views[0] if views else None)


def _number(fields: Mapping[str, str], name: str) -> int:
    text = fields.get(name, "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise Refusal(Reason.COUNT_NOT_NUMBERS)
    return int(text)
