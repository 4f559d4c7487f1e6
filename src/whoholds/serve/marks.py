"""What stands for a report or claim on the page: the name of its file, and the words that are marked."""

from __future__ import annotations

import hashlib
from typing import Any

from whoholds.model import Claim


def report_file(report_id: str) -> str:
    """The name of a report's file in a published site: ids may hold characters that file names may not."""
    return hashlib.sha256(report_id.encode()).hexdigest()[:20]


def marks_of(claim: Claim) -> list[dict[str, Any]]:
    """The words of a claim in its report: what was done, where, and who says so."""
    spans = [(claim.trigger, "trigger"), *((place.span, "place") for place in claim.places)]
    if claim.speaker is not None:
        spans.append((claim.speaker, "speaker"))
    return [{"start": span.start, "end": span.end, "claim": claim.id, "role": role} for span, role in spans]
