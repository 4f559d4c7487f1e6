"""Map-makers' maps as evidence: an observation of every place on the map's day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whoholds.infer.meaning import MEANINGS, Cell
from whoholds.model import CONTESTED

DRAWN = MEANINGS.index("drawn")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MapObservation:
    """What one map shows at every place.

    Attributes
    ----------
    id : str
        Of the report the map is.
    day, known_day : date
        The day it shows (its end), and the first day on which it could be known.
    group : str
        The group of speakers whose reliability it shares: its map-maker's.
    status : (n_places,) str
        A side's key, "contested", or "unknown" where it shows nothing.
    """

    id: str
    day: date
    known_day: date
    group: str
    status: NDArray[np.str_]


def cell_of(group: str) -> Cell:
    """The reliability that maps of a group share."""
    return Cell(meaning="drawn", scope="map", relation="observes", group=group)


def drawn_rows(
    number: int, seen: MapObservation, *, first: date, sides: Sequence[str], cell: int
) -> Iterator[tuple[Any, ...]]:
    """One block of rows a status: (claim, day, known, side, meaning, cell, places); contested counts as a last side."""
    day, known = max((seen.day - first).days, 0), (seen.known_day - first).days
    for k, state in enumerate((*sides, CONTESTED)):
        places = np.flatnonzero(seen.status == state).astype(np.int32)
        if len(places):
            yield (number, day, known, k, DRAWN, cell, places)
