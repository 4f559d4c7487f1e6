"""`whoholds reliability`: what was learned of each group of speakers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from whoholds.cli import options as opt
from whoholds.cli.output import print_rows

COLUMNS = ("meaning", "scope", "relation", "group", "reliability", "low", "high", "n_claims")


@click.command()
@opt.store_option
@click.option("--least", type=float, default=1.0, show_default=True, metavar="N", help="Only with so many claims.")
@opt.known_option
@opt.json_option
def reliability(store: Path | None, least: float, known_on: date | None, as_json: bool) -> None:
    """List how often each group's claims were found to hold, with 90 % intervals, most claims first.

    A group is "side/kind of outlet/evidence"; relation says whether a picture shows it (shows), or the speaker's
    side gains by the claim (announces), loses by it (concedes), or neither (observes).

    With --as-known-on it is learned anew from what was known by that day.

    \b
    Examples:
      whoholds reliability --store out/ --json
      whoholds reliability --store out/ --as-known-on 2022-09-10

    Library twin: whoholds.pipeline.questions.learned
    """
    from whoholds.pipeline.questions import learned
    from whoholds.store import Store

    with Store.open(opt.find_store(store), create=False) as opened:
        rows = [row for row in learned(opened.view(known_on)) if row["n_claims"] >= least]
    print_rows(rows, COLUMNS, as_json=as_json, empty="Nothing was learned: too few claims.")
