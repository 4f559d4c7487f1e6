"""Analysts' judgements, as far as they bear on placed claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from whoholds.model import Candidate, Judgement, Kind, Place, PlacedClaim, PlaceType, Resolution, Verdict


def standing(judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """The judgement that counts of each claim: the latest that was not undone."""
    stacks: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        stack = stacks.setdefault(judgement.claim_id, [])
        if judgement.verdict is Verdict.UNDO:
            if stack:
                stack.pop()
        else:
            stack.append(judgement)
    return {claim: stack[-1] for claim, stack in stacks.items() if stack}


def respected(
    placed: Sequence[PlacedClaim], judgements: Iterable[Judgement], places: dict[int, Place]
) -> list[PlacedClaim]:
    """Placed claims as the analysts want them taken: rejected ones left out, corrected ones corrected.

    The claims themselves stay as they are (law 1); only what inference is handed differs.
    """
    verdicts = standing(judgements)
    if not verdicts:
        return list(placed)
    out = []
    for item in placed:
        verdict = verdicts.get(item.claim.id)
        if verdict is None or verdict.verdict is Verdict.ACCEPT:
            out.append(item)
        elif verdict.verdict is Verdict.CORRECT:
            out.append(_corrected(item, verdict, places))
    return out


def _corrected(item: PlacedClaim, verdict: Judgement, places: dict[int, Place]) -> PlacedClaim:
    """The claim with the analyst's place or kind."""
    claim, resolutions = item.claim, item.resolutions
    if verdict.kind is not None:
        claim = replace(claim, kind=Kind(verdict.kind))
    place = places.get(verdict.place_id) if verdict.place_id is not None else None
    if place is not None:
        best = Candidate(
            place_id=place.id,
            name=place.name,
            lat=place.lat,
            lon=place.lon,
            probability=1.0,
            reasons=(f"corrected by {verdict.by}",),
        )
        spans = resolutions or (Resolution(span=claim.trigger, type=PlaceType.SETTLEMENT),)
        resolutions = (replace(spans[0], best=best, runners_up=(), area=None, unresolved=None), *spans[1:])
    return replace(item, claim=claim, resolutions=resolutions)
