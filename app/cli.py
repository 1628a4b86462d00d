"""The `pejling` command."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from app import config, open_house, server
from app.domain import proofreading
from app.domain.account import Role
from app.domain.disclosure import guess_bands, own_bands
from app.domain.language import danish
from app.domain.lesson import MAX_POLLS
from app.domain.refusal import Refusal
from app.domain.release import Ruler
from app.domain.theme import Audience, Theme
from app.figures.export.files import FORMATS
from app.figures.proof import board_sentences
from app.services import backup as backups
from app.services.choose_themes import hold, lift
from app.services.export_rows import export_rows
from app.services.house import House
from app.services.keep_benchmarks import plan_import, read_file, take_in, why_left_out
from app.services.manage_accounts import invite_to
from app.services.purge import purge as purge_old
from app.services.seed_demo import seed_demo
from app.services.seed_waves import seed_waves
from app.services.start_lesson import find_classroom, start_lesson
from app.store import demo, themes
from app.store.backups import BackupError
from app.store.database import Database, DatabaseUnavailable
from app.store.schema import NEWER, NEWER_SENTENCE, SchemaError
from app.store.spreadsheets import SpreadsheetError
from app.web.errors import ANSWERS
from app.web.language import lacking, read_languages

MOST_LACKING = 5
UNAVAILABLE = "Databasen kan ikke nås, eller den mangler: pejling db upgrade."
REFERENCE = config.resource_root() / "surveys" / "reference" / "denmark.csv"
_P = ParamSpec("_P")
_T = TypeVar("_T")


def _plain_errors(command: Callable[_P, _T]) -> Callable[_P, _T]:
    """What a person can mend is one sentence on standard error, exit code 1."""

    @wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return command(*args, **kwargs)
        except (
            config.SettingError,
            themes.ThemeError,
            server.AddressInUseError,
            BackupError,
            SchemaError,
            SpreadsheetError,
        ) as error:
            raise click.ClickException(str(error)) from None
        except Refusal as refusal:
            raise click.ClickException(ANSWERS[refusal.reason].sentence) from None
        except DatabaseUnavailable:
            raise click.ClickException(UNAVAILABLE) from None

    return run


def _checked_house(settings: config.Settings) -> House:
    """The house; what is wrong with themes, folders or database is said before anything is done."""
    house = open_house(settings, unhurried=True)
    if fault := house.database.fault():
        raise click.ClickException(NEWER_SENTENCE if fault == NEWER else UNAVAILABLE)
    return house


def _settings() -> config.Settings:
    return config.from_environment(os.environ)


@click.group()
def main() -> None:
    """Pejling: anonyme klasseundersøgelser om, hvad vi tror, og hvad vi gør."""


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Adressen, der lyttes på.")
@click.option("--port", default=8000, show_default=True, help="Porten, der lyttes på.")
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processer; på SQLite altid én."
)
@_plain_errors
def serve(host: str, port: int, workers: int) -> None:
    """Start serveren."""
    address = config.serving_address(host, port, os.environ)
    settings = config.from_environment(os.environ, base_url=address)
    _checked_house(settings).database.dispose()
    server.serve(settings, host, port, workers=workers)


@main.command("demo")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adressen, der lyttes på.")
@click.option("--port", default=8000, show_default=True, envvar="PEJLING_PORT", help="Porten, der lyttes på.")
@click.option("--lan", is_flag=True, help="Lyt på maskinens egen netværksadresse, så en telefon kan være med.")
@_plain_errors
def demo_command(host: str, port: int, lan: bool) -> None:
    """Start serveren med den opdigtede kommune Fjordby, frisk hver gang."""
    folder = Path(os.environ.get("PEJLING_DATA") or "data").absolute() / "demo"
    if lan:
        host = config.network_address()
        base_url = f"http://{host}:{port}"
    else:
        base_url = os.environ.get("PEJLING_BASE_URL") or config.serving_address(host, port, os.environ)
    environment = {"PEJLING_DATA": str(folder), "PEJLING_DEMO": "1", "PEJLING_BASE_URL": base_url}
    environment |= {name: os.environ[name] for name in ("PEJLING_CONTACT", "PEJLING_WAS_URL") if name in os.environ}
    if folder.is_dir():
        server.lock_file(folder / "pejling.sqlite").close()
        shutil.rmtree(folder)
    settings = config.from_environment(environment)
    house = open_house(settings)
    click.echo(f"Demo med opdigtede tal, frisk hver gang, i en mappe for sig selv: {folder}")
    invented = demo.classes(config.resource_root() / "surveys")
    with house.writing() as work:
        shipped = read_file(work, REFERENCE.read_bytes(), REFERENCE.name, danish).entries
        ready = seed_demo(work, invented, shipped)
    seed_waves(house, invented)
    for lesson in ready:
        who = "Forældremøde" if lesson.parents else f"Lærer, {lesson.school} {lesson.classroom}"
        click.echo(f"{who}: {settings.base_url}/t/{lesson.secret}")
    click.echo(f"Konsulent og lærer, der logger ind: {settings.base_url}/demo/staff")
    click.echo(f"Elever: {settings.base_url}/")
    house.database.dispose()
    sys.stdout.flush()
    server.serve(settings, host, port)


@main.command()
@click.option("--school", required=True, help="Skolens navn.")
@click.option("--classroom", required=True, help="Klassens navn, fx 7.A.")
@click.option("--grade", required=True, type=click.IntRange(0, 10), help="Klassetrin.")
@click.option("--theme", "--theme2", "--theme3", "keys", required=True, multiple=True, help="Emne; op til tre.")
@click.option(
    "--audience", type=click.Choice([each.value for each in Audience]), default="pupils", help="Hvem der svarer."
)
@click.option("--approval", is_flag=True, help="Spørg også, om det er okay, hvor emnet kan det.")
@click.option("--count", type=click.IntRange(1, 100_000), help="Lav så mange klasser, hver med en time.")
@click.option("--json", "as_json", is_flag=True, help="Skriv JSON.")
@_plain_errors
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
    settings = _settings()
    house = _checked_house(settings)
    names = [classroom] if count is None else [f"{classroom}-{number}" for number in range(1, count + 1)]
    chosen = _themes(house, keys, grade, Audience(audience))
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
    unknown = [key for key in keys if key not in house.themes]
    if unknown:
        raise click.ClickException(f"Emnet {unknown[0]!r} findes ikke. Vælg blandt: {', '.join(sorted(house.themes))}.")
    if len(set(keys)) != len(keys) or len(keys) > MAX_POLLS:
        raise click.ClickException(f"Vælg ét til {MAX_POLLS} forskellige emner.")
    if len({house.themes[key].family for key in keys}) != len(keys):
        raise click.ClickException("To af emnerne hører sammen, så svaret på det ene røber det andet. Vælg ét af dem.")
    others = [key for key in keys if house.themes[key].audience is not audience]
    if others:
        raise click.ClickException(f"Emnet {others[0]!r} er ikke til dem, der skal svare.")
    unfit = [key for key in keys if grade not in house.themes[key].grades]
    if unfit:
        raise click.ClickException(f"Emnet {unfit[0]!r} er ikke til {grade}. klasse.")
    return [house.themes[key] for key in keys]


@main.command("check-surveys")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--sentences", "aloud", is_flag=True, help="Skriv alle sætninger til korrekturlæsning.")
@_plain_errors
def check_surveys(folder: Path | None, aloud: bool) -> None:
    """Læs alle emnefiler, og sig, hvad der er galt: fil, felt og grund."""
    folder = folder or config.resource_root() / "surveys"
    found, languages, forbidden = themes.load(folder), read_languages(), themes.forbidden_words(folder)
    if aloud:
        for t in languages.values():
            n = proofreading.SIZE
            answers, guesses = ([band for ruler in Ruler for band in of(n, ruler)] for of in (own_bands, guess_bands))
            board = dict.fromkeys(board_sentences(n, answers, guesses, t))
            click.echo("\n".join((f"\n== board ({t.language})", *board)))
            for theme in found.values():
                click.echo("\n".join((f"\n== {theme.key} ({t.language})", *proofreading.sentences(theme, t))))
    wrong = [fault for theme in found.values() for fault in proofreading.faults(theme, languages, forbidden)]
    if wrong:
        raise click.ClickException("\n".join(f"{each.theme}.toml: {each.key}: {each.reason}" for each in wrong))
    click.echo(f"{len(found)} emner er i orden: {', '.join(sorted(found))}")
    for code, sentences in lacking().items():
        parents = [theme for theme in found.values() if theme.audience is Audience.PARENTS]
        unwritten = sorted(theme.key for theme in parents if code not in theme.wordings)
        first = "".join(f"\n  {text}" for text in sentences[:MOST_LACKING])
        click.echo(f"Kladde ({code}): {len(sentences)} sætninger mangler{first}")
        if unwritten:
            click.echo(f"Kladde ({code}): emner uden ord: {', '.join(unwritten)}")


@main.group("theme")
def theme_group() -> None:
    """Emnerne."""


@theme_group.command("lift")
@click.argument("key")
@click.option("--grade", required=True, type=click.IntRange(0, 10), help="Klassetrin.")
@click.option("--undo", is_flag=True, help="Lad emnet vente igen.")
@_plain_errors
def lift_theme(key: str, grade: int, undo: bool) -> None:
    """Lad et emne, der venter på et klassetrin, kunne vælges dér."""
    house = _checked_house(_settings())
    if key not in house.themes:
        raise click.ClickException(f"Emnet {key!r} findes ikke. Vælg blandt: {', '.join(sorted(house.themes))}.")
    with house.writing() as work:
        (hold if undo else lift)(work, key, grade)
    click.echo(f"{key} {'venter igen' if undo else 'kan vælges'} i {grade}. klasse.")


@main.group("benchmark")
def benchmark_group() -> None:
    """Offentliggjorte tal at sammenligne med."""


@benchmark_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Skriv JSON.")
@_plain_errors
def import_benchmarks(file: Path, as_json: bool) -> None:
    """Indlæs tallene i FILE (.csv eller .xlsx). Er der fejl i én celle, indlæses intet."""
    with _checked_house(_settings()).writing() as work:
        found = read_file(work, file.read_bytes(), file.name, danish)
        if found.faults:
            raise click.ClickException("\n".join(fault.sentence(danish) for fault in found.faults))
        plan = plan_import(work, found.entries)
        take_in(work, found.entries)
    counts = {"new": len(plan.new), "changed": len(plan.changed), "same": plan.same, "left_out": len(found.left_out)}
    if as_json:
        click.echo(json.dumps(counts))
        return
    click.echo("Nye tal: {new}, ændrede {changed}, som før {same}, udeladt {left_out}.".format(**counts))
    for why, rows in why_left_out(found).items():
        click.echo(f"Udeladt {rows}: {why.sentence(danish)}.")


@main.group()
def staff() -> None:
    """Personalet, der logger ind."""


@staff.command()
@click.option("--login", required=True, help="Mailadressen, der logges ind med.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="Rollen.")
@click.option("--school", help="Skolens navn, for lærere og skoleledere.")
@click.option("--json", "as_json", is_flag=True, help="Skriv JSON.")
@_plain_errors
def add(login: str, role: str, school: str | None, as_json: bool) -> None:
    """Lav en konto, og skriv dens engangslink."""
    settings = _settings()
    with _checked_house(settings).writing() as work:
        token = invite_to(work, login, Role(role), school)
    link = f"{settings.base_url}/staff/welcome/{token}"
    click.echo(json.dumps({"link": link}) if as_json else link)


@main.group()
def db() -> None:
    """Databasen."""


@db.command()
@_plain_errors
def upgrade() -> None:
    """Bring databasen til nyeste version."""
    Database(_settings().database_url).upgrade()
    click.echo("Databasen er klar.")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Skriv JSON.")
@_plain_errors
def purge(as_json: bool) -> None:
    """Slet konti, som ingen har brugt i et år, og læg klasser fra gamle skoleår sammen med deres klassetrin."""
    with _checked_house(_settings()).writing() as work:
        gone = purge_old(work)
    if as_json:
        click.echo(json.dumps(asdict(gone)))
    else:
        click.echo(f"Slettet: {gone.accounts} konti.")
        click.echo(f"Lagt sammen med klassetrin: {gone.classrooms} klasser med {gone.releases} resultater.")


@main.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--format", "form", required=True, type=click.Choice(list(FORMATS)), help="Filens format; csv er en zip.")
@click.option("--force", is_flag=True, help="Skriv over filen, hvis den findes.")
@click.option("--json", "as_json", is_flag=True, help="Skriv JSON.")
@_plain_errors
def export(out: Path, form: str, force: bool, as_json: bool) -> None:
    """Skriv samlede tal for skoler og klassetrin, aldrig for én klasse, i filen OUT."""
    with _checked_house(_settings()).reading() as work:
        rows = export_rows(work)
    content = FORMATS[form].write(rows)
    try:
        with out.open("wb" if force else "xb") as file:
            file.write(content)
    except FileExistsError:
        raise click.ClickException(f"{out} findes allerede. Vælg et andet navn, eller brug --force.") from None
    except OSError:
        raise click.ClickException(f"{out} kan ikke skrives.") from None
    click.echo(json.dumps({"rows": len(rows)}) if as_json else f"Gemt: {len(rows)} rækker.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_plain_errors
def backup(file: Path) -> None:
    """Gem alt undtagen urner og nøgler i FILE."""
    click.echo(f"Gemt: {backups.backup(_checked_house(_settings()), file)} rækker.")


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_plain_errors
def restore(file: Path) -> None:
    """Læg sikkerhedskopien FILE tilbage. Afstemninger, der var i gang, bortfalder."""
    click.echo(f"Lagt tilbage: {backups.restore(_checked_house(_settings()), file)} rækker.")
