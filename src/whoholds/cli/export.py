"""`whoholds export`: a run as files for other programs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from whoholds.cli import options as opt
from whoholds.cli.collecting import uncollected


def _list(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    """Print the formats and stop."""
    if not wanted or context.resilient_parsing:
        return
    from whoholds.cli.output import print_table
    from whoholds.pipeline.formats import FORMATS

    rows = [
        {
            "format": f.key,
            "what": f.title,
            "files": f.files,
            "needs": "pip install 'whoholds[export]'" if f.library else "",
        }
        for f in FORMATS.values()
    ]
    print_table(rows, ("format", "what", "files", "needs"), empty="")
    context.exit()


@click.command()
@click.argument("formats", nargs=-1, required=True, metavar="FORMAT...")
@opt.store_option
@click.option("--on", "day", type=opt.DAY, help="Only this day.")
@click.option("--from", "first_day", type=opt.DAY, help="First day; the run's where missing.")
@click.option("--to", "last_day", type=opt.DAY, help="Last day; the run's where missing.")
@opt.known_option
@click.option("--nowcast", is_flag=True, help="Each day as known on that day, not with every later report.")
@click.option("--list", is_flag=True, is_eager=True, expose_value=False, callback=_list, help="List the formats.")
@click.option("--out", "-o", type=opt.FILE, required=True, metavar="OUT/", help="The folder for the files.")
def export(
    *,
    formats: tuple[str, ...],
    store: Path | None,
    day: date | None,
    first_day: date | None,
    last_day: date | None,
    known_on: date | None,
    nowcast: bool,
    out: Path,
) -> None:
    """Write the last run as files for other programs: maps, tables, data sets, films, briefs; `all` for every format.

    \b
    Examples:
      whoholds export --list
      whoholds export gpkg kml --store out/ -o shared/
      whoholds export viina acled --store out/ --from 2022-09-08 --to 2022-09-12 -o tables/

    Library twin: whoholds.pipeline.exporting.export
    """
    from whoholds.cli.progress import Display, size_words
    from whoholds.errors import BadSetting
    from whoholds.pipeline.exporting import export as twin
    from whoholds.pipeline.formats import FORMATS
    from whoholds.pipeline.outputs import make_folder
    from whoholds.store import Store

    if day is not None and (first_day or last_day):
        raise BadSetting("--on is one day, --from and --to a period.", remedy="Give one or the other.")
    keys = tuple(FORMATS) if "all" in formats else formats
    make_folder(out)
    with uncollected(), Store.open(opt.find_store(store), create=False) as opened, Display() as display:
        files = twin(
            opened,
            keys,
            out,
            cache=opt.cache(),
            first_day=day or first_day,
            last_day=day or last_day,
            known_on=known_on,
            nowcast=nowcast,
            watch=display.watch,
        )
    for file in files:
        click.echo(f"{file} ({size_words(file.stat().st_size)})")
