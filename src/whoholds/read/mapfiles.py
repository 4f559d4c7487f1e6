"""Bytes of a GeoJSON, KML, KMZ or GeoPackage file → features with their properties, in degrees.

Polygons only: points and lines of a map-maker's file are marks and arrows, not ground that somebody holds.
"""

from __future__ import annotations

import gzip
import io
import json
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from lxml import etree
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from whoholds.errors import MapError

#: The largest file that is unpacked [byte]; DeepState's and ISW's maps have 0.05 to 5 MB.
LARGEST = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeature:
    """A feature as the file has it: its polygons, made valid, and its properties."""

    id: str
    geometry: BaseGeometry
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawMap:
    """The features with polygons, the format, and the members beside the features."""

    format: str
    features: tuple[RawFeature, ...]
    wrapped_in: str | None = None


def raw_map(data: bytes, origin: str, *, layer: str | None = None) -> RawMap:
    """Read a map file by its content.

    Raises
    ------
    MapError
        Not a map, cut off, or a geometry that is none.
    """
    data = _unzipped(data, origin)
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head:
        raise MapError(f"{origin} is empty.", remedy="Give a GeoJSON, KML or GeoPackage file with polygons.")
    if data.startswith(b"SQLite format 3\x00"):
        return _geopackage(data, origin, layer)
    if head.startswith(b"{"):
        return _geojson(data, origin)
    if head.startswith(b"<"):
        return _kml(data, origin)
    raise MapError(
        f"{origin} is neither GeoJSON, KML, KMZ nor GeoPackage.",
        remedy="Convert it first, for example with: ogr2ogr -f GPKG map.gpkg YOUR_FILE",
    )


def polygons_of(geometry: BaseGeometry) -> BaseGeometry | None:
    """The polygons in a geometry, made valid and joined; None where it has none.

    >>> from shapely import wkt
    >>> bow_tie = wkt.loads("POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))")
    >>> polygons_of(bow_tie).area
    2.0
    >>> polygons_of(wkt.loads("POINT (1 1)")) is None
    True
    """
    parts = [part for part in _flat(shapely.force_2d(geometry)) if part.geom_type == "Polygon"]
    valid = [part for whole in parts for part in _flat(shapely.make_valid(whole)) if part.geom_type == "Polygon"]
    if not valid:
        return None
    return valid[0] if len(valid) == 1 else shapely.union_all(valid)


def _flat(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    """The single geometries of a collection, however deep."""
    if hasattr(geometry, "geoms"):
        for part in geometry.geoms:
            yield from _flat(part)
    elif not geometry.is_empty:
        yield geometry


def _unzipped(data: bytes, origin: str) -> bytes:
    """The content of a gzip or KMZ file."""
    try:
        if data.startswith(b"\x1f\x8b"):
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
                data = packed.read(LARGEST + 1)
        elif data.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                inside = [n for n in archive.namelist() if n.lower().endswith((".kml", ".geojson", ".json", ".gpkg"))]
                if not inside:
                    raise MapError(f"{origin} is an archive without a map.", remedy="Unpack it and give the map file.")
                with archive.open(inside[0]) as packed_map:
                    data = packed_map.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise MapError(f"{origin} is cut off or damaged ({error}).", remedy="Download it again.") from error
    if len(data) > LARGEST:
        raise MapError(
            f"{origin} holds more than {LARGEST >> 20} MB.", remedy="Simplify it, for example with ogr2ogr -simplify."
        )
    return data


def _geojson(data: bytes, origin: str) -> RawMap:
    """Features of a GeoJSON file, also of one wrapped in a store's answer ({"value": {...}})."""
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise MapError(f"{origin} is not UTF-8 (byte {error.start}).", remedy="Save it as UTF-8.") from error
    except json.JSONDecodeError as error:
        raise MapError(
            f"{origin} is broken JSON: {error.msg} at line {error.lineno}, column {error.colno}.",
            remedy="The file is probably cut off; download it again.",
        ) from error
    wrapped_in = None
    if "features" not in document:
        for key, value in document.items():
            if isinstance(value, dict) and isinstance(value.get("features"), list):
                document, wrapped_in = value, key
                break
    features = document.get("features")
    if document.get("type") == "Feature":
        features = [document]
    if not isinstance(features, list):
        raise MapError(
            f"{origin} is JSON without a FeatureCollection.", remedy="Give GeoJSON (RFC 7946) with polygons."
        )
    found: list[RawFeature] = []
    for number, feature in enumerate(features):
        if not isinstance(feature, dict):
            raise MapError(f"{origin}: feature {number} is not an object.", remedy="Give valid GeoJSON (RFC 7946).")
        if not feature.get("geometry"):
            continue
        try:
            geometry = polygons_of(shape(feature["geometry"]))
        except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            raise MapError(
                f"{origin}: the geometry of feature {number} cannot be read ({error}).",
                remedy="Repair that feature (QGIS: Fix geometries) or leave it out.",
            ) from error
        if geometry is not None:
            properties = feature.get("properties") or {}
            found.append(RawFeature(id=str(feature.get("id", number)), geometry=geometry, properties=dict(properties)))
    crs = str(((document.get("crs") or {}).get("properties") or {}).get("name", ""))
    return RawMap(format="geojson", features=_in_degrees(found, crs, origin), wrapped_in=wrapped_in)


def _kml(data: bytes, origin: str) -> RawMap:
    """Placemarks of a KML file; the folders a placemark lies in are its property `folder`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise MapError(f"{origin} is broken XML: {error}.", remedy="Download the KML again.") from error
    if etree.QName(root).localname != "kml":
        raise MapError(f"{origin} is XML but not KML.", remedy="Give KML, GeoJSON or GeoPackage.")
    found: list[RawFeature] = []
    for number, placemark in enumerate(root.iterfind(".//{*}Placemark")):
        rings = []
        for polygon in placemark.iterfind(".//{*}Polygon"):
            outer = polygon.find("./{*}outerBoundaryIs//{*}coordinates")
            inner = polygon.findall("./{*}innerBoundaryIs//{*}coordinates")
            if outer is None:
                continue
            try:
                rings.append(shapely.Polygon(_coordinates(outer), [_coordinates(ring) for ring in inner]))
            except (ShapelyError, ValueError, IndexError) as error:
                raise MapError(
                    f"{origin}: placemark {number} has a polygon that cannot be read ({error}).",
                    remedy="Repair that placemark or leave it out.",
                ) from error
        geometry = polygons_of(shapely.GeometryCollection(rings))
        if geometry is not None:
            found.append(
                RawFeature(
                    id=placemark.get("id") or str(number), geometry=geometry, properties=_kml_properties(placemark)
                )
            )
    return RawMap(format="kml", features=tuple(found))


def _coordinates(element: etree._Element) -> list[tuple[float, float]]:
    """Longitudes and latitudes of a KML coordinates element."""
    pairs = [position.split(",") for position in (element.text or "").split()]
    return [(float(pair[0]), float(pair[1])) for pair in pairs]


def _kml_properties(placemark: etree._Element) -> dict[str, Any]:
    """Name, description, style, folder and extended data of a placemark."""
    properties: dict[str, Any] = {}
    for tag in ("name", "description", "styleUrl"):
        element = placemark.find("./{*}" + tag)
        if element is not None and element.text:
            properties[tag] = element.text.strip()
    for item in placemark.iterfind("./{*}ExtendedData/{*}Data"):
        value = item.find("./{*}value")
        properties[str(item.get("name"))] = (value.text or "").strip() if value is not None else ""
    for item in placemark.iterfind("./{*}ExtendedData/{*}SchemaData/{*}SimpleData"):
        properties[str(item.get("name"))] = (item.text or "").strip()
    folders = [(folder.findtext("./{*}name") or "").strip() for folder in placemark.iterancestors("{*}Folder")]
    if folders:
        properties["folder"] = " / ".join(reversed(folders))
    return properties


def _geopackage(data: bytes, origin: str, layer: str | None) -> RawMap:
    """Features of one layer of a GeoPackage."""
    if data[68:72] not in {b"GPKG", b"GP10", b"GP11"}:
        raise MapError(
            f"{origin} is SQLite but not GeoPackage.", remedy="Export the map as GeoPackage, GeoJSON or KML."
        )
    # GDAL warns of a GeoPackage whose name does not end in .gpkg, and bytes in memory have no name.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.gpkg"
        path.write_bytes(data)
        return _geopackage_file(path, origin, layer)


def _geopackage_file(path: Path, origin: str, layer: str | None) -> RawMap:
    """The same from a file of that ending."""
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        layers: Mapping[str, str | None] = {str(name): kind for name, kind in pyogrio.list_layers(path)}
        shaped = [name for name, kind in layers.items() if kind]
        if layer is None and len(shaped) != 1:
            raise MapError(
                f"{origin} has {len(shaped)} layers with geometries ({', '.join(shaped) or 'none'}).",
                remedy="Name the one to read (layer).",
            )
        meta, fids, wkb, columns = pyogrio.raw.read(path, layer=layer or shaped[0], return_fids=True)
    except (DataSourceError, DataLayerError) as error:
        raise MapError(
            f"{origin} cannot be read as GeoPackage ({error}).", remedy="Check its layers with: ogrinfo FILE"
        ) from error
    found = []
    for row, (fid, geometry) in enumerate(zip(fids, shapely.from_wkb(wkb), strict=True)):
        polygons = None if geometry is None else polygons_of(geometry)
        if polygons is not None:
            properties = {str(name): column[row] for name, column in zip(meta["fields"], columns, strict=True)}
            found.append(RawFeature(id=str(fid), geometry=polygons, properties=properties))
    return RawMap(format="gpkg", features=_in_degrees(found, str(meta.get("crs") or ""), origin))


def _in_degrees(features: list[RawFeature], crs: str, origin: str) -> tuple[RawFeature, ...]:
    """The features in longitude and latitude, whatever the file's coordinate system."""
    import pyproj

    geographic = {"", "EPSG:4326", "OGC:CRS84"}
    name = crs.removeprefix("urn:ogc:def:crs:").replace("::", ":").replace("OGC:1.3:", "OGC:")
    if name not in geographic:
        try:
            change = pyproj.Transformer.from_crs(crs, "OGC:CRS84", always_xy=True)
        except pyproj.exceptions.CRSError as error:
            raise MapError(
                f"{origin} is in a coordinate system nobody knows ({crs}).",
                remedy="Reproject it to WGS 84, for example with: ogr2ogr -t_srs EPSG:4326 out.geojson IN",
            ) from error
        features = [
            RawFeature(
                id=feature.id,
                geometry=shapely.transform(
                    feature.geometry, lambda xy: np.column_stack(change.transform(xy[:, 0], xy[:, 1]))
                ),
                properties=feature.properties,
            )
            for feature in features
        ]
    for feature in features:
        west, south, east, north = feature.geometry.bounds
        if not (-180.0001 <= west <= east <= 180.0001 and -90.0001 <= south <= north <= 90.0001):
            raise MapError(
                f"{origin}: feature {feature.id} has coordinates that are not degrees "
                f"({west:.0f} {south:.0f} to {east:.0f} {north:.0f}).",
                remedy="Reproject it to WGS 84, for example with: ogr2ogr -t_srs EPSG:4326 out.geojson IN",
            )
    return tuple(features)
