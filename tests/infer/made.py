"""Small made-up ground and claims for the tests of inference."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from whoholds.infer import PlaceTable
from whoholds.model import (
    Candidate,
    Claim,
    EvidenceType,
    Kind,
    PlacedClaim,
    PlaceType,
    Resolution,
    Side,
    Span,
    Stance,
    Theatre,
)

FIRST = date(2022, 6, 1)
SPAN = Span(start=0, end=1, text="x")
THEATRE = Theatre(
    key="made-up",
    name="Made up",
    timezone="UTC",
    first_day=FIRST,
    languages=("en",),
    countries=("XX",),
    sides=(Side(key="A", name="A", colour="#00f"), Side(key="B", name="B", colour="#f00")),
    default_side="A",
)


def days(n: int) -> list[date]:
    """The first n days."""
    return [FIRST + timedelta(days=k) for k in range(n)]


def grid(columns: int = 20, rows: int = 10, step_km: float = 4.0) -> PlaceTable:
    """Villages on a grid at the equator; ids count along rows from 1, A west of the middle and B east of it."""
    x, y = np.meshgrid(np.arange(columns), np.arange(rows))
    n = x.size
    return PlaceTable(
        ids=np.arange(1, n + 1, dtype=np.int64),
        lat=y.ravel() * step_km / 111.2,
        lon=x.ravel() * step_km / 111.2,
        population=np.full(n, 300.0),
    )


def halves(table: PlaceTable, line: float) -> list[str]:
    """A west of a longitude [km], B east of it."""
    return ["A" if x < line else "B" for x in table.lon * 111.2]


def claim(
    number: int,
    kind: Kind,
    side: str | None,
    place: int | str,
    day: int,
    *,
    failed: bool = False,
    stance: Stance = Stance.ASSERTED,
    speaker_side: str | None = None,
    known: int | None = None,
    witness: str | None = None,
    group: str = "none/press/statement",
    hedged: bool = False,
) -> PlacedClaim:
    """A claim of a place (its id) or an area (its key) on day number `day`."""
    said = Claim(
        id=f"c{number}",
        report_id=f"r{number}",
        kind=kind,
        side=side,
        places=(),
        trigger=SPAN,
        stance=stance,
        hedged=hedged,
        failed=failed,
        speaker=None,
        speaker_side=speaker_side,
        date=None,
        evidence=EvidenceType.STATEMENT,
        count=None,
        sentence=SPAN,
        rule="made",
    )
    if isinstance(place, str):
        resolution = Resolution(span=SPAN, type=PlaceType.REGION, area=place)
    else:
        best = Candidate(place_id=place, name="", lat=0.0, lon=0.0, probability=0.95)
        resolution = Resolution(span=SPAN, type=PlaceType.SETTLEMENT, best=best)
    return PlacedClaim(
        claim=said,
        resolutions=(resolution,),
        outlet="made",
        valid_day=FIRST + timedelta(days=day),
        known_day=FIRST + timedelta(days=day if known is None else known),
        witness=witness or f"w{number}",
        group=group,
    )
