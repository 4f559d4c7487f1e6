"""Which names a map bears: countries, towns, regions, in this order of right to the room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from whoholds.draw import colours
from whoholds.draw.frame import Frame
from whoholds.draw.labels import Label, place_labels
from whoholds.draw.scene import Scene
from whoholds.draw.shapes import in_window
from whoholds.draw.situation import Situation
from whoholds.geometry import front_line
from whoholds.model import Basis

#: Towns named at most.
MOST_TOWNS = 42

#: A town within this share of the width of one four times its size is a suburb and is not named.
SUBURB = 0.06


def draw_names(axes: Axes, scene: Scene, *, taken: Sequence[Bbox]) -> None:
    """Set the names of countries, towns and regions without overlap."""
    boxes = list(taken)
    boxes += _draw_area_names(axes, scene.window, scene.backdrop.countries, 11.0, taken=boxes)
    boxes += _draw_towns(axes, scene, taken=boxes)
    boxes += _front_boxes(axes, scene)
    _draw_area_names(axes, scene.window, scene.backdrop.regions, 7.2, taken=boxes)


def _front_boxes(axes: Axes, scene: Scene) -> list[Bbox]:
    """Small boxes along the front line: the name of a region must not lie on it [pixel]."""
    line = front_line(scene.ground, scene.situation.statuses)
    xy = scene.window.plane.forward(shapely.get_coordinates(line))
    spots = axes.transData.transform(xy[scene.window.holds(xy)])
    return [Bbox.from_bounds(x - 4, y - 4, 8, 8) for x, y in spots]


def town_rows(window: Frame, situation: Situation, before: Situation | None) -> list[int]:
    """Towns worth a name, the most important first: the large, those that changed hands, those in reports."""
    xy = window.plane.forward(situation.lonlat)
    inside = window.holds(xy)
    population = np.maximum(situation.population, 1).astype(np.float64)
    weight = np.log10(population)
    if before is not None:
        # A town that changed hands is news: it counts as one of four times its people.
        weight = weight + 0.6 * (before.statuses != situation.statuses)
    weight = weight + 0.5 * (situation.basis == Basis.OBSERVED.value)
    rows = [int(row) for row in np.argsort(-weight, kind="stable") if inside[row] and situation.names[row]][:260]
    if any(population[row] > 1000 for row in rows):
        rows = [row for row in rows if weight[row] >= 3.0]
    return _without_suburbs(rows, xy, population, SUBURB * window.width_km * 1000)


def _without_suburbs(
    rows: list[int], xy: NDArray[np.float64], population: NDArray[np.float64], near: float
) -> list[int]:
    """Rows without the towns that stand beside a far larger one."""
    if not rows:
        return rows
    tree = cKDTree(xy[rows])
    around = tree.query_ball_point(xy[rows], near)
    return [
        row
        for row, others in zip(rows, around, strict=True)
        if not any(population[rows[other]] >= 4 * population[row] for other in others)
    ]


def _draw_towns(axes: Axes, scene: Scene, *, taken: Sequence[Bbox]) -> list[Bbox]:
    """Towns with their squares; the boxes they take [pixel]."""
    window, situation = scene.window, scene.situation
    rows = town_rows(window, situation, scene.before)
    if not rows:
        return []
    xy = window.plane.forward(situation.lonlat)
    population = np.maximum(situation.population, 1).astype(np.float64)
    largest = max(population[row] for row in rows)
    labels = []
    for row in rows:
        rank = float(np.clip(np.log10(population[row] / largest) + 3, 0, 3)) / 3
        labels.append(
            Label(
                text=situation.names[row],
                x=float(xy[row, 0]),
                y=float(xy[row, 1]),
                size=6.6 + 3.2 * rank**1.5,
                bold=bool(population[row] >= 100_000),
                colour=colours.INK,
            )
        )
    texts, numbers = place_labels(axes, labels, taken=taken, most=MOST_TOWNS)
    chosen = [rows[number] for number in numbers]
    if not chosen:
        return []
    size = np.clip(np.log10(population[chosen]) - 2.2, 0.8, 3.2) ** 2 * 2.4
    axes.scatter(
        xy[chosen, 0],
        xy[chosen, 1],
        s=size,
        marker="s",
        color=colours.INK,
        edgecolors=colours.PAPER,
        linewidths=0.5,
        zorder=8,
    )
    renderer = axes.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    spots = axes.transData.transform(xy[chosen])
    squares = [Bbox.from_bounds(x - 6, y - 6, 12, 12) for x, y in spots]
    return [*(text.get_window_extent(renderer) for text in texts), *squares]


def _draw_area_names(
    axes: Axes, window: Frame, names: Sequence[tuple[str, BaseGeometry]], size: float, *, taken: Sequence[Bbox]
) -> list[Bbox]:
    """Names of areas, each in the middle of what the window shows of it; the boxes they take [pixel]."""
    whole = shapely.box(window.west, window.south, window.east, window.north)
    labels = []
    for name, shape in names:
        seen = shapely.intersection(shapely.make_valid(in_window(window, shape)), whole)
        parts = [part for part in shapely.get_parts(seen) if part.geom_type == "Polygon"]
        if not parts or sum(part.area for part in parts) < 0.006 * whole.area:
            continue
        circle = shapely.maximum_inscribed_circle(max(parts, key=lambda part: part.area), window.width_km * 10)
        (x, y), rim = shapely.get_coordinates(circle)[[0, -1]]
        labels.append(
            Label(
                text="   ".join("\u200a".join(word) for word in name.upper().split()),
                x=float(x),
                y=float(y),
                size=size,
                colour=colours.INK,
                centred=True,
                gap=0.3 * float(np.hypot(*(rim - (x, y)))) / (window.east - window.west) * 690,
            )
        )
    texts, _ = place_labels(axes, labels, taken=taken)
    renderer = axes.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    return [text.get_window_extent(renderer) for text in texts]
