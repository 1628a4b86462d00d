"""The loader of themes: the real files are right, and every wrong one is refused with file, key and reason."""

import shutil
from pathlib import Path

import pytest

from app.config import resource_root
from app.domain.theme import Direction, Talk
from app.store import themes

GOOD = """\
key = "prøve"
edition = 1
grades = [6, 7]
window = "7 days"
direction = "unwanted"
care = "ordinary"
folder = "hverdag"
[da]
title = "Prøve"
doing = "prøver"
has_done = "prøvet"
own = "Prøver du?"
own_window = "Har du prøvet?"
means = "At prøve."
[da.cards]
flertal = ["Et kort?"]
""".replace('"prøve"', '"proeve"')

# What is wrong, by what is put in the place of what; and the key and the reason that the refusal names.
WRONG = [
    ('key = "proeve"', 'key = "Prøve"', "key", "small letters, digits and dashes only"),
    ('key = "proeve"', 'key = "another"', "key", "is 'another', but the file is named proeve.toml"),
    ('key = "proeve"\n', "", "key", "is missing"),
    ("edition = 1", "edition = 0", "edition", "must be a whole number from 1"),
    ("edition = 1", "edition = true", "edition", "must be a whole number from 1"),
    ("edition = 1", 'edition = "1"', "edition", "must be a whole number from 1"),
    ("edition = 1", "edition = 1.0", "edition", "must be a whole number from 1"),
    ("[6, 7]", "[]", "grades", "must be a list of grades"),
    ("[6, 7]", "7", "grades", "must be a list of grades"),
    ("[6, 7]", "[6, 11]", "grades", "every grade is a whole number from 0 to 10"),
    ("[6, 7]", "[6, true]", "grades", "every grade is a whole number from 0 to 10"),
    ('"7 days"', '"7 dage"', "window", "is '7 dage', must be one of: 7 days, 30 days, 12 months"),
    ('"unwanted"', '"bad"', "direction", "is 'bad', must be one of: unwanted, wanted"),
    ('"ordinary"', '""', "care", "must be a text"),
    ('"hverdag"', '"andet"', "folder", "is 'andet', must be one of"),
    ("edition = 1", 'edition = 1\nfamily = " "', "family", "must be a text"),
    ("edition = 1", "edition = 1\ncolour = 3", "colour", "is not a field of a theme"),
    ("[da", "[en", "da", "the Danish words are missing"),
    ("[da", "[de", "de", "is not a field of a theme"),
    ('title = "Prøve"\n', "", "da.title", "is missing"),
    ('"Prøver du?"', '"  "', "da.own", "must be a text"),
    ('"At prøve."', "3", "da.means", "must be a text"),
    ('means = "At prøve."', 'means = "At prøve."\nmeaning = "?"', "da.meaning", "is not a field of a theme"),
    ('flertal = ["Et kort?"]', "flertal = []", "da.cards.flertal", "has no card"),
    ('["Et kort?"]', '["", "Et kort?"]', "da.cards.flertal", "holds something that is not a sentence"),
    ('["Et kort?"]', "[1]", "da.cards.flertal", "holds something that is not a sentence"),
    ("edition = 1", "edition = 1\nbenchmarks = [1]", "benchmarks", "holds something that is not a sentence"),
    ("edition = 1", 'edition = 1\nhelp = "116 111"', "help", "must be a list of sentences"),
    ("edition = 1", 'edition = 1\nknows = [{ year = 2018, da = "Tre." }]', "knows.source", "is missing"),
    (
        "edition = 1",
        'edition = 1\nknows = [{ year = "i år", source = "X", da = "3." }]',
        "knows.year",
        "whole number",
    ),
    ("edition = 1", 'edition = 1\nknows = [{ year = 2018, source = "X", n = 3 }]', "knows.n", "is not a field"),
    ("flertal", "A", "da.cards.A", "is not a field of a theme"),
    ('means = "At prøve."', 'means = "At prøve."\nown_hint = 3', "da.own_hint", "must be a text"),
    ("edition = 1", "edition = ", "-", "not TOML in UTF-8"),
    ("edition = 1", "edition = 1\nedition = 2", "-", "not TOML in UTF-8"),
]


@pytest.fixture(autouse=True)
def shared_cards(tmp_path: Path) -> None:
    """The cards that themes share."""
    shutil.copytree(resource_root() / "surveys" / "talk", tmp_path / "talk")


@pytest.mark.parametrize(("what", "by", "key", "reason"), WRONG)
def test_a_wrong_theme_is_refused_with_file_key_and_reason(
    tmp_path: Path, what: str, by: str, key: str, reason: str
) -> None:
    assert what in GOOD
    (tmp_path / "proeve.toml").write_text(GOOD.replace(what, by), encoding="utf-8")
    with pytest.raises(themes.ThemeError) as refused:
        themes.load(tmp_path)
    assert str(refused.value).startswith(f"proeve.toml: {key}: ")
    assert reason in str(refused.value)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "proeve.toml").write_bytes(GOOD.encode("latin-1"))
    with pytest.raises(themes.ThemeError, match=r"^proeve\.toml: -: not TOML in UTF-8"):
        themes.load(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(themes.ThemeError, match="no survey file here"):
        themes.load(tmp_path)


def test_one_wrong_file_among_right_ones_refuses_them_all(tmp_path: Path) -> None:
    (tmp_path / "proeve.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "zebra.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(themes.ThemeError, match=r"^zebra\.toml: key: "):
        themes.load(tmp_path)


def test_a_right_theme_is_read_whole_and_is_its_own_family(tmp_path: Path) -> None:
    (tmp_path / "proeve.toml").write_text(GOOD, encoding="utf-8")
    (theme,) = themes.load(tmp_path).values()
    assert (theme.key, theme.family, theme.edition, theme.grades) == ("proeve", "proeve", 1, (6, 7))
    assert theme.direction is Direction.UNWANTED
    cards = theme.wording("da").cards
    assert set(cards) == set(Talk)
    assert cards[Talk.MAJORITY] == ("Et kort?",), "its own where it has one"
    assert len(cards[Talk.OVERSTATED]) > 3, "the shared ones elsewhere"
    assert theme.wording("en") is theme.wording("da"), "a language that is not written yet is read in Danish"


def test_a_wanted_act_has_cards_of_its_own_direction(tmp_path: Path) -> None:
    (tmp_path / "proeve.toml").write_text(GOOD.replace("unwanted", "wanted"), encoding="utf-8")
    (theme,) = themes.load(tmp_path).values()
    assert "flere" in theme.wording("da").cards[Talk.OVERSTATED][0]


def test_without_the_shared_cards_nothing_is_read(tmp_path: Path) -> None:
    (tmp_path / "proeve.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "talk" / "cards.toml").unlink()
    with pytest.raises(themes.ThemeError, match=r"^cards\.toml: -: is missing"):
        themes.load(tmp_path)


def test_a_family_that_is_given_is_kept(tmp_path: Path) -> None:
    (tmp_path / "proeve.toml").write_text(GOOD.replace("edition", 'family = "slægt"\nedition', 1), encoding="utf-8")
    assert themes.load(tmp_path)["proeve"].family == "slægt"


def test_every_theme_that_is_shipped_is_right() -> None:
    shipped = themes.load(resource_root() / "surveys")
    assert "skaerm-om-natten" in shipped
    assert all(theme.key == key for key, theme in shipped.items())
