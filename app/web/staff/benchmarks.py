"""Published figures to hold beside a class: the list, one row, an import with preview."""

from collections.abc import Mapping

from flask import Blueprint, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from app.domain import benchmark_list as columns
from app.domain.account import Account
from app.domain.benchmark import AreaKind, Key, Record, Season
from app.domain.language import Translate
from app.figures.sentences import percent
from app.services import keep_benchmarks
from app.web import desk
from app.web.access import plans
from app.web.guards import large_body
from app.web.language import translate
from app.web.staff.importing import Importing
from app.web.staff.paging import page_number

_USUAL_GRADE = 7

benchmarks = Blueprint("benchmarks", __name__)

# The fields of the form, and the column of a file that each of them is.
FIELDS = {
    "theme": columns.SUBJECT, "wording": columns.WORDING, "grade": columns.GRADE, "year": columns.YEAR,
    "season": columns.SEASON, "share": columns.SHARE, "n": columns.COUNT, "kind": columns.KIND, "area": columns.AREA,
    "source": columns.SOURCE, "verified": columns.CHECKED,
}  # fmt: skip


@benchmarks.get("/staff/benchmarks")
@plans
def page(mine: Account) -> str:
    """The figures, and the form for one; with a figure's key in the address the form holds that one."""
    typed: Mapping[str, str] = {"grade": str(_USUAL_GRADE)}
    if "area" in request.args:
        cells = columns.as_cells(desk.look(keep_benchmarks.find, _key(request.args)))
        typed = {field: cells[column] for field, column in FIELDS.items()}
    return _page(mine, typed=typed)


@benchmarks.post("/staff/benchmarks")
@plans
def write(mine: Account) -> Response:
    """Keep a figure in the place of the one with its key; what is wrong comes back as it was typed."""
    cells = {column: request.form.get(field, "") for field, column in FIELDS.items()}
    found = desk.look(keep_benchmarks.read_form, cells, translate())
    if found.faults:
        return make_response(_page(mine, typed=request.form, faults=found.faults), 400)
    desk.serve(keep_benchmarks.take_in, found.entries)
    return redirect("/staff/benchmarks", 303)


@benchmarks.post("/staff/benchmarks/remove")
@plans
def remove(_mine: Account) -> Response:
    """Remove a figure."""
    desk.serve(keep_benchmarks.remove, _key(request.form))
    return redirect("/staff/benchmarks", 303)


@benchmarks.get("/staff/benchmarks/import")
@plans
def choose_file(mine: Account) -> str:
    """The form for a file."""
    return _import().page(mine)


@benchmarks.post("/staff/benchmarks/import")
@large_body
@plans
def take_in(mine: Account) -> Response:
    """A preview of what a file would change, then the change."""
    return _import().answer(mine)


def labels(t: Translate) -> dict[str, str]:
    """What the columns of a file are called on screen."""
    return {
        columns.SUBJECT: t("Emne"),
        columns.WORDING: t("Ordlyd"),
        columns.GRADE: t("Klassetrin"),
        columns.YEAR: t("År"),
        columns.SEASON: t("Sæson"),
        columns.SHARE: t("Andel i procent"),
        columns.COUNT: t("Antal svar"),
        columns.KIND: t("Områdetype"),
        columns.AREA: t("Område"),
        columns.SOURCE: t("Kilde"),
        columns.CHECKED: t("Kontrolleret"),
    }


def _import() -> Importing[Record]:
    t = translate()
    return Importing(
        "staff/import_benchmarks.html",
        "/staff/benchmarks",
        lambda content, name: desk.look(keep_benchmarks.read_file, content, name, t),
        keep_benchmarks.plan_import,
        keep_benchmarks.take_in,
        {**_words(t), "why_left_out": keep_benchmarks.why_left_out},
    )


def _page(mine: Account, **values: object) -> str:
    t = translate()
    listed = desk.look(keep_benchmarks.list_benchmarks, request.args.get("search", ""), page_number())
    grades = [(grade, t("{grade}. klasse", grade=grade)) for grade in columns.GRADES]
    shown = {"faults": (), "fields": FIELDS, "grades": grades, **_words(t), **values}
    return render_template("staff/benchmarks.html", mine=mine, page=listed, size=keep_benchmarks.PAGE, **shown)


def _words(t: Translate) -> dict[str, object]:
    """What both pages call things."""
    themes = desk.house().themes.values()
    return {
        "titles": {theme.key: theme.wording(t.language).title for theme in themes},
        "labels": labels(t),
        "kinds": {"kommune": t("kommune"), "land": t("land"), "skole": t("skole")},
        "seasons": {"": t("ikke oplyst"), "efterår": t("efterår"), "forår": t("forår")},
        "season_names": {Season.AUTUMN: t("efterår"), Season.SPRING: t("forår")},
        "this_year": desk.house().clock().year,
        "percent": lambda share: percent(share, t),
    }


def _key(values: Mapping[str, str]) -> Key:
    """The key of a figure in an address or a form; 404 where it can be none."""
    grade, year, kind = values.get("grade", ""), values.get("year", ""), values.get("kind", "")
    if kind not in list(AreaKind) or not all(
        text.isascii() and text.isdigit() and len(text) <= 4 for text in (grade, year)
    ):
        abort(404)
    return Key(values.get("theme", ""), AreaKind(kind), values.get("area", ""), int(grade), int(year))
