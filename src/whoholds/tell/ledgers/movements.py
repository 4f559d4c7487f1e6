"""Reinforcements and places of weight, as published: side, place and day, never a unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from whoholds.model import Kind
from whoholds.tell.claims import ToldClaim

# Words by which reports tell why a place matters to an army's supply.
WEIGHT = re.compile(
    r"\b(?:supply|logistics?|railway|rail|transport|road) (?:hub|route|line|junction|node|base|cent(?:re|er))\b"
    r"|\bground lines? of communication\b|\bstronghold\b|\bbridgehead\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementRow:
    """Forces sent to a place, or a place said to carry an army's supply (`weight` has the words)."""

    claim_id: str
    side: str | None
    place: str
    place_id: int | None
    day: date
    known_day: date
    stance: str
    speaker: str
    weight: str | None = None


def movement_ledger(claims: Sequence[ToldClaim]) -> list[MovementRow]:
    """Every reinforcement and place of weight, one row a place, in the order they became known."""
    rows = []
    for told in sorted(claims, key=lambda t: (t.known_day, t.claim.id)):
        found = WEIGHT.search(told.sentence)
        if told.claim.kind is not Kind.DEPLOY and found is None:
            continue
        resolutions = told.placed.resolutions if told.placed else ()
        for n, place in enumerate(told.claim.places):
            best = resolutions[n].best if n < len(resolutions) else None
            rows.append(
                MovementRow(
                    claim_id=told.claim.id, side=told.claim.side, place=place.span.text,
                    place_id=best.place_id if best else None, day=told.valid_day, known_day=told.known_day,
                    stance=told.claim.stance.value, speaker=told.whose_word, weight=found[0] if found else None,
                )
            )  # fmt: skip
    return rows
