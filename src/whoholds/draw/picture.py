"""A map of control for print and screen, as PNG or SVG.

Reading it: a side's colour is the ground it holds, paler the less sure; hatched ground is contested; a dot is a place
that a report names, a ring a place inferred from its neighbours or a region; the dark line is the front.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.transforms import Bbox
from shapely.geometry.base import BaseGeometry

from whoholds.draw import colours
from whoholds.draw.frame import Frame, frame_of, scale_km
from whoholds.draw.furniture import draw_footer, draw_header, draw_inset, free_corner
from whoholds.draw.labels import Label, place_labels
from whoholds.draw.situation import Backdrop, Situation
from whoholds.errors import BadSetting
from whoholds.geometry import Mesh, front_line, gains
from whoholds.model import CONTESTED, UNKNOWN, Basis, Side

#: Page size [inch] and dots per inch of a PNG: 1,600 x 1,340 pixels.
PAGE = (10.0, 8.4)
DPI = 160

#: Space above and below the map, as shares of the page.
HEAD, FOOT = 0.115, 0.135


def draw_map(
    ground: Mesh,
    situation: Situation,
    *,
    sides: Sequence[Side],
    before: Situation | None = None,
    backdrop: Backdrop | None = None,
    extent: str | tuple[float, float, float, float] = "auto",
    title: str | None = None,
    attribution: str = "",
    default_side: str | None = None,
    frame: Frame | None = None,
) -> Figure:
    """Draw the control of a day.

    Parameters
    ----------
    ground : Mesh
        Cells of the places, in the order of the situation.
    situation : Situation
    sides : sequence of Side
        Names and colours.
    before : Situation, optional
        An earlier day; what changed since then is outlined and, with `extent="auto"`, what the picture shows.
    backdrop : Backdrop, optional
        Neighbours' land, borders, regions and their names.
    extent : "auto", "front", "all" or (west, south, east, north) [degree]
    title : str, optional
        The headline; made of what changed if left out.
    attribution : str
        Whose data it is; set below the map.
    default_side : str, optional
        The side whose sure ground is left pale: the picture is then about the ground the others hold.
    frame : Frame, optional
        A window made before, for pictures of a series.

    Returns
    -------
    matplotlib.figure.Figure
        With an Agg canvas; `picture_bytes` and `save_picture` write it.

    Raises
    ------
    BadSetting
        The situation has other places than the mesh.
    """
    for other in (situation, *([before] if before is not None else [])):
        if len(other.statuses) != len(ground.cells):
            raise BadSetting(
                f"{len(other.statuses)} statuses for {len(ground.cells)} cells.",
                remedy="Make the mesh of the same places as the situation.",
            )
    backdrop = backdrop or Backdrop()
    ratio = PAGE[0] * 0.96 / (PAGE[1] * (1 - HEAD - FOOT))
    window = frame or frame_of(ground, situation, before=before, extent=extent, ratio=ratio)
    figure = Figure(figsize=PAGE, dpi=DPI, facecolor=colours.PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.02, FOOT, 0.96, 1 - HEAD - FOOT))
    axes.set_xlim(window.west, window.east)
    axes.set_ylim(window.south, window.north)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_facecolor(colours.SEA)
    for spine in axes.spines.values():
        spine.set(color=colours.GREY, linewidth=0.6)
    palette = {side.key: side for side in sides}
    with mpl.rc_context({"hatch.linewidth": 0.9}):
        shown = _draw_ground(axes, window, ground, situation, palette, backdrop, default_side)
        moved = _draw_gains(axes, window, ground, situation, before, palette)
        _draw_lines(axes, window, ground, situation, backdrop)
        marked, taken = _draw_places(axes, window, situation, palette)
        bar = _draw_scale(axes, window)
        corner, taken_by_inset = draw_inset(
            figure, axes, window, ground, situation, palette, backdrop,
            corner=free_corner(window, ground, situation, before), default_side=default_side,
        )  # fmt: skip
        _draw_names(axes, window, situation, before, backdrop, taken=[*taken, bar, *taken_by_inset])
        draw_header(figure, title or headline(ground, situation, before, palette), situation, before, head=HEAD)
        draw_footer(
            figure, palette, shown=shown, moved=moved, marked=marked, before=before, attribution=attribution, foot=FOOT
        )
    del corner
    return figure


def headline(ground: Mesh, situation: Situation, before: Situation | None, sides: Mapping[str, Side]) -> str:
    """What changed most, in a line; else who holds what is all it says.

    >>> from whoholds.geometry import mesh
    >>> spots = np.array([[36.2, 49.5], [36.8, 49.5]])
    >>> ground = mesh(spots, shapely.box(36, 49, 37, 50))
    >>> days = [Situation.of(day=date(2022, 9, day), lonlat=spots, statuses=s)
    ...         for day, s in ((5, ["RU", "RU"]), (11, ["UA", "RU"]))]
    >>> headline(ground, days[1], days[0], {"UA": Side(key="UA", name="Ukraine", colour="#0072b2")})
    'Ukraine takes 4,030 km² and 1 place in 6 days'
    """
    if before is not None:
        by_side: dict[str, list[float]] = {}
        for gain in gains(ground, before.statuses, situation.statuses):
            if gain.after in sides:
                total = by_side.setdefault(gain.after, [0.0, 0])
                total[0] += gain.area_km2
                total[1] += len(gain.places)
        days = (situation.day - before.day).days
        span = f"in {days} days" if days != 1 else "in a day"
        if by_side:
            key, (area, places) = max(by_side.items(), key=lambda item: item[1][0])
            rounded = round(area, -1) if area >= 100 else round(area)
            noun = "place" if places == 1 else "places"
            return f"{sides[key].name} takes {rounded:,.0f} km² and {places:,.0f} {noun} {span}"
        return f"No place changes hands {span}"
    return "Who holds what"


def picture_bytes(figure: Figure, *, kind: Literal["png", "svg"] = "png") -> bytes:
    """A figure as PNG or SVG; the same figure gives the same bytes, whatever the day."""
    buffer = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "whoholds", "svg.fonttype": "path"}):
        metadata: dict[str, Any] = {"Software": None} if kind == "png" else {"Date": None, "Creator": "whoholds"}
        figure.savefig(buffer, format=kind, dpi=DPI, metadata=metadata)
    return buffer.getvalue()


def save_picture(figure: Figure, path: str | Path) -> Path:
    """Write a figure; the ending of the path says how.

    Raises
    ------
    BadSetting
        The ending is neither .png nor .svg.
    """
    path = Path(path)
    kind = path.suffix.lower().lstrip(".")
    if kind == "png":
        path.write_bytes(picture_bytes(figure, kind="png"))
    elif kind == "svg":
        path.write_bytes(picture_bytes(figure, kind="svg"))
    else:
        raise BadSetting(f"A picture cannot be written as {path.name}.", remedy="End the name with .png or .svg.")
    return path


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
    return window.plane.project(cut)  # type: ignore[no-any-return]


def _add(axes: Axes, geometry: BaseGeometry, **style: Any) -> None:
    """Draw a polygon if there is any."""
    drawn = patch(geometry, **style)
    if drawn is not None:
        axes.add_patch(drawn)


def _draw_ground(
    axes: Axes,
    window: Frame,
    ground: Mesh,
    situation: Situation,
    sides: Mapping[str, Side],
    backdrop: Backdrop,
    default_side: str | None,
) -> set[tuple[str, int]]:
    """Neighbours' land and the ground of each status; what was drawn (status, tint) is for the legend."""
    if backdrop.land is not None:
        _add(axes, in_window(window, backdrop.land), facecolor=colours.LAND, edgecolor="none", zorder=1)
    shown: set[tuple[str, int]] = set()
    for (status, number), geometry in ground_by_tint(ground, situation).items():
        near = in_window(window, geometry)
        if near.is_empty:
            continue
        fill, hatch, line = fill_of(status, number, sides, default_side)
        # Fills of neighbouring cells overlap by a hair, else the page shines through between them.
        _add(axes, near, facecolor=fill, edgecolor=fill, linewidth=0.4, zorder=2)
        if hatch:
            _add(axes, near, facecolor="none", edgecolor=line, linewidth=0, hatch=hatch, zorder=2.5)
        shown.add((status, number))
    return shown


def ground_by_tint(ground: Mesh, situation: Situation) -> dict[tuple[str, int], BaseGeometry]:
    """Cells joined by status and tint [degree]; contested and unknown ground has one tint."""
    level = np.array([colours.tint_class(value) for value in situation.sure], dtype=np.int64)
    level[np.isin(situation.statuses, (CONTESTED, UNKNOWN))] = 0
    found: dict[tuple[str, int], BaseGeometry] = {}
    for status in np.unique(situation.statuses):
        for number in np.unique(level[situation.statuses == status]):
            cells = ground.cells[(situation.statuses == status) & (level == number)]
            joined = shapely.coverage_union_all(cells[~shapely.is_empty(cells)])
            found[str(status), int(number)] = joined
    return found


def fill_of(
    status: str, number: int, sides: Mapping[str, Side], default_side: str | None = None
) -> tuple[str, str, str]:
    """Fill, hatch and hatch colour of a status in a tint."""
    if status == CONTESTED:
        return colours.CONTESTED_FILL, "////", colours.CONTESTED_LINE
    if status not in sides:
        return colours.UNKNOWN_FILL, "", ""
    if status == default_side and number == 0:
        return colours.mix(sides[status].colour, 0.2), "", ""
    return colours.tint(sides[status].colour, number), "", ""


def _draw_gains(
    axes: Axes,
    window: Frame,
    ground: Mesh,
    situation: Situation,
    before: Situation | None,
    sides: Mapping[str, Side],
) -> list[str]:
    """Outline and deepen what sides took since the earlier day; the sides are for the legend."""
    if before is None:
        return []
    moved = []
    for side in sides:
        took = [
            gain.geometry for gain in gains(ground, before.statuses, situation.statuses) if gain.after == side
        ]
        near = in_window(window, shapely.union_all(took)) if took else None
        if near is None or near.is_empty:
            continue
        colour = sides[side].colour
        _add(axes, near, facecolor=colour, alpha=0.32, edgecolor="none", zorder=2.2)
        _add(axes, near, facecolor="none", edgecolor=colours.shade(colour), linewidth=0.8, zorder=3)
        moved.append(side)
    return moved


def _draw_lines(axes: Axes, window: Frame, ground: Mesh, situation: Situation, backdrop: Backdrop) -> None:
    """Region borders, borders and the front line."""
    for _, region in backdrop.regions:
        _line(axes, in_window(window, region.boundary), colours.GREY, 0.55, 4, dashes=(4, 2.5), alpha=0.8)
    for border in backdrop.borders:
        _line(axes, in_window(window, border), colours.PAPER, 2.6, 4.2, alpha=0.7)
        _line(axes, in_window(window, border), "#4a4f57", 1.15, 4.3)
    front = in_window(window, front_line(ground, situation.statuses, smooth=True))
    _line(axes, front, colours.PAPER, 4.0, 6, alpha=0.9)
    _line(axes, front, colours.INK, 1.9, 6.1)


def _line(
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


def _draw_places(
    axes: Axes, window: Frame, situation: Situation, sides: Mapping[str, Side]
) -> tuple[set[str], list[Bbox]]:
    """Dots for observed and rings for inferred places; the more there are, the smaller."""
    xy = window.plane.forward(situation.lonlat)
    inside = window.holds(xy)
    marked: set[str] = set()
    observed = inside & (situation.basis == Basis.OBSERVED.value)
    inferred = inside & (situation.basis == Basis.INFERRED.value)
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
    return marked, []


def _draw_scale(axes: Axes, window: Frame) -> Bbox:
    """A scale bar in the lower left; the box it takes [pixel]."""
    length = scale_km(window.width_km)
    width, height = window.east - window.west, window.north - window.south
    x, y = window.west + 0.025 * width, window.south + 0.035 * height
    half = length * 500
    for number, colour in enumerate((colours.INK, colours.PAPER)):
        axes.add_patch(
            Rectangle(
                (x + number * half, y), half, 0.007 * height, facecolor=colour, edgecolor=colours.INK, linewidth=0.7,
                zorder=9,
            )  # fmt: skip
        )
    texts = [
        axes.text(at, y + 0.012 * height, words, fontsize=7, ha="center", va="bottom", color=colours.INK, zorder=9)
        for at, words in ((x, "0"), (x + 2 * half, f"{length} km"))
    ]
    renderer = axes.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    return Bbox.union([text.get_window_extent(renderer) for text in texts]).padded(8)


def _draw_names(
    axes: Axes,
    window: Frame,
    situation: Situation,
    before: Situation | None,
    backdrop: Backdrop,
    *,
    taken: Sequence[Bbox],
) -> None:
    """Names of countries and regions, then of towns: the large, and those that changed hands."""
    boxes = list(taken)
    for names, size, colour in ((backdrop.countries, 11.0, "#8b9097"), (backdrop.regions, 7.2, "#858a91")):
        labels = []
        for name, shape in names:
            near = in_window(window, shape)
            window_box = shapely.box(window.west, window.south, window.east, window.north)
            seen = shapely.intersection(shapely.make_valid(near), window_box)
            if seen.is_empty or seen.area < 0.004 * window_box.area:
                continue
            part = max(shapely.get_parts(seen), key=lambda one: one.area)
            at = shapely.maximum_inscribed_circle(part, tolerance=window.width_km * 10)
            x, y = shapely.get_coordinates(at)[0]
            spaced = "\u200a".join(name.upper())
            labels.append(Label(text=spaced, x=float(x), y=float(y), size=size, colour=colour, centred=True))
        texts, _ = place_labels(axes, labels, taken=boxes)
        renderer = axes.figure.canvas.get_renderer()  # type: ignore[attr-defined]
        boxes += [text.get_window_extent(renderer) for text in texts]
    xy = window.plane.forward(situation.lonlat)
    inside = window.holds(xy)
    population = np.maximum(situation.population, 1).astype(np.float64)
    weight = np.log10(population)
    if before is not None:
        # A town that changed hands is news: it counts as one of four times its people.
        weight = weight + 0.6 * (before.statuses != situation.statuses)
    weight = weight + 0.3 * (situation.basis == Basis.OBSERVED.value)
    rows = [row for row in np.argsort(-weight, kind="stable") if inside[row] and situation.names[row]][:220]
    floor = 3.0 if any(population[row] > 1000 for row in rows) else 0.0
    rows = [row for row in rows if weight[row] >= floor]
    largest = max((population[row] for row in rows), default=1.0)
    labels = []
    for row in rows:
        rank = np.clip(np.log10(population[row] / largest) + 3, 0, 3) / 3
        labels.append(
            Label(
                text=situation.names[row], x=float(xy[row, 0]), y=float(xy[row, 1]), size=6.6 + 3.2 * float(rank) ** 1.5,
                bold=bool(population[row] >= 100_000), colour=colours.INK, gap=4.2,
            )  # fmt: skip
        )
    _, set_rows = place_labels(axes, labels, taken=boxes, most=46)
    chosen = [rows[number] for number in set_rows]
    if chosen:
        size = np.clip(np.log10(population[chosen]) - 2.2, 0.8, 3.2) ** 2 * 2.4
        axes.scatter(
            xy[chosen, 0], xy[chosen, 1], s=size, marker="s", color=colours.INK, edgecolors=colours.PAPER,
            linewidths=0.5, zorder=8,
        )  # fmt: skip
