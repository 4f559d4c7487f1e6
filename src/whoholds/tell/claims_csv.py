"""claims.csv: one row a claim and place (one row where a claim has no place)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from whoholds.tell.claims import ToldClaim, claim_record

COLUMNS = (
    "id", "report", "outlet", "title", "url", "report_day", "known_day", "valid_day", "kind", "side",
    "place_text", "place_type", "geonameid", "place_name", "lat", "lon", "place_probability", "area", "unresolved",
    "trigger", "stance", "hedged", "failed", "speaker", "speaker_side", "date", "evidence", "count_min", "count_unit",
    "distance_km", "distance_to", "sentence", "start", "end", "rule", "witness", "speakers",
)  # fmt: skip


def write_claims_csv(claims: Iterable[ToldClaim], path: Path) -> int:
    """Write claims; answers how many rows. Lines begin with no sign that a spreadsheet takes for a formula."""
    n = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for told in claims:
            record = claim_record(told)
            count = record["count"] or {}
            for place in record["places"] or [{}]:
                flat = {
                    **{k: v for k, v in record.items() if not isinstance(v, dict | list)},
                    "place_text": place.get("text"),
                    "place_type": place.get("type"),
                    "geonameid": place.get("geonameid"),
                    "place_name": place.get("name"),
                    "lat": place.get("lat"),
                    "lon": place.get("lon"),
                    "place_probability": place.get("probability"),
                    "area": place.get("area"),
                    "unresolved": place.get("unresolved"),
                    "trigger": record["trigger"]["text"],
                    "speaker": record["speaker"]["text"] if record["speaker"] else None,
                    "count_min": count.get("min"),
                    "count_unit": count.get("unit"),
                    "distance_km": count.get("distance_km"),
                    "distance_to": count.get("to"),
                    "sentence": " ".join(record["sentence"]["text"].split()),
                    "start": record["sentence"]["start"],
                    "end": record["sentence"]["end"],
                }
                out.writerow([_cell(flat.get(column)) for column in COLUMNS])
                n += 1
    return n


def _cell(value: object) -> object:
    """A value as a cell: truth as 0 or 1, and text that a spreadsheet would run as a formula with an apostrophe."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@"):
        return "'" + value
    return "" if value is None else value
