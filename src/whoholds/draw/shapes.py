"""Geometries in degrees, as matplotlib draws them in a window's plane."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from shapely.geometry.base import BaseGeometry

from whoholds.draw.frame import Frame


def patch(geometry: BaseGeometry, **style: Any) -> PathPatch | None:
    """A polygon with its holes as a matplotlib patch; None where it is empty."""
    rings = [
        shapely.get_coordinates(ring)
        for part in shapely.get_parts(geometry)
        if part.geom_type == "Polygon"
        for ring in shapely.get_rings(part)
    ]
    if not rings:
        return None
    codes = np.concatenate(
        [np.r_[Outline.MOVETO, np.full(len(ring) - 2, Outline.LINETO), Outline.CLOSEPOLY] for ring in rings]
    )
    return PathPatch(Outline(np.concatenate(rings), codes), **style)


def in_window(window: Frame, geometry: BaseGeometry) -> BaseGeometry:
    """A geometry in degrees, cut near the window and projected into its plane."""
    west, south, east, north = window.degrees
    pad = 0.05 * max(east - west, north - south)
    box = shapely.box(west - pad, south - pad, east + pad, north + pad)
    near = geometry if geometry.is_valid else shapely.make_valid(geometry)
    cut = shapely.intersection(near, box)
    projected: BaseGeometry = window.plane.project(cut)
    return projected


def add_polygon(axes: Axes, geometry: BaseGeometry, **style: Any) -> None:
    """Draw a polygon if there is any."""
    drawn = patch(geometry, **style)
    if drawn is not None:
        axes.add_patch(drawn)


def add_line(
    axes: Axes,
    geometry: BaseGeometry,
    colour: str,
    width: float,
    order: float,
    *,
    dashes: tuple[float, float] | None = None,
    alpha: float = 1.0,
) -> None:
    """Draw the lines of a geometry."""
    for part in shapely.get_parts(geometry):
        if shapely.get_dimensions(part) != 1:
            continue
        xy = shapely.get_coordinates(part)
        line = Line2D(
            xy[:, 0], xy[:, 1], color=colour, linewidth=width, alpha=alpha, zorder=order,
            solid_capstyle="round", solid_joinstyle="round",
        )  # fmt: skip
        if dashes:
            line.set_dashes(dashes)
        axes.add_line(line)
