"""Everything a picture is drawn from, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from whoholds.draw.frame import Frame
from whoholds.draw.situation import Backdrop, Situation
from whoholds.geometry import Mesh
from whoholds.model import Side


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scene:
    """A situation on its ground, the day it is compared with, and the window it is seen through.

    `tints` is the ground joined by status and tint [degree], which the map and its inset both draw.
    """

    window: Frame
    ground: Mesh
    situation: Situation
    before: Situation | None
    sides: Mapping[str, Side]
    backdrop: Backdrop
    tints: Mapping[tuple[str, int], BaseGeometry]
