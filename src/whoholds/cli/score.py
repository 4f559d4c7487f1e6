"""`whoholds score`: agreement with independent maps."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from whoholds.cli import options as opt
from whoholds.cli.output import print_json


@click.command()
@click.argument("series", type=opt.FILE)
@click.argument("truth", type=opt.FILE)
@click.option("--from", "first", type=opt.DAY, required=True, help="First day scored.")
@click.option("--to", "last", type=opt.DAY, required=True, help="Last day scored.")
@click.option("--slack", type=int, default=2, show_default=True, metavar="DAYS", help="Slack of a change's date.")
def score(series: Path, truth: Path, first: date, last: date, slack: int) -> None:
    """Score SERIES (control.csv or nowcast.csv) against TRUTH (run-length Parquet, settlements.parquet beside it).

    Prints JSON: accuracy over the place-days of places that changed and of places near the front, precision, recall
    and F1 of changes, errors of their dates, and how well probabilities are calibrated.

    \b
    Example:
      whoholds score out/control.csv truth.parquet --from 2022-08-29 --to 2022-09-30

    Library twin: whoholds.pipeline.scoring.score
    """
    from whoholds.pipeline.scoring import score as twin

    print_json(twin(series, truth, first=first, last=last, slack_days=slack).record())
