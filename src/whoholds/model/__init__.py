"""The nouns: frozen, slotted, without I/O."""

from whoholds.model.claim import (
    Claim,
    ClaimPlace,
    Count,
    Distance,
    EvidenceType,
    Kind,
    Stance,
    claim_id,
)
from whoholds.model.control import CONTESTED, UNKNOWN, Basis, ControlEstimate, PlacedClaim
from whoholds.model.controlmap import ControlMap, MapFeature
from whoholds.model.judgement import Judgement, Verdict
from whoholds.model.mention import Mention, PlaceType, RelativePhrase
from whoholds.model.place import Candidate, Place, Resolution
from whoholds.model.report import Part, PartKind, Report, Segment, SetAside
from whoholds.model.spans import Span
from whoholds.model.theatre import Area, Border, Flight, Holding, Outlet, Side, Theatre

__all__ = [
    "CONTESTED",
    "UNKNOWN",
    "Area",
    "Basis",
    "Border",
    "Candidate",
    "Claim",
    "ClaimPlace",
    "ControlEstimate",
    "ControlMap",
    "Count",
    "Distance",
    "EvidenceType",
    "Flight",
    "Holding",
    "Judgement",
    "Kind",
    "MapFeature",
    "Mention",
    "Outlet",
    "Part",
    "PartKind",
    "Place",
    "PlaceType",
    "PlacedClaim",
    "RelativePhrase",
    "Report",
    "Resolution",
    "Segment",
    "SetAside",
    "Side",
    "Span",
    "Stance",
    "Theatre",
    "Verdict",
    "claim_id",
]
