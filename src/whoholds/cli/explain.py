"""`whoholds explain`: why a place is held as it is on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from whoholds.cli import options as opt
from whoholds.cli.output import print_json


@click.command()
@click.argument("place")
@click.option("--on", "day", type=opt.DAY, required=True, help="The day asked about.")
@opt.known_option
@opt.store_option
@click.option("--limit", type=int, default=12, show_default=True, metavar="N", help="At most so many claims.")
@opt.json_option
def explain(*, place: str, day: date, known_on: date | None, store: Path | None, limit: int, as_json: bool) -> None:
    """Print the status of PLACE (name or geonameid) on a day, and the evidence.

    Each claim stands with its sentence (the claim's words marked), speaker, outlet, dates, and what the probability
    would be without it.

    \b
    Examples:
      whoholds explain Izium --on 2022-09-11 --store out/
      whoholds explain Izium --on 2022-09-11 --as-known-on 2022-09-10 --store out/

    Library twin: whoholds.pipeline.questions.why
    """
    from whoholds.pipeline.explained import why_record, why_text
    from whoholds.pipeline.questions import why
    from whoholds.store import Store

    with Store.open(opt.find_store(store), create=False) as opened:
        answer = why(opened.view(known_on), place, day, cache=opt.cache(), limit=limit)
    if as_json:
        print_json(why_record(answer))
    else:
        click.echo(why_text(answer))
