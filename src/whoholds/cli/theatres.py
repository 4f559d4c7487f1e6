"""`whoholds theatres`: the packaged theatres."""

from __future__ import annotations

import click

from whoholds.cli import options as opt
from whoholds.cli.output import print_json, print_rows

COLUMNS = ("key", "name", "sides", "countries", "first_day", "timezone")


@click.command()
@click.argument("key", required=False)
@opt.json_option
def theatres(key: str | None, as_json: bool) -> None:
    """List the packaged theatres, or print one (KEY or a theatre file) with its sides and outlets.

    \b
    Examples:
      whoholds theatres
      whoholds theatres libya-2011 --json

    Library twin: whoholds.theatres.load_theatre
    """
    from dataclasses import asdict

    from whoholds.theatres import load_theatre, theatre_keys

    if key is not None:
        theatre = load_theatre(key)
        if as_json:
            print_json(asdict(theatre))
            return
        click.echo(f"{theatre.key}: {theatre.name}; from {theatre.first_day}, {theatre.timezone}")
        for side in theatre.sides:
            click.echo(f"  {side.key}: {side.name}; also {', '.join((*side.names, *side.forces)[:8])}")
        click.echo(f"  {len(theatre.outlets)} outlets, {len(theatre.areas)} areas, {len(theatre.borders)} borders")
        return
    rows = []
    for name in theatre_keys():
        t = load_theatre(name)
        sides = [f"{s.key} {s.name}" for s in t.sides]
        rows.append(
            {
                "key": t.key,
                "name": t.name,
                "sides": sides,
                "countries": list(t.countries),
                "first_day": str(t.first_day),
                "timezone": t.timezone,
            }
        )
    print_rows(rows, COLUMNS, as_json=as_json, empty="No theatre is packaged.")
