"""Make a store as large as two years of a war: 32,475 places, 60,000 claims in 12,000 reports, 400 days.

    python benchmarks/big_store.py OUT/ [--gazetteer FILE] [--claims N] [--days N] [--places N]

Nothing is read but the packaged gazetteer (or the one given): reports are made up by a fixed seed, around a front that
moves forth and back, and control is inferred from them as a run does. Where the gazetteer has fewer places than asked
for, hamlets are strewn around those it has. For `benchmarks/serve.py` and for a look at the page at its largest.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from whoholds.model import (
    Candidate,
    Claim,
    ClaimPlace,
    EvidenceType,
    Kind,
    Place,
    PlacedClaim,
    PlaceType,
    Report,
    Resolution,
    Span,
    Stance,
)
from whoholds.pipeline.estimating import control, table_of
from whoholds.pipeline.ground import Ground, lay_ground
from whoholds.pipeline.rooms import Rooms
from whoholds.pipeline.run import bind_theatre, estimate_rows, plain_settings, reliability_text
from whoholds.pipeline.stored import place_table
from whoholds.settings import STORE_NAME, RunSettings, cache_folder
from whoholds.store import Store
from whoholds.store.codec import version_of
from whoholds.tell.series import day_range

A_REPORT = 5
"""Claims a report."""
SWING_KM = 55.0
"""How far the made-up front moves either way [km]."""
NEAR_KM = 70.0
"""Claims are made this near the front [km]."""
OUTLETS = tuple(f"Outlet {n}" for n in range(1, 25))
ACTS = {
    Kind.ATTACK: ("attacked", 0.42), Kind.FIRE: ("shelled", 0.3), Kind.GAIN: ("took", 0.12),
    Kind.HOLD: ("holds", 0.1), Kind.LEAVE: ("left", 0.06),
}  # fmt: skip
SIDES = ("UA", "RU")
NAMES = {"UA": "Ukraine", "RU": "Russia"}


def strewn(ground: Ground, wanted: int, rng: np.random.Generator) -> Ground:
    """The ground with as many places as wanted: the largest it has, and hamlets around them."""
    nouns = sorted(ground.nouns, key=lambda p: -p.population)[:wanted]
    base = dict(zip((p.id for p in ground.nouns), ground.base.tolist(), strict=True))
    around = rng.integers(len(nouns), size=wanted - len(nouns))
    for n, at in enumerate(around.tolist()):
        near = nouns[at]
        lon, lat = near.lon + rng.normal(0, 0.12), near.lat + rng.normal(0, 0.08)
        hamlet = replace(near, id=-1 - n, name=f"{near.name} {n}", lon=lon, lat=lat, population=int(rng.integers(90)))
        nouns.append(hamlet)
        base[hamlet.id] = base[near.id]
    nouns.sort(key=lambda p: p.id)
    return replace(
        ground, nouns=tuple(nouns), places=place_table(nouns), base=np.array([base[p.id] for p in nouns], dtype=np.str_)
    )


def front_km(ground: Ground) -> NDArray[np.float64]:
    """(n,) distance of each place to the nearest of another side [km], negative where Russia has it."""
    xy, mine = ground.places.xy_km, ground.base == "RU"
    out = np.zeros(len(xy))
    out[~mine] = cKDTree(xy[mine]).query(xy[~mine])[0]
    out[mine] = -cKDTree(xy[~mine]).query(xy[mine])[0]
    return out


def made_reports(
    ground: Ground, days: tuple[date, ...], n_claims: int, rng: np.random.Generator
) -> Iterator[tuple[Report, list[PlacedClaim]]]:
    """Reports of a few sentences each, with the claims that a reader would find in them, placed."""
    away = front_km(ground)
    kinds, shares = list(ACTS), [share for _, share in ACTS.values()]
    for n in range(n_claims // A_REPORT):
        t = int(n * A_REPORT * len(days) / n_claims)
        line = SWING_KM * np.sin(2 * np.pi * t / len(days))
        near = np.flatnonzero(np.abs(away - line) < NEAR_KM)
        lines = []
        for _ in range(A_REPORT):
            row, kind = int(rng.choice(near)), kinds[int(rng.choice(len(kinds), p=shares))]
            lines.append((ground.nouns[row], float(away[row]), kind, float(rng.random())))
        yield report_of(n, days[t], lines, line_km=line, rng=rng)


def report_of(
    n: int, day: date, lines: list[tuple[Place, float, Kind, float]], *, line_km: float, rng: np.random.Generator,
) -> tuple[Report, list[PlacedClaim]]:  # fmt: skip
    """One report of one outlet."""
    outlet = OUTLETS[int(rng.integers(len(OUTLETS)))]
    text, found = f"Day {n} at the front\n\n", []
    for k, (place, away_km, kind, luck) in enumerate(lines):
        holder = "RU" if (away_km < line_km) == (luck < 0.9) else "UA"
        side = holder if kind in (Kind.GAIN, Kind.HOLD) else next(s for s in SIDES if s != holder)
        speaker_side = (side, side, None)[int(rng.integers(3))]
        speaker = f"The staff of {NAMES[speaker_side]}" if speaker_side else ""
        verb = ACTS[kind][0]
        said = f"{speaker} said that " if speaker else "According to residents "
        sentence = f"{said}{NAMES[side]} {verb} {place.name} on {day:%d %B} after a night of fighting."
        start = len(text)

        def span(words: str, start: int = start, sentence: str = sentence, after: int = 0) -> Span:
            at = start + sentence.index(words, after)
            return Span(start=at, end=at + len(words), text=words)

        where = span(place.name, after=len(said) + len(NAMES[side]) + len(verb))
        claim = Claim(
            id=hashlib.sha256(f"{n}/{k}".encode()).hexdigest()[:16], report_id=f"made:{n}", kind=kind, side=side,
            places=(ClaimPlace(span=where, type=PlaceType.SETTLEMENT),), trigger=span(verb, after=len(said)),
            stance=Stance.ASSERTED, hedged=luck < 0.05, failed=False, speaker=span(speaker) if speaker else None,
            speaker_side=speaker_side, date=day, evidence=EvidenceType.STATEMENT, count=None, sentence=span(sentence),
            rule="made up",
        )  # fmt: skip
        best = Candidate(
            place_id=place.id, name=place.name, lat=place.lat, lon=place.lon, probability=0.9, reasons=("made up",)
        )
        found.append((claim, Resolution(span=where, type=PlaceType.SETTLEMENT, best=best)))
        text += sentence + "\n"
    report = Report(
        id=f"made:{n}", format="text", sha256=hashlib.sha256(text.encode()).hexdigest(), text=text, lang="en",
        outlet=outlet, day=day, title=f"Day {n} at the front", original=text.encode(), origin="made up",
    )  # fmt: skip
    placed = [
        PlacedClaim(
            claim=c, resolutions=(r,), outlet=outlet, valid_day=day, known_day=day, witness=report.id,
            group=f"{c.speaker_side}/press/statement",
        )
        for c, r in found
    ]  # fmt: skip
    return report, placed


def make(out: Path, *, gazetteer: Path | None, n_claims: int, n_days: int, n_places: int) -> Path:
    """Make the store; answers its file."""
    rng = np.random.default_rng(1)
    settings = RunSettings(gazetteer=gazetteer, cache=cache_folder())
    rooms = Rooms.open(settings.theatre, gazetteer=gazetteer, cache=settings.cache)
    ground = strewn(lay_ground(rooms, settings), n_places, rng)
    first = rooms.theatre.first_day
    days = day_range(first, first + timedelta(days=n_days - 1))
    out.mkdir(parents=True, exist_ok=True)
    path = out / STORE_NAME
    path.unlink(missing_ok=True)
    every: list[tuple[PlacedClaim, str]] = []
    with Store.open(path) as store:
        bind_theatre(store, rooms.theatre.key)
        with store.writer() as writer:
            for report, placed in made_reports(ground, days, n_claims, rng):
                writer.add_report(report, known_day=days[(report.day - first).days] if report.day else first)
                writer.add_claims(report, [p.claim for p in placed], reading="made up")
                every += [(p, version_of(report)) for p in placed]
            writer.replace_places(zip(ground.nouns, ground.base.tolist(), strict=True))
            writer.replace_placed(every)
        print(f"{len(every)} claims kept; inferring ...", file=sys.stderr)
        series = control(ground, days, [p for p, _ in every], areas={}, theatre=rooms.theatre)
        with store.writer() as writer:
            writer.replace_estimates("control", estimate_rows(table_of(series, ground)))
            writer.put("reliability", reliability_text(series.reliability))
            writer.add_run(
                inputs="made up", settings=plain_settings(settings, ground, days), summary={},
                at=datetime(2024, 1, 1, tzinfo=UTC),
            )  # fmt: skip
    return path


def main() -> int:
    """Parse the options."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("out", type=Path)
    parser.add_argument("--gazetteer", type=Path)
    parser.add_argument("--claims", type=int, default=60_000)
    parser.add_argument("--days", type=int, default=400)
    parser.add_argument("--places", type=int, default=32_475)
    a = parser.parse_args()
    path = make(a.out, gazetteer=a.gazetteer, n_claims=a.claims, n_days=a.days, n_places=a.places)
    print(f"{path}: {path.stat().st_size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
