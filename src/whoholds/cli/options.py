"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from whoholds.errors import BadSetting, StoreError
from whoholds.settings import DEFAULT_THEATRE, STORE_NAME, cache_folder

Command = Callable[..., Any]


class DayType(click.ParamType[date]):
    """A day written YYYY-MM-DD."""

    name = "DAY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a message that shows the form."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day; write it like 2022-09-11.", param, ctx)


DAY = DayType()
FILE = click.Path(path_type=Path)


def theatre_option(command: Command) -> Command:
    """--theatre."""
    return click.option(
        "--theatre",
        "-t",
        default=DEFAULT_THEATRE,
        show_default=True,
        metavar="T",
        help="A packaged theatre (see `whoholds theatres`) or a theatre file.",
    )(command)


def gazetteer_option(command: Command) -> Command:
    """--gazetteer."""
    return click.option(
        "--gazetteer", "-g", type=FILE, metavar="FILE", help="A gazetteer file; the packaged one where missing."
    )(command)


def store_option(command: Command) -> Command:
    """--store."""
    return click.option(
        "--store",
        "-s",
        type=FILE,
        metavar="FILE",
        envvar="WHOHOLDS_STORE",
        help=f"The store, or the folder of a run; {STORE_NAME} here or in out/ where missing.",
    )(command)


def json_option(command: Command) -> Command:
    """--json."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")(command)


def known_option(command: Command) -> Command:
    """--as-known-on."""
    return click.option("--as-known-on", "known_on", type=DAY, help="Leave out whatever became known after that day.")(
        command
    )


def find_store(given: Path | None) -> Path:
    """The store a command reads.

    Raises
    ------
    StoreError
        There is none.
    """
    places = [given] if given is not None else [Path(STORE_NAME), Path("out") / STORE_NAME]
    for place in places:
        file = place / STORE_NAME if place.is_dir() else place
        if file.is_file():
            return file
    raise StoreError(
        f"There is no store at {', '.join(str(p) for p in places)}.",
        remedy="Make one with `whoholds run REPORTS... -o OUT/`, then give it with --store OUT/.",
    )


def now() -> datetime:
    """This moment, in the local zone: the one place where the clock is read."""
    return datetime.now().astimezone()


def cache() -> Path:
    """The folder for what is made once, made if need be."""
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(
            f"The cache folder {folder} cannot be made ({error.strerror}).",
            remedy="Name another with the variable WHOHOLDS_CACHE.",
        ) from error
    return folder
