"""Commands that start a server."""

import os
import shutil
import sys
from pathlib import Path

import click

from app import config, open_house, server
from app.cli.entry import checked_house, plain_errors
from app.domain.language import danish
from app.services.house import House
from app.services.keep_benchmarks import read_file
from app.services.seed_demo import ReadyLesson, seed_demo
from app.services.seed_waves import seed_waves
from app.store import demo

REFERENCE = config.resource_root() / "surveys" / "reference" / "denmark.csv"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Adressen, der lyttes på.")
@click.option("--port", default=8000, show_default=True, help="Porten, der lyttes på.")
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processer; på SQLite altid én."
)
@plain_errors
def serve(host: str, port: int, workers: int) -> None:
    """Start serveren."""
    address = config.serving_address(host, port, os.environ)
    settings = config.from_environment(os.environ, base_url=address)
    checked_house(settings).database.dispose()
    server.serve(settings, host, port, workers=workers)


@click.command("demo")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adressen, der lyttes på.")
@click.option("--port", default=8000, show_default=True, envvar="PEJLING_PORT", help="Porten, der lyttes på.")
@click.option("--lan", is_flag=True, help="Lyt på maskinens egen netværksadresse, så en telefon kan være med.")
@plain_errors
def demo_command(host: str, port: int, lan: bool) -> None:
    """Start serveren med den opdigtede kommune Fjordby, frisk hver gang."""
    if lan:
        host = config.network_address()
        base_url = f"http://{host}:{port}"
    else:
        base_url = os.environ.get("PEJLING_BASE_URL") or config.serving_address(host, port, os.environ)
    folder = _emptied(Path(os.environ.get("PEJLING_DATA") or "data").absolute() / "demo")
    environment = {"PEJLING_DATA": str(folder), "PEJLING_DEMO": "1", "PEJLING_BASE_URL": base_url}
    environment |= {name: os.environ[name] for name in ("PEJLING_CONTACT", "PEJLING_WAS_URL") if name in os.environ}
    settings = config.from_environment(environment)
    house = open_house(settings)
    click.echo(f"Demo med opdigtede tal, frisk hver gang, i en mappe for sig selv: {folder}")
    for lesson in _furnish(house):
        who = "Forældremøde" if lesson.parents else f"Lærer, {lesson.school} {lesson.classroom}"
        click.echo(f"{who}: {settings.base_url}/t/{lesson.secret}")
    click.echo(f"Konsulent og lærer, der logger ind: {settings.base_url}/demo/staff")
    click.echo(f"Elever: {settings.base_url}/")
    house.database.dispose()
    sys.stdout.flush()
    server.serve(settings, host, port)


def _emptied(folder: Path) -> Path:
    """The demo's folder without what was in it; a demo that still runs keeps it."""
    if folder.is_dir():
        server.lock_file(folder / "pejling.sqlite").close()
        shutil.rmtree(folder)
    return folder


def _furnish(house: House) -> list[ReadyLesson]:
    """Fjordby and Denmark's published figures; the lessons that are ready to be held."""
    invented = demo.classes(config.resource_root() / "surveys")
    with house.writing() as work:
        shipped = read_file(work, REFERENCE.read_bytes(), REFERENCE.name, danish).entries
        ready = seed_demo(work, invented, shipped)
    seed_waves(house, invented)
    return ready
