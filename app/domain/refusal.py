"""A refusal: why something asked for is not done, as a value that every door can put into words."""

from enum import StrEnum


class Reason(StrEnum):
    """One reason a name; the sentence a person reads is chosen at the door."""

    UNKNOWN_CODE = "unknown code"
    NO_COOKIES = "no cookies"
    LOBBY_FULL = "lobby full"
    NO_SEAT = "no seat"
    CLOSED = "closed"
    BAD_BALLOT = "bad ballot"
    BAD_GUESS = "a typed guess that is no number of the group"
    KEY_LOST = "the poll's key is lost, so nothing can be counted"
    ALL_SEATS_TAKEN = "all seats taken"
    KEY_MISSING = "key missing"
    KEY_NOT_KEPT = "a key cannot be kept, so no vote is opened"
    WRONG_LINK = "wrong link"
    OPENED_BY_OTHER_LINK = "opened by another link"
    WRONG_STATE = "wrong state"
    NO_SEATS_TAKEN = "no seats taken"
    BAD_NUMBER = "bad number"
    NOT_RELEASED = "not released"
    ASKED_THIS_YEAR = "asked this school year"
    ASKED_LATELY = "asked lately"
    ASKED_TOGETHER = "asked with the rest of its family"
    ASKED_NOW = "being asked in another lesson"
    NO_POSTER = "nothing for a poster"
    BAD_CHOICE = "not one to three themes for this grade"
    HELD_BACK = "a theme that many do"
    RELATED = "two themes of a family"
    OTHER_GRADE = "a classroom of another grade"
    OTHER_YEAR = "a classroom of another school year"
    ASKED_OTHERWISE = "asked on paper before, now on screens, or the reverse"
    SEATS_TAKEN = "seats taken, so no paper"
    ON_PAPER = "on paper, so no seats"
    DEAD_HANDOUT = "a page to take home that is over"
    VOTES_NOW = "the classroom votes now"
    NAME_TAKEN = "another classroom of that name"
    ASKED_MUCH = "one person has asked as many classrooms as there are"
    NOT_YOURS = "not there for this person"
    NO_ACCOUNT = "a provider vouches for somebody who has no account here"
    OTHER_ROLE = "a provider gives somebody another role than their account has"
    BAD_SIGN_IN = "no such address, password and code"
    SLOW_DOWN = "too many attempts to sign in"
    BAD_LOGIN = "not an e-mail address"
    LOGIN_TAKEN = "an account with that address"
    UNKNOWN_SCHOOL = "there is no school of that name"
    NO_SCHOOL = "no school, or one too many"
    DEAD_INVITATION = "a one-time link that is used or too old"
    SHORT_PASSWORD = "a password that is too short or too long"  # noqa: S105 - a reason
    BAD_CODE = "not the code of the app"
    BAD_NAME = "a name that is empty or too long"
    COUNT_NOT_NUMBERS = "a count that is no whole number"
    COUNT_OUT_OF_RANGE = "too few or too many slips"
    COUNT_OWN = "own answers do not add up to the slips"
    COUNT_GUESSED = "more guesses than slips"
    COUNT_TOTAL = "a sum of guesses that nobody can have made"


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault of the program
    """Raised by a service that declines; nothing has been changed. `values` fill the places of its sentence."""

    def __init__(self, reason: Reason, **values: object) -> None:
        super().__init__(reason.value)
        self.reason, self.values = reason, values
