"""How a contradiction ends: what proves one camp right, and what only shows that the dispute has been overtaken.

Four things close one, once it is open: pictures; the word of the side that loses by it; the own word of an outlet that
is of neither side; a control map. The last two tell of a state, which may have come about since: a state that bears out
the camp that told of a change is taken for that change for three days, as long as the dates of two map-makers differ;
later it overtakes the dispute. So does a later change of hands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from whoholds.corroborate.implied import WITHIN_DAYS, Implied, is_near
from whoholds.model import EvidenceType, Stance

# What is shown of a place two weeks later tells of another day's fighting. Chosen.
SETTLE_DAYS = 14
NO_SIDE = "none/"
"""How the group of a speaker of neither side begins."""


class Proof(StrEnum):
    """What closed a contradiction."""

    SHOWN = "shown"
    CONCESSION = "concession"
    NEITHER_SIDE = "neither side"
    MAP = "map"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a control map among the reports shows at a place: the side that holds it on its day."""

    report_id: str
    side: str
    day: date
    known_day: date


DrawnAt = Callable[[str], Sequence[Drawn]]
"""A place to what the maps show there, sides only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What closed a contradiction: a claim, or the report that a map is; `later` where it tells of a later change."""

    known_day: date
    proof: Proof
    outcome: str
    later: bool
    claim_id: str | None = None
    map_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A contradiction as far as its ending goes: its claims, the days it is about, and the camp that tells of a change.

    `changed` is True where that is the camp that says `side` holds the place, None where both or neither tell of one.
    """

    side: str
    members: frozenset[str]
    opened: date
    first: date
    last: date
    changed: bool | None

    def camp(self, side: str, *, holds: bool) -> bool:
        """Whether a word about a side is for the camp that says `side` holds the place."""
        return holds if side == self.side else not holds


def ending(
    *, side: str, members: Sequence[str], opened: date, days: tuple[date, date], views: Sequence[Implied],
    maps: Sequence[Drawn] = (),
) -> Ending | None:  # fmt: skip
    """The first thing known that closes a contradiction; None where it stays open.

    Parameters
    ----------
    side : str
        The side whose holding is disputed.
    members : sequence of str
        Ids of the claims of both camps.
    opened : date
        What was known before closes nothing: the contradiction arose in spite of it.
    days : (date, date)
        The first and the last day the claims are about.
    views : sequence of Implied
        All that claims imply of the place.
    maps : sequence of Drawn
        What control maps show of it.
    """
    first, last = days
    inside = frozenset(members)
    camps = {v.holds if v.side == side else not v.holds for v in views if v.event and v.claim.claim.id in inside}
    case = _Case(
        side=side, members=inside, opened=opened, first=first, last=last,
        changed=camps.pop() if len(camps) == 1 else None,
    )  # fmt: skip
    near = [v for v in views if v.whole and not v.part and first <= v.day <= last + timedelta(days=SETTLE_DAYS)]
    found = [*_told(case, near), *_mapped(case, maps)]
    return min(found, key=lambda e: (e.known_day, e.later, e.claim_id or "", e.map_id or ""), default=None)


def _told(case: _Case, views: Sequence[Implied]) -> list[Ending]:
    """What claims close it."""
    shown = [v for v in views if _proof(v) is Proof.SHOWN]
    found = []
    for view in views:
        proof, known, claim = _proof(view), view.claim.known_day, view.claim.claim
        if proof is None or known < case.opened:
            continue
        camp = case.camp(view.side, holds=view.holds)
        later = _is_later(case, camp, day=view.day, event=view.event)
        if proof is Proof.NEITHER_SIDE:
            if claim.id in case.members or view.day < case.last or is_near(view):
                continue
            # Another change told since then may be what it speaks of.
            later = later or any(
                v.event and case.last < v.day <= view.day and case.camp(v.side, holds=v.holds) == camp != case.changed
                for v in views
            )
        # Pictures that both camps can show settle nothing.
        against = [v for v in shown if case.camp(v.side, holds=v.holds) != camp and v.claim.known_day <= known]
        if against and not later:
            continue
        found.append(Ending(known_day=known, proof=proof, outcome=_outcome(view), later=later, claim_id=claim.id))
    return found


def _mapped(case: _Case, maps: Sequence[Drawn]) -> list[Ending]:
    """What maps close it; a map that does not show a change yet says so only when map-makers would have drawn it."""
    found = []
    for drawn in maps:
        camp = case.camp(drawn.side, holds=True)
        earliest = case.first if camp == case.changed else case.last + timedelta(days=WITHIN_DAYS)
        if drawn.known_day >= case.opened and earliest <= drawn.day <= case.last + timedelta(days=SETTLE_DAYS):
            later = _is_later(case, camp, day=drawn.day, event=False)
            found.append(
                Ending(
                    known_day=drawn.known_day, proof=Proof.MAP, outcome=f"{drawn.side} holds", later=later,
                    map_id=drawn.report_id,
                )
            )  # fmt: skip
    return found


def _is_later(case: _Case, camp: bool, *, day: date, event: bool) -> bool:
    """Whether a word for a camp tells of a change after the disputed days rather than of who was right."""
    if camp == case.changed:
        return day > case.last + timedelta(days=WITHIN_DAYS)
    return event and day > case.last


def _proof(view: Implied) -> Proof | None:
    """How a claim can close a dispute, if it can."""
    placed, claim = view.claim, view.claim.claim
    if claim.hedged or claim.stance in (Stance.RUMOURED, Stance.PREDICTED):
        return None
    against_itself = claim.speaker_side is not None and (claim.speaker_side == view.side) != view.holds
    if against_itself and (claim.stance is not Stance.ASSERTED or claim.speaker_side != view.side):
        return Proof.CONCESSION
    if claim.stance is Stance.DENIED:
        return None
    if claim.evidence is not EvidenceType.STATEMENT:
        return Proof.SHOWN
    return Proof.NEITHER_SIDE if claim.speaker is None and placed.group.startswith(NO_SIDE) else None


def _outcome(view: Implied) -> str:
    """What the closing claim says, in two words."""
    if view.holds:
        return f"{view.side} {'took it' if view.event else 'holds'}"
    return f"{view.side} {'left' if view.event else 'does not hold'}"
