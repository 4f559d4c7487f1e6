"""Rumours, predictions and announced intentions: open until a later claim shows what came of them.

A forecast came true when a later claim asserts the same deed by the same side at the same place. A forecast act of
state needs a claim that tells of its being done (decreed, announced, held), for its name alone stands in every article
about it; where instead another act was done that serves the same end (mobilisation instead of a declaration of war) it
came true otherwise. A day set for an act is not yet the act, and an act that was done already is not what is foretold.
One that nothing bears out stays open for 60 days, then it is counted as not having come.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from whoholds.model import Kind, Stance
from whoholds.tell.claims import ToldClaim

# Forecasts in reports speak of days to weeks; two months leaves room, and keeps a ledger of months readable. Chosen.
OPEN_DAYS = 60
# Acts of state, by the words that tell them apart; a forecast of one may be followed by another.
ACTS = {
    "declaration of war": ("declar", "formal war", "martial"),
    "mobilisation": ("mobiliz", "mobilis", "conscript", "draft"),
    "annexation": ("annex", "accession", "incorporat"),
    "referendum": ("referend", "plebiscite"),
}
# Acts of which one may be done in place of the other.
INSTEAD = {"declaration of war": ("mobilisation",), "mobilisation": ("declaration of war",)}
# What bears an act's name and is none of the state's: a call for it, a local or hidden one, one on the other's ground.
_LESSER = re.compile(
    r"\b(?:self|covert(?:ly)?|forced|forcibly|hidden|crypto|shadow|volunteer|local)[- ]+(?:mobili|conscript|recruit)"
    r"|\b(?:calls?|called|support|appeals?|plans?|planned|prepar\w+|threat\w*) (?:for|to|of)\b",
    re.IGNORECASE,
)
# A day named for it, a wish or a duty: "announced 4 November as the possible date for", "should hold sessions to".
_STILL_TO_COME = re.compile(
    r"\b(?:dates?|schedul\w*|potential\w*|possib\w*|desired|upcoming|planned|future|postpon\w*|delay\w*|should|would|"
    r"will|may|might|could|intend\w*|intention|prepar\w*|ahead of|before)\b[^.;]{0,80}$",
    re.IGNORECASE,
)
# An act that so many reports told as done in the month before is behind a forecast, which is then of another. Chosen.
TOLD_BEFORE, BEFORE_DAYS = 3, 30
# Words that tell of an act as done.
_DONE = re.compile(
    r"\b(?:declar(?:es|ed)|announc(?:es|ed|ement)|sign(?:s|ed)|decree[sd]?|order(?:s|ed)|proclaim(?:s|ed)|enact(?:s|ed)|"
    r"impos(?:es|ed)|introduc(?:es|ed)|began|begun|begins|start(?:s|ed)|held|completed|recogni[sz](?:es|ed)|adopt(?:s|ed)|"
    r"ratif(?:ies|ied))\b",
    re.IGNORECASE,
)


class Resolved(StrEnum):
    """What came of a forecast."""

    OPEN = "open"
    CAME_TRUE = "came true"
    OTHERWISE = "came true otherwise"
    DID_NOT = "did not come"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookRow:
    """One forecast: who said it first, what came of it, by which claim, and after how many days."""

    claim_ids: tuple[str, ...]
    stance: str
    kind: str
    side: str | None
    what: str
    places: tuple[str, ...]
    speakers: tuple[str, ...]
    opened: date
    resolved: Resolved = Resolved.OPEN
    by_claim: str | None = None
    days: int | None = None


def outlook_ledger(claims: Sequence[ToldClaim], *, as_of: date) -> list[OutlookRow]:
    """Every rumour and prediction with what came of it: acts of state first, each part from the oldest on.

    Parameters
    ----------
    claims : sequence of ToldClaim
        Known by `as_of`.
    as_of : date
        The day the ledger is read: a forecast made within 60 days of it stays open.
    """
    ordered = sorted(claims, key=lambda t: (t.known_day, t.claim.id))
    groups: dict[tuple[str, ...], list[ToldClaim]] = {}
    for told in ordered:
        if told.claim.stance in (Stance.RUMOURED, Stance.PREDICTED):
            groups.setdefault(_topic(told), []).append(told)
    done = [t for t in ordered if t.claim.stance in (Stance.ASSERTED, Stance.ACKNOWLEDGED) and not t.claim.hedged]
    rows = [_row(group, done, as_of) for group in groups.values()]
    return sorted(rows, key=lambda row: row.kind != Kind.ESCALATE)


def _topic(told: ToldClaim) -> tuple[str, ...]:
    """What makes two forecasts one; a rumour of what is and a prediction of what will be are two."""
    claim = told.claim
    act = act_of(claim.trigger.text) if claim.kind is Kind.ESCALATE else ""
    return (claim.stance.value, claim.kind.value, claim.side or "", act, *sorted(_places(told)))


def act_of(words: str) -> str:
    """Which act of state words name.

    >>> act_of("greater mobilization"), act_of("formal declaration of war"), act_of("step")
    ('mobilisation', 'declaration of war', 'step')
    >>> act_of("annexation referenda"), act_of("referendum on annexation")
    ('referendum', 'referendum')
    """
    low = words.lower()
    # The head of a name stands last, before any "of" or "on".
    for part in (re.split(r" (?:of|on|to|for|in) ", low)[0], low):
        found = {max(part.rfind(stem) for stem in stems): act for act, stems in ACTS.items()}
        if max(found) >= 0:
            return found[max(found)]
    return low


def _places(told: ToldClaim) -> set[str]:
    """The places of a claim, as resolved where they were."""
    placed = told.placed.resolutions if told.placed else ()
    keys = {str(r.best.place_id) if r.best else r.area for r in placed}
    known = {key for key in keys if key}
    return known or {p.span.text for p in told.claim.places}


def _row(group: Sequence[ToldClaim], done: Sequence[ToldClaim], as_of: date) -> OutlookRow:
    """One forecast against what was said to have happened later."""
    first = group[0]
    claim, places = first.claim, _places(first)
    act = act_of(claim.trigger.text) if claim.kind is Kind.ESCALATE else claim.trigger.text
    limit = first.known_day + timedelta(days=OPEN_DAYS)
    outcome, by = Resolved.OPEN if as_of <= limit else Resolved.DID_NOT, None
    behind = claim.kind is Kind.ESCALATE and _is_behind(first, act, done)
    for told in [] if behind else done:
        later = told.claim
        if not first.known_day < told.known_day <= limit or later.kind is not claim.kind or later.side != claim.side:
            continue
        if claim.kind is not Kind.ESCALATE:
            came = Resolved.CAME_TRUE if places & _places(told) else None
        else:
            came = _act_done(act, told)
        if came is Resolved.CAME_TRUE or (came is not None and by is None):
            outcome, by = came, told
        if came is Resolved.CAME_TRUE:
            break
    return OutlookRow(
        claim_ids=tuple(t.claim.id for t in group), stance=claim.stance.value, kind=claim.kind.value, side=claim.side,
        what=act, places=tuple(p.span.text for p in claim.places),
        speakers=tuple(dict.fromkeys(t.whose_word for t in group)), opened=first.known_day, resolved=outcome,
        by_claim=by.claim.id if by else None, days=(by.known_day - first.known_day).days if by else None,
    )  # fmt: skip


def _is_behind(first: ToldClaim, act: str, done: Sequence[ToldClaim]) -> bool:
    """Whether the side had done the act when it was forecast."""
    start = first.known_day - timedelta(days=BEFORE_DAYS)
    told = {
        t.claim.report_id
        for t in done
        if t.claim.kind is Kind.ESCALATE
        and t.claim.side == first.claim.side
        and start <= t.known_day < first.known_day
        and _act_done(act, t) is Resolved.CAME_TRUE
    }
    return len(told) >= TOLD_BEFORE


def _act_done(act: str, told: ToldClaim) -> Resolved | None:
    """Whether a claim tells that the act of state was done, or another in its place."""
    other = act_of(told.claim.trigger.text)
    sentence = told.claim.sentence
    before = sentence.text[: max(0, told.claim.trigger.start - sentence.start)]
    done = _DONE.search(told.sentence) and not _LESSER.search(told.sentence) and not _STILL_TO_COME.search(before)
    if not done or other not in (act, *INSTEAD.get(act, ())):
        return None
    return Resolved.CAME_TRUE if other == act else Resolved.OTHERWISE
