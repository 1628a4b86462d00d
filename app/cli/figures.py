"""Commands that take published figures in and hand totals out."""

import json
from pathlib import Path

import click

from app.cli.entry import as_json, checked_house, plain_errors, settings_here
from app.domain.language import danish
from app.figures.export.files import FORMATS
from app.services.export_rows import export_rows
from app.services.keep_benchmarks import plan_import, read_file, take_in, why_left_out


@click.group("benchmark")
def benchmark_group() -> None:
    """Offentliggjorte tal at sammenligne med."""


@benchmark_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
@plain_errors
def import_benchmarks(file: Path, as_json: bool) -> None:
    """Indlæs tallene i FILE (.csv eller .xlsx). Er der fejl i én celle, indlæses intet."""
    with checked_house(settings_here()).writing() as work:
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


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--format", "form", required=True, type=click.Choice(list(FORMATS)), help="Filens format; csv er en zip.")
@click.option("--force", is_flag=True, help="Skriv over filen, hvis den findes.")
@as_json
@plain_errors
def export(out: Path, form: str, force: bool, as_json: bool) -> None:
    """Skriv samlede tal for skoler og klassetrin, aldrig for én klasse, i filen OUT."""
    with checked_house(settings_here()).reading() as work:
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
