"""A hit on its way to a mention."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.model import PlaceType


@dataclass(slots=True)
class Found:
    """A hit on its way to a mention; [start, end) the bare name, [left, right) its words."""

    start: int
    end: int
    left: int
    right: int
    name: str
    type: PlaceType
    rows: tuple[int, ...] = ()
    area: str | None = None
    role: str = "name"
