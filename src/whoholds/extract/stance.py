"""How the speaker stands to a claim (asserted, acknowledged, denied, rumoured, predicted), and whether doubt is marked.

Only what governs the trigger counts: the way is walked from the trigger up to the word of saying, and left where the
event becomes the subject, the circumstance or the description of something else. "Heavy shelling may indicate a pause"
doubts the pause, not the shelling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from whoholds.extract.cues import Cues, english_cues
from whoholds.extract.frame import Frame
from whoholds.extract.signs import Signs
from whoholds.extract.situations import is_conceded
from whoholds.model import Kind, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from whoholds.extract.attribution import Attribution

_RUMOURS = ("rumors", "rumours", "rumor", "rumour")


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceReading:
    """How the speaker stands to the claim, and whether doubt is marked."""

    stance: Stance
    hedged: bool


def judge(doc: Doc, frame: Frame, attribution: Attribution, *, cues: Cues | None = None) -> StanceReading:
    """The stance and hedge of a frame, given who says it.

    Parameters
    ----------
    doc
        The parsed text.
    frame
        What is said; its `failed` keeps a repelled attack asserted, `negated` and `predicted` are taken over.
    attribution
        The speaker and the words of saying.
    cues
        The words that mark stance; the packaged English ones by default.
    """
    signs = Signs(doc, frame, attribution, cues or english_cues())
    signs.collect()
    return _reading(signs)


def _reading(signs: Signs) -> StanceReading:
    """The reading that the signs add up to."""
    speaker = signs.attribution.speaker
    hedged = signs.weak or signs.doubt
    if speaker is not None and speaker.text.lower().endswith(_RUMOURS):
        return StanceReading(stance=Stance.RUMOURED, hedged=False)
    if signs.attribution.rumoured and any(t.lower_ in _RUMOURS for t in signs.trigger.sent if t.i < signs.trigger.i):
        # a rumour of what is to come is no forecast of anybody's
        return StanceReading(stance=Stance.RUMOURED, hedged=False)
    if signs.negations % 2 == 1:
        return StanceReading(stance=Stance.DENIED, hedged=hedged)
    if signs.future:
        return StanceReading(stance=Stance.PREDICTED, hedged=hedged)
    if signs.attribution.rumoured or signs.rumour:
        if speaker is None:
            return StanceReading(stance=Stance.RUMOURED, hedged=False)
        hedged = True
    if signs.acknowledged or _is_own_loss(signs):
        return StanceReading(stance=Stance.ACKNOWLEDGED, hedged=hedged)
    return StanceReading(stance=Stance.ASSERTED, hedged=hedged)


def _is_own_loss(signs: Signs) -> bool:
    """Whether a side says of itself that it left or lost a place, or is hard pressed there."""
    side = signs.attribution.speaker_side
    if side is None:
        return False
    if signs.frame.kind is Kind.ATTACK and signs.frame.side is None and is_conceded(signs.trigger):
        # "the situation there is very difficult": who says so of their own front admits that there is fighting
        return True
    return signs.frame.side == side and signs.frame.kind is Kind.LEAVE
