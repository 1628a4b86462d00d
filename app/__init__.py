"""Pejling: anonymous social-pejling surveys for the classroom."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask

from app import config
from app.sealing.keyfolder import KeyFolder
from app.sealing.ledger import Ledger
from app.services.house import House
from app.store import themes
from app.store.database import Database
from app.web import assets, built, desk, envelope, errors, form_reading, guards, language
from app.web.account.views import account
from app.web.machine.views import machine
from app.web.public.privacy import privacy
from app.web.public.views import public
from app.web.pupil.views import pupil
from app.web.staff.accounts import accounts
from app.web.staff.benchmarks import benchmarks
from app.web.staff.classrooms import classrooms
from app.web.staff.compare import comparing
from app.web.staff.export import export
from app.web.staff.note import notes
from app.web.staff.settings import settings as staff_settings
from app.web.staff.tokens import tokens
from app.web.staff.views import work
from app.web.teacher import standing
from app.web.teacher.evening import evening
from app.web.teacher.paper import paper
from app.web.teacher.print import printing
from app.web.teacher.rehearsal import rehearsal
from app.web.teacher.sheets import sheets
from app.web.teacher.themes import choosing
from app.web.teacher.views import teacher

STAFF = (account, accounts, benchmarks, classrooms, comparing, export, notes, staff_settings, tokens, work)
LESSON = (teacher, paper, printing, sheets, evening, choosing, rehearsal)


class _Application(Flask):
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view is async; Flask would look into each function that a request passes."""
        return func


def create_app(settings: config.Settings | None = None, metrics: Path | None = None) -> Flask:
    """The web application; wires the rooms together and decides nothing.

    Where a monitor is let in, requests are counted, on sheets in the folder `metrics` that all workers share.
    """
    settings = settings or config.from_environment(os.environ)
    root = config.resource_root()
    app = _Application("app", root_path=str(root), template_folder="templates", static_folder=None)
    house = open_house(settings)
    desk.install(app, house, settings)
    if settings.metrics_token and metrics:
        from app.web import counting  # costs memory and time where nobody looks

        counting.install(app, house, metrics)
    form_reading.install(app)
    guards.install(app, settings, settings.secret_key or house.keys.secret_key())
    standing.install(app, house, settings)
    envelope.install(app, settings)
    assets.install(app, root / "static")
    language.install(app)
    built.install(app)
    errors.install(app)
    for blueprint in (public, privacy, machine, *STAFF, *LESSON, pupil):
        app.register_blueprint(blueprint)
    _install_optional(app, settings)
    return app


def _install_optional(app: Flask, settings: config.Settings) -> None:
    if settings.oidc:
        from app.web.account import oidc  # the extra that it needs is installed only where a provider is configured

        oidc.install(app, settings.oidc, settings.base_url)
    if settings.demo:
        from app.web.public.dump import dump  # only a demo's rows, staff and pupils are invented
        from app.web.staff.demo import demo_staff
        from app.web.teacher.demo import demo

        app.register_blueprint(dump)
        app.register_blueprint(demo)
        app.register_blueprint(demo_staff)


def open_house(settings: config.Settings, *, unhurried: bool = False) -> House:
    """The parts that last as long as the process; migrates the embedded default."""
    database = Database(settings.database_url, unhurried=unhurried)
    if database.embedded:
        database.upgrade()
    surveys = themes.load(config.resource_root() / "surveys")
    return House(database, KeyFolder(settings.keys), Ledger(settings.keys), surveys)
