"""An analyst's accept, reject or correct, kept beside the claim, never in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What the analyst decided."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One decision about one claim; append-only: the latest by `at` counts, and `undo` takes back the one before."""

    claim_id: str
    verdict: Verdict
    by: str
    at: datetime
    note: str = ""
    place_id: int | None = None
    kind: str | None = None
