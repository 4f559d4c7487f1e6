"""What stands around the map: headline, legend, attribution, and the inset that shows where it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.transforms import Bbox

from whoholds.draw import colours
from whoholds.draw.scene import Scene
from whoholds.draw.shapes import patch
from whoholds.draw.situation import Situation
from whoholds.draw.tints import fill_of
from whoholds.geometry import front_line
from whoholds.model import CONTESTED, UNKNOWN, Basis

#: Size of the headline where it fits [point].
TITLE_SIZE = 16.5

#: Share of the map's width that the inset takes.
INSET = 0.2

#: Above this share of the theatre's width the picture shows nearly everything, and an inset would say nothing.
INSET_BELOW = 0.7

#: Share of the colour that ground newly taken has: the sure tint with the gain's own veil over it.
TAKEN = 0.61

CORNERS = {"upper right": (1.0, 1.0), "upper left": (0.0, 1.0), "lower right": (1.0, 0.0)}


def day_in_words(day: date) -> str:
    """A day as people write it.

    >>> day_in_words(date(2022, 9, 11))
    '11 September 2022'
    """
    return f"{day.day} {day:%B} {day.year}"


def draw_header(figure: Figure, title: str, situation: Situation, before: Situation | None, *, head: float) -> None:
    """Headline and the line below it."""
    headline = figure.text(
        0.02, 1 - 0.36 * head, title, fontsize=TITLE_SIZE, fontweight="bold", color=colours.INK, va="center"
    )
    # Sides have long names in some wars: the headline is set smaller rather than cut off.
    width = headline.get_window_extent(figure.canvas.get_renderer()).width  # type: ignore[attr-defined]
    headline.set_fontsize(TITLE_SIZE * min(1.0, 0.96 * figure.bbox.width / width))
    words = f"Control on {day_in_words(situation.day)}"
    if before is not None:
        words += f", and what changed since {day_in_words(before.day)}"
    if situation.known_day is not None:
        words += f" · as known on {day_in_words(situation.known_day)}"
    figure.text(0.02, 1 - 0.75 * head, words, fontsize=9.6, color=colours.GREY, va="center")


def draw_footer(
    figure: Figure,
    scene: Scene,
    *,
    shown: set[tuple[str, int]],
    moved: list[str],
    marked: set[str],
    attribution: str,
    foot: float,
) -> None:
    """The legend of what the picture shows, and whose data it is."""
    sides, before = scene.sides, scene.before
    handles: list[Any] = []
    for key, side in sides.items():
        for number, (_, _, word) in enumerate(colours.TINTS):
            # All three steps of a side, also where one is missing: paler is less sure is learned from the row.
            if any(status == key for status, _ in shown):
                words = f"Held by {side.name}" if number == 0 else f"{side.name}, {word}"
                handles.append(Patch(facecolor=colours.tint(side.colour, number), edgecolor="none", label=words))
    if any(status == CONTESTED for status, _ in shown):
        hatched = Patch(facecolor=colours.CONTESTED_FILL, edgecolor=colours.CONTESTED_LINE, label="Contested")
        hatched.set(linewidth=0, hatch="////")
        handles.append(hatched)
    if any(status == UNKNOWN for status, _ in shown):
        handles.append(Patch(facecolor=colours.UNKNOWN_FILL, label="Unknown"))
    for key in moved:
        side = sides[key]
        since = f"{before.day.day} {before.day:%b}" if before is not None else ""
        fill, line = colours.mix(side.colour, TAKEN), colours.shade(side.colour)
        words = f"Taken by {side.name} since {since}"
        handles.append(Patch(facecolor=fill, edgecolor=line, linewidth=0.8, label=words))
    if not front_line(scene.ground, scene.situation.statuses).is_empty:
        handles.append(Line2D([], [], color=colours.INK, linewidth=1.9, label="Front line"))
    if Basis.OBSERVED.value in marked:
        handles.append(_mark("Named in a report", colours.INK))
    if Basis.INFERRED.value in marked:
        handles.append(_mark("Inferred from neighbours or a region", "none"))
    # Columns of three, so that each side's steps stand in one; matplotlib would even the columns out.
    columns = -(-len(handles) // 3)
    handles += [Patch(visible=False, label="") for _ in range(3 * columns - len(handles))]
    figure.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0.012, foot - 0.004), ncols=columns, frameon=False,
        fontsize=7.6, labelcolor=colours.INK, handlelength=1.7, handleheight=1.0, columnspacing=1.8,
        borderaxespad=0.3, labelspacing=0.55,
    )  # fmt: skip
    figure.text(0.02, 0.014, attribution, fontsize=6.6, color=colours.GREY, va="bottom")
    figure.text(0.98, 0.014, "whoholds", fontsize=6.6, color=colours.GREY, va="bottom", ha="right", fontweight="bold")


def _mark(words: str, fill: str) -> Line2D:
    """A dot or ring for the legend."""
    return Line2D(
        [], [], linestyle="none", marker="o", markersize=4.6, markerfacecolor=fill, markeredgecolor=colours.INK,
        markeredgewidth=0.8, label=words,
    )  # fmt: skip


def free_corner(scene: Scene) -> str:
    """The corner of the map in which the least happens: there the inset hides nothing."""
    window, ground, situation, before = scene.window, scene.ground, scene.situation, scene.before
    busy = shapely.get_coordinates(front_line(ground, situation.statuses))
    if before is not None:
        busy = np.vstack([busy, ground.lonlat[before.statuses != situation.statuses]])
    xy = window.plane.forward(busy)
    xy = xy[window.holds(xy)]
    share = (xy - (window.west, window.south)) / (window.east - window.west, window.north - window.south)

    def load(corner: str) -> int:
        right, up = CORNERS[corner]
        near = (np.abs(share[:, 0] - right) < INSET + 0.04) & (np.abs(share[:, 1] - up) < INSET + 0.08)
        return int(near.sum())

    return min(CORNERS, key=load)


def draw_inset(axes: Axes, scene: Scene, *, corner: str) -> list[Bbox]:
    """A small map of the whole theatre with the window marked, in a corner; the box it takes [pixel]."""
    window, ground = scene.window, scene.ground
    figure = axes.get_figure(root=True)
    assert figure is not None
    outline = ground.plane.project(ground.outline)
    west, south, east, north = outline.bounds
    if window.east - window.west > INSET_BELOW * (east - west):
        return []
    page_w, page_h = figure.get_size_inches()
    frame = axes.get_position()
    width = INSET * frame.width
    height = width * page_w / page_h * (north - south) * 1.06 / ((east - west) * 1.06)
    right, up = CORNERS[corner]
    gap = 0.008
    x = frame.x1 - width - gap if right else frame.x0 + gap
    y = frame.y1 - height - gap * page_w / page_h if up else frame.y0 + gap * page_w / page_h
    small = figure.add_axes((x, y, width, height), zorder=10)
    pad = 0.03 * (east - west)
    small.set_xlim(west - pad, east + pad)
    small.set_ylim(south - pad, north + pad)
    small.set_xticks([])
    small.set_yticks([])
    small.set_facecolor(colours.PAPER)
    for spine in small.spines.values():
        spine.set(color=colours.GREY, linewidth=0.6)
    for (status, number), geometry in scene.tints.items():
        fill, _, line = fill_of(status, number, scene.sides)
        shape = ground.plane.project(shapely.simplify(geometry, 0.02))
        drawn = patch(shape, facecolor=line or fill, edgecolor=line or fill, linewidth=0.3)
        if drawn is not None:
            small.add_patch(drawn)
    rim = patch(
        ground.plane.project(shapely.simplify(ground.outline, 0.02)),
        facecolor="none", edgecolor=colours.GREY, linewidth=0.6,
    )  # fmt: skip
    if rim is not None:
        small.add_patch(rim)
    corners = ground.plane.forward(
        window.plane.back([(x, y) for x in (window.west, window.east) for y in (window.south, window.north)])
    )
    low, high = corners.min(axis=0), corners.max(axis=0)
    small.add_patch(
        Rectangle(tuple(low), *(high - low), facecolor="none", edgecolor=colours.INK, linewidth=1.1, zorder=5)
    )
    box = small.get_window_extent(figure.canvas.get_renderer())  # type: ignore[attr-defined]
    return [box.padded(6)]
