"""A period as an animated GIF: one picture a day, all through one window."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from whoholds.draw.frame import Frame, frame_of
from whoholds.draw.picture import FOOT, HEAD, PAGE, draw_map
from whoholds.draw.situation import Backdrop, Situation
from whoholds.errors import BadSetting
from whoholds.geometry import Mesh
from whoholds.model import Side

#: Dots per inch of an animation: 1,000 x 840 pixels.
DPI = 100

#: How long a day stays [ms], and the last one, so that the end can be read before the film begins again.
DAY_MS, LAST_MS = 600, 3000


def window_of(
    ground: Mesh, first: Situation, last: Situation, *, extent: str | tuple[float, float, float, float] = "auto"
) -> Frame:
    """The window of a film: what changes between its first and its last day."""
    ratio = PAGE[0] * 0.96 / (PAGE[1] * (1 - HEAD - FOOT))
    return frame_of(ground, last, before=first, extent=extent, ratio=ratio)


def film_frames(
    ground: Mesh,
    situations: Iterable[Situation],
    *,
    sides: Sequence[Side],
    window: Frame,
    backdrop: Backdrop | None = None,
    attribution: str = "",
    default_side: str | None = None,
    ends: tuple[Situation, Situation] | None = None,
) -> Iterator[Image.Image]:
    """One picture a day; each shows what changed since the first.

    With the first and the last day given as `ends`, names, inset and legend stay where they are.
    """
    first: Situation | None = None
    for situation in situations:
        figure = draw_map(
            ground,
            situation,
            sides=sides,
            before=first,
            backdrop=backdrop,
            attribution=attribution,
            default_side=default_side,
            frame=window,
            film=ends,
        )
        first = first or situation
        yield _pixels(figure)


def save_film(frames: Iterable[Image.Image], path: str | Path) -> Path:
    """Write pictures as an animated GIF that begins again.

    Raises
    ------
    BadSetting
        No picture, or a path that does not end in .gif.
    """
    path = Path(path)
    if path.suffix.lower() != ".gif":
        raise BadSetting(f"A film cannot be written as {path.name}.", remedy="End the name with .gif.")
    path.write_bytes(film_bytes(frames))
    return path


def film_bytes(frames: Iterable[Image.Image]) -> bytes:
    """Pictures as the bytes of an animated GIF; the colours are those of the last picture, where most is shown."""
    pictures = list(frames)
    if not pictures:
        raise BadSetting("A film needs at least one day.", remedy="Choose a period with estimates.")
    palette = pictures[-1].quantize(255, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    flat = [picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures]
    buffer = io.BytesIO()
    flat[0].save(
        buffer,
        format="GIF",
        save_all=True,
        append_images=flat[1:],
        duration=[DAY_MS] * (len(flat) - 1) + [LAST_MS],
        loop=0,
        optimize=False,
    )
    return buffer.getvalue()


def _pixels(figure: Figure) -> Image.Image:
    """A figure as a picture without transparency."""
    figure.set_dpi(DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    return Image.fromarray(pixels).convert("RGB")
