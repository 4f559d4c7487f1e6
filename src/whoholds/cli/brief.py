"""`whoholds brief`: the brief of the last run, or as known on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from whoholds.cli import options as opt


@click.command()
@opt.store_option
@click.option("--from", "first_day", type=opt.DAY, help="Compare with this day; the run's first where missing.")
@click.option("--to", "last_day", type=opt.DAY, help="The day of the brief; the run's last where missing.")
@opt.known_option
@click.option("--html", "as_html", is_flag=True, help="Print HTML instead of Markdown.")
@opt.json_option
def brief(
    *,
    store: Path | None,
    first_day: date | None,
    last_day: date | None,
    known_on: date | None,
    as_html: bool,
    as_json: bool,
) -> None:
    """Print the brief: what changed and on whose word, what is disputed, claimed, rumoured, and thinly attested.

    \b
    Examples:
      whoholds brief --store out/ --from 2022-09-08 --to 2022-09-12
      whoholds brief --store out/ --html > brief.html

    Library twin: whoholds.pipeline.briefed.brief_of_store
    """
    from whoholds.cli.output import print_json
    from whoholds.pipeline.briefed import brief_of_store, brief_record
    from whoholds.store import Store
    from whoholds.tell.brief import render_html, render_markdown

    with Store.open(opt.find_store(store), create=False) as opened:
        made, theatre = brief_of_store(opened.view(known_on), first_day=first_day, last_day=last_day, cache=opt.cache())
    if as_json:
        print_json(brief_record(made))
    else:
        click.echo(render_html(made, theatre) if as_html else render_markdown(made), nl=False)
