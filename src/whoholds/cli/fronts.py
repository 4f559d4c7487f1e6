"""`whoholds fronts`: areas, lines, pockets, salients, gains and distances on a day."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from whoholds.cli import options as opt
from whoholds.cli.output import print_json

NEAR_BORDER_KM = 200.0
"""People are told of borders that newly held ground came so near to [km]; the record has all."""


@click.command()
@click.option("--on", "day", type=opt.DAY, help="The day told of; the last one where missing.")
@click.option("--since", type=opt.DAY, help="The day compared with; the first one where missing.")
@click.option(
    "--within",
    type=float,
    multiple=True,
    default=(50.0,),
    show_default=True,
    metavar="KM",
    help="Tell the first day on which newly held ground lay so near to a border; may be given again.",
)
@opt.known_option
@opt.store_option
@click.option("--geojson", "as_geojson", is_flag=True, help="Print the shapes as GeoJSON.")
@opt.json_option
def fronts(
    *,
    day: date | None,
    since: date | None,
    within: tuple[float, ...],
    known_on: date | None,
    store: Path | None,
    as_geojson: bool,
    as_json: bool,
) -> None:
    """Print the area of each side with its interval, the front line, pockets, salients, gains, distances to borders.

    Areas are equal-area on the ellipsoid; an interval says how the doubts about places add up (90 %).

    \b
    Examples:
      whoholds fronts --on 2022-09-13 --since 2022-09-05 --store out/
      whoholds fronts --geojson --store out/ > shapes.geojson

    Library twin: whoholds.pipeline.fronts.fronts_of_store
    """
    from whoholds.pipeline.fronts import fronts_geojson, fronts_of_store, fronts_record
    from whoholds.store import Store

    with Store.open(opt.find_store(store), create=False) as opened:
        view = opened.view(known_on)
        found = fronts_of_store(view, day=day, since=since, within_km=within, cache=opt.cache())
    record = fronts_record(found)
    if as_geojson:
        click.echo(json.dumps(fronts_geojson(found), ensure_ascii=False))
    elif as_json:
        print_json(record)
    else:
        click.echo("\n".join(_lines(record)))


def _lines(record: dict[str, Any]) -> list[str]:
    """The record for people."""
    out = [f"{record['day']}, compared with {record['since']}", "", "Areas [km2], with the interval that holds 90 %"]
    then = {a["status"]: a["area_km2"] for a in record["areas_since"]}
    for a in record["areas"]:
        out.append(
            f"  {a['status']:10} {a['area_km2']:>10,.0f}  ({a['low_km2']:,.0f} to {a['high_km2']:,.0f})"
            f"  {a['area_km2'] - then[a['status']]:+,.0f} since; {_places(a)}"
        )
    out += ["", "Front line [km]"]
    out += [f"  {' - '.join(f['between']):20} {f['length_km']:,.0f}" for f in record["front"]] or ["  none"]
    out += ["", f"Gains since {record['since']}"]
    out += [
        f"  {g['before']} to {g['after']}: {g['area_km2']:,.0f} km2, {_places(g)}{_names(g)}" for g in record["gains"]
    ] or ["  none"]
    out += ["", "Pockets (ground cut off from the rest of its side)"]
    out += [
        f"  {p['status']}: {p['area_km2']:,.0f} km2, {_places(p)}{_names(p)}" + ("; at the rim" if p["at_rim"] else "")
        for p in record["pockets"]
    ] or ["  none"]
    out += ["", "Salients (narrower than 25 km)"]
    out += [
        f"  {s['status']}: {s['area_km2']:,.0f} km2, {s['depth_km']:,.0f} km deep, {_places(s)}{_names(s)}"
        for s in record["salients"]
    ] or ["  none"]
    near = [b for b in record["borders"] if b["newly"] and b["newly"]["km"] < NEAR_BORDER_KM]
    for b in near:
        out += ["", *_border(b)]
    if len(near) < len(record["borders"]):
        out += ["", f"No newly held ground within {NEAR_BORDER_KM:g} km of the other borders (--json has them)."]
    return out


def _places(row: dict[str, Any]) -> str:
    """How many places."""
    return "1 place" if row["places"] == 1 else f"{row['places']:,} places"


def _names(row: dict[str, Any]) -> str:
    """The largest places of a shape."""
    return f" ({', '.join(row['names'])})" if row["names"] else ""


def _border(b: dict[str, Any]) -> list[str]:
    """How near a side came to a border."""
    if b["nearest"] is None:
        return [f"{b['side']} and {b['border']}: no place held"]
    out = [f"{b['side']} and {b['border']}: nearest place held {b['nearest']['name']}, {b['nearest']['km']:,.1f} km"]
    if b["newly"] is not None:
        out.append(f"  nearest newly held: {b['newly']['name']}, {b['newly']['km']:,.1f} km")
    for km, day in b["first_day_within"].items():
        before = f"{b['held_before'][km]:,} places that near were held before"
        out.append(f"  under {km} km: newly held ground {'first on ' + day if day else 'on no day'}; {before}")
    return out
