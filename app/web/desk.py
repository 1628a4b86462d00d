"""The desk: one request, one transaction, and nothing over it but what may be shared."""

import typing
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from flask import Flask, current_app

from app.config import Settings
from app.domain.account import Account
from app.domain.api_token import ApiToken
from app.domain.benchmark import Record
from app.domain.benchmark_list import BenchmarkList
from app.domain.choosing import Offer
from app.domain.export_row import ExportRow
from app.domain.lesson import Classroom
from app.domain.note import GradeSeen, SchoolYear
from app.services.evening import GradeFigure, Handout
from app.services.export_rows import ExportPage
from app.services.find_place import Place
from app.services.house import House, Work, patiently
from app.services.keep_benchmarks import BenchmarkPage, BenchmarkPlan
from app.services.keep_classrooms import ImportPlan, YearPlan
from app.services.keep_settings import Decisions
from app.services.manage_accounts import AccountPage
from app.services.show_comparison import ComparisonPage
from app.services.show_lesson import LessonView, Result
from app.services.show_overview import Overview
from app.services.show_school import SchoolPage
from app.services.teach import ClassroomPage, LessonPage
from app.store.contents import StoredTable

SHAREABLE = (
    Account, AccountPage, ApiToken, BenchmarkList, BenchmarkPage, BenchmarkPlan, Classroom, ClassroomPage,
    ComparisonPage, Decisions, ExportPage, ExportRow, GradeFigure, GradeSeen, Handout, ImportPlan, LessonPage,
    LessonView, Offer, Overview, Place, Record, Result, SchoolPage, SchoolYear, StoredTable, YearPlan, str, int,
    type(None),
)  # fmt: skip

_P = ParamSpec("_P")
_T = TypeVar("_T")


def install(app: Flask, house: House, settings: Settings) -> None:
    """Give the application its house and its settings."""
    app.extensions["pejling.house"] = house
    app.extensions["pejling.settings"] = settings
    app.jinja_env.globals["demo"] = settings.demo  # every screen of a demo says that its figures are invented


def house() -> House:
    """The house of the running application."""
    return typing.cast(House, current_app.extensions["pejling.house"])


def settings() -> Settings:
    """The settings of the running application."""
    return typing.cast(Settings, current_app.extensions["pejling.settings"])


def serve(verb: Callable[Concatenate[Work, _P], _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Do `verb` in a transaction of its own and hand over what it says, if that may be shared."""
    return _shared(patiently(house().writing, verb, *args, **kwargs))


def look(verb: Callable[Concatenate[Work, _P], _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """The same for a verb that only looks."""
    return _shared(patiently(house().reading, verb, *args, **kwargs))


def glance(verb: Callable[Concatenate[Work, _P], _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """The same for a verb that looks with one statement."""
    return _shared(patiently(house().glancing, verb, *args, **kwargs))


def cast(verb: Callable[Concatenate[Work, _P], _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """The same for a verb whose writing is one statement, and which may be done twice."""
    return _shared(patiently(house().casting, verb, *args, **kwargs))


def _shared(value: _T) -> _T:
    each = value if isinstance(value, tuple) else (value,)
    if not all(isinstance(part, SHAREABLE) for part in each):
        raise TypeError(f"{type(value).__name__} does not leave the desk")
    return value
