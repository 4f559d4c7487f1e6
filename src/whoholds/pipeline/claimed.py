"""Distances claimed around a day, measured: for the answer to "why?" of a place that lies in the zone claimed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from whoholds.model import Distance, Place
from whoholds.pipeline.briefed import borders
from whoholds.pipeline.outputs import told
from whoholds.pipeline.stored import ground_of_store, rooms_of_store, table_of_store
from whoholds.store import View
from whoholds.tell.ledgers import distance_ledger
from whoholds.tell.ledgers.distances import DistanceRow, KnownBorder

AROUND = timedelta(days=7)
"""Claims of distances of so long before or after the day asked are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedDistance:
    """A claimed distance, what the estimates make of it, and how far the place asked for lies from that border [km]."""

    row: DistanceRow
    place_km: float


def distances_around(view: View, place: Place, day: date, *, cache: Path) -> tuple[ClaimedDistance, ...]:
    """The distances claimed around a day whose zone holds the place, measured as the ledger of distances does.

    Parameters
    ----------
    view : View
    place : Place
    day : date
    cache : Path
        Where the packaged gazetteer is kept once made.
    """
    until = day + AROUND if view.as_known_on is None else min(day + AROUND, view.as_known_on)
    said = [k for k in view.claims(since=day - AROUND, until=until) if isinstance(k.claim.count, Distance)]
    if not said:
        return ()
    rooms, ground = rooms_of_store(view, cache=cache), ground_of_store(view)
    known = [KnownBorder(name=b.name, aliases=b.aliases, place_km=b.place_km) for b in borders(rooms, ground)]
    name = "control" if view.as_known_on is None else "nowcast"
    series = table_of_store(view, name, ground, rooms.theatre.side_keys)
    inside = [t for t in told(said) if series.days[0] <= t.known_day and t.valid_day <= series.days[-1]]
    at = next((n for n, noun in enumerate(ground.nouns) if noun.id == place.id), None)
    away = {b.name: float(b.place_km[at]) for b in known} if at is not None else {}
    return tuple(
        ClaimedDistance(row=row, place_km=away[row.border])
        for row in distance_ledger(inside, series, known)
        if row.border is not None and away.get(row.border, float("inf")) <= row.claimed_km
    )


def distance_lines(found: tuple[ClaimedDistance, ...], place: Place) -> list[str]:
    """The distances as plain text."""
    if not found:
        return []
    lines = ["", "Distances claimed about then, measured:"]
    for one in found:
        row = one.row
        lines.append(
            f"  {row.side or '?'} within {row.claimed_km:g} km of {row.to}, says {row.speaker}, about {row.day}"
            f" ({row.claim_id}). Measured to: {row.border}, {one.place_km:.1f} km from {place.name}."
        )
        if row.computed_km is None:
            measured = f"not measured: {row.unchecked}"
        else:
            measured = f"ground newly held that day comes within {row.computed_km:.1f} km, at {row.nearest}"
        first = (
            f"within {row.claimed_km:g} km first on {row.first_day}" if row.first_day else "never so near in this run"
        )
        before = f"{row.held_before} places so near were held at the start already"
        lines.append(f"    {measured}; {first}; {before}.")
    return lines
