"""A film as MP4 (H.264), which every browser, phone and newsroom plays."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from whoholds.draw.animation import DAY_MS, LAST_MS
from whoholds.errors import BadSetting, MissingPart

#: H.264 quality: 18 is taken for lossless to the eye; lines and small names need more than film does.
QUALITY = 20


def save_video(
    frames: Iterable[Image.Image], path: str | Path, *, day_ms: int = DAY_MS, last_ms: int = LAST_MS
) -> Path:
    """Write pictures as an MP4, each shown for `day_ms` and the last one for `last_ms` [ms].

    One thread and no date inside, so that the same pictures give the same bytes; its index stands first, so that it
    plays while it is fetched.

    Raises
    ------
    BadSetting
        No picture, or a path that does not end in .mp4.
    MissingPart
        PyAV is not installed, or its FFmpeg has no H.264 encoder.
    """
    path = Path(path)
    if path.suffix.lower() != ".mp4":
        raise BadSetting(f"A video cannot be written as {path.name}.", remedy="End the name with .mp4.")
    try:
        import av
    except ImportError as error:
        raise MissingPart("An MP4 needs PyAV.", remedy="Install it with: pip install 'whoholds[export]'.") from error
    if "libx264" not in av.codecs_available:
        raise MissingPart("This FFmpeg has no H.264 encoder.", remedy="Export a GIF, or install PyAV from its wheels.")
    pictures = iter(frames)
    picture = next(pictures, None)
    if picture is None:
        raise BadSetting("A film needs at least one day.", remedy="Choose a period with estimates.")
    with av.open(path, "w", format="mp4", options={"movflags": "+faststart", "fflags": "+bitexact"}) as film:
        stream = film.add_stream("libx264", rate=Fraction(1000, day_ms))
        # H.264 wants even sides.
        stream.width, stream.height = picture.width & ~1, picture.height & ~1
        stream.pix_fmt = "yuv420p"
        stream.options = {"crf": str(QUALITY), "preset": "medium", "tune": "animation"}
        stream.codec_context.thread_count = 1
        # Every picture of the container lasts as long: the last one is shown again until it has had its time.
        again = max(0, round(last_ms / day_ms) - 1)
        last = picture
        for last in chain([picture], pictures):
            _show(film, stream, last)
        for _ in range(again):
            _show(film, stream, last)
        for packet in stream.encode(None):
            film.mux(packet)
    return path


def _show(film: Any, stream: Any, picture: Image.Image) -> None:
    """Add a picture to the film."""
    import av

    cut = picture.crop((0, 0, stream.width, stream.height))
    for packet in stream.encode(av.VideoFrame.from_ndarray(np.asarray(cut), format="rgb24")):
        film.mux(packet)
