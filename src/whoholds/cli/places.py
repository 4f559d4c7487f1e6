"""`whoholds places`: places of a name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from whoholds.cli import options as opt
from whoholds.cli.output import print_rows

COLUMNS = ("id", "name", "admin1", "lat", "lon", "population", "status", "basis", "n_claims")


@click.command()
@click.argument("name")
@opt.store_option
@click.option("--on", "day", type=opt.DAY, help="The day of the status; the last one where missing.")
@opt.json_option
def places(name: str, store: Path | None, day: date | None, as_json: bool) -> None:
    """List the places called NAME, in any script or romanisation, with their status on a day.

    \b
    Example:
      whoholds places Ivanivka --store out/ --on 2022-09-11

    Library twin: whoholds.pipeline.questions.places_named
    """
    from whoholds.pipeline.questions import places_named
    from whoholds.store import Store

    with Store.open(opt.find_store(store), create=False) as opened:
        rows = places_named(opened.view(), name, day=day, cache=opt.cache())
    print_rows(rows, COLUMNS, as_json=as_json, empty=f"No place of the last run is called {name}.")
