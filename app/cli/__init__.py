"""The `pejling` command."""

import click

from app.cli import figures, lessons, serving, surveys, upkeep


@click.group()
def main() -> None:
    """Pejling: anonyme klasseundersøgelser om, hvad vi tror, og hvad vi gør."""


for command in (
    *(serving.serve, serving.demo_command),
    *(lessons.lesson, surveys.check_surveys, surveys.theme_group),
    *(figures.benchmark_group, figures.export),
    *(upkeep.staff, upkeep.db, upkeep.purge, upkeep.backup, upkeep.restore),
):
    main.add_command(command)
