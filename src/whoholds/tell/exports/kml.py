"""KML 2.2 (OGC 07-147r2) with time spans: Google Earth's slider plays the period.

Ground of each side, the front line, and the places that changed hands or that a claim names; the other places, which
are most, would hide them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import shapely
from shapely.geometry.base import BaseGeometry

from whoholds.model import CONTESTED, UNKNOWN, Side
from whoholds.tell.exports.about import ATTRIBUTION, About
from whoholds.tell.exports.layers import DayShapes, Row

DECIMALS = 4
"""Decimals of a coordinate [degree]: about 10 m, finer than any cell."""
COLOURS = {CONTESTED: "#7a6a3f", UNKNOWN: "#8a8f96"}
DOT = "https://maps.google.com/mapfiles/kml/shapes/shaded_dot.png"
"""Google Earth's own dot; other readers draw their own mark where they cannot fetch it."""

_BAD = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_kml(
    places: Sequence[Row], shapes: Sequence[DayShapes], sides: Sequence[Side], about: About, path: Path
) -> int:
    """Write a series; answers how many placemarks. `places` are the rows of the layer of places."""
    n = 0
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n')
        file.write(f"<name>{text(about.title)}</name>\n<description>{text(about.description)}\n{ATTRIBUTION}")
        file.write("</description>\n")
        colours = COLOURS | {side.key: side.colour for side in sides}
        file.writelines(_styles(colours))
        names = {side.key: side.name for side in sides} | {CONTESTED: "Contested", UNKNOWN: "Unknown"}
        for title, marks in (
            ("Ground", _ground(shapes, names, about.last_day)),
            ("Front line", _fronts(shapes, about.last_day)),
            ("Places that changed hands or are named", _places(telling(places), names)),
        ):
            file.write(f"<Folder><name>{title}</name>\n")
            for mark in marks:
                file.write(mark)
                n += 1
            file.write("</Folder>\n")
        file.write("</Document>\n</kml>\n")
    return n


def telling(places: Sequence[Row]) -> list[Row]:
    """Rows of places that have more than one status in the period, or that a claim names."""
    seen: dict[int, int] = {}
    named: set[int] = set()
    for row in places:
        place = row.columns["geonameid"]
        seen[place] = seen.get(place, 0) + 1
        if row.columns["basis"] == "observed":
            named.add(place)
    return [r for r in places if seen[r.columns["geonameid"]] > 1 or r.columns["geonameid"] in named]


def text(value: object) -> str:
    """A value as XML 1.0 text: escaped, without the characters that no XML may hold.

    >>> text("<Izium> & \\x00co")
    '&lt;Izium&gt; &amp; co'
    """
    return escape(_BAD.sub("", str(value)))


def _styles(colours: dict[str, str]) -> Iterator[str]:
    """One style for the ground and one for the places of each status."""
    for key, colour in colours.items():
        plain = _abgr(colour)
        yield (
            f"<Style id={_id('ground', key)}><LineStyle><color>80{plain}</color><width>0.5</width></LineStyle>"
            f"<PolyStyle><color>59{plain}</color></PolyStyle></Style>\n"
        )
        yield (
            f"<Style id={_id('place', key)}><IconStyle><color>ff{plain}</color><scale>0.5</scale>"
            f"<Icon><href>{DOT}</href></Icon></IconStyle><LabelStyle><scale>0.6</scale></LabelStyle></Style>\n"
        )
    yield '<Style id="front"><LineStyle><color>ff2b2522</color><width>3</width></LineStyle></Style>\n'


def _abgr(colour: str) -> str:
    """#rrggbb as KML's bbggrr."""
    return colour[5:7] + colour[3:5] + colour[1:3]


def _id(kind: str, key: str) -> str:
    """An XML name of a style, quoted."""
    return quoteattr(f"{kind}-" + re.sub(r"[^A-Za-z0-9_.-]", "-", key))


def _url(kind: str, key: str) -> str:
    """A reference to a style."""
    return "#" + _id(kind, key)[1:-1]


def _span(first: date | str, last: date | str) -> str:
    """The days, both included."""
    return f"<TimeSpan><begin>{first}</begin><end>{last}</end></TimeSpan>"


def _spans(shapes: Sequence[DayShapes], last: date) -> Iterator[tuple[DayShapes, str]]:
    """Each day with shapes, and the days until the next."""
    for k, day in enumerate(shapes):
        until = shapes[k + 1].day - timedelta(days=1) if k + 1 < len(shapes) else max(last, day.day)
        yield day, _span(day.day, until)


def _ground(shapes: Sequence[DayShapes], names: dict[str, str], last: date) -> Iterator[str]:
    """The ground of each status, by day."""
    for day, span in _spans(shapes, last):
        for status, shape in sorted(day.areas.items()):
            if shape.is_empty:
                continue
            km2 = day.area_km2.get(status, 0.0)
            yield (
                f"<Placemark><name>{text(names.get(status, status))}</name>"
                f"<description>{day.day}: {km2:,.0f} km2</description>{span}"
                f"<styleUrl>{_url('ground', status)}</styleUrl>{_data({'status': status, 'area_km2': round(km2, 1)})}"
                f"{geometry(shape)}</Placemark>\n"
            )


def _fronts(shapes: Sequence[DayShapes], last: date) -> Iterator[str]:
    """The front line, by day."""
    for day, span in _spans(shapes, last):
        if not day.front.is_empty:
            yield (
                f"<Placemark><name>Front line</name>{span}<styleUrl>#front</styleUrl>{geometry(day.front)}"
                "</Placemark>\n"
            )


def _places(rows: Sequence[Row], names: dict[str, str]) -> Iterator[str]:
    """Places, one placemark a status."""
    for row in rows:
        told = row.columns
        status = told["status"]
        yield (
            f"<Placemark><name>{text(told['name'])}</name>"
            f"<description>{text(names.get(status, status))}, {told['basis']}</description>"
            f"{_span(told['date'], told['until'])}<styleUrl>{_url('place', status)}</styleUrl>{_data(told)}"
            f"{geometry(row.geometry)}</Placemark>\n"
        )


def _data(values: dict[str, object]) -> str:
    """Columns as extended data."""
    inner = "".join(f"<Data name={quoteattr(text(k))}><value>{text(v)}</value></Data>" for k, v in values.items())
    return f"<ExtendedData>{inner}</ExtendedData>"


def geometry(shape: BaseGeometry) -> str:
    """A geometry [degree] as KML; polygons turn counter-clockwise.

    >>> geometry(shapely.Point(37.25, 49.2))
    '<Point><coordinates>37.25,49.2</coordinates></Point>'
    """
    if shape.geom_type == "Point":
        return f"<Point><coordinates>{_coordinates(shape)}</coordinates></Point>"
    parts = shapely.get_parts(shape).tolist()
    inner = "".join(_part(part) for part in parts)
    return inner if len(parts) == 1 else f"<MultiGeometry>{inner}</MultiGeometry>"


def _part(part: BaseGeometry) -> str:
    """One line or polygon."""
    if shapely.get_dimensions(part) == 1:
        return f"<LineString><tessellate>1</tessellate><coordinates>{_coordinates(part)}</coordinates></LineString>"
    outer, *inner = shapely.get_rings(shapely.orient_polygons(part))
    holes = "".join(f"<innerBoundaryIs>{_ring(ring)}</innerBoundaryIs>" for ring in inner)
    return f"<Polygon><outerBoundaryIs>{_ring(outer)}</outerBoundaryIs>{holes}</Polygon>"


def _ring(ring: BaseGeometry) -> str:
    """A closed ring."""
    return f"<LinearRing><coordinates>{_coordinates(ring)}</coordinates></LinearRing>"


def _coordinates(shape: BaseGeometry) -> str:
    """Longitude and latitude, without needless zeros."""
    xy = shapely.get_coordinates(shape).round(DECIMALS).tolist()
    return " ".join(f"{x:.10g},{y:.10g}" for x, y in xy)
