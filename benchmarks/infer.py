"""Speed and memory of inference: 32,475 places x 220 days from 60,000 made-up claims, and of one added day.

    python benchmarks/infer.py [--places N] [--days N] [--claims N]

Everything is made by a fixed seed; nothing is read. Prints one JSON object. The bars: all in under 20 s and 2 GB, one
added day in under 2 s, on two cores.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import time
from datetime import date, timedelta

import numpy as np

from whoholds.infer import PlaceTable, add_day, infer, start_nowcast
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

THEATRE = Theatre(
    key="made-up",
    name="Made up",
    timezone="UTC",
    first_day=date(2022, 1, 1),
    languages=("en",),
    countries=("XX",),
    sides=(Side(key="A", name="A", colour="#00f"), Side(key="B", name="B", colour="#f00")),
    default_side="A",
)
KINDS = (Kind.ATTACK, Kind.FIRE, Kind.GAIN, Kind.HOLD, Kind.LEAVE)
SHARES = (0.4, 0.4, 0.1, 0.06, 0.04)


def made_claims(n: int, table: PlaceTable, days: int, rng: np.random.Generator) -> list[PlacedClaim]:
    """Claims near a winding line between two sides, which moves east by a third of a degree in the run."""
    span = Span(start=0, end=1, text="x")
    front = 33.0 + 2.0 * np.sin(2.0 * table.lat)
    near = np.flatnonzero(np.abs(table.lon - front) < 0.8)
    out = []
    for c in range(n):
        t = int(rng.integers(days))
        row = int(rng.choice(near))
        line = front[row] + 0.33 * t / days
        holder = "A" if (table.lon[row] < line) == (rng.random() < 0.9) else "B"
        kind = KINDS[int(rng.choice(5, p=SHARES))]
        other = "B" if holder == "A" else "A"
        side = holder if kind in (Kind.GAIN, Kind.HOLD) else other
        day = THEATRE.first_day + timedelta(days=t)
        claim = Claim(
            id=f"c{c}",
            report_id=f"r{c // 5}",
            kind=kind,
            side=side,
            places=(),
            trigger=span,
            stance=Stance.ASSERTED,
            hedged=False,
            failed=bool(rng.random() < 0.3) and kind is Kind.ATTACK,
            speaker=None,
            speaker_side=("A", "B", None)[int(rng.integers(3))],
            date=None,
            evidence=EvidenceType.STATEMENT,
            count=None,
            sentence=span,
            rule="made up",
        )
        best = Candidate(place_id=int(table.ids[row]), name="", lat=0.0, lon=0.0, probability=0.9)
        out.append(
            PlacedClaim(
                claim=claim,
                resolutions=(Resolution(span=span, type=PlaceType.SETTLEMENT, best=best),),
                outlet="made up",
                valid_day=day,
                known_day=day + timedelta(days=int(rng.integers(2))),
                witness=f"w{c}",
                group=f"{claim.speaker_side}/press/statement",
            )
        )
    return out


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=int, default=32_475)
    parser.add_argument("--days", type=int, default=220)
    parser.add_argument("--claims", type=int, default=60_000)
    a = parser.parse_args()
    rng = np.random.default_rng(1)
    table = PlaceTable(
        ids=np.arange(1, a.places + 1, dtype=np.int64),
        lat=rng.uniform(46.0, 52.0, a.places),
        lon=rng.uniform(23.0, 40.0, a.places),
        population=np.floor(10 ** rng.uniform(1.0, 5.0, a.places)),
    )
    base = ["A" if x < 33.0 + 2.0 * np.sin(2.0 * y) else "B" for x, y in zip(table.lon, table.lat, strict=True)]
    claims = made_claims(a.claims, table, a.days, rng)
    days = [THEATRE.first_day + timedelta(days=n) for n in range(a.days)]
    start = time.perf_counter()
    series = infer(table, days, base, claims, areas={}, theatre=THEATRE)
    all_s = time.perf_counter() - start
    state = start_nowcast(table, days[0] - timedelta(days=1), base, theatre=THEATRE)
    added = []
    for day in days[:20]:
        new = [c for c in claims if c.known_day == day]
        start = time.perf_counter()
        state, _ = add_day(state, table, new, areas={}, theatre=THEATRE)
        added.append(time.perf_counter() - start)
    made = hashlib.sha256(table.lon.tobytes() + "".join(c.claim.kind.value for c in claims).encode()).hexdigest()[:16]
    figures = {
        "input": made,
        "places": a.places,
        "active": len(series.fit.ground.active),
        "days": a.days,
        "claims": a.claims,
        "infer_s": round(all_s, 2),
        "added_day_s": round(max(added), 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
