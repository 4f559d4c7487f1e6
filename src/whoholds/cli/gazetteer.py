"""`whoholds gazetteer`: build one, get a country's dump, look at one."""

from __future__ import annotations

from pathlib import Path

import click

from whoholds.cli import options as opt
from whoholds.cli.output import errors, print_json


@click.group()
def gazetteer() -> None:
    """Build a gazetteer from GeoNames dumps and other sources, or look at one.

    \b
    Example:
      whoholds gazetteer build UA.txt.gz -o ua.gazetteer

    Library twin: whoholds.locate.build
    """


@gazetteer.command()
@click.argument("sources", nargs=-1, required=True, type=opt.FILE, metavar="SOURCE...")
@click.option(
    "--near", "near_km", type=float, metavar="KM", help="Keep foreign places within so many km of the border."
)
@click.option("--out", "-o", type=opt.FILE, required=True, metavar="FILE", help="The gazetteer file to write.")
@opt.json_option
def build(sources: tuple[Path, ...], near_km: float | None, out: Path, as_json: bool) -> None:
    """Build a gazetteer from SOURCES: GeoNames dumps, alternate names, layers of places, admin boundaries.

    \b
    Examples:
      whoholds gazetteer build UA.txt.gz -o ua.gazetteer
      whoholds gazetteer build UA.txt.gz alternateNamesV2.zip adm1.geojson --near 100 -o ua.gazetteer

    Library twin: whoholds.locate.build
    """
    from whoholds.locate import build as twin

    built = twin(list(sources), out, near_km=near_km)
    if as_json:
        print_json(
            {
                "path": str(built.path),
                "n_places": built.n_places,
                "n_foreign": built.n_foreign,
                "n_surfaces": built.n_surfaces,
                "bytes": built.bytes,
            }
        )
        return
    foreign = f", {built.n_foreign:,} of them abroad" if built.n_foreign else ""
    size = built.bytes / 1e6
    errors.print(f"{built.path}: {built.n_places:,} places{foreign}, {built.n_surfaces:,} spellings, {size:.1f} MB")


@gazetteer.command()
@click.argument("country", metavar="CC")
@click.option("--out", "-o", type=opt.FILE, metavar="FILE", help="Where to keep the dump; CC.zip here where missing.")
def get(country: str, out: Path | None) -> None:
    """Download the GeoNames dump of a country (two letters), to be built from. Goes on where it was interrupted.

    \b
    Example:
      whoholds gazetteer get UA && whoholds gazetteer build UA.zip -o ua.gazetteer

    Library twin: whoholds.read.fetch.get_geonames
    """
    from whoholds.read.fetch import get_geonames

    path = get_geonames(country.upper(), out or Path(f"{country.upper()}.zip"))
    errors.print(f"{path}: {path.stat().st_size / 1e6:.1f} MB. Next: whoholds gazetteer build {path} -o FILE")


@gazetteer.command()
@click.argument("file", type=opt.FILE)
@opt.json_option
def info(file: Path, as_json: bool) -> None:
    """Say what a gazetteer FILE holds.

    \b
    Example:
      whoholds gazetteer info ua.gazetteer

    Library twin: whoholds.locate.open_gazetteer
    """
    from whoholds.pipeline.gazetteers import gazetteer_info

    record = gazetteer_info(file)
    if as_json:
        print_json(record)
        return
    for key, value in record.items():
        listed = ", ".join(f"{k} {n:,}" for k, n in value.items()) if isinstance(value, dict) else ""
        click.echo(f"{key}: {listed or (f'{value:,}' if isinstance(value, int) else value)}")
