"""What a claim says about who holds the place it names."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.infer.wording import is_beside, is_label, is_outskirts, is_part, is_start, is_whole
from whoholds.model import Claim, EvidenceType, Kind, Resolution, Stance

MEANINGS = ("took", "holds", "inside", "left", "failed", "attacks", "fires", "deploys", "not_yet", "denied", "drawn")
"""What a claim of side A at X comes to:

took     A has taken X                             A holds X
holds    A holds X, has its flag or garrison there A holds X
inside   A is in a part of X                       A holds X or it is contested
left     A has lost X                              another side holds X
failed   A attacked X in vain                      another side holds X
attacks  A attacks X                               another side holds X, or it is contested
fires    A shells X                                another side holds X
deploys  A moves forces to X                       A holds X
not_yet  A is said to take X later                 another side holds X now
denied   A is said not to hold X                   another side holds X
drawn    a map shows X as A's, or as contested     A holds X, or it is contested
"""

FOR_SIDE = frozenset({"took", "holds", "inside", "deploys", "drawn"})
"""Meanings by which the side holds the place; by the others it does not."""

SHOWABLE = frozenset({"took", "holds", "inside", "left"})
"""Meanings that a picture bears out: flags, soldiers in the streets, an empty post."""

CHANGES = frozenset({"took", "inside", "left"})
"""Meanings that tell of a change, and so of an offensive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one claim comes to at one place, and how much of its usual weight it has (0 to 1)."""

    meaning: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Claims that share one reliability: alike in meaning, in the kind of place, in whose favour, and in who says so.

    `scope` is "place" for a named point, else the type of area; `relation` is shows (a picture does), announces (the
    speaker's side gains by it), concedes (it loses by it) or observes (a third party).
    """

    meaning: str
    scope: str
    relation: str
    group: str


def relation_of(meaning: str, claim: Claim) -> str:
    """Whether a picture shows it, the speaker's side announces or concedes it, or a third observes.

    A picture of what is done to a place says no more of who holds it than words do.
    """
    if claim.evidence is EvidenceType.VISUAL and claim.stance is not Stance.RUMOURED and meaning in SHOWABLE:
        return "shows"
    if claim.stance is Stance.ACKNOWLEDGED:
        return "concedes"
    if claim.speaker_side is None or claim.side is None:
        return "observes"
    return "announces" if (claim.speaker_side == claim.side) == (meaning in FOR_SIDE) else "concedes"


_PARTLY = frozenset({"admin1", "region", "part", "from", "district", "direction", "toward"})


def scope_of(claim: Claim, resolution: Resolution) -> str | None:
    """What reliability is told apart by: "place", or the making of an area; None for areas too wide to say anything.

    Areas of the theatre go by their type and, where the key says so, as banks of a river. Areas of which only a part is
    meant, as far as the words go, are "some" of their making.
    """
    if resolution.best is not None:
        return "place"
    key = resolution.area or ""
    making = key.split(":", 1)[0]
    if not key or making == "country" or "country:" in key or is_label(resolution):
        return None
    if making == "theatre":
        making = "bank" if key.endswith("-bank") else resolution.type.value
    if making == "district" and claim.kind is Kind.LEAVE and concedes(claim):
        return making  # nobody owns up to leaving a district who still holds its town
    return f"some {making}" if making in _PARTLY and not is_whole(claim, resolution) else making


def concedes(claim: Claim) -> bool:
    """Whether the side that leaves says so itself."""
    own = claim.speaker_side is not None and claim.speaker_side == claim.side
    return claim.stance is Stance.ACKNOWLEDGED or (own and claim.stance is Stance.ASSERTED)


def centre_of(scope: str, resolution: Resolution) -> int:
    """The id of the place that an area is named for, where the whole of a town's district is meant; else -1."""
    tail = (resolution.area or "").partition(":")[2]
    return int(tail) if scope == "district" and tail.isdigit() else -1


_BY_KIND = {
    Kind.GAIN: "took",
    Kind.HOLD: "holds",
    Kind.ENTER: "inside",
    Kind.LEAVE: "left",
    Kind.ATTACK: "attacks",
    Kind.FIRE: "fires",
    Kind.DEPLOY: "deploys",
}
_STRONG = frozenset({Kind.GAIN, Kind.HOLD, Kind.ENTER, Kind.LEAVE})


def read_claim(claim: Claim, *, wide: bool) -> Reading | None:
    """What a claim says of who holds a place it names, or (`wide`) the places of an area; None where it says nothing.

    A region attacked, shelled, entered or held positions in says nothing of its places one by one: somebody holds each.
    """
    meaning = _BY_KIND.get(claim.kind)
    if meaning is None:
        return None
    if wide and claim.kind not in (Kind.GAIN, Kind.LEAVE):
        return None
    if claim.kind in _STRONG and claim.stance is Stance.PREDICTED:
        return None if wide or claim.kind in (Kind.HOLD, Kind.LEAVE) else Reading(meaning="not_yet", weight=1.0)
    if claim.stance is Stance.PREDICTED:
        return None
    if claim.stance is Stance.DENIED:
        if claim.kind not in _STRONG or wide:
            return None
        return Reading(meaning="holds" if claim.kind is Kind.LEAVE else "denied", weight=1.0)
    if claim.failed:
        return Reading(meaning="failed", weight=1.0) if not wide else None
    weight = 1.0
    if claim.stance is Stance.RUMOURED:
        weight *= 0.5
    if claim.hedged:
        weight *= 0.6
    if claim.count is not None and wide:
        # "40 settlements in Kharkiv Oblast" is not the oblast.
        return None
    if claim.evidence is EvidenceType.VISUAL:
        weight = max(weight, 0.9)
    return Reading(meaning=meaning, weight=weight)


OF_THE_PLACE = frozenset({"took", "holds", "inside", "left", "deploys", "not_yet", "denied"})
"""Meanings that say nothing of a place that is only named to say where another lies."""


def narrowed(reading: Reading, claim: Claim, resolution: Resolution) -> Reading | None:
    """The reading where the words around a settlement leave a part of it, or only the ground around it.

    Of settlements that the maps of 2022 decide, the attacker did not hold 90 % of those attacked "on", "against" or
    "toward", 45 % of those on whose outskirts he attacked, and 29 % of those he attacked "from".
    """
    if reading.meaning in OF_THE_PLACE and is_beside(claim, resolution):
        return None
    if reading.meaning in ("took", "holds", "deploys") and is_part(claim, resolution):
        return Reading(meaning="inside", weight=reading.weight)
    if reading.meaning == "left" and is_part(claim, resolution):
        return None
    if reading.meaning in ("attacks", "failed"):
        if is_outskirts(claim, resolution):
            return None
        if is_start(claim, resolution):
            return Reading(meaning="deploys", weight=reading.weight)
    return reading
