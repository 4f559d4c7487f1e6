"""`whoholds changes`: what changed since a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from whoholds.cli import options as opt
from whoholds.cli.output import errors, print_json, print_table

COLUMNS = ("day", "name", "admin1", "before", "after", "probability", "basis", "claims", "id")


@click.command()
@click.option("--since", type=opt.DAY, required=True, help="The day to compare with.")
@click.option("--to", "until", type=opt.DAY, help="The day compared; the last one where missing.")
@click.option(
    "--known", is_flag=True, help="What changed in what we know: claims and reports since then, by day known."
)
@opt.store_option
@opt.json_option
def changes(since: date, until: date | None, known: bool, store: Path | None, as_json: bool) -> None:
    """List the places whose holder on a day is another than on --since, and the new claims.

    \b
    Examples:
      whoholds changes --since 2022-09-05 --store out/
      whoholds changes --since 2022-09-10 --known --store out/ --json

    Library twin: whoholds.pipeline.questions.changes
    """
    from whoholds.pipeline.questions import change_record, changes_known
    from whoholds.pipeline.questions import changes as twin
    from whoholds.store import Store

    with Store.open(opt.find_store(store), create=False) as opened:
        view = opened.view()
        rows = [
            change_record(c) for c in twin(view, since=since, until=until, series="nowcast" if known else "control")
        ]
        news = changes_known(view, since=since, until=until) if known else None
    if as_json:
        print_json({"since": str(since), "places": rows, **({"known": news} if news else {})})
        return
    if news:
        errors.print(
            f"Since {since}: {news['reports']:,} reports and {news['claims']:,} claims became known.", markup=False
        )
    print_table(rows, COLUMNS, empty=f"No place changed hands since {since}.")
