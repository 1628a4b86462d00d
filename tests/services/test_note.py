"""The note to the local SSP committee of Fjordby: what it says, what it never says, and its document of two pages."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import astuple, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from sqlalchemy import event

from app.domain.benchmark import AreaKind, Benchmark, Record
from app.domain.comparison import Change
from app.domain.estimate import Sums
from app.domain.interval import Interval
from app.domain.language import Translate, danish
from app.domain.note import MOST_GRADES, GradeSeen, Hurdle, Reach, SchoolYear, hurdle
from app.domain.refusal import Refusal
from app.domain.theme import Care, Direction
from app.figures.document import document
from app.figures.note import note
from app.figures.note.chapters import MAX_FOCUS
from app.figures.note.slide import example
from app.figures.note.text import Example, Look, Note
from app.figures.shares import share
from app.services.house import House
from app.services.keep_settings import write_texts
from app.services.show_note import show_example, show_note, years
from app.store import benchmarks, classrooms
from app.web.language import read_languages
from tests import office
from tests.services.test_fjordby import fjordby

__all__ = ["fjordby"]
YEAR = 2025  # the school year before the clock's
FORBIDDEN = re.compile(
    r"\b(effekt(?!evaluering)\w*|virker|ingen ændring|uændret|bedst\w*|værst\w*|dårligst\w*|nr\.|top|bund|"
    r"rangliste|rangere\w*|højest\w*|lavest\w*|flest\w*|færrest\w*|unchanged|no change|effects?|best|worst|"
    r"ranks?|ranked|ranking|highest|lowest)\b",
    re.IGNORECASE,
)
LANGUAGES = read_languages()


@pytest.fixture(scope="module")
def gathered(fjordby: House) -> SchoolYear:
    """Fjordby's last school year, with its own words."""
    with fjordby.writing() as work:
        write_texts(work, {"focus": "Alkohol og nikotin i udskolingen.", "level": "Foregribende"})
    with fjordby.reading() as work:
        return show_note(work, YEAR)


@pytest.fixture(scope="module")
def written(gathered: SchoolYear) -> Note:
    """The note in Danish."""
    return note(gathered, danish)


def words(value: Any) -> Iterator[str]:
    """Every text in a note, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from words(inner)


def test_it_says_what_it_is_and_how_far_it_reaches(written: Note) -> None:
    assert written.title == "Notat til lokalrådet"
    assert written.kind == "Erfaringsopsamling med målinger, ikke en effektevaluering."
    assert (written.municipality, written.period) == ("Kommune", "Skoleåret 2025/26")
    assert written.reach.paragraphs == (
        "Fokus: Alkohol og nikotin i udskolingen.",
        "Niveau af forebyggelse: Foregribende",
        "Skoler: 6. Klasser: 36. Besvarelser: 1402, om alkohol, snus og nikotinposer, at blive fuld. "
        "En elev kan tælle flere gange: én gang for hvert emne og hver omgang.",
    )


def test_a_grade_has_its_sentence_and_every_figure_of_both_occasions(written: Note) -> None:
    seventh, eighth, ninth = written.grades
    assert [each.heading for each in (seventh, eighth, ninth)] == [
        "7. klasse: Alkohol", "8. klasse: Snus og nikotinposer", "9. klasse: At blive fuld",
    ]  # fmt: skip
    assert seventh.sentence == (
        "I gennemsnit gættede eleverne på, at 17 til 29 % af kammeraterne har drukket mindst én genstand alkohol "
        "(de seneste 30 dage). Mellem 4 og 34 af 210 svarede ja."
    )
    assert seventh.columns == ("Efterår 2025, 10 klasser", "Forår 2026, 10 klasser"), "one class is alone at its school"
    assert [(name, *(cell.text for cell in cells)) for name, cells in seventh.rows] == [
        ("Gæt om alle de andre", "35 til 45 %", "25 til 37 %"),
        ("Gæt om kammeraterne", "17 til 29 %", "5 til 28 %"),
        ("Svarede ja, sikre grænser", "mellem 4 og 34 af 210", "mellem 0 og 50 af 203"),
        ("Skøn over klassetrinnet", "højst 17 %", "højst 21 %"),
        ("Ungeprofil 2025", "ca. 8 %, mærke B", "ca. 8 %, mærke B"),
    ]
    assert all(cell.bar is not None for _, cells in seventh.rows for cell in cells)
    drawn = [(cell.bar.low, cell.bar.high) for _, cells in seventh.rows for cell in cells if cell.bar is not None]
    assert drawn[:4] == [(0.35, 0.45), (0.25, 0.37), (0.17, 0.29), (0.05, 0.28)], "a bar says no more than its words"
    assert drawn[6:8] == [(0, 0.17), (0, 0.21)]


def test_two_occasions_that_overlap_show_nothing(written: Note) -> None:
    assert {cell for row in written.twice.rows for cell in row[1:]} == {"Kan ikke påvises"}
    assert "lavere, højere eller det samme" in written.twice.below[0]


def test_published_figures_stand_beside_with_their_year_their_n_and_their_mark(written: Note) -> None:
    assert written.beside.paragraphs[0] == (
        "7. klasse: Alkohol. Ungeprofil 2025: ca. 8 % af 301 elever (Fjordby). Vores klasser: højst 17 %. Mærke\u00a0B."
    )
    assert "uden beregnet forskel" in written.beside.paragraphs[-1]


def test_an_old_figure_is_said_to_be_old(gathered: SchoolYear) -> None:
    (first, *_), figure = gathered.grades, gathered.grades[0].benchmark
    assert figure is not None
    for year, old in ((2022, True), (2023, False)):
        found = replace(gathered, grades=(replace(first, benchmark=replace(figure, year=year)),))
        assert ("mere end 3 år gammelt" in note(found, danish).beside.paragraphs[0]) is old


def test_nine_questions_are_filled_in(written: Note) -> None:
    assert len(written.evaluation.rows) == 9
    assert all(answer for _, answer in written.evaluation.rows)
    assert written.evaluation.rows[-1][1].startswith("Skoler: 6. Klasser: 36. Skoleåret 2025/26.")


@pytest.mark.parametrize("t", LANGUAGES.values(), ids=LANGUAGES)
def test_no_word_of_causes_or_ranks_and_no_name(fjordby: House, gathered: SchoolYear, t: Translate) -> None:
    with fjordby.reading() as work:
        names = {*classrooms.schools(work.db).values(), *(each.name for each in classrooms.of_year(work.db, YEAR))}
    said = [*words(astuple(note(gathered, t)))]
    said += [text for each in gathered.grades for text in words(astuple(example(each, YEAR, t)))]
    assert len(said) > 100
    assert [text for text in said if FORBIDDEN.search(text)] == []
    assert [text for text in said if any(name in text for name in names)] == []


def test_a_schools_own_published_figure_would_name_it_and_is_left_out(fjordby: House) -> None:
    with fjordby.writing() as work:
        alcohol = work.themes["alkohol"]
        own = Benchmark("Vindebroskolen", 7, 2026, 9, 40, "Skolen", AreaKind.SCHOOL)
        benchmarks.put(work.db, [Record("alkohol", alcohol.edition, alcohol.window, "", own, verified=True)])
        shown = show_note(work, YEAR).grades[0].benchmark
        assert shown is None or shown.area != "Vindebroskolen"
        work.db.rollback()


def test_one_classroom_alone_is_left_out_with_a_sentence(gathered: SchoolYear) -> None:
    theme = gathered.grades[0].theme
    found = note(replace(gathered, grades=(), too_few=((theme, 7),), more=3), danish)
    assert found.left_out == (
        "Venter på et tal, som kommer i ugen efter, at mindst to klasser har svaret: 7. klasse: Alkohol.",
        "Svar om andre emner eller klassetrin, som der ikke er plads til her: 3.",
    )
    assert found.grades == ()


@pytest.mark.parametrize("t", LANGUAGES.values(), ids=LANGUAGES)
def test_classrooms_that_wait_are_counted_and_named_and_nothing_says_that_nobody_answered(
    gathered: SchoolYear, t: Translate
) -> None:
    theme = gathered.grades[0].theme
    found = note(replace(gathered, grades=(), too_few=((theme, 7),), reach=Reach(1, 2, 44)), t)
    said = "\n".join(words(astuple(found)))
    assert (
        t("Skoler: {schools}. Klasser: {classrooms}. Besvarelser: {answers}.", schools=1, classrooms=2, answers=44)
        in said
    )
    assert found.seen.paragraphs == (t("En klasse lægges aldrig til alene. Derfor kan de seneste svar mangle."),)
    assert found.twice.below == found.beside.paragraphs == (t("Her er ingen tal endnu."),)
    for untrue in (
        "Ingen klasser har svaret i det skoleår endnu.",
        "Der er ingen kontrollerede, offentliggjorte tal om de emner, vi har spurgt om.",
    ):
        assert t(untrue) not in said


def test_a_year_without_answers_says_so(fjordby: House) -> None:
    with fjordby.reading() as work:
        assert years(work) == (YEAR,)
        empty = note(show_note(work, 1999), danish)
    assert empty.reach.paragraphs[-1] == "Ingen klasser har svaret i det skoleår endnu."
    assert empty.twice.rows == ()


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0.07, 0.18, "7 til 18 %"), (0.0, 0.111, "højst 12 %"), (0.29, 0.29, "29 til 29 %"), (0.925, 1.0, "mindst 92 %")],
)
def test_per_cent_is_rounded_outward(low: float, high: float, said: str) -> None:
    assert share(Interval(low, high), danish) == said


def test_guesses_change_only_where_their_intervals_are_apart(gathered: SchoolYear) -> None:
    seen = gathered.grades[1]
    first, later = seen.occasions
    assert seen.guesses is Change.CANNOT_BE_SHOWN
    lower = replace(seen, occasions=(first, replace(later, mates=Interval(0.1, 0.2))))
    higher = replace(seen, occasions=(first, replace(later, mates=Interval(0.5, 0.6))))
    assert (lower.guesses, higher.guesses) == (Change.LOWER, Change.HIGHER)
    assert replace(seen, occasions=(first,)).guesses is None


def shown(seen: GradeSeen) -> Example:
    """The slide of a grade."""
    return example(seen, YEAR, danish)


def test_the_example_is_good_news_in_large_figures(gathered: SchoolYear) -> None:
    found = shown(gathered.grades[0])
    assert (found.guessed, found.answered, found.why_not) == ("17 til 29 %", "1 til 17 %", "")
    assert found.rest == "Mindst 176 af 210 svarede ikke ja."
    assert found.small.startswith("Efterår 2025, 10 klasser.")


def test_the_example_says_why_it_is_none(fjordby: House, gathered: SchoolYear) -> None:
    seen = gathered.grades[0]
    first = seen.occasions[0]
    cases = {
        Hurdle.OFFENCE: replace(seen, theme=replace(seen.theme, care=Care.OFFENCE)),
        Hurdle.FEW_CLASSROOMS: replace(seen, occasions=()),
        Hurdle.NO_GUESS: replace(seen, occasions=(replace(first, mates=None),)),
        Hurdle.MAJORITY: replace(seen, occasions=(replace(first, sums=Sums(90, 115, 230)),)),
        Hurdle.NOT_APART: replace(seen, occasions=(replace(first, mates=Interval(0.1, 0.2)),)),
    }
    for why, each in cases.items():
        assert hurdle(each) is why
        assert shown(each).why_not
        assert shown(each).guessed == ""
    assert hurdle(gathered.grades[2]) is Hurdle.NOT_APART
    with fjordby.reading() as work, pytest.raises(Refusal):
        show_example(work, "no such theme", 7, YEAR)


def test_for_a_wanted_act_good_news_is_the_other_way_round(gathered: SchoolYear) -> None:
    seen = gathered.grades[0]
    wanted = replace(seen.theme, direction=Direction.WANTED)
    many = replace(seen.occasions[0], sums=Sums(150, 180, 200), mates=Interval(0.4, 0.5))
    good = replace(seen, theme=wanted, occasions=(many,))
    assert hurdle(good) is None
    assert shown(good).rest == "Mindst 150 af 200 svarede ja."
    assert hurdle(replace(seen, theme=wanted)) is Hurdle.MAJORITY


def full(gathered: SchoolYear) -> SchoolYear:
    """As much as a note ever holds."""
    names = sorted(gathered.grades, key=lambda each: -len(each.theme.wording("da").has_done))
    published = Benchmark("Hele landet", 9, 2014, 39, 37239, "Skolebørnsundersøgelsen")
    most = replace(names[0], benchmark=published)
    grades = tuple(replace(most, grade=number) for number in range(6, 6 + MOST_GRADES))
    left_out = tuple((each.theme, each.grade) for each in gathered.grades * 3)
    long = "Et fokus, der er skrevet langt. " * 60
    return replace(gathered, grades=grades, too_few=left_out, more=9, focus=long, level=long)


@pytest.mark.parametrize("t", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("much", [False, True], ids=["Fjordby", "as much as there can be"])
def test_the_document_is_two_pages_with_the_same_text(
    gathered: SchoolYear, t: Translate, much: bool, tmp_path: Path
) -> None:
    text = note(full(gathered) if much else gathered, t)
    source = tmp_path / "notat.docx"
    source.write_bytes(document(text, t.language, "Demo", datetime(2026, 9, 2)))
    opened = Document(BytesIO(source.read_bytes()))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    there = "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *cells])
    assert [said for said in words(astuple(text)) if said not in there and said not in tuple(Look)] == []
    assert opened.core_properties.author == "Pejling"
    pictures = opened.element.body.findall(".//{*}docPr")
    assert pictures
    assert all(picture.get("descr") for picture in pictures)
    office.require(office.WRITER)
    pdf = office.convert(source, "pdf")
    told = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    assert re.search(r"Pages:\s+2\n", told)
    assert re.search(r"Page size:.*A4", told)
    read = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    first, second = read.split("\f")[:2]
    assert text.title in first
    assert text.grades[-1].heading in first
    assert text.twice.heading in second
    assert text.evaluation.rows[-1][0] in second


def test_a_long_focus_is_cut_between_two_words(gathered: SchoolYear) -> None:
    focus = note(full(gathered), danish).reach.paragraphs[0]
    assert len(focus) <= MAX_FOCUS + 10
    assert focus.endswith(" …")


def test_a_note_asks_as_many_queries_for_each_subject(fjordby: House) -> None:
    counts = []
    for year in (1999, YEAR):
        seen: list[str] = []

        def count(_connection: object, _cursor: object, statement: str, *_rest: object, seen: list[str] = seen) -> None:
            seen.append(statement)

        event.listen(fjordby.database.engine, "before_cursor_execute", count)
        with fjordby.reading() as work:
            show_note(work, year)
        event.remove(fjordby.database.engine, "before_cursor_execute", count)
        counts.append(len(seen))
    none, three = counts
    assert none <= 8
    assert three - none == 3 * 3
