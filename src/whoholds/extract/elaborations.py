"""Days that a lead sentence gives to what elaborates it.

"Russian forces attacked near X on May 5. The General Staff reported attacks on Y and Z." The second sentence says in
somebody's words what the first says in the report's own: the same kind of thing by the same side. Its claims take the
lead's day where they give none themselves; anything else keeps no day.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from whoholds.model import Kind, Stance

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from whoholds.model import Claim

# what goes on all day along a line, so that one day covers a lead and its details
_LASTING = frozenset({Kind.ATTACK, Kind.FIRE})
# at most this many characters between the end of one sentence and the start of the next: note marks and spaces
_MAX_GAP = 12
# what lies before the lead's day, told in passing: "which had fought in X", "previously destroyed"
_EARLIER = re.compile(r"\b(?:had|previously|earlier|formerly)\s(?:\w+\s){0,2}$")


# a word back to what somebody has just said on a day
_BACK_TO_STATEMENT = re.compile(
    r"\b(?:the|this|that|same|its|his|her|their)\s(?:same\s)?(?:statement|announcement|acknowledge?ment|admission"
    r"|declaration|communiqu[eé]|remarks|briefing|message|post|address|speech|interview)\b",
    re.IGNORECASE,
)


_SENTENCE_END = re.compile(r"[.!?][\"”’]?\s+[A-Z]")
_MAX_TOLD = 400  # [characters] from a statement to what is told of it again: a sentence with a long quotation


def with_statement_days(claims: Sequence[Claim], text: str) -> list[Claim]:
    """The claims, those of a statement told of again in the next sentence with the day it was made.

    "On Saturday the ministry acknowledged a retreat from X. Abroad the statement was taken for more: 'our troops left
    Y', the ministry explained." The second sentence goes back to the statement in so many words, and a speaker of the
    same side speaks in both; what it claims is as old as the statement. `rule` says so.

    Parameters
    ----------
    claims
        The claims of one report, in the order of the text.
    text
        The report's text.
    """
    dated = list(claims)
    for n, claim in enumerate(dated):
        if claim.date is not None or claim.speaker_side is None or claim.stance is Stance.PREDICTED:
            continue
        days = [
            c.date
            for c in claims
            if c.date is not None
            and c.speaker_side == claim.speaker_side
            and c.stance is not Stance.PREDICTED
            and _goes_back(text[c.sentence.end : claim.trigger.start])
        ]
        if days:
            dated[n] = replace(claim, date=days[-1], rule=claim.rule + "; day of the statement")
    return dated


def _goes_back(between: str) -> bool:
    """Whether the words from the end of a dated sentence to a claim are of the next sentence and go back to it."""
    if not between or len(between) > _MAX_TOLD or "\n" in between or _SENTENCE_END.search(between):
        return False
    return _BACK_TO_STATEMENT.search(between) is not None


def with_lead_days(claims: Sequence[Claim], text: str) -> list[Claim]:
    """The claims, those that elaborate a dated lead with its day; `rule` says so.

    Parameters
    ----------
    claims
        The claims of one report, in the order of the text.
    text
        The report's text.
    """
    by_start: dict[int, list[int]] = {}
    for number, claim in enumerate(claims):
        by_start.setdefault(claim.sentence.start, []).append(number)
    dated = list(claims)
    lead: dict[tuple[Kind, str | None], date] = {}
    lead_end = -1
    for start in sorted(by_start):
        numbers = by_start[start]
        here = [dated[n] for n in numbers]
        follows = 0 <= start - lead_end <= _MAX_GAP and "\n" not in text[lead_end:start]
        if not follows:
            lead = {}
        voiced = all(c.speaker is not None for c in here)
        if lead and voiced:
            for n in numbers:
                claim = dated[n]
                day = lead.get((claim.kind, claim.side))
                told_now = claim.stance is Stance.ASSERTED and not _told_in_passing(claim, text)
                if claim.date is None and day is not None and told_now:
                    dated[n] = replace(claim, date=day, rule=claim.rule + "; day of the lead")
        else:
            lead = {
                (c.kind, c.side): c.date
                for c in here
                if c.date is not None
                and c.speaker is None
                and c.kind in _LASTING
                and c.stance is Stance.ASSERTED
                and not _told_in_passing(c, text)
            }
        lead_end = max(c.sentence.end for c in here)
    return dated


def _told_in_passing(claim: Claim, text: str) -> bool:
    """Whether the words before the trigger set the event at an earlier time."""
    return _EARLIER.search(text[claim.sentence.start : claim.trigger.start]) is not None
