"""A map of control for print and screen, as PNG or SVG.

Reading it: a side's colour is the ground it holds, paler the less sure; hatched ground is contested; a dot is a place
that a report names, a ring a place inferred from its neighbours or a region; the dark line is the front.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from whoholds.draw import colours
from whoholds.draw.frame import Frame, frame_of
from whoholds.draw.furniture import day_in_words, draw_footer, draw_header, draw_inset, free_corner
from whoholds.draw.names import draw_names
from whoholds.draw.scene import Scene
from whoholds.draw.situation import Backdrop, Situation
from whoholds.draw.strata import draw_gains, draw_ground, draw_lines, draw_places, draw_scale, gaining
from whoholds.draw.tints import ground_by_tint
from whoholds.errors import BadSetting
from whoholds.geometry import Mesh, gains, held_km2
from whoholds.model import Basis, Side

#: Page size [inch] and dots per inch of a PNG: 1,600 x 1,340 pixels.
PAGE = (10.0, 8.4)
DPI = 160

#: From this share of the larger gain on, the other side's gain is in the headline too.
BOTH = 0.25

#: Space above and below the map, as shares of the page.
HEAD, FOOT = 0.105, 0.115


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
    film: tuple[Situation, Situation] | None = None,
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
        The side whose ground goes without saying; the headline is then about the others.
    frame : Frame, optional
        A window made before, for pictures of a series.
    film : (Situation, Situation), optional
        First and last day of the series a picture is of: names, inset and legend are those of the whole series, so
        that they do not jump from picture to picture.

    Returns
    -------
    matplotlib.figure.Figure
        With an Agg canvas; `picture_bytes` and `save_picture` write it.

    Raises
    ------
    BadSetting
        The situation has other places than the mesh.
    """
    for other in (situation, *([before] if before is not None else []), *(film or ())):
        if len(other.statuses) != len(ground.cells):
            raise BadSetting(
                f"{len(other.statuses)} statuses for {len(ground.cells)} cells.",
                remedy="Make the mesh of the same places as the situation.",
            )
    ratio = PAGE[0] * 0.96 / (PAGE[1] * (1 - HEAD - FOOT))
    window = frame or frame_of(ground, situation, before=before, extent=extent, ratio=ratio)
    figure = Figure(figsize=PAGE, dpi=DPI, facecolor=colours.PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.02, FOOT, 0.96, 1 - HEAD - FOOT))
    axes.set_xlim(window.west, window.east)
    axes.set_ylim(window.south, window.north)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set(color=colours.GREY, linewidth=0.6)
    palette = {side.key: side for side in sides}
    scene = Scene(
        window=window,
        ground=ground,
        situation=situation,
        before=before,
        sides=palette,
        backdrop=backdrop or Backdrop(),
        tints=ground_by_tint(ground, situation),
    )
    # What stands around the ground, by the whole film where there is one.
    layout = replace(scene, before=film[0], situation=film[1]) if film else scene
    with mpl.rc_context({"hatch.linewidth": 0.9}):
        shown = draw_ground(axes, scene)
        moved = draw_gains(axes, scene)
        draw_lines(axes, scene)
        # The first picture of a film has no rings either where the others have them only for what changed.
        marked = draw_places(axes, replace(scene, before=before or situation) if film else scene)
        bar = draw_scale(axes, scene)
        inset = draw_inset(axes, scene, corner=free_corner(layout))
        draw_names(axes, layout, taken=[bar, *inset])
        words = title or headline(ground, situation, before, palette, default_side=default_side)
        draw_header(figure, words, situation, before, head=HEAD)
        # For readers of the file who cannot see it: the title inside an SVG, the text chunk of a PNG.
        figure.set_label(f"{words}. Map of control on {day_in_words(situation.day)}.")
        if film:
            shown |= {(str(status), 0) for day in film for status in np.unique(day.statuses)}
            moved = [key for key in palette if key in moved or key in gaining(layout)]
            marked = {Basis.OBSERVED.value, Basis.INFERRED.value}
        draw_footer(figure, layout, shown=shown, moved=moved, marked=marked, attribution=attribution, foot=FOOT)
    return figure


def headline(
    ground: Mesh,
    situation: Situation,
    before: Situation | None,
    sides: Mapping[str, Side],
    *,
    default_side: str | None = None,
) -> str:
    """What changed most, in a line; without an earlier day, how much the side holds that is not the default.

    >>> import numpy as np, shapely
    >>> from datetime import date
    >>> from whoholds.geometry import mesh
    >>> spots = np.array([[36.2, 49.5], [36.8, 49.5]])
    >>> ground = mesh(spots, shapely.box(36, 49, 37, 50))
    >>> days = [Situation.of(day=date(2022, 9, day), lonlat=spots, statuses=s)
    ...         for day, s in ((5, ["RU", "RU"]), (11, ["UA", "RU"]))]
    >>> headline(ground, days[1], days[0], {"UA": Side(key="UA", name="Ukraine", colour="#0072b2")})
    '4,030 km² and 1 place taken by Ukraine in 6 days'
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
            others = {other: total[0] for other, total in by_side.items() if other != key}
            second = max(others, key=lambda side: others[side], default="")
            if second and others[second] >= BOTH * area:
                one, other = sides[key].name, sides[second].name
                return f"{_round(area)} km² taken by {one}, {_round(others[second])} km² by {other}, {span}"
            noun = "place" if places == 1 else "places"
            return f"{_round(area)} km² and {places:,.0f} {noun} taken by {sides[key].name} {span}"
        return f"No place changes hands {span}"
    held = held_km2(ground, situation.statuses)
    rest = {key: held[key] for key in sides if key in held and key != default_side}
    if default_side is None or not rest:
        return "Who holds what"
    key = max(rest, key=lambda side: rest[side])
    return f"{sides[key].name}: {_round(rest[key])} km², {rest[key] / sum(held.values()):.0%} of the ground"


def _round(area: float) -> str:
    """An area with three figures, as a headline has it."""
    digits = 2 if area >= 10_000 else 1 if area >= 100 else 0
    return f"{round(area, -digits):,.0f}"


def picture_bytes(figure: Figure, *, kind: Literal["png", "svg"] = "png") -> bytes:
    """A figure as PNG or SVG; the same figure gives the same bytes, whatever the day."""
    buffer = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "whoholds", "svg.fonttype": "path"}):
        own: dict[str, Any] = {"Software": None} if kind == "png" else {"Date": None, "Creator": "whoholds"}
        metadata = {**own, "Title": str(figure.get_label())}
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
