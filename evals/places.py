"""Accuracy of `locate` on real texts, beside a deliberately dumb baseline; floors rise by default.

    python evals/places.py [--gazetteer FILE] [--lower-floors]

Needs the shared corpora (WHOHOLDS_SHARED, or ../shared beside the repository); without them nothing is measured, and it
says so. The dumb baseline takes the most populous place of a name.

Measured:

- located: exact geonameid on relative_locations.jsonl, without and with the distance-and-direction phrases
- recall: settlements marked in the claims of gold/dev.jsonl (Ukraine) that the finder finds
- precision: places found in 25 of those passages drawn by Random(25), against every place in them marked by reading
  (places_marked.json: passage id to offsets)
- inflected: Ukrainian and Russian case forms in Telegram posts (places_inflected.json: id, start, end, geonameid;
  read by hand from a random draw, misprints and places outside the theatre left out): found, with the place among
  the candidates
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from whoholds.locate import Finder, Gazetteer, Resolver, build, open_gazetteer
from whoholds.model import Mention
from whoholds.theatres import load_theatre

HERE = Path(__file__).parent
FLOORS = HERE / "places_floors.json"
SHARED = Path(os.environ.get("WHOHOLDS_SHARED", HERE.parent.parent / "shared"))
OVERLAP = 0.3
# Slack below the measured figure when floors are raised, against rounding only.
SLACK = 0.002


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def overlap(mention: Mention, start: int, end: int) -> float:
    """Shared characters over the union."""
    shared = min(end, mention.span.end) - max(start, mention.span.start)
    return max(shared, 0) / (max(end, mention.span.end) - min(start, mention.span.start))


def located(finder: Finder, gazetteer: Gazetteer, rows: list[dict[str, Any]]) -> dict[str, float]:
    """Share of located names with the exact geonameid."""
    theatre = finder.theatre
    plain = Resolver(gazetteer, theatre, use_phrases=False)
    phrased = Resolver(gazetteer, theatre)
    right = {"located_without_phrases": 0, "located_with_phrases": 0, "baseline_most_populous": 0}
    for row in rows:
        mentions = finder.find(row["text"], row["lang"])
        start, end = row["place"]["start"], row["place"]["end"]
        k = max(range(len(mentions)), key=lambda i: overlap(mentions[i], start, end), default=-1)
        if k < 0 or overlap(mentions[k], start, end) < OVERLAP:
            continue
        for name, resolver in (("located_without_phrases", plain), ("located_with_phrases", phrased)):
            found = resolver.resolve(row["text"], mentions, day=date.fromisoformat(row["date"]))[k]
            best = found.best or (found.runners_up[0] if found.runners_up else None)
            right[name] += best is not None and best.place_id == row["geonameid"]
        largest = max(mentions[k].candidates, key=lambda i: gazetteer.place(i).population, default=None)
        right["baseline_most_populous"] += largest == row["geonameid"]
    return {name: n / len(rows) for name, n in right.items()}


def recall(finder: Finder, rows: list[dict[str, Any]]) -> float:
    """Share of the settlements marked in claims that are found."""
    found = total = 0
    for row in rows:
        mentions = finder.find(row["text"], row["lang"])
        marked = {(p["start"], p["end"]) for c in row["claims"] for p in c["places"] if p["type"] == "settlement"}
        for start, end in marked:
            total += 1
            found += any(overlap(m, start, end) >= OVERLAP for m in mentions)
    return found / total


def precision(finder: Finder, rows: dict[str, dict[str, Any]], marks: dict[str, list[list[int]]]) -> dict[str, float]:
    """Share of the places found that were marked, and of the marked that were found."""
    right = taken = hit = total = 0
    for identity, spans in marks.items():
        mentions = finder.find(rows[identity]["text"], "en")
        taken += len(mentions)
        right += sum(any(overlap(m, s, e) >= OVERLAP for s, e in spans) for m in mentions)
        total += len(spans)
        hit += sum(any(overlap(m, s, e) >= OVERLAP for m in mentions) for s, e in spans)
    return {"precision": right / taken, "recall_all_places": hit / total}


def inflected(finder: Finder, rows: dict[str, dict[str, Any]], marks: list[list[Any]]) -> float:
    """Share of the case forms that are found with the right place among the candidates."""
    right = 0
    for identity, start, end, place in marks:
        row = rows[identity]
        mentions = finder.find(row["text"], row["lang"])
        right += any(overlap(m, start, end) >= OVERLAP and place in m.candidates for m in mentions)
    return right / len(marks)


def main() -> int:
    """Measure, compare with the floors, raise them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gazetteer", type=Path)
    parser.add_argument("--lower-floors", action="store_true", help="write the figures as floors even where they fell")
    options = parser.parse_args()
    inputs = [
        SHARED / "corpora/relative_locations.jsonl", SHARED / "gold/dev.jsonl",
        SHARED / "corpora/telegram_uk_2026.jsonl", SHARED / "corpora/telegram_ru_2024.jsonl", SHARED / "gaz/UA.txt.gz",
    ]  # fmt: skip
    absent = [p for p in inputs if not p.exists()]
    if absent:
        print(f"not measured: {', '.join(p.name for p in absent)} not found; set WHOHOLDS_SHARED.", file=sys.stderr)
        return 0
    theatre = load_theatre("ukraine-2022")
    with tempfile.TemporaryDirectory() as scratch:
        file = options.gazetteer
        if file is None:
            file = Path(scratch) / "ua.gazetteer"
            build([SHARED / "gaz/UA.txt.gz", SHARED / "gaz/ukraine-adm1.geojson"], file)
        gazetteer = open_gazetteer(file)
    finder = Finder(gazetteer, theatre)
    dev = [r for r in rows_of(inputs[1]) if r["theatre"] == "ukraine-2022"]
    telegram = {r["id"]: r for p in inputs[2:4] for r in rows_of(p)}
    figures = located(finder, gazetteer, rows_of(inputs[0]))
    figures["recall_settlements"] = recall(finder, dev)
    figures |= precision(finder, {r["id"]: r for r in dev}, json.loads((HERE / "places_marked.json").read_text()))
    figures["inflected"] = inflected(finder, telegram, json.loads((HERE / "places_inflected.json").read_text()))
    for path in inputs:
        print(f"input {path.name} sha256 {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}")
    return compare(figures, lower=options.lower_floors)


def compare(figures: dict[str, float], *, lower: bool) -> int:
    """Print figures beside their floors; raise floors, and lower them only when asked."""
    floors: dict[str, float] = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    fell = False
    for name, figure in figures.items():
        floor = floors.get(name)
        if name.startswith("baseline"):
            print(f"{name:28} {figure:.4f}  (baseline)")
            continue
        below = floor is not None and figure < floor
        print(f"{name:28} {figure:.4f}  floor {floor if floor is not None else 'none'}{'  FELL' if below else ''}")
        fell |= below
        if floor is None or figure - SLACK > floor or (below and lower):
            floors[name] = round(figure - SLACK, 4)
    FLOORS.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n")
    return 1 if fell and not lower else 0


if __name__ == "__main__":
    sys.exit(main())
