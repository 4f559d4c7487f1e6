"""The strata of a map, from the ground up: fills, gains, lines, places, scale bar."""

from __future__ import annotations

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from whoholds.draw import colours
from whoholds.draw.frame import scale_km
from whoholds.draw.scene import Scene
from whoholds.draw.shapes import add_line, add_polygon, in_window
from whoholds.draw.tints import fill_of
from whoholds.geometry import front_line, gains
from whoholds.model import Basis

#: Rings of the front line shorter than this share of the width are not drawn.
LEAST_RING = 0.06

#: More rings than this hide the map: then only places that changed hands bear one, and of those one a square.
MOST_RINGS = 300

#: Squares that rings are thinned to, across the width.
SQUARES = 60

#: The rim lies along a neighbour where that is no farther than this [m]: outlines of different makers stray.
BESIDE_M = 2000.0


def draw_ground(axes: Axes, scene: Scene) -> set[tuple[str, int]]:
    """Neighbours' land and the ground of each status; what was drawn (status, tint) is for the legend."""
    window, sides = scene.window, scene.sides
    land = in_window(window, scene.backdrop.land) if scene.backdrop.land is not None else shapely.Polygon()
    # Where no neighbour's land is known at all, nobody can tell their ground from the sea: the page is then all land.
    axes.set_facecolor(colours.LAND if scene.backdrop.land is None else colours.SEA)
    add_polygon(axes, land, facecolor=colours.LAND, edgecolor="none", zorder=1)
    shown: set[tuple[str, int]] = set()
    for (status, number), geometry in scene.tints.items():
        near = in_window(window, geometry)
        if near.is_empty:
            continue
        fill, hatch, line = fill_of(status, number, sides)
        # Fills of neighbouring cells overlap by a hair, else the page shines through between them.
        add_polygon(axes, near, facecolor=fill, edgecolor=fill, linewidth=0.4, zorder=2)
        if hatch:
            add_polygon(axes, near, facecolor="none", edgecolor=line, linewidth=0, hatch=hatch, zorder=2.5)
        shown.add((status, number))
    return shown


def draw_gains(axes: Axes, scene: Scene) -> list[str]:
    """Outline and deepen what sides took since the earlier day; the sides are for the legend."""
    if scene.before is None:
        return []
    window, sides = scene.window, scene.sides
    changes = gains(scene.ground, scene.before.statuses, scene.situation.statuses)
    moved = []
    for side in sides:
        took = [gain.geometry for gain in changes if gain.after == side]
        near = in_window(window, shapely.union_all(took)) if took else None
        if near is None or near.is_empty:
            continue
        colour = sides[side].colour
        add_polygon(axes, near, facecolor=colour, alpha=0.32, edgecolor="none", zorder=2.2)
        add_polygon(axes, near, facecolor="none", edgecolor=colours.shade(colour), linewidth=0.8, zorder=3)
        moved.append(side)
    return moved


def gaining(scene: Scene) -> set[str]:
    """The sides that took ground since the earlier day, in the window or not."""
    if scene.before is None:
        return set()
    return {gain.after for gain in gains(scene.ground, scene.before.statuses, scene.situation.statuses)}


def draw_lines(axes: Axes, scene: Scene) -> None:
    """Region borders, the coast, borders and the front line."""
    window, backdrop = scene.window, scene.backdrop
    rim = in_window(window, scene.ground.outline.boundary)
    along = shapely.buffer(rim, 2500)
    # Two regions share a border: drawn twice, the dashes of one would fill the gaps of the other.
    regions = [in_window(window, region.boundary) for _, region in backdrop.regions]
    inner = shapely.line_merge(shapely.difference(shapely.union_all(regions), along))
    add_line(axes, inner, colours.GREY, 0.55, 4, dashes=(4, 2.5), alpha=0.8)
    add_line(axes, rim, colours.GREY, 0.6, 4.1)
    borders = [in_window(window, border) for border in backdrop.borders]
    if not borders and backdrop.land is not None:
        # No border is given: it runs where the theatre's rim lies along a neighbour's land.
        borders = [shapely.intersection(rim, shapely.buffer(in_window(window, backdrop.land), BESIDE_M))]
    for border in borders:
        add_line(axes, shapely.line_merge(border), colours.PAPER, 2.6, 4.2, alpha=0.7)
        add_line(axes, shapely.line_merge(border), "#4a4f57", 1.15, 4.3)
    # Around a single village the line would be a blot: on a wide picture the colour of the cell says it.
    line = front_line(scene.ground, scene.situation.statuses, smooth=True)
    front = shapely.MultiLineString(
        [
            part
            for part in shapely.get_parts(in_window(window, line))
            if not part.is_empty and (not part.is_ring or part.length > LEAST_RING * window.width_km * 1000)
        ]
    )
    width = float(np.clip(2.3 - window.width_km / 900, 1.3, 2.0))
    add_line(axes, front, colours.PAPER, width + 1.9, 6, alpha=0.9)
    add_line(axes, front, colours.INK, width, 6.1)


def draw_places(axes: Axes, scene: Scene) -> set[str]:
    """Dots for observed and rings for inferred places; the more there are, the smaller."""
    window, situation, sides = scene.window, scene.situation, scene.sides
    xy = window.plane.forward(situation.lonlat)
    # A place beyond the outline is one the outline is too coarse for: its ring would stand in another country.
    inside = window.holds(xy)
    inside[inside] = shapely.contains_xy(scene.ground.outline, situation.lonlat[inside])
    marked: set[str] = set()
    observed = inside & (situation.basis == Basis.OBSERVED.value)
    inferred = inside & (situation.basis == Basis.INFERRED.value)
    if scene.before is not None and inferred.sum() > MOST_RINGS:
        inferred &= scene.before.statuses != situation.statuses
    if inferred.sum() > MOST_RINGS:
        inferred &= _one_a_square(xy, inferred, (window.east - window.west) / SQUARES)
    crowd = max(1.0, float(observed.sum() + inferred.sum()) / 150)
    size = 15.0 / crowd**0.5
    for status in np.unique(situation.statuses[observed | inferred]):
        here = situation.statuses == status
        dark = colours.shade(sides[str(status)].colour) if str(status) in sides else colours.CONTESTED_LINE
        rings, dots = xy[inferred & here], xy[observed & here]
        if len(rings):
            axes.scatter(
                rings[:, 0], rings[:, 1], s=size * 0.8, facecolors="none", edgecolors=dark, linewidths=0.65, zorder=7,
                alpha=0.85,
            )  # fmt: skip
            marked.add(Basis.INFERRED.value)
        if len(dots):
            axes.scatter(
                dots[:, 0], dots[:, 1], s=size * 1.15, color=dark, edgecolors=colours.PAPER, linewidths=0.5, zorder=7.2
            )
            marked.add(Basis.OBSERVED.value)
    return marked


def _one_a_square(xy: NDArray[np.float64], among: NDArray[np.bool_], size_m: float) -> NDArray[np.bool_]:
    """The first of the chosen places in each square of a grid."""
    rows = np.flatnonzero(among)
    _, first = np.unique(np.floor(xy[rows] / size_m), axis=0, return_index=True)
    kept = np.zeros(len(xy), dtype=np.bool_)
    kept[rows[first]] = True
    return kept


def draw_scale(axes: Axes, scene: Scene) -> Bbox:
    """A scale bar in the lower left; the box it takes [pixel]."""
    window = scene.window
    length = scale_km(window.width_km)
    width, height = window.east - window.west, window.north - window.south
    x, y = window.west + 0.025 * width, window.south + 0.035 * height
    half = length * 500
    for number, colour in enumerate((colours.INK, colours.PAPER)):
        box = Rectangle((x + number * half, y), half, 0.007 * height, facecolor=colour, edgecolor=colours.INK)
        box.set(linewidth=0.7, zorder=9)
        axes.add_patch(box)
    texts = [
        axes.text(at, y + 0.012 * height, words, fontsize=7, ha="center", va="bottom", color=colours.INK, zorder=9)
        for at, words in ((x, "0"), (x + 2 * half, f"{length} km"))
    ]
    renderer = axes.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    left, low = axes.transData.transform((x, y))
    boxes = [text.get_window_extent(renderer) for text in texts]
    return Bbox.union([*boxes, Bbox.from_bounds(left, low, 1, 1)]).padded(10)
