"""Control maps of map-makers: DeepState, ISW, NZZ as published, and any GeoJSON, KML or GeoPackage with a status field.

1. `mapfiles.raw_map` turns bytes into features, by content.
2. The map-maker is recognised: DeepState by its names and colours, NZZ by its classes, ISW by the file's name
   (its layers carry no properties at all: the name is the status).
3. Each feature's class becomes a status: a side's key, `contested` or `unknown`.

The classes were checked against the statuses read off the map-makers' archives at 32,475 settlements
(tests/read/test_maps.py, which needs those files).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import shapely

from whoholds.errors import MapError
from whoholds.model import CONTESTED, UNKNOWN, ControlMap, MapFeature, Side
from whoholds.read.mapfiles import RawFeature, RawMap, raw_map

#: DeepState's fill colours are its classes; the names beside them vary from day to day.
DEEPSTATE_COLOURS: Mapping[str, str] = {
    "a52714": "RU",  # occupied
    "000000": "RU",  # Crimea and the parts of Donbas occupied since 2014 (until April 2022)
    "880e4f": "RU",  # the same, later
    "ff5252": "RU",  # Transnistria: outside Ukraine, drawn as held by Russian troops
    "0f9d58": "UA",  # liberated
    "0288d1": "UA",  # liberated in the last two weeks
    "bcaaa4": CONTESTED,  # "contested" until August 2022, then "situation is unknown"
    "bdbdbd": CONTESTED,
}

#: Words of DeepState's names, for a feature whose colour is new.
DEEPSTATE_WORDS: tuple[tuple[str, str], ...] = (
    (r"під питанням|contes?[nt]s?ed|невідом|unknown", CONTESTED),
    (r"звільнен|liberated|taken back|recaptured", "UA"),
    (r"окупов|occupied|зайнят\w* ворогом|ордло|territories\.", "RU"),
)

#: ISW's layers by the words of their file names, the lowest first: what is assessed lies over what is only claimed.
ISW_LAYERS: tuple[tuple[str, str, str], ...] = (
    (r"russianclaimed(cot|control)", CONTESTED, "claimed Russian control"),
    (r"ukrainianclaimed|claimedukrainian", "UA", "claimed Ukrainian counteroffensive"),
    (r"assessed(russian)?advance", CONTESTED, "assessed Russian advance"),
    (r"assessed(russian)?(cot|control)", "RU", "assessed Russian control of terrain"),
)

#: NZZ's classes: ground Russia holds since before the last change, has newly gained, and has lost again.
NZZ_CLASSES: Mapping[str, str] = {"nochange": "RU", "gains": "RU", "losses": "UA"}

#: Crimea, which NZZ leaves out; coarse, as its mainland rim lies in ground that NZZ draws itself.
CRIMEA = shapely.Polygon(
    [(32.3, 44.2), (36.8, 44.2), (36.8, 45.6), (35.4, 45.7), (34.9, 46.05), (34.2, 46.1), (33.6, 46.2), (32.3, 45.9)]
)

#: Fields that often carry the status, tried in this order where none is named.
STATUS_FIELDS = ("status", "control", "controller", "controlled_by", "held_by", "holder", "side", "class", "type")

#: Endings of the files of a folder that are read as maps; a file named by itself is read whatever its ending.
MAP_SUFFIXES = frozenset({".geojson", ".json", ".kml", ".kmz", ".gpkg"})

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")
_CONTESTED_WORDS = {"contested", "disputed", "mixed", "fighting", "grey", "gray", "grey zone", "gray zone", "claimed"}
_UNKNOWN_WORDS = {"unknown", "unclear", "no data", "none", ""}


def read_map(
    source: bytes | str | Path | Sequence[str | Path] | Sequence[tuple[bytes, str]],
    *,
    status_field: str | None = None,
    statuses: Mapping[str, str] | None = None,
    status: str | None = None,
    sides: Sequence[Side] = (),
    name: str | None = None,
    day: date | None = None,
    layer: str | None = None,
    outside: str | None = None,
) -> ControlMap:
    """Read a control map.

    Parameters
    ----------
    source : bytes, path or paths
        One file's bytes (then give `name`, for ISW the file's name), a file, a folder of map files, or several files
        (paths, or bytes with file names) that make one map (ISW publishes four layers a day).
    status_field : str, optional
        The property that tells the status; for files of no known map-maker.
    statuses : mapping, optional
        Value of that field → side's key, `contested` or `unknown`, where the values are not words of the sides.
    status : str, optional
        The status of every polygon, for a file that carries none.
    sides : sequence of Side
        The theatre's sides; a status that names none of them is refused.
    name, day : optional
        What to call the map and the day it shows; else taken from the file.
    layer : str, optional
        The layer of a GeoPackage that has several.
    outside : str, optional
        The status of ground no polygon covers; the other side for the known map-makers, else `unknown`.

    Returns
    -------
    ControlMap
        Polygons in WGS 84 longitude and latitude; invalid ones are made valid; points and lines are left out.

    Raises
    ------
    MapError
        Missing, broken, no polygons, or statuses that cannot be told.

    Examples
    --------
    >>> square = b'{"type":"Polygon","coordinates":[[[36,49],[37,49],[37,50],[36,49]]]}'
    >>> data = (b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"held_by":"RU"},'
    ...         b'"geometry":' + square + b'}]}')
    >>> drawn = read_map(data, name="mine", day=date(2022, 9, 1))
    >>> drawn.statuses, drawn.outside
    (('RU',), 'unknown')
    """
    files = _files(source, name)
    read = [
        _one(
            data,
            origin,
            status_field=status_field,
            statuses=statuses or {},
            status=status,
            sides=sides,
            layer=layer,
        )
        for data, origin in files
    ]
    ranked = sorted(read, key=lambda one: one.rank)
    features = tuple(feature for one in ranked for feature in one.features)
    if not features:
        raise MapError(
            f"{files[0][1]} holds no polygon of a side.", remedy="Give a map whose polygons show who holds the ground."
        )
    known = {side.key for side in sides}
    strange = {feature.status for feature in features} - known - {CONTESTED, UNKNOWN}
    if known and strange:
        raise MapError(
            f"{files[0][1]} shows {', '.join(sorted(strange))}, but the sides are {', '.join(sorted(known))}.",
            remedy="Choose the theatre this map belongs to, or say which side each value is (statuses).",
        )
    days = {one.day for one in read if one.day is not None}
    if day is None and len(days) > 1:
        raise MapError(
            f"The files are of several days ({', '.join(str(d) for d in sorted(days))}).",
            remedy="Give the files of one day, or say which day they show.",
        )
    outsides = {one.outside for one in read if one.outside is not None}
    return ControlMap(
        name=name or " + ".join(sorted({one.maker for one in read})),
        day=day or next(iter(days), None),
        features=features,
        outside=outside or (outsides.pop() if len(outsides) == 1 else UNKNOWN),
        maker=" + ".join(sorted({_undated(one.maker) for one in read})),
    )


def looks_like_map(data: bytes) -> bool:
    """Whether bytes are a map rather than a text: GeoJSON, KML, KMZ or GeoPackage.

    >>> looks_like_map(b'{"type": "FeatureCollection", "features": []}'), looks_like_map(b'{"text": "..."}')
    (True, False)
    """
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(b"SQLite format 3\x00") or (head.startswith(b"<") and re.search(rb"<kml\b", head)):
        return True
    return head.startswith(b"{") and re.search(rb'"type"\s*:\s*"Feature(Collection)?"', head) is not None


class _Read:
    """One file read: its features, what it is called, its day, and what lies outside."""

    __slots__ = ("day", "features", "maker", "outside", "rank")

    def __init__(
        self, features: tuple[MapFeature, ...], maker: str, day: date | None, outside: str | None, rank: int = 0
    ) -> None:
        self.features, self.maker, self.day, self.outside, self.rank = features, maker, day, outside, rank


def _undated(maker: str) -> str:
    """A maker without the day that a file's name has: maps of one name and several days are of one maker.

    >>> _undated("front_2022-08-28"), _undated("DeepState"), _undated("20220828")
    ('front', 'DeepState', '20220828')
    """
    return _DAY.sub("", maker).strip(" _-.") or maker


def _files(
    source: bytes | str | Path | Sequence[str | Path] | Sequence[tuple[bytes, str]], name: str | None
) -> list[tuple[bytes, str]]:
    """Bytes and origin of every file meant."""
    if isinstance(source, bytes):
        return [(source, name or "the map")]
    given = [source] if isinstance(source, str | Path) else list(source)
    kept = [one for one in given if isinstance(one, tuple)]
    if kept:
        return kept
    paths = [Path(one) for one in given if not isinstance(one, tuple)]
    if len(paths) == 1 and paths[0].is_dir():
        folder = paths[0]
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in MAP_SUFFIXES)
        if not paths:
            raise MapError(f"{folder} holds no map files.", remedy="Give GeoJSON, KML or GeoPackage files.")
    if not paths:
        raise MapError("No map file is given.", remedy="Give GeoJSON, KML or GeoPackage files.")
    files = []
    for path in paths:
        try:
            files.append((path.read_bytes(), path.name))
        except OSError as error:
            reason = error.strerror or str(error)
            raise MapError(f"{path} cannot be read ({reason}).", remedy="Check the path and its rights.") from error
    return files


def _one(
    data: bytes,
    origin: str,
    *,
    status_field: str | None,
    statuses: Mapping[str, str],
    status: str | None,
    sides: Sequence[Side],
    layer: str | None,
) -> _Read:
    """Read one file by its map-maker."""
    raw = raw_map(data, origin, layer=layer)
    day = _day_in(origin)
    if status is not None:
        return _Read(tuple(_feature(f, status, origin) for f in raw.features), Path(origin).stem, day, None)
    if status_field is None and not statuses:
        for reader in (_nzz, _deepstate, _isw):
            found = reader(raw, origin, day)
            if found is not None:
                return found
    return _generic(raw, origin, day, status_field=status_field, statuses=statuses, sides=sides)


def _day_in(text: str) -> date | None:
    """The day a file's name tells: 2022-08-28, 20220828 or 2022_08_28."""
    for found in _DAY.finditer(text):
        try:
            return date(int(found[1]), int(found[3]), int(found[4]))
        except ValueError:
            continue
    return None


def _feature(raw: RawFeature, status: str, origin: str, label: str = "") -> MapFeature:
    """A raw feature with its status; its id names the file too, so that several files stay apart."""
    return MapFeature(id=f"{origin}#{raw.id}", status=status, geometry=raw.geometry, label=label)


def _deepstate(raw: RawMap, origin: str, day: date | None) -> _Read | None:
    """DeepState: colours carry the class, the names say it in Ukrainian (and English since May 2022)."""
    classes = [(feature, *_deepstate_class(feature.properties)) for feature in raw.features]
    by_colour = [status for _, status, coloured in classes if status and coloured]
    named = any(re.search(r"окупов|occupied", str(f.properties.get("name", "")), re.I) for f in raw.features)
    if not (named and len(by_colour) * 2 > len(classes)):
        return None
    features = []
    for feature, status, _ in classes:
        label = " ".join(str(feature.properties.get("name", "")).split())
        if status is None:
            raise MapError(
                f"{origin}: feature {feature.id} ({label or 'no name'}) has a colour and a name of no known class.",
                remedy="Say which field tells the status (status_field) and which side each value is (statuses).",
            )
        features.append(_feature(feature, status, origin, label))
    return _Read(tuple(features), "DeepState", day, "UA")


def _deepstate_class(properties: Mapping[str, Any]) -> tuple[str | None, bool]:
    """Status of a DeepState feature, and whether its colour told it."""
    fill = str(properties.get("fill", "")).lstrip("#").lower()
    if not fill:
        style = re.search(r"poly-([0-9A-Fa-f]{6})", str(properties.get("styleUrl", "")))
        fill = style[1].lower() if style else ""
    if fill in DEEPSTATE_COLOURS:
        return DEEPSTATE_COLOURS[fill], True
    words = str(properties.get("name", "")).lower()
    return next((status for pattern, status in DEEPSTATE_WORDS if re.search(pattern, words)), None), False


def _isw(raw: RawMap, origin: str, day: date | None) -> _Read | None:
    """ISW and Critical Threats: one layer a file, told apart by the file's name alone."""
    words = re.sub(r"[^a-z]", "", Path(origin).stem.lower())
    for rank, (pattern, status, label) in enumerate(ISW_LAYERS):
        if re.search(pattern, words):
            return _Read(tuple(_feature(f, status, origin, label) for f in raw.features), "ISW", day, "UA", rank)
    return None


def _nzz(raw: RawMap, origin: str, day: date | None) -> _Read | None:
    """NZZ: Russian-held ground in classes of change; Crimea, held since before, is laid beneath."""
    classes = {feature.properties.get("type") for feature in raw.features}
    if raw.wrapped_in != "value" or not classes or not classes <= set(NZZ_CLASSES):
        return None
    days = {str(feature.properties.get("date", ""))[:10] for feature in raw.features}
    features = tuple(
        _feature(f, NZZ_CLASSES[str(f.properties["type"])], origin, str(f.properties["type"])) for f in raw.features
    )
    crimea = MapFeature(id=f"{origin}#crimea", status="RU", geometry=CRIMEA, label="not drawn: held since 2014")
    return _Read((crimea, *features), "NZZ", _day_in(days.pop()) if len(days) == 1 else day, "UA")


def _generic(
    raw: RawMap,
    origin: str,
    day: date | None,
    *,
    status_field: str | None,
    statuses: Mapping[str, str],
    sides: Sequence[Side],
) -> _Read:
    """Any map with a field for the status."""
    if not raw.features:
        return _Read((), Path(origin).stem, day, None)
    fields = sorted({key for feature in raw.features for key in feature.properties})
    lowered = {key.lower(): key for key in reversed(fields)}
    field = status_field or next((lowered[key] for key in STATUS_FIELDS if key in lowered), None)
    if field is None or field not in fields:
        what = f"no field {status_field!r}" if status_field else "no field that is known to tell the status"
        raise MapError(
            f"{origin} has {what} (its fields: {', '.join(fields) or 'none'}).",
            remedy="Name the field that tells who holds each polygon (status_field), or one status for all (status).",
        )
    words = _words(sides)
    given = {key.strip().casefold(): value for key, value in statuses.items()}
    features, strange = [], []
    for feature in raw.features:
        value = str(feature.properties.get(field) if feature.properties.get(field) is not None else "").strip()
        found = given.get(value.casefold()) or words.get(value.casefold())
        if found is None and not sides and re.fullmatch(r"[A-Z][A-Z0-9_-]{1,15}", value):
            found = value
        if found is None:
            strange.append(value)
            continue
        features.append(_feature(feature, found, origin, value))
    if strange:
        raise MapError(
            f"{origin}: the field {field} has values that name no side: {', '.join(sorted(set(strange))[:8])}.",
            remedy="Say which side each value is (statuses), or choose the theatre whose sides they are.",
        )
    return _Read(tuple(features), Path(origin).stem, day, None)


def _words(sides: Sequence[Side]) -> dict[str, str]:
    """Words for each status, folded; a word of two sides names neither."""
    found: dict[str, str] = dict.fromkeys(_CONTESTED_WORDS, CONTESTED) | dict.fromkeys(_UNKNOWN_WORDS, UNKNOWN)
    twice: set[str] = set()
    for side in sides:
        for word in {side.key, side.name, *side.demonyms, *side.names, *side.forces}:
            folded = word.casefold()
            if found.setdefault(folded, side.key) != side.key:
                twice.add(folded)
    for word in twice:
        del found[word]
    return found
