"""Who holds a place on a day: statuses, bases, estimates and the placed claims they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from whoholds.model.claim import Claim
from whoholds.model.place import Resolution

CONTESTED = "contested"
UNKNOWN = "unknown"


class Basis(StrEnum):
    """What an estimate rests on."""

    OBSERVED = "observed"
    INFERRED = "inferred"
    CARRIED = "carried"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedClaim:
    """A claim with its resolutions (one a place, in order), its two clocks, and the witness behind it.

    `valid_day` is the claim's own day, else the report's; `known_day` the first day we could know it. Claims of one
    `witness` repeat one origin and count once. `group` names the group of speakers whose reliability is learned.
    """

    claim: Claim
    resolutions: tuple[Resolution, ...]
    outlet: str
    valid_day: date
    known_day: date
    witness: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlEstimate:
    """The status of one place on one day, as known on another day; `probabilities` has every side and `contested`."""

    place_id: int
    day: date
    known_day: date
    status: str
    probabilities: dict[str, float]
    basis: Basis
    n_claims: int
