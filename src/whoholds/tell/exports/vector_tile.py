"""Mapbox Vector Tiles 2.1 (github.com/mapbox/vector-tile-spec): layers of features as the bytes of a tile."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

EXTENT = 4096
"""Units across a tile."""

Value = str | int | float
Feature = tuple[BaseGeometry, Mapping[str, Value]]
"""A geometry in the units of its zoom, y down, and its properties."""

POINT, LINE, POLYGON = 1, 2, 3
MOVE, DRAW, CLOSE = 1, 2, 7


def encode_tile(layers: Mapping[str, Sequence[Feature]], *, origin: tuple[int, int] = (0, 0)) -> bytes:
    """The bytes of a tile whose upper left corner is `origin` [units].

    Features of which nothing is left on the tile's grid are left out, and so are empty layers.

    >>> encode_tile({"places": [(shapely.Point(2048, 2048), {"status": "UA"})]})[:10]
    b'\\x1a*\\n\\x06places'
    """
    out = b""
    for name, features in layers.items():
        layer = _layer(name, features, origin)
        if layer:
            out += _chunk(3, layer)
    return out


def _layer(name: str, features: Sequence[Feature], origin: tuple[int, int]) -> bytes:
    """One layer; nothing where no feature has a shape left."""
    keys: dict[str, int] = {}
    values: dict[tuple[type, Value], int] = {}
    body = b""
    for shape, properties in features:
        kind, commands = _commands(shape, origin)
        if not commands:
            continue
        tags: list[int] = []
        for key, value in properties.items():
            tags += [keys.setdefault(key, len(keys)), values.setdefault((type(value), value), len(values))]
        body += _chunk(2, _chunk(2, varints(tags)) + b"\x18" + varint(kind) + _chunk(4, varints(commands)))
    if not body:
        return b""
    head = _chunk(1, name.encode())
    tail = b"".join(_chunk(3, key.encode()) for key in keys)
    tail += b"".join(_chunk(4, _value(value)) for _, value in values)
    return head + body + tail + b"\x28" + varint(EXTENT) + b"\x78\x02"


def _value(value: Value) -> bytes:
    """A property's value: text, whole number or double."""
    if isinstance(value, str):
        return _chunk(1, value.encode())
    if isinstance(value, int):
        return b"\x30" + varint(_zigzag(value))
    return b"\x19" + struct.pack("<d", value)


def _commands(shape: BaseGeometry, origin: tuple[int, int]) -> tuple[int, list[int]]:
    """The kind of a geometry and its commands.

    Plain numbers in plain loops: most shapes are cells of a few corners, for which arrays cost more than they save.
    """
    dimension = shapely.get_dimensions(shape)
    if shape.is_empty:
        return POINT, []
    pen = [0, 0]
    out: list[int] = []
    if dimension == 0:
        xy = _grid(shape, origin)
        return POINT, [MOVE | len(xy) << 3, *_steps(xy, pen)]
    parts = [p for p in shapely.get_parts(shape).tolist() if shapely.get_dimensions(p) == dimension]
    if dimension == 1:
        for part in parts:
            xy = _distinct(_grid(part, origin))
            if len(xy) > 1:
                out += _path(xy, pen)
        return LINE, out
    for part in parts:
        for ring in shapely.get_rings(shapely.orient_polygons(part)).tolist():
            xy = _distinct(_grid(ring, origin))[:-1]
            # A ring that shrank to a line is dropped; where it is the outer one its holes are smaller still.
            if len(xy) > 2 and _area(xy):
                out += [*_path(xy, pen), CLOSE | 1 << 3]
    return POLYGON, out


Vertex = list[int]


def _grid(shape: BaseGeometry, origin: tuple[int, int]) -> list[Vertex]:
    """Vertices on the tile's grid."""
    found: list[Vertex] = (np.rint(shapely.get_coordinates(shape)).astype(np.int64) - origin).tolist()
    return found


def _distinct(xy: list[Vertex]) -> list[Vertex]:
    """Vertices, none twice in a row."""
    return [xy[0], *(b for a, b in pairwise(xy) if a != b)]


def _area(xy: list[Vertex]) -> int:
    """Twice the signed area of a ring."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(xy, [*xy[1:], xy[0]], strict=True))


def _path(xy: list[Vertex], pen: Vertex) -> list[int]:
    """Commands along vertices."""
    return [MOVE | 1 << 3, *_steps(xy[:1], pen), DRAW | len(xy) - 1 << 3, *_steps(xy[1:], pen)]


def _steps(xy: list[Vertex], pen: Vertex) -> list[int]:
    """Steps from vertex to vertex, zigzag; the pen stays at the last."""
    out = []
    x, y = pen
    for to_x, to_y in xy:
        out.append(_zigzag(to_x - x))
        out.append(_zigzag(to_y - y))
        x, y = to_x, to_y
    pen[:] = [x, y]
    return out


def _zigzag(value: int) -> int:
    """A signed number as an unsigned one."""
    return value << 1 if value >= 0 else (-value << 1) - 1


def varint(value: int) -> bytes:
    """A number in groups of seven bits, the lowest first.

    >>> varint(300)
    b'\\xac\\x02'
    """
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def varints(values: Sequence[int]) -> bytes:
    """Numbers one after the other."""
    return b"".join(_SHORT[value] if value < 0x80 else varint(value) for value in values)


_SHORT = [bytes([value]) for value in range(0x80)]


def _chunk(number: int, content: bytes) -> bytes:
    """A field of bytes."""
    return varint(number << 3 | 2) + varint(len(content)) + content
