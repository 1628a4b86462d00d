"""Sammenlign over the invented municipality: what stands there, what never does, and with how many queries."""

import csv
import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import delete, update

from app import create_app
from app.config import Settings, resource_root
from app.domain.account import Role
from app.domain.benchmark import Benchmark, Record
from app.services.house import House
from app.store import benchmarks
from app.store.tables import benchmark
from tests.services.test_fjordby import fjordby
from tests.web.conftest import BASE, Teacher
from tests.web.staff import Staff
from tests.web.test_doors import vote

__all__ = ["fjordby"]
THEMES = {"alkohol": 7, "nikotin": 8, "fuldskab": 9}


@pytest.fixture(scope="module")
def consultant(fjordby: House) -> Staff:
    """A consultant at work in Fjordby."""
    made = create_app(Settings(fjordby.database.engine.url.render_as_string(), fjordby.keys.root, BASE))
    made.extensions["pejling.house"] = fjordby
    return Staff(made, Role.CONSULTANT)


def shown(staff: Staff, query: str = "") -> str:
    """The page as it is read."""
    answer = staff.client.get(f"/staff/compare{query}")
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True))


def rows(page: str) -> list[tuple[str, ...]]:
    """The classrooms' table."""
    table = page.split('<table class="rooms">')[1].split("</table>")[0]
    return [tuple(re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)) for row in table.split("<tr>")[2:]]


def test_the_sentence_comes_first_and_everything_that_must_be_said_is_there(consultant: Staff) -> None:
    page = shown(consultant, "?theme=alkohol")
    sentence = (
        "Eleverne troede, at 18 til 30 % i deres egen klasse har drukket mindst én genstand alkohol. "
        "1 til 17 % svarede selv ja."
    )
    assert page.index(sentence) < page.index('class="filters"') < page.index("<figure")
    for said in (
        "Klasser, der har brugt værktøjet (ikke repræsentative)",
        "11 klasser, 230 svar, 1. måling (efterår).",
        "Sammenlignelighed B: ",
        "Det holder ikke, hvis alle, der svarer ja, går i en tredjedel af klasserne.",
        "Alle klasser ligger inden for det, vi venter af tilfældige udsving. Vi kan ikke skelne dem fra hinanden.",
        "Kan ikke påvises: ",
        "Svarprocent: 94 % (230 svar fra klasser med 244 elever).",
        "Ikke med: 7.B, Havtornskolen (færre end 10 svar).",
        "Klasser på klassetrinnet, der ikke er spurgt: 0.",
        "Spørgsmålet, udgave 1: De seneste 30 dage: Har du selv drukket mindst én genstand alkohol?",
        "Sammenligninger på siden: 34.",
        "ca. 8 % af 301",
    ):
        assert said in page
    for never in ("effekt", "ingen ændring", "style=", "ældre end"):
        assert never not in page


def test_one_class_alone_is_spoken_of_in_the_singular(consultant: Staff) -> None:
    assert "Én klasse, 20 svar, 1. måling (efterår)." in shown(consultant, "?theme=alkohol&school=Havtornskolen")


def test_where_the_bands_are_too_wide_the_page_says_that_it_cannot_be_seen(consultant: Staff) -> None:
    page = shown(consultant, "?theme=fuldskab")
    assert "Det kan ikke ses her, om en klasse skiller sig ud." in page
    assert "Alle klasser ligger" not in page
    assert "<li>Havtornskolen 9.A: Højere</li><li>Klitrosenskolen 9.B: Lavere</li>" in page


def test_a_school_alone_has_certain_bounds_and_no_funnel(consultant: Staff) -> None:
    page = shown(consultant, "?theme=alkohol&grade=7&year=2025&school=Vindebroskolen")
    assert {row[0] for row in rows(page)} == {"Vindebroskolen"}
    assert "Med færre end 5 klasser kan tilfældige udsving ikke vises." in page
    assert "Der er for få klasser til et skøn." in page
    assert 'class="funnel"' not in page
    assert "Svarede ja, skøn" not in page


def legends(page: str) -> list[str]:
    """What stands under the charts of intervals: the grade's, and where there are two waves, theirs."""
    return re.findall(r'<p class="hint" aria-hidden="true">(Stribet.*?)</p>', page)


def test_a_legend_names_what_is_drawn_and_nothing_else(consultant: Staff) -> None:
    drawn = "Stribet: gæt. Fyldt: svar. Hul: sikre grænser. Ruder: offentliggjort tal."
    assert legends(shown(consultant, "?theme=alkohol&grade=7&year=2025")) == [drawn, "Stribet: gæt. Fyldt: svar."]
    bounds = [drawn.replace(" Fyldt: svar.", ""), "Stribet: gæt. Hul: sikre grænser."]
    assert legends(shown(consultant, "?theme=alkohol&grade=7&year=2025&school=Vindebroskolen")) == bounds


@pytest.fixture
def published(fjordby: House) -> Iterator[Callable[[float, int], None]]:
    """Publishes another figure on alcohol in grade 7, until the test is over."""

    def publish(share: float, year: int) -> None:
        with fjordby.writing() as work:
            work.db.execute(update(benchmark).where(benchmark.c.theme == "alkohol").values(verified=False))
            figure = Benchmark("Elsewhere", 7, year, share, 500, "A survey")
            theme = work.themes["alkohol"]
            benchmarks.put(work.db, [Record(theme.key, theme.edition, theme.window, "", figure, verified=True)])

    yield publish
    with fjordby.writing() as work:
        work.db.execute(delete(benchmark).where(benchmark.c.area == "Elsewhere"))
        work.db.execute(update(benchmark).values(verified=True))


def test_a_classroom_that_stands_out_is_a_reason_to_call_and_not_a_rank(
    consultant: Staff, published: Callable[[float, int], None]
) -> None:
    published(0.1, 2020)
    page = shown(consultant, "?theme=alkohol")
    assert "Én klasse ligger uden for det, vi venter af tilfældige udsving. De øvrige 10 kan vi ikke" in page
    (line,) = [row for row in rows(page) if "anderledes" in row[-1]]
    assert line[:2] == ("Vindebroskolen", "7.B")
    assert "Ring til skolen." in line[-1]
    assert "Tallet er ældre end 3 år." in page
    assert "Midten er A survey 2020: ca. 0,1 %." in page


def test_without_a_published_figure_the_estimate_is_the_centre(
    consultant: Staff, published: Callable[[float, int], None], fjordby: House
) -> None:
    published(8.0, 2025)
    with fjordby.writing() as work:
        work.db.execute(update(benchmark).where(benchmark.c.area == "Elsewhere").values(verified=False))
    page = shown(consultant, "?theme=alkohol")
    assert "Midten er skønnet fra første måling: 0,3 til 15,1 %." in page
    assert "Sammenlignelighed" not in page
    assert "Ruder" not in page


def test_the_filters_are_links_to_what_there_is(consultant: Staff) -> None:
    page = shown(consultant, "?theme=nikotin&wave=2")
    addresses = re.findall(r'href="(/staff/compare\?[^"]+)"', page.split('class="filters"')[1].split("</nav>")[0])
    assert len(addresses) == 3 + 1 + 1 + 2 + 7
    assert "/staff/compare?theme=nikotin&grade=8&year=2025&school=Havtornskolen" in addresses
    for address in addresses:
        assert consultant.client.get(address).status_code == 200
    assert page.count('aria-current="true"') == 5
    assert "2. måling (forår)." in page


@pytest.mark.parametrize(
    "query",
    [
        "theme=hash",
        "theme=x",
        "grade=6",
        "grade=x",
        "year=1999",
        "year=-1",
        "school=Skovtroldeskolen",
        "wave=3",
        "wave=00000",
    ],
)
def test_what_there_is_not_is_not_there(consultant: Staff, query: str) -> None:
    assert consultant.client.get(f"/staff/compare?{query}").status_code == 404


@pytest.mark.parametrize("wave", [1, 2])
@pytest.mark.parametrize("theme", THEMES)
def test_no_classroom_stands_beside_its_count_of_yes(consultant: Staff, theme: str, wave: int) -> None:
    with (resource_root() / "surveys" / "demo" / "fjordby.csv").open(encoding="utf-8", newline="") as file:
        invented = {(row["skole"], row["klasse"]): row for row in csv.DictReader(file)}
    listed = rows(shown(consultant, f"?theme={theme}&wave={wave}"))
    assert len(listed) >= 10
    assert listed == sorted(listed, key=lambda row: row[:2]), "in the order of names"
    season = "e" if wave == 1 else "f"
    for school, name, n, guess, own, _ in listed:
        row = invented[school, name]
        assert n == row[f"svar_{season}"]
        ends = [int(end) for end in re.findall(r"\d+", own)]
        low, high = (0, ends[0]) if own.startswith("højst") else (ends[0], ends[-1] if len(ends) == 2 else int(n))
        assert low <= int(row[f"ja_{season}"]) <= high
        assert high - low >= 3, "a band, never a count"
        assert re.fullmatch(r"(under|mindst) \d+|\d+ til \d+|for få gæt", guess)


def test_the_page_takes_as_many_queries_however_many_classrooms(consultant: Staff, fjordby: House) -> None:
    counts = []
    for query in ("?theme=alkohol", "?theme=alkohol&school=Vindebroskolen", "?theme=fuldskab"):
        with consultant.counted(fjordby) as queries:
            shown(consultant, query)
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 10


def test_with_nothing_released_the_page_says_so(app: Flask) -> None:
    page = shown(Staff(app, Role.CONSULTANT))
    assert "Ingen klasser har svaret endnu." in page
    assert "<figure" not in page


def test_the_overview_has_three_lines_of_this_school_year(consultant: Staff, fjordby: House) -> None:
    page = unescape(consultant.client.get("/staff").get_data(as_text=True))
    assert re.findall(r"<dt>(.*?)</dt>", page) == [
        "Timer i gang nu: 0", "Klasser uden en time i det her skoleår: 29",
        "Klasser med for få svar i det her skoleår: 0",
    ]  # fmt: skip
    assert "7.A, Blåmejseskolen; 7.B, Blåmejseskolen og 27 til" in page


def test_a_teacher_has_no_overview_and_no_way_to_compare(app: Flask) -> None:
    page = Staff(app, Role.TEACHER).client.get("/staff").get_data(as_text=True)
    assert "/staff/compare" not in page
    assert "overview" not in page


def test_the_overview_knows_lessons_that_go_on_and_classes_with_too_few_answers(app: Flask) -> None:
    few, busy = Teacher(app, "skaerm-om-natten"), Teacher(app, "alkohol", grade=8)
    vote(few, yes=1, pupils=9)
    few.press("close")
    few.press("end")
    busy.press("lobby")
    consultant = Staff(app, Role.CONSULTANT)
    page = consultant.client.get("/staff").get_data(as_text=True)
    assert re.findall(r"<div><dt>(.*?)</dt><dd>\s*(.*?)\s*</dd>", page) == [
        ("Timer i gang nu: 1", "8.A, Skovtroldeskolen"), ("Klasser uden en time i det her skoleår: 0", ""),
        ("Klasser med for få svar i det her skoleår: 1", "7.A, Skovtroldeskolen"),
    ]  # fmt: skip
