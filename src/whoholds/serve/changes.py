"""What changed between two days, as the explorer lists it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A place whose most likely status differs between two days; `day` is the first from which the new one stays.

    `basis` and `n_claims` are those of the later day; `km2` is the ground of the place [km2].
    """

    place_id: int
    name: str
    admin: str
    day: date
    before: str
    after: str
    probability: float
    basis: str
    n_claims: int
    km2: float


def change_row(change: Change) -> dict[str, Any]:
    """A change as plain values."""
    return {**asdict(change), "day": change.day.isoformat()}
