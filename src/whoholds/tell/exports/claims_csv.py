"""claims.csv: one row a claim and place (one row where a claim has no place)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoholds.tell.claims import ToldClaim, claim_record
from whoholds.tell.exports.columns import column
from whoholds.tell.exports.table import write_table

COLUMNS = (
    column(
        "id",
        "the claim; made of the report, the trigger's span and the kind, so that it stays when the code gets better",
    ),
    column("report", "the report's id"),
    column("outlet", "who published it"),
    column("title", "the report's title"),
    column("url", "where it was published"),
    column("report_day", "the day printed on it", "date"),
    column("known_day", "the first day it could be known", "date"),
    column("valid_day", "when it was so: the claim's day, else the report's", "date"),
    column("kind", "`gain`, `enter`, `hold`, `leave`, `attack`, `fire`, `advance`, `deploy`, `escalate`"),
    column("side", "whose act"),
    column("place_text", "the place as the text names it"),
    column("place_type", "`settlement`, `region`, `direction`, `feature`"),
    column("geonameid", "what it was taken for; negative where GeoNames has none", "integer"),
    column("place_name", "its main name in the gazetteer"),
    column("lat", "latitude [degree]", "number"),
    column("lon", "longitude [degree]", "number"),
    column("place_probability", "how sure the place is, 0 to 1", "number"),
    column("area", "key of the region, direction or feature, where it has a shape"),
    column("unresolved", "why there is neither place nor area"),
    column("trigger", "the words that say it"),
    column("stance", "`asserted`, `acknowledged`, `denied`, `rumoured`, `predicted`"),
    column("hedged", '1: with a caution ("reportedly")', "boolean"),
    column("failed", "1: an attempt that did not succeed", "boolean"),
    column("speaker", "who says it, as named"),
    column("speaker_side", "the speaker's side"),
    column("date", "the day the text gives for it", "date"),
    column("evidence", "`statement`, `visual`, `map`"),
    column("count_min", "at least so many", "integer"),
    column("count_unit", "of what: a number of places that are not named"),
    column("distance_km", "a claimed distance [km]", "number"),
    column("distance_to", "from what"),
    column("sentence", "the sentence on one line"),
    column("start", "where the sentence begins in the report's text [characters]", "integer"),
    column("end", "where it ends", "integer"),
    column("rule", "the pattern that made the claim"),
    column("witness", "claims with one witness repeat one origin"),
    column("speakers", "the group whose reliability is learned together: side/kind of outlet/evidence"),
)


def write_claims_csv(claims: Iterable[ToldClaim], path: Path) -> int:
    """Write claims; answers how many rows."""
    return write_table(COLUMNS, claim_rows(claims), path)


def claim_rows(claims: Iterable[ToldClaim]) -> Iterator[dict[str, Any]]:
    """Claims as flat rows, one a place."""
    for told in claims:
        record = claim_record(told)
        count = record["count"] or {}
        for place in record["places"] or [{}]:
            yield {
                **{k: v for k, v in record.items() if not isinstance(v, dict | list) and k != "count"},
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
