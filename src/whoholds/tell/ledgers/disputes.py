"""A contradiction in one sentence: who said what, and how it ended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from whoholds.model import EvidenceType, Kind, Stance
from whoholds.tell.claims import ToldClaim

_VAIN = re.compile(r"unsuccess|fail|repel|repuls|halt|attempt", re.IGNORECASE)
NAMED = 2
"""Voices of a camp that are named; the rest is counted."""


def camp_in_words(claims: Sequence[ToldClaim]) -> str:
    """What one camp says, each voice once with its own word: "Russian MoD: holds; General Staff: liberated".

    Parameters
    ----------
    claims : sequence of ToldClaim
        In the order they became known.
    """
    voices: dict[str, str] = {}
    for told in claims:
        voices.setdefault(told.whose_word, _said(told))
    shown = [f"{who}: {said}" for who, said in list(voices.items())[:NAMED]]
    more = len(voices) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more else "")


def dispute_in_words(
    one: Sequence[ToldClaim],
    other: Sequence[ToldClaim],
    *,
    standing: str,
    last_heard: date,
    settled_by: ToldClaim | None,
    settled_by_map: str | None = None,
    closed: date | None = None,
    outcome: str | None,
) -> str:
    """The whole of a contradiction in one sentence, with its end.

    Parameters
    ----------
    one, other : sequence of ToldClaim
        The camps, each in the order its claims became known.
    standing : str
        open, settled, overtaken or lapsed.
    last_heard : date
        The last day a claim that takes part became known.
    settled_by : ToldClaim or None
        The claim that closed it.
    settled_by_map : str or None
        The map that closed it, in words.
    closed : date or None
        The day what closed it could be known.
    outcome : str or None
        What that shows.
    """
    camps = f"{camp_in_words(one)} / {camp_in_words(other)}"
    how = settled_by_map or (_proof(settled_by) if settled_by is not None else None)
    if how is None or outcome is None or closed is None:
        return f"{camps}; {'open' if standing == 'open' else f'never settled, last heard of on {last_heard}'}"
    verb = "settled by" if standing == "settled" else "overtaken by a change, told by"
    return f"{camps}; {verb} {how} on {closed}: {outcome}"


def _said(told: ToldClaim) -> str:
    """The claim's own word, with what a denial or a failed attack makes of it."""
    claim = told.claim
    words = " ".join(claim.trigger.text.split())
    if claim.stance is Stance.DENIED:
        return f'denies "{words}"'
    vain = claim.kind is Kind.ATTACK and claim.failed and not _VAIN.search(words)
    return f'"{words}", in vain' if vain else f'"{words}"'


def _proof(told: ToldClaim) -> str:
    """What kind of claim closed it."""
    if told.claim.evidence is not EvidenceType.STATEMENT:
        kind = "visual evidence" if told.claim.evidence is EvidenceType.VISUAL else "a map"
        return f"{kind} ({told.whose_word})"
    if told.claim.speaker is None and told.claim.stance is not Stance.ACKNOWLEDGED:
        return f"the word of {told.whose_word}"
    return f"the concession of {told.whose_word}"
