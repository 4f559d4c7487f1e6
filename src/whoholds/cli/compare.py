"""`whoholds compare`: agreement with a map-maker's map."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from whoholds.cli import options as opt
from whoholds.cli.output import print_json, print_table

COLUMNS = ("name", "admin1", "ours", "theirs", "probability", "basis", "claims", "id")


@click.command()
@click.argument("maps", nargs=-1, required=True, type=opt.FILE, metavar="MAP...")
@click.option("--on", "day", type=opt.DAY, required=True, help="The day compared.")
@opt.store_option
@click.option("--limit", type=int, default=25, show_default=True, metavar="N", help="At most so many places.")
@opt.json_option
def compare(maps: tuple[Path, ...], day: date, store: Path | None, limit: int, as_json: bool) -> None:
    """Compare the last run with a control MAP on a day: by place, by area, and where the two differ.

    \b
    Example:
      whoholds compare map.geojson --on 2022-09-11 --store out/

    Library twin: whoholds.pipeline.comparing.compare_store
    """
    from whoholds.pipeline.comparing import compare_store
    from whoholds.store import Store

    with Store.open(opt.find_store(store), create=False) as opened:
        record = compare_store(opened.view(), list(maps), day=day, limit=limit, cache=opt.cache())
    if as_json:
        print_json(record)
        return
    click.echo(
        f"{record['map']} on {day}: the same status at {record['accuracy']:.2%} of {record['places']:,} places"
        f" ({record['accuracy_decisive']:.2%} where both name a side)"
    )
    for row in record["statuses"]:
        iou = f"{row['iou']:.3f}" if row["iou"] is not None else "-"
        click.echo(
            f"  {row['status']}: ours {row['ours_km2']:,.0f} km2 and {row['places_ours']:,} places, theirs"
            f" {row['theirs_km2']:,.0f} km2 and {row['places_theirs']:,}; IoU {iou}"
        )
    print_table(record["differ"], COLUMNS, empty="The two never name different sides.")
