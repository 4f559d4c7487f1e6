"""`whoholds run`: the whole way through."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from whoholds.cli import options as opt
from whoholds.cli.output import print_json
from whoholds.settings import STORE_NAME, RunSettings


@click.command()
@click.argument("reports", nargs=-1, required=True, metavar="REPORTS...")
@opt.theatre_option
@opt.gazetteer_option
@click.option(
    "--base",
    type=opt.FILE,
    multiple=True,
    metavar="MAP",
    help="A control map to start from (GeoJSON, KML, GeoPackage); repeat it for a map of several files.",
)
@click.option("--base-date", type=opt.DAY, help="The day at whose end the base map holds; else read off the map.")
@click.option("--from", "first_day", type=opt.DAY, help="First day; the day after the base map where missing.")
@click.option("--to", "last_day", type=opt.DAY, help="Last day; the last report's where missing.")
@opt.known_option
@click.option("--store", "-s", type=opt.FILE, metavar="FILE", help=f"The store; OUT/{STORE_NAME} where missing.")
@click.option("--workers", type=int, default=0, metavar="N", help="Processes that read reports; 0 leaves it open.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON on stdout.")
@click.option("--out", "-o", type=opt.FILE, required=True, metavar="OUT/", help="The folder for everything written.")
def run(
    *,
    reports: tuple[str, ...],
    theatre: str,
    gazetteer: Path | None,
    base: tuple[Path, ...],
    base_date: date | None,
    first_day: date | None,
    last_day: date | None,
    known_on: date | None,
    store: Path | None,
    workers: int,
    as_json: bool,
    out: Path,
) -> int:
    """Read REPORTS (files, folders, or - for stdin) and work out who holds what.

    Writes a map, a brief, the claims and the control of every place and day to OUT/. Run again over the same reports,
    it reads nothing twice.

    \b
    Examples:
      whoholds run examples/kharkiv-2022 -o out/
      whoholds run reports.jsonl --base map.geojson --base-date 2022-08-28 --from 2022-08-29 --to 2022-09-30 -o out/

    Library twin: whoholds.pipeline.run.run
    """
    from whoholds.cli.progress import Display, print_summary, summary_record
    from whoholds.pipeline.run import run as twin
    from whoholds.store import Store

    settings = RunSettings(
        theatre=theatre,
        gazetteer=gazetteer,
        base=base,
        base_day=base_date,
        first_day=first_day,
        last_day=last_day,
        known_on=known_on,
        workers=workers,
        cache=opt.cache(),
    )
    from whoholds.pipeline.outputs import make_folder

    make_folder(out)
    with Store.open(store or out / STORE_NAME) as opened, Display() as display:
        summary = twin(reports, settings=settings, store=opened, out=out, now=opt.now(), watch=display.watch)
    if as_json:
        print_json(summary_record(summary))
    print_summary(summary)
    return summary.exit_code
