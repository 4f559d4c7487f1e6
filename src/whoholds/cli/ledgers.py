"""`whoholds ledgers` and `whoholds echoes`: what reports dispute, count, foretell and pass on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from whoholds.cli import options as opt
from whoholds.cli.output import print_rows

COLUMNS = {
    "contradictions": ("opened", "dispute", "place_name", "in_words", "standing", "closed", "id"),
    "counts": ("known_day", "speaker", "side", "kind", "region", "claimed", "n_named", "unnamed", "since",
               "comparable", "comparable_low", "comparable_high", "estimate", "low", "high"),
    "distances": ("day", "speaker", "side", "claimed_km", "to", "computed_km", "nearest", "first_day", "unchecked"),
    "outlook": ("opened", "stance", "side", "kind", "what", "speaker", "resolved", "days"),
    "movements": ("day", "side", "place", "speaker", "stance", "weight"),
    "records": ("what", "who", "side", "claims", "share", "low", "high", "lead_days", "lead_low", "lead_high",
                "for_interest", "share_for", "for_low", "for_high", "against_interest", "share_against", "against_low",
                "against_high"),
    "echoes": ("what", "known_day", "outlets", "n", "why", "said"),
}  # fmt: skip


@click.command()
@click.argument("name", type=click.Choice(tuple(COLUMNS)))
@opt.known_option
@opt.store_option
@opt.json_option
def ledgers(name: str, known_on: date | None, store: Path | None, as_json: bool) -> None:
    """Print one ledger of the last run.

    \b
    Examples:
      whoholds ledgers contradictions --store out/
      whoholds ledgers counts --as-known-on 2022-09-11 --store out/ --json

    Library twin: whoholds.pipeline.ledgers.ledger
    """
    show(name, known_on, store, as_json=as_json)


@click.command()
@opt.known_option
@opt.store_option
@opt.json_option
def echoes(known_on: date | None, store: Path | None, as_json: bool) -> None:
    """Print the families of reports and claims that repeat one origin: each is one witness.

    \b
    Example:
      whoholds echoes --store out/

    Library twin: whoholds.pipeline.ledgers.ledger
    """
    show("echoes", known_on, store, as_json=as_json)


def show(name: str, known_on: date | None, store: Path | None, *, as_json: bool) -> None:
    """Print a ledger as a table or as JSON."""
    from whoholds.pipeline.ledgers import ledger
    from whoholds.store import Store

    with Store.open(opt.find_store(store), create=False) as opened:
        rows = ledger(opened.view(known_on), name, cache=opt.cache())
    shown = rows if as_json else [_shown(row) for row in rows]
    print_rows(shown, COLUMNS[name], as_json=as_json, empty=f"Nothing stands in the ledger of {name}.")


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """A row as a table has room for it."""
    out = dict(row)
    if "named" in row:
        out["n_named"] = len(row["named"])
    if "speakers" in row:
        out["speaker"] = ", ".join(row["speakers"][:2])
    if "members" in row:
        out |= {"n": len(row["members"]), "outlets": ", ".join(row["outlets"]), "said": row["said"][:100]}
    return out
