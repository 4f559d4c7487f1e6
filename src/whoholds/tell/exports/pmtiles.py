"""PMTiles 3 (github.com/protomaps/PMTiles): a file of tiles that a web host serves without a program of its own."""

from __future__ import annotations

import gzip
import json
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from whoholds.tell.exports.vector_tile import varints

HEADER_BYTES = 127
ROOT_BYTES = 16_384 - HEADER_BYTES
"""Readers fetch header and root in one request of so many bytes."""
LEAF_ENTRIES = 4096
GZIP, VECTOR = 2, 1

Tile = tuple[int, int, int]
"""Zoom, column, row."""


def tile_id(zoom: int, x: int, y: int) -> int:
    """The number of a tile: along a Hilbert curve, zoom after zoom.

    >>> [tile_id(*tile) for tile in ((0, 0, 0), (1, 0, 0), (1, 0, 1), (1, 1, 1), (1, 1, 0), (2, 0, 0))]
    [0, 1, 2, 3, 4, 5]
    """
    before = ((1 << 2 * zoom) - 1) // 3
    step, along = 1 << zoom, 0
    while step > 1:
        step >>= 1
        right, down = int(bool(x & step)), int(bool(y & step))
        along += step * step * (3 * right ^ down)
        if not down:
            if right:
                x, y = step - 1 - x, step - 1 - y
            x, y = y, x
        x, y = x & step - 1, y & step - 1
    return before + along


def write_pmtiles(
    tiles: Mapping[Tile, bytes],
    path: Path,
    *,
    metadata: Mapping[str, Any],
    bounds: tuple[float, float, float, float],
) -> int:
    """Write vector tiles; answers how many. The same tiles give the same bytes.

    Parameters
    ----------
    tiles : mapping of (zoom, column, row) to bytes
        Not compressed.
    path : Path
    metadata : mapping
        With `vector_layers`, as in TileJSON.
    bounds : (west, south, east, north) [degree]
    """
    body = bytearray()
    seen: dict[bytes, tuple[int, int]] = {}
    entries: list[tuple[int, int, int, int]] = []
    for number, content in sorted((tile_id(*tile), content) for tile, content in tiles.items()):
        packed = gzip.compress(content, mtime=0)
        if packed not in seen:
            seen[packed] = (len(body), len(packed))
            body += packed
        offset, length = seen[packed]
        last = entries[-1] if entries else None
        if last and last[1:3] == (offset, length) and number == last[0] + last[3]:
            entries[-1] = (*last[:3], last[3] + 1)
        else:
            entries.append((number, offset, length, 1))
    root, leaves = _directories(entries)
    about = gzip.compress(json.dumps(metadata, ensure_ascii=False).encode(), mtime=0)
    at_about = HEADER_BYTES + len(root)
    at_leaves = at_about + len(about)
    at_tiles = at_leaves + len(leaves)
    zooms = [zoom for zoom, _, _ in tiles]
    west, south, east, north = (round(v * 1e7) for v in bounds)
    header = struct.pack(
        "<7sB11Q6B4iB2i",
        b"PMTiles", 3,
        HEADER_BYTES, len(root), at_about, len(about), at_leaves, len(leaves), at_tiles, len(body),
        len(tiles), len(entries), len(seen),
        1, GZIP, GZIP, VECTOR, min(zooms, default=0), max(zooms, default=0),
        west, south, east, north,
        min(max(min(zooms, default=0), 5), max(zooms, default=0)), (west + east) // 2, (south + north) // 2,
    )  # fmt: skip
    path.write_bytes(header + root + about + leaves + bytes(body))
    return len(tiles)


def _directories(entries: Sequence[tuple[int, int, int, int]]) -> tuple[bytes, bytes]:
    """The root directory, and leaves where it would grow too long to be fetched with the header."""
    root = _directory(entries)
    if len(root) <= ROOT_BYTES:
        return root, b""
    leaves = bytearray()
    pointers = []
    for at in range(0, len(entries), LEAF_ENTRIES):
        leaf = _directory(entries[at : at + LEAF_ENTRIES])
        pointers.append((entries[at][0], len(leaves), len(leaf), 0))
        leaves += leaf
    return _directory(pointers), bytes(leaves)


def _directory(entries: Sequence[tuple[int, int, int, int]]) -> bytes:
    """Entries (id, offset, length, run) column by column."""
    ids = [e[0] for e in entries]
    steps = [b - a for a, b in zip([0, *ids], ids, strict=False)]
    # 0 says that a tile follows the one before; every other offset is written one higher.
    offsets = [0 if k and e[1] == entries[k - 1][1] + entries[k - 1][2] else e[1] + 1 for k, e in enumerate(entries)]
    plain = varints([len(entries), *steps, *(e[3] for e in entries), *(e[2] for e in entries), *offsets])
    return gzip.compress(plain, mtime=0)
