"""The municipality's settings: themes a grade, texts, languages for parents, and a checklist to fill in and print."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from app.domain.account import Account
from app.domain.language import DRAFTED, Translate
from app.domain.theme import Audience
from app.services import keep_settings
from app.services.keep_settings import Rule
from app.web import desk
from app.web.access import plans
from app.web.language import translate

settings = Blueprint("settings", __name__)


@settings.get("/staff/settings")
@plans
def page(mine: Account) -> str:
    """What is decided about themes, texts and languages."""
    t = translate()
    titles = {key: theme.wording(t.language).title for key, theme in desk.house().themes.items()}
    themes = sorted(desk.house().themes.values(), key=lambda theme: titles[theme.key].casefold())
    return render_template(
        "staff/settings.html",
        mine=mine,
        decisions=desk.look(keep_settings.decisions),
        themes={
            t("Til elever"): [theme for theme in themes if theme.audience is Audience.PUPILS],
            t("Til forældre"): [theme for theme in themes if theme.audience is Audience.PARENTS],
        },
        titles=titles,
        drafted=DRAFTED,
        rules={Rule.DEFAULT: t("som standard"), Rule.LIFTED: t("giv fri"), Rule.UNUSED: t("brug ikke")},
    )


@settings.post("/staff/settings")
@plans
def change(_mine: Account) -> Response:
    """Decide about themes, texts and languages."""
    rules = {
        (key, grade): Rule(request.form[f"{key}-{grade}"])
        for key, theme in desk.house().themes.items()
        for grade in theme.grades
        if request.form.get(f"{key}-{grade}") in tuple(Rule)
    }
    desk.serve(keep_settings.decide_themes, rules)
    desk.serve(keep_settings.write_texts, request.form)
    desk.serve(keep_settings.approve_languages, request.form.getlist("languages"))
    return redirect("/staff/settings?saved", 303)


@settings.get("/staff/checklist")
@plans
def checklist(mine: Account) -> str:
    """Six questions to answer before an effort, to fill in and print."""
    decided = desk.look(keep_settings.decisions)
    return render_template("staff/checklist.html", mine=mine, texts=decided.texts, questions=_questions(translate()))


@settings.post("/staff/checklist")
@plans
def fill_in(_mine: Account) -> Response:
    """Keep the answers."""
    desk.serve(keep_settings.write_texts, request.form)
    return redirect("/staff/checklist?saved", 303)


def _questions(t: Translate) -> dict[str, str]:
    asked = (
        t("Hvilket problem vil vi gøre noget ved, og hvor ved vi det fra?"),
        t("Hvem er det for?"),
        t("Hvad skal være anderledes bagefter?"),
        t("Hvad gør vi, og hvorfor tror vi, at det virker?"),
        t("Hvem gør hvad, hvornår, og hvad koster det?"),
        t("Hvordan følger vi op, og hvad gør vi, hvis det ikke virker?"),
    )
    return {f"checklist-{number}": question for number, question in enumerate(asked, 1)}
