"""Cells joined by what fills them, and the fills."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from shapely.geometry.base import BaseGeometry

from whoholds.draw import colours
from whoholds.draw.situation import Situation
from whoholds.geometry import Mesh, dissolved
from whoholds.model import CONTESTED, UNKNOWN, Side


def ground_by_tint(ground: Mesh, situation: Situation) -> dict[tuple[str, int], BaseGeometry]:
    """Cells joined by status and tint [degree]; contested and unknown ground has one tint."""
    level = (situation.sure[:, None] < [least for least, _, _ in colours.TINTS[:-1]]).sum(axis=1)
    level[np.isin(situation.statuses, (CONTESTED, UNKNOWN))] = 0
    labels = np.char.add(np.char.add(situation.statuses, "\x1f"), level.astype(np.str_))
    found: dict[tuple[str, int], BaseGeometry] = {}
    for label, joined in dissolved(ground, labels).items():
        status, _, number = label.partition("\x1f")
        found[status, int(number)] = joined
    return found


def fill_of(status: str, number: int, sides: Mapping[str, Side]) -> tuple[str, str, str]:
    """Fill, hatch and hatch colour of a status in a tint."""
    if status == CONTESTED:
        return colours.CONTESTED_FILL, "////", colours.CONTESTED_LINE
    if status not in sides:
        return colours.UNKNOWN_FILL, "", ""
    return colours.tint(sides[status].colour, number), "", ""
