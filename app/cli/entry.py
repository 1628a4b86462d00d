"""How a command enters the house: its settings, its checks, and a plain sentence where it cannot."""

import os
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click

from app import config, open_house, server
from app.domain.refusal import Refusal
from app.domain.theme import Theme
from app.services.house import House
from app.store import themes
from app.store.backups import BackupError
from app.store.database import DatabaseUnavailable, UndoneError
from app.store.schema import NEWER, NEWER_SENTENCE, SchemaError
from app.store.spreadsheets import SpreadsheetError
from app.web.errors import ANSWERS

UNAVAILABLE = "Databasen kan ikke nås, eller den mangler: pejling db upgrade."
IN_USE = "Databasen er i brug af andre, og intet er ændret. Stop serveren, og prøv igen."
_P = ParamSpec("_P")
_T = TypeVar("_T")

as_json = click.option("--json", "as_json", is_flag=True, help="Skriv JSON.")


def plain_errors(command: Callable[_P, _T]) -> Callable[_P, _T]:
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
        except UndoneError:
            raise click.ClickException(IN_USE) from None
        except DatabaseUnavailable:
            raise click.ClickException(UNAVAILABLE) from None

    return run


def checked_house(settings: config.Settings) -> House:
    """The house; what is wrong with themes, folders or database is said before anything is done."""
    house = open_house(settings, unhurried=True)
    if fault := house.database.fault():
        raise click.ClickException(NEWER_SENTENCE if fault == NEWER else UNAVAILABLE)
    return house


def settings_here() -> config.Settings:
    """The settings of the environment; a wrong one is a SettingError."""
    return config.from_environment(os.environ)


def known_themes(house: House, keys: tuple[str, ...]) -> list[Theme]:
    """The themes of these keys, in their order; the first that there is not is said, with those that there are."""
    for key in keys:
        if key not in house.themes:
            raise click.ClickException(f"Emnet {key!r} findes ikke. Vælg blandt: {', '.join(sorted(house.themes))}.")
    return [house.themes[key] for key in keys]
