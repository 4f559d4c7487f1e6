"""Names on a picture: which towns, and where each stands without touching another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Bbox

Across = Literal["left", "center", "right"]
Upright = Literal["bottom", "center", "center_baseline", "top"]

#: Where a name may stand beside its dot, the best first: right, left, above, below, and the corners (Imhof 1975,
#: Positioning names on maps, doi:10.1559/152304075784313304, puts the upper right first; flat names read better level).
POSITIONS: tuple[tuple[float, float, Across, Upright], ...] = (
    (1.0, 0.0, "left", "center"),
    (0.8, 0.8, "left", "bottom"),
    (0.8, -0.8, "left", "top"),
    (-1.0, 0.0, "right", "center"),
    (-0.8, 0.8, "right", "bottom"),
    (-0.8, -0.8, "right", "top"),
    (0.0, 1.0, "center", "bottom"),
    (0.0, -1.0, "center", "top"),
)


#: Where the name of an area may stand: in its middle, or moved by the label's gap.
AROUND: tuple[tuple[float, float, Across, Upright], ...] = tuple(
    (right, up, "center", "center")
    for right, up in ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, -1), (1, -1), (-1, 1), (0, 2), (0, -2))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A name to set: where [m in the plane], how large [point], and how it looks."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False
    colour: str = "#22252b"
    halo: str = "#ffffff"
    gap: float = 4.0
    centred: bool = False


def place_labels(
    axes: Axes, labels: Sequence[Label], *, taken: Sequence[Bbox] = (), most: int = 60
) -> tuple[list[Text], list[int]]:
    """Set names in the order given, each in the first of its positions that is free; leave out what finds none.

    Parameters
    ----------
    axes : Axes
        Axes of a figure with an Agg canvas, its limits set.
    labels : sequence of Label
        The most important first.
    taken : sequence of Bbox
        Boxes already used [pixel].
    most : int
        Names set at most.

    Returns
    -------
    (texts, rows)
        What was set, and which of the labels.
    """
    figure = axes.get_figure(root=True)
    canvas = figure.canvas if figure is not None else None
    if not isinstance(canvas, FigureCanvasAgg):
        raise TypeError("labels are measured on an Agg canvas")
    renderer: Any = canvas.get_renderer()  # type: ignore[no-untyped-call]
    frame = axes.get_window_extent(renderer)
    boxes = np.array([box.extents for box in taken], dtype=np.float64).reshape(-1, 4)
    pixel = canvas.figure.dpi / 72
    texts: list[Text] = []
    rows: list[int] = []
    for row, label in enumerate(labels):
        if len(texts) >= most:
            break
        places = AROUND if label.centred else POSITIONS
        weight = "bold" if label.bold else "normal"
        text = axes.text(
            label.x, label.y, label.text, fontsize=label.size, color=label.colour, fontweight=weight, zorder=9
        )
        if label.centred:
            text.set_alpha(0.5)
        else:
            text.set_path_effects([withStroke(linewidth=2.2, foreground=label.halo, alpha=0.85)])
        at = axes.transData.transform((label.x, label.y))
        dot = np.array([at[0] - 4, at[1] - 4, at[0] + 4, at[1] + 4]) if not label.centred else np.empty((0, 4))
        if len(dot) and _touches(boxes, Bbox.from_extents(*dot)):
            text.remove()
            continue
        for right, up, ha, va in places:
            text.set_horizontalalignment(ha)
            text.set_verticalalignment("center_baseline" if va == "center" else va)
            spot = at + np.array([right, up]) * label.gap * pixel
            text.set_position(tuple(axes.transData.inverted().transform(spot)))
            box = text.get_window_extent(renderer).padded(1.5)
            inside = (
                box.x0 >= frame.x0 + 4 and box.x1 <= frame.x1 - 4 and box.y0 >= frame.y0 + 4 and box.y1 <= frame.y1 - 4
            )
            if inside and not _touches(boxes, box):
                boxes = np.vstack([boxes, box.extents, dot])
                texts.append(text)
                rows.append(row)
                break
        else:
            text.remove()
    return texts, rows


def _touches(boxes: Any, box: Bbox) -> bool:
    """Whether a box overlaps one of the boxes."""
    x0, y0, x1, y1 = box.extents
    hit = (boxes[:, 0] < x1) & (boxes[:, 2] > x0) & (boxes[:, 1] < y1) & (boxes[:, 3] > y0)
    return bool(hit.any())
