"""Drafted languages: on parents' phones only, where approved only, Danish for each sentence that one is lacking."""

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient

from app.config import resource_root
from app.domain.account import Role
from app.domain.language import DRAFTED, Translate
from app.domain.question import questions
from app.services.house import House
from app.services.keep_settings import approve_languages
from app.store import themes
from app.web import language as spoken
from tests.services.room import played
from tests.web.conftest import Teacher, ballot, seated
from tests.web.staff import Staff
from tests.web.test_language import PLACES, ROOT, catalog, sentences

THEME = "foraeldre-alkohol"
ARABIC = '<html lang="ar" dir="rtl">'
CHOOSER = re.compile(r'href="/language/(\w\w)')


def drafted(code: str) -> dict[str, str]:
    """The sentences of a drafted catalog."""
    with (ROOT / f"app/web/languages/{code}.po").open("rb") as file:
        return {str(each.id): str(each.string) for each in read_po(file) if each.id}


def approve(app: Flask, *codes: str) -> None:
    """Let parents read in these."""
    house: House = app.extensions["pejling.house"]
    with house.writing() as work:
        approve_languages(work, codes)


def phone_in(teacher: Teacher, code: str) -> FlaskClient:
    """A phone with a seat whose browser has chosen a language."""
    phone = seated(teacher)
    phone.set_cookie("language", code)
    return phone


def walk(app: Flask, code: str, theme: str = THEME) -> Iterator[tuple[str, str]]:
    """Every page of a phone that has chosen a language, by name, in a lesson or an evening on `theme`."""
    teacher = Teacher(app, theme)
    teacher.press("lobby")
    teacher.press("reserve", seats="1")
    phone = app.test_client()
    phone.set_cookie("language", code)
    door = f"/{teacher.state()['code']}"
    yield "door", phone.get(door).get_data(as_text=True)
    phone.post(door)
    yield "waiting", phone.get("/s").get_data(as_text=True)
    yield "waiting, too early", phone.get("/s?next").get_data(as_text=True)
    yield "trial", phone.get("/s/trial").get_data(as_text=True)
    yield "tried", phone.get("/s/tried").get_data(as_text=True)
    others = [seated(teacher) for _ in range(9)]
    teacher.press("open")
    filled = ballot(phone)
    yield "ballot", phone.get("/s").get_data(as_text=True)
    yield "half a ballot", phone.post("/s", data={**filled, "own": ""}).get_data(as_text=True)
    for each in (phone, *others):
        assert each.post("/s", data=ballot(each)).status_code == 303
    yield "thank-you", phone.get("/s").get_data(as_text=True)
    phone.post("/s/pass")
    yield "thank-you, somebody waits", phone.get("/s").get_data(as_text=True)
    phone.post("/s", data=ballot(phone))
    teacher.press("close")
    yield "watching", phone.get("/s").get_data(as_text=True)
    if theme.startswith("foraeldre"):
        assert teacher.press("handout") == 303
        house: House = app.extensions["pejling.house"]
        with house.reading() as work:
            (token,) = work.db.exec_driver_sql("SELECT token FROM handout").scalars()
        yield "handout", phone.get(f"/h/{token}").get_data(as_text=True)
        yield "dead handout", phone.get("/h/nobody").get_data(as_text=True)


class Noting(Mapping[str, str]):
    """The sentences of a language, and which of them were asked for."""

    def __init__(self, held: Mapping[str, str]) -> None:
        self.held, self.asked = held, set[str]()

    def __getitem__(self, text: str) -> str:
        self.asked.add(text)
        return self.held[text]

    def __iter__(self) -> Iterator[str]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)


@pytest.mark.parametrize("code", DRAFTED)
def test_a_draft_has_the_places_and_marks_of_its_sentences_and_nothing_else(code: str) -> None:
    there, wanted = drafted(code), set(sentences())
    assert set(there) - wanted == set(), "left over"
    for text, said in there.items():
        assert said, text
        assert sorted(PLACES.findall(text)) == sorted(PLACES.findall(said)), text
        assert text.count("*") == said.count("*"), text
        assert not re.search("[٠-٩۰-۹]", said), "digits are 0 to 9 in every language"
        assert re.findall("[0-9]", re.sub(PLACES, "", text)) == re.findall("[0-9]", figures(said)), text


def figures(said: str) -> str:
    """A translation without its places and without what it adds to explain a Danish sentence it quotes."""
    without = re.sub(PLACES, "", said)
    return re.split(r"[”»]\.? ", without)[0] if "svarede ja" in without else without


@pytest.mark.parametrize("code", DRAFTED)
def test_every_draft_says_at_its_head_that_it_is_one(code: str) -> None:
    head = (ROOT / f"app/web/languages/{code}.po").read_text(encoding="utf-8").splitlines()[0]
    assert "DRAFT" in head
    assert "no native speaker has approved" in head


def test_at_most_and_at_least_are_never_mistaken_for_one_another() -> None:
    bounds = {"ar": ("على الأكثر", "على الأقل"), "tr": ("en fazla", "en az"), "pl": ("najwyżej", "co najmniej")}
    for code, (most, least) in {**bounds, "uk": ("щонайбільше", "щонайменше")}.items():
        for text, said in drafted(code).items():
            for word, its_own in (("højst", most), ("mindst", least)):
                assert (word in text.lower()) == bool(re.search(rf"\b{its_own}\b", said.lower())), (code, text)


def test_a_telephone_number_keeps_the_order_of_its_groups_from_right_to_left() -> None:
    assert [said for said in drafted("ar").values() if re.search("[0-9] [0-9]", said)] == []


@pytest.mark.parametrize("code", DRAFTED)
def test_what_a_parents_phone_shows_is_what_is_drafted(app: Flask, code: str) -> None:
    house: House = app.extensions["pejling.house"]
    for number in range(3):
        played(house, 22, 3, classroom=f"7.X{number}", chosen=[house.themes["lektier"]])
    approve(app, code)
    languages = app.extensions["pejling.languages"]
    noted = Noting(languages[code].sentences)
    languages[code] = replace(languages[code], sentences=noted)
    for name, page in walk(app, code):
        assert f'<html lang="{code}"' in page, name
    assert {text for text in noted.asked if text in catalog()} <= set(drafted(code))
    assert spoken.lacking()[code] == []


def test_every_parents_theme_is_drafted_and_no_other() -> None:
    for theme in themes.load(ROOT / "surveys").values():
        assert set(DRAFTED) & set(theme.wordings) == (set(DRAFTED) if theme.window is None else set()), theme.key


def test_a_theme_of_pupils_takes_no_drafted_words(tmp_path: Path) -> None:
    shutil.copytree(resource_root() / "surveys", tmp_path / "surveys")
    file = tmp_path / "surveys" / "alkohol.toml"
    file.write_text(file.read_text(encoding="utf-8") + '\n[ar]\ntitle = "x"\n', encoding="utf-8")
    with pytest.raises(themes.ThemeError, match=r"alkohol\.toml: ar: is not a field of a theme"):
        themes.load(tmp_path / "surveys")


def test_nothing_is_drafted_on_any_page_until_it_is_approved(app: Flask) -> None:
    approve(app, "pl")
    for name, page in walk(app, "ar"):
        assert '<html lang="da">' in page, name
        assert set(CHOOSER.findall(page)) == {"en", "pl"}, name


def test_an_approved_language_is_on_every_page_of_a_parent(app: Flask) -> None:
    approve(app, "uk", "ar")
    for name, page in walk(app, "ar"):
        assert ARABIC in page, name
        assert CHOOSER.findall(page) == ["da", "en", "uk"], name


def test_no_page_of_a_pupil_changes_to_a_drafted_language(app: Flask) -> None:
    approve(app, *DRAFTED)
    for name, page in walk(app, "ar", "alkohol"):
        assert '<html lang="da">' in page, name
        assert CHOOSER.findall(page) == ["en"], name
    other = app.test_client()
    other.set_cookie("language", "ar")
    for path in ("/", "/000000", "/try", "/try/ballot", "/privacy", "/staff/sign-in"):
        page = other.get(path).get_data(as_text=True)
        assert '<html lang="da">' in page, path
        assert set(CHOOSER.findall(page)) <= {"en"}, path


def test_the_board_of_an_evening_speaks_danish_or_english(app: Flask) -> None:
    approve(app, *DRAFTED)
    teacher = Teacher(app, THEME)
    teacher.client.set_cookie("language", "ar")
    for path in ("", "/script", "/agreement"):
        assert '<html lang="da">' in teacher.client.get(f"/lesson/{teacher.lesson}{path}").get_data(as_text=True)


def test_a_missing_sentence_is_danish_and_the_rest_is_not(app: Flask) -> None:
    approve(app, "ar")
    held = dict(drafted("ar"))
    del held["Du er med."]
    app.extensions["pejling.languages"]["ar"] = Translate("ar", held)
    pages = dict(walk(app, "ar"))
    assert "<h1>Du er med.</h1>" in pages["waiting"]
    assert held["Videre"] in pages["waiting"]


def test_a_theme_without_words_in_a_language_asks_in_danish() -> None:
    theme = themes.load(ROOT / "surveys")[THEME]
    danish_only = replace(theme, wordings={"da": theme.wordings["da"]})
    asked = questions(danish_only, 7, 22, Translate("ar", drafted("ar")))
    assert asked[0].heading == theme.wordings["da"].others
    assert asked[0].group is not None
    assert "22" in asked[0].group
    assert "Tænk" not in asked[0].group


def test_a_consultant_approves_and_takes_back(app: Flask) -> None:
    consultant = Staff(app, Role.CONSULTANT)
    assert consultant.press("/staff/settings", languages="ar") == 303
    page = consultant.client.get("/staff/settings").get_data(as_text=True)
    assert re.findall(r'name="languages" value="(\w\w)" checked', page) == ["ar"]
    assert "Sprogene er kladder" in page
    teacher = Teacher(app, THEME)
    teacher.press("lobby")
    phone = phone_in(teacher, "ar")
    assert ARABIC in phone.get("/s").get_data(as_text=True)
    assert consultant.press("/staff/settings", languages="xx") == 303
    assert '<html lang="da">' in phone.get("/s").get_data(as_text=True)


@pytest.mark.parametrize(("theme", "asked"), [(THEME, 1), ("alkohol", 0)])
def test_languages_are_read_once_for_a_parent_and_never_for_a_pupil(app: Flask, theme: str, asked: int) -> None:
    approve(app, *DRAFTED)
    teacher = Teacher(app, theme)
    teacher.press("lobby")
    door = f"/{teacher.state()['code']}"
    phone, consultant = phone_in(teacher, "ar"), Staff(app, Role.CONSULTANT)
    for client, path in ((app.test_client(), door), (phone, "/s"), (phone, "/s/trial")):
        with consultant.counted(consultant.house) as queries:
            client.get(path)
        assert len([query for query in queries if "FROM setting" in query.replace("\n", " ")]) == asked


def test_the_link_to_a_drafted_language_keeps_the_choice(app: Flask) -> None:
    answer = app.test_client().get("/language/ar?to=/s")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/s")
