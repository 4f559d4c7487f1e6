"""`whoholds digest`: what changed in what we know."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from whoholds.cli import options as opt
from whoholds.cli.output import print_json


@click.command()
@click.option("--since", type=opt.DAY, required=True, help="What was known by then is taken as read.")
@click.option("--to", "until", type=opt.DAY, help="The last day that counts; the run's last one where missing.")
@opt.store_option
@opt.json_option
def digest(since: date, until: date | None, store: Path | None, as_json: bool) -> None:
    """Tell what became known after a day: on the ground, of days past, in the ledgers, by hand.

    \b
    Example:
      whoholds digest --since 2022-09-10 --to 2022-09-12 --store out/

    Library twin: whoholds.pipeline.digest.digest
    """
    from whoholds.pipeline.digest import digest as twin
    from whoholds.pipeline.digest import digest_record, digest_text
    from whoholds.store import Store

    with Store.open(opt.find_store(store), create=False) as opened:
        found = twin(opened.view(), since=since, until=until, cache=opt.cache())
    if as_json:
        print_json(digest_record(found))
    else:
        click.echo(digest_text(found))
