"""The staircase for acts that the school would like rarer or more common: every step says what the bands say."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask import Flask

from tests.web.conftest import Teacher, ballot, seated
from tests.web.test_sheets import counted

BELIEVED_MOST = "Vi troede, det var de fleste. Under halvdelen svarede ja."
BELIEVED_FEW = "Vi troede, det var under halvdelen. De fleste svarede ja."


def stairs(page: str) -> dict[str, str]:
    """The words of each step of a board, the legend and the tables left out."""
    found = {}
    for anchor, section in re.findall(r'<section class="step[^"]*" id="([^"]+)".*?>(.*?)<footer', page, re.S):
        seen = re.sub(r'<svg.*?</svg>|<p class="legend.*?</p>|<div class="hidden">.*?</div>', "", section, flags=re.S)
        found[anchor] = " ".join(unescape(re.sub("<[^>]+>", lambda tag: "" if "span" in tag[0] else " ", seen)).split())
    return found


def climbed(board: dict[str, str]) -> str:
    """The numbers of the steps that are climbed, without the one that waits in the menu, and without the talk."""
    return "".join(sorted(anchor[-1] for anchor in board if re.fullmatch(r"step-\d", anchor)))


STAIRS = [
    # An unwanted act: the guess lies above, wholly on the other side of half, and below.
    ("pjaek", 2, 7, "I gennemsnit gættede vi på 6 til 8 af 22.", "Højst 3 af 22 svarede ja.",
     "Forskellen Social overdrivelse Vi gættede på 3 til 8 flere, end der svarede ja.",
     "Resten Mindst 19 af 22 svarede ikke ja. De svarede nej eller sprang over."),
    ("pjaek", 5, 13, "I gennemsnit gættede vi på 12 til 14 af 22.", "4 til 7 af 22 svarede ja.",
     f"Forskellen Flertalsmisforståelse Vi gættede på 5 til 10 flere, end der svarede ja. {BELIEVED_MOST}",
     "Resten 15 til 18 af 22 svarede ikke ja. De svarede nej eller sprang over."),
    ("pjaek", 5, 5, "I gennemsnit gættede vi på 4 til 6 af 22.", "4 til 7 af 22 svarede ja.",
     "I kender hinanden godt Gættet og svarene passer sammen.",
     "Resten 15 til 18 af 22 svarede ikke ja. De svarede nej eller sprang over."),
    ("pjaek", 5, 2, "I gennemsnit gættede vi på under 4 af 22.", "4 til 7 af 22 svarede ja.", None, None),
    # A wanted one: below is the good news, and the majority that has the last word answered yes.
    ("lektier", 17, 13, "I gennemsnit gættede vi på 12 til 14 af 22.", "Mindst 16 af 22 svarede ja.",
     "Forskellen Underdrivelse Vi gættede på 2 til 10 færre, end der svarede ja.",
     "De fleste Mindst 16 af 22 svarede ja."),
    ("lektier", 17, 7, "I gennemsnit gættede vi på 6 til 8 af 22.", "Mindst 16 af 22 svarede ja.",
     f"Forskellen Flertalsmisforståelse Vi gættede på 8 til 16 færre, end der svarede ja. {BELIEVED_FEW}",
     "De fleste Mindst 16 af 22 svarede ja."),
    ("lektier", 13, 13, "I gennemsnit gættede vi på 12 til 14 af 22.", "12 til 15 af 22 svarede ja.",
     "I kender hinanden godt Gættet og svarene passer sammen.",
     "De fleste 12 til 15 af 22 svarede ja."),
    ("lektier", 13, 17, "I gennemsnit gættede vi på 16 til 18 af 22.", "12 til 15 af 22 svarede ja.", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("theme", "yes", "mates", "guessed", "answered", "difference", "last"), STAIRS)
def test_the_staircase_says_what_the_bands_say(
    app: Flask, theme: str, yes: int, mates: int, guessed: str, answered: str, difference: str | None, last: str | None
) -> None:
    teacher = counted(app, theme, yes, mates)
    board = stairs(teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True))
    assert board["step-2"] == f"Vores klasse {guessed}"
    assert answered in board["step-4"]
    assert (board.get("step-5"), board.get("step-7")) == (difference, last)
    assert climbed(board) == ("0123457" if difference else "01234")


def parents(app: Flask, theme: str, yes: int, mates: int) -> Iterator[str]:
    """What the board of twenty-two parents says of the difference and last, in Danish and in English."""
    teacher = Teacher(app, theme)
    teacher.press("lobby")
    phones = [seated(teacher) for _ in range(22)]
    teacher.press("open")
    for number, phone in enumerate(phones):
        phone.post("/s", data=ballot(phone, mates=str(mates), own="yes" if number < yes else "no"))
    teacher.press("close")
    for language in ("da", "en"):
        teacher.client.set_cookie("language", language)
        board = stairs(teacher.client.get(f"/lesson/{teacher.lesson}").get_data(as_text=True))
        yield f"{board['step-5']} / {board['step-7']}"


@pytest.mark.parametrize("theme", ["foraeldre-nikotin", "foraeldre-gaming", "foraeldre-billeder"])
def test_parents_who_believed_that_fewer_do_what_most_of_them_do_are_told_so_in_both_languages(
    app: Flask, theme: str
) -> None:
    danish, english = parents(app, theme, yes=18, mates=7)
    assert danish == (
        f"Forskellen Flertalsmisforståelse Vi gættede på 8 til 16 færre, end der svarede ja. {BELIEVED_FEW}"
        " / De fleste Mindst 16 af 22 svarede ja."
    )
    assert english == (
        "The difference Majority misperception We guessed 8 to 16 fewer than answered yes. "
        "We thought it was fewer than half. Most of us answered yes. / Most of us At least 16 of 22 answered yes."
    )
