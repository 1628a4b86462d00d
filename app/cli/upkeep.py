"""Commands of whoever looks after the installation."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from app.cli.entry import as_json, checked_house, plain_errors, settings_here
from app.domain.account import Role
from app.services import backup as backups
from app.services.manage_accounts import invite_to
from app.services.purge import purge as purge_old
from app.store.database import Database


@click.group()
def staff() -> None:
    """Personalet, der logger ind."""


@staff.command()
@click.option("--login", required=True, help="Mailadressen, der logges ind med.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="Rollen.")
@click.option("--school", help="Skolens navn, for lærere og skoleledere.")
@as_json
@plain_errors
def add(login: str, role: str, school: str | None, as_json: bool) -> None:
    """Lav en konto, og skriv dens engangslink."""
    settings = settings_here()
    with checked_house(settings).writing() as work:
        token = invite_to(work, login, Role(role), school)
    link = f"{settings.base_url}/staff/welcome/{token}"
    click.echo(json.dumps({"link": link}) if as_json else link)


@click.group()
def db() -> None:
    """Databasen."""


@db.command()
@plain_errors
def upgrade() -> None:
    """Bring databasen til nyeste version."""
    Database(settings_here().database_url).upgrade()
    click.echo("Databasen er klar.")


@click.command()
@as_json
@plain_errors
def purge(as_json: bool) -> None:
    """Slet konti, som ingen har brugt i et år, og læg klasser fra gamle skoleår sammen med deres klassetrin."""
    with checked_house(settings_here()).writing() as work:
        gone = purge_old(work)
    if as_json:
        click.echo(json.dumps(asdict(gone)))
    else:
        click.echo(f"Slettet: {gone.accounts} konti.")
        click.echo(f"Lagt sammen med klassetrin: {gone.classrooms} klasser med {gone.releases} resultater.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@plain_errors
def backup(file: Path) -> None:
    """Gem alt undtagen urner og nøgler i FILE."""
    click.echo(f"Gemt: {backups.backup(checked_house(settings_here()), file)} rækker.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@plain_errors
def restore(file: Path) -> None:
    """Læg sikkerhedskopien FILE tilbage. Afstemninger, der var i gang, bortfalder."""
    click.echo(f"Lagt tilbage: {backups.restore(checked_house(settings_here()), file)} rækker.")
