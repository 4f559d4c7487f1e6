"""A run beside a map-maker's map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from whoholds.errors import BadSetting
from whoholds.geometry import compare
from whoholds.pipeline.ground import open_map
from whoholds.pipeline.picturing import mesh_of
from whoholds.pipeline.stored import ground_of_store, rooms_of_store, table_of_store
from whoholds.store import View

NAMING_CLAIMS = 5
"""Claims listed with a place where the two maps differ."""


def compare_store(view: View, maps: Sequence[Path], *, day: date, limit: int, cache: Path) -> dict[str, Any]:
    """Agreement of the last run with a map on a day: accuracy, areas, and the places where they differ.

    Raises
    ------
    MapError, StoreError
        The map cannot be read, or nothing was run yet.
    BadSetting
        The day lies outside the run.
    """
    rooms, ground = rooms_of_store(view, cache=cache), ground_of_store(view)
    theirs = open_map(maps, rooms)
    table = table_of_store(view, "control", ground, sides=rooms.theatre.side_keys)
    if day not in table.days:
        raise BadSetting(
            f"{day} lies outside the run, which goes from {table.days[0]} to {table.days[-1]}.",
            remedy="Choose a day within it, or run again with --from and --to.",
        )
    t = table.days.index(day)
    ours = np.array(table.statuses, dtype=np.str_)[table.status[:, t]]
    found = compare(mesh_of(rooms, ground), ours, theirs, decisive=rooms.theatre.side_keys)
    differ = []
    for i in found.differ[:limit].tolist():
        place = ground.nouns[i]
        claims = view.claims(place_id=place.id, until=day)
        differ.append(
            {
                "id": place.id,
                "name": place.name,
                "admin1": place.admin1,
                "ours": str(ours[i]),
                "theirs": str(found.theirs[i]),
                "probability": round(float(table.prob[i, t].max()), 4),
                "basis": table.bases[int(table.basis[i, t])],
                "claims": [k.claim.id for k in claims[-NAMING_CLAIMS:]],
            }
        )
    return {
        "map": theirs.name,
        "map_day": str(theirs.day) if theirs.day else None,
        "day": day.isoformat(),
        "places": len(ours),
        "accuracy": found.accuracy,
        "accuracy_decisive": found.accuracy_decisive,
        "statuses": [asdict(s) for s in found.statuses],
        "area_same_km2": round(found.area_same_km2, 1),
        "area_km2": round(found.area_km2, 1),
        "n_differ": len(found.differ),
        "differ": differ,
    }
