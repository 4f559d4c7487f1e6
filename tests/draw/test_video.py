"""Films as MP4, read back by FFmpeg's libraries."""

from __future__ import annotations

from pathlib import Path

import av
import pytest
from PIL import Image

from whoholds.draw import save_video
from whoholds.errors import BadSetting

RED, BLUE = (200, 30, 30), (30, 30, 200)


def pictures(*colours: tuple[int, int, int], size: tuple[int, int] = (101, 63)) -> list[Image.Image]:
    """Plain pictures of an odd size."""
    return [Image.new("RGB", size, colour) for colour in colours]


def test_each_picture_has_its_time(tmp_path: Path) -> None:
    """Two days of 0.6 s, the second for 3 s in all; odd sides lose a pixel."""
    with av.open(save_video(pictures(RED, BLUE), tmp_path / "f.mp4")) as film:
        stream = film.streams.video[0]
        assert (stream.codec_context.name, stream.width, stream.height) == ("h264", 100, 62)
        assert stream.duration is not None and stream.time_base is not None
        assert float(stream.duration * stream.time_base) == pytest.approx(0.6 + 3.0, abs=0.01)
        seen = [frame.to_image().getpixel((50, 30)) for frame in film.decode(stream)]
    assert len(seen) == 6
    assert [max(range(3), key=lambda c: pixel[c]) for pixel in seen] == [0, 2, 2, 2, 2, 2]


def test_the_index_stands_first(tmp_path: Path) -> None:
    """So that a film plays while it is fetched."""
    content = save_video(pictures(RED), tmp_path / "f.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_the_same_pictures_give_the_same_bytes(tmp_path: Path) -> None:
    """No date, no second thread."""
    one, other = (save_video(pictures(RED, BLUE), tmp_path / name) for name in ("a.mp4", "b.mp4"))
    assert one.read_bytes() == other.read_bytes()


def test_a_film_needs_a_picture_and_a_name(tmp_path: Path) -> None:
    """Each error says what to do."""
    with pytest.raises(BadSetting, match="at least one day"):
        save_video([], tmp_path / "f.mp4")
    with pytest.raises(BadSetting, match=r"\.mp4"):
        save_video(pictures(RED), tmp_path / "f.avi")
