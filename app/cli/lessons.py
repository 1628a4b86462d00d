"""The command that makes lessons."""

import json

import click

from app.cli.entry import as_json, checked_house, known_themes, plain_errors, settings_here
from app.domain.classroom_list import MAX_NAME, MAX_SCHOOL
from app.domain.column import fault_in_text
from app.domain.language import danish
from app.domain.lesson import MAX_POLLS
from app.domain.theme import Audience, Theme
from app.services.house import House
from app.services.start_lesson import find_classroom, start_lesson


@click.command()
@click.option("--school", required=True, help="Skolens navn.")
@click.option("--classroom", required=True, help="Klassens navn, fx 7.A.")
@click.option("--grade", required=True, type=click.IntRange(0, 10), help="Klassetrin.")
@click.option("--theme", "--theme2", "--theme3", "keys", required=True, multiple=True, help="Emne; op til tre.")
@click.option(
    "--audience", type=click.Choice([each.value for each in Audience]), default="pupils", help="Hvem der svarer."
)
@click.option("--approval", is_flag=True, help="Spørg også, om det er okay, hvor emnet kan det.")
@click.option("--count", type=click.IntRange(1, 100_000), help="Lav så mange klasser, hver med en time.")
@as_json
@plain_errors
def lesson(
    school: str,
    classroom: str,
    grade: int,
    keys: tuple[str, ...],
    audience: str,
    approval: bool,
    count: int | None,
    as_json: bool,
) -> None:
    """Lav en time, og skriv lærerens link."""
    settings = settings_here()
    house = checked_house(settings)
    names = [classroom] if count is None else [f"{classroom}-{number}" for number in range(1, count + 1)]
    chosen = _themes(house, keys, grade, Audience(audience))
    for option, name, most in (("--school", school, MAX_SCHOOL), ("--classroom", names[-1], MAX_NAME)):
        fault = fault_in_text(name, most, danish) or ("" if name.strip() else "der skal stå et navn")
        if fault:
            raise click.ClickException(f"{option}: {fault}.")
    made = []
    with house.writing() as work:
        for name in names:
            room = find_classroom(work, school, name, grade)
            started = start_lesson(work, room, chosen, Audience(audience), approval=approval)
            made.append({"lesson": started.lesson, "link": f"{settings.base_url}/t/{started.secret}"})
    if as_json:
        click.echo(json.dumps(made if count is not None else made[0]))
    else:
        click.echo("\n".join(each["link"] for each in made))


def _themes(house: House, keys: tuple[str, ...], grade: int, audience: Audience) -> list[Theme]:
    chosen = known_themes(house, keys)
    if len(set(keys)) != len(keys) or len(keys) > MAX_POLLS:
        raise click.ClickException(f"Vælg ét til {MAX_POLLS} forskellige emner.")
    if len({theme.family for theme in chosen}) != len(chosen):
        raise click.ClickException("To af emnerne hører sammen, så svaret på det ene røber det andet. Vælg ét af dem.")
    for theme in chosen:
        if theme.audience is not audience:
            raise click.ClickException(f"Emnet {theme.key!r} er ikke til dem, der skal svare.")
        if grade not in theme.grades:
            raise click.ClickException(f"Emnet {theme.key!r} er ikke til {grade}. klasse.")
    return chosen
