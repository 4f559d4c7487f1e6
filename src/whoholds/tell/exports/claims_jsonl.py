"""claims.jsonl: one JSON object a claim, spans and all."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from whoholds.tell.claims import ToldClaim, claim_record


def write_claims_jsonl(claims: Iterable[ToldClaim], path: Path) -> int:
    """Write claims; answers how many."""
    n = 0
    with path.open("w", encoding="utf-8") as file:
        for told in claims:
            file.write(json.dumps(claim_record(told), ensure_ascii=False) + "\n")
            n += 1
    return n
