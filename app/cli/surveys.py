"""Commands about the themes in surveys/."""

from collections.abc import Mapping
from pathlib import Path

import click

from app import config
from app.cli.entry import checked_house, known_themes, plain_errors, settings_here
from app.domain import proofreading
from app.domain.language import Translate
from app.domain.release import Ruler, guess_bands, own_bands
from app.domain.theme import Audience, Theme
from app.figures.proof import board_sentences
from app.services.choose_themes import hold, lift
from app.store import themes
from app.web.language import lacking, read_languages

MOST_LACKING = 5


@click.command("check-surveys")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--sentences", "aloud", is_flag=True, help="Skriv alle sætninger til korrekturlæsning.")
@plain_errors
def check_surveys(folder: Path | None, aloud: bool) -> None:
    """Læs alle emnefiler, og sig, hvad der er galt: fil, felt og grund."""
    folder = folder or config.resource_root() / "surveys"
    found, languages, forbidden = themes.load(folder), read_languages(), themes.forbidden_words(folder)
    if aloud:
        for t in languages.values():
            _read_aloud(found, t)
    wrong = [fault for theme in found.values() for fault in proofreading.faults(theme, languages, forbidden)]
    if wrong:
        raise click.ClickException("\n".join(f"{each.theme}.toml: {each.key}: {each.reason}" for each in wrong))
    click.echo(f"{len(found)} emner er i orden: {', '.join(sorted(found))}")
    _say_what_drafts_lack([theme for theme in found.values() if theme.audience is Audience.PARENTS])


def _read_aloud(found: Mapping[str, Theme], t: Translate) -> None:
    """Every sentence that a board or a ballot can say in one language."""
    n = proofreading.SIZE
    answers, guesses = ([band for ruler in Ruler for band in of(n, ruler)] for of in (own_bands, guess_bands))
    board = dict.fromkeys(board_sentences(n, answers, guesses, t))
    click.echo("\n".join((f"\n== board ({t.language})", *board)))
    for theme in found.values():
        click.echo("\n".join((f"\n== {theme.key} ({t.language})", *proofreading.sentences(theme, t))))


def _say_what_drafts_lack(parents: list[Theme]) -> None:
    for code, sentences in lacking().items():
        first = "".join(f"\n  {text}" for text in sentences[:MOST_LACKING])
        click.echo(f"Kladde ({code}): {len(sentences)} sætninger mangler{first}")
        if unwritten := sorted(theme.key for theme in parents if code not in theme.wordings):
            click.echo(f"Kladde ({code}): emner uden ord: {', '.join(unwritten)}")


@click.group("theme")
def theme_group() -> None:
    """Emnerne."""


@theme_group.command("lift")
@click.argument("key")
@click.option("--grade", required=True, type=click.IntRange(0, 10), help="Klassetrin.")
@click.option("--undo", is_flag=True, help="Lad emnet vente igen.")
@plain_errors
def lift_theme(key: str, grade: int, undo: bool) -> None:
    """Lad et emne, der venter på et klassetrin, kunne vælges dér."""
    house = checked_house(settings_here())
    known_themes(house, (key,))
    with house.writing() as work:
        (hold if undo else lift)(work, key, grade)
    click.echo(f"{key} {'venter igen' if undo else 'kan vælges'} i {grade}. klasse.")
