"""Formats with geometry, read back by the readers people use."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import geopandas
import mapbox_vector_tile
import numpy as np
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from lxml import etree
from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import zxy_to_tileid

from tests.tell.layouts import ABOUT, HOSTILE, claims, layers, shapes
from tests.tell.made import THEATRE, series
from whoholds.tell.exports import claims_csv, pmtiles
from whoholds.tell.exports import layers as columns_of
from whoholds.tell.exports.geoparquet import claim_points, write_geoparquet
from whoholds.tell.exports.kml import telling, write_kml
from whoholds.tell.exports.layers import Row
from whoholds.tell.exports.pyramid import LAYERS, write_pyramid
from whoholds.tell.exports.vector_tile import EXTENT, encode_tile

KML = {"k": "http://www.opengis.net/kml/2.2"}
CELLS = {
    707292: shapely.box(37.2, 49.1, 37.5, 49.3),
    5: shapely.box(37.0, 49.0, 37.2, 49.2),
    703448: shapely.box(30.2, 50.2, 30.8, 50.6),
}


def test_geoparquet_is_read_with_its_types(tmp_path: Path) -> None:
    """By GeoPandas: coordinates, reference system, days as days."""
    columns = columns_of.place_columns(series().states)
    assert write_geoparquet(layers()["places"], columns, tmp_path / "p.parquet") == 5
    found = geopandas.read_parquet(tmp_path / "p.parquet")
    assert found.crs.to_string() == "OGC:CRS84"
    assert list(found.columns) == [*(c.name for c in columns), "geometry"]
    izium = found[found["name"] == "Izium"]
    assert [str(day) for day in izium["date"]] == ["2022-09-08", "2022-09-10"]
    assert izium.geometry.iloc[0].equals(shapely.Point(37.3, 49.2))
    near = geopandas.read_parquet(tmp_path / "p.parquet", bbox=(37, 49, 38, 50))
    assert set(near["name"]) == {"Izium", "Village"}


def test_geoparquet_says_what_version_1_1_asks(tmp_path: Path) -> None:
    """Metadata, box of the whole, box of each row."""
    write_geoparquet(layers()["areas"], columns_of.AREA_COLUMNS, tmp_path / "a.parquet")
    about = json.loads(pq.read_schema(tmp_path / "a.parquet").metadata[b"geo"])
    column = about["columns"][about["primary_column"]]
    assert about["version"] == "1.1.0"
    assert column["encoding"] == "WKB"
    assert column["geometry_types"] == ["MultiPolygon", "Polygon"]
    assert column["bbox"] == [36.0, 49.0, 38.0, 50.0]
    assert column["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    table = pq.read_table(tmp_path / "a.parquet")
    assert table["bbox"][0].as_py() == {"xmin": 37.0, "ymin": 49.0, "xmax": 38.0, "ymax": 50.0}
    assert shapely.from_wkb(table["geometry"][0].as_py()).geom_type == "MultiPolygon"


def test_geoparquet_keeps_claims_without_a_place(tmp_path: Path) -> None:
    """Their geometry is missing, not a point at zero."""
    rows = claim_points(claims_csv.claim_rows(claims()))
    write_geoparquet(rows, claims_csv.COLUMNS, tmp_path / "c.parquet")
    found = geopandas.read_parquet(tmp_path / "c.parquet")
    assert len(found) == len(rows) == 7
    assert found.geometry.isna().sum() == 1
    assert found["hedged"].dtype == bool


def test_geoparquet_of_nothing_is_a_table_too(tmp_path: Path) -> None:
    """A quiet day has no front."""
    write_geoparquet([], columns_of.FRONT_COLUMNS, tmp_path / "f.parquet")
    assert len(geopandas.read_parquet(tmp_path / "f.parquet")) == 0


def test_kml_is_read_by_gdal(tmp_path: Path) -> None:
    """Three folders; only telling places; the hole stays a hole."""
    n = write_kml(layers()["places"], shapes(), THEATRE.sides, ABOUT, tmp_path / "c.kml")
    names = [name for name, _ in pyogrio.list_layers(tmp_path / "c.kml")]
    assert names == ["Ground", "Front line", "Places that changed hands or are named"]
    read = {name: pyogrio.read_dataframe(tmp_path / "c.kml", layer=name) for name in names}
    assert [len(found) for found in read.values()] == [4, 2, 4]
    assert n == 10
    ground = read["Ground"]
    holed = ground[(ground["Name"] == "Ukraine") & (ground["begin"].astype(str).str.startswith("2022-09-08"))]
    assert len(holed.geometry.iloc[0].interiors) == 1
    assert str(holed["end"].iloc[0]).startswith("2022-09-09")
    assert set(read[names[2]]["Name"]) == {"Izium", "Village"}


def test_kml_styles_and_spans_belong_together(tmp_path: Path) -> None:
    """Every style used is there; elements stand in the order of the schema (KML 2.2, Feature)."""
    write_kml(layers()["places"], shapes(), THEATRE.sides, ABOUT, tmp_path / "c.kml")
    root = etree.parse(tmp_path / "c.kml").getroot()
    styles = {"#" + s.get("id") for s in root.iterfind(".//k:Style", KML)}
    assert {url.text for url in root.iterfind(".//k:styleUrl", KML)} <= styles
    order = ["name", "description", "TimeSpan", "styleUrl", "ExtendedData"]
    for mark in root.iterfind(".//k:Placemark", KML):
        tags = [etree.QName(child).localname for child in mark]
        known = [tag for tag in tags if tag in order]
        assert known == sorted(known, key=order.index)
        assert tags[-1] in {"Point", "Polygon", "LineString", "MultiGeometry"}
    blue = root.find(".//k:Style[@id='ground-UA']/k:PolyStyle/k:color", KML)
    assert blue is not None and blue.text == "59b75700"


def test_kml_bears_any_name(tmp_path: Path) -> None:
    """As text, never as markup."""
    rows = [Row(geometry=r.geometry, columns={**r.columns, "name": HOSTILE}) for r in layers()["places"]]
    write_kml(rows, shapes(), THEATRE.sides, ABOUT, tmp_path / "c.kml")
    root = etree.parse(tmp_path / "c.kml").getroot()
    assert HOSTILE.replace("\x07", "") in {n.text for n in root.iterfind(".//k:Placemark/k:name", KML)}
    assert not root.findall(".//{*}script")


def test_telling_places_changed_or_are_named() -> None:
    """Kyiv, of which nobody speaks, would only hide them."""
    assert {row.columns["name"] for row in telling(layers()["places"])} == {"Izium", "Village"}


@pytest.fixture(scope="module")
def pyramid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made series as PMTiles."""
    path = tmp_path_factory.mktemp("tiles") / "c.pmtiles"
    write_pyramid(layers()["places"], CELLS, shapes(), ABOUT, path)
    return path


def tiles_of(path: Path) -> dict[tuple[int, int, int], dict[str, dict[str, object]]]:
    """Every tile, decoded by mapbox-vector-tile."""
    with path.open("rb") as file:
        found = dict(all_tiles(MmapSource(file)))
    return {at: mapbox_vector_tile.decode(gzip.decompress(content)) for at, content in found.items()}


def test_pmtiles_are_read_by_their_own_reader(pyramid: Path) -> None:
    """Header and metadata tell zooms, bounds and layers."""
    with pyramid.open("rb") as file:
        reader = Reader(MmapSource(file))
        header, metadata = reader.header(), reader.metadata()
    assert (header["min_zoom"], header["max_zoom"]) == (0, 9)
    assert (header["min_lon_e7"], header["max_lat_e7"]) == (305000000, 504000000)
    assert [layer["id"] for layer in metadata["vector_layers"]] == list(LAYERS)
    assert "GeoNames" in metadata["attribution"]


def test_tiles_hold_each_layer_at_its_zooms(pyramid: Path) -> None:
    """Joined ground from afar, cells from near, places once there is room for them."""
    seen: dict[int, set[str]] = {}
    for (zoom, _, _), layers_there in tiles_of(pyramid).items():
        seen.setdefault(zoom, set()).update(layers_there)
    assert seen[0] == {"areas", "front"}
    assert seen[5] == {"areas", "front", "places"}
    assert seen[9] == {"cells", "front", "places"}


def test_a_filter_by_day_shows_the_day(pyramid: Path) -> None:
    """Izium is held by one side on each day, and its point lies where it should."""
    for day, status in ((20220909, "RU"), (20220910, "UA"), (20220912, "UA")):
        there = []
        for (zoom, x, y), found in tiles_of(pyramid).items():
            if zoom == 9 and "places" in found:
                for feature in found["places"]["features"]:  # type: ignore[attr-defined]
                    told = feature["properties"]
                    if told["name"] == "Izium" and told["from"] <= day <= told["until"]:
                        px, py = feature["geometry"]["coordinates"]
                        there.append((told["status"], (x + px / EXTENT) / 2**zoom, (y + 1 - py / EXTENT) / 2**zoom))
        assert [s for s, _, _ in there] == [status]
        assert there[0][1] * 360 - 180 == pytest.approx(37.3, abs=0.001)


def test_tiles_are_read_by_gdal(pyramid: Path) -> None:
    """Areas cover the ground they were made of; nothing is invalid."""
    assert {name for name, _ in pyogrio.list_layers(pyramid)} == set(LAYERS)
    areas = pyogrio.read_dataframe(pyramid, layer="areas", ZOOM_LEVEL=6).to_crs("OGC:CRS84")
    assert areas.is_valid.all()
    west = areas[(areas["status"] == "UA") & (areas["from"] == 20220910)]
    assert len(west)
    ground = shapely.union_all(west.geometry.to_numpy())
    assert ground.symmetric_difference(shapely.box(36, 49, 37, 50)).area < 0.01


def test_the_same_series_gives_the_same_tiles(pyramid: Path, tmp_path: Path) -> None:
    """Byte for byte."""
    write_pyramid(layers()["places"], CELLS, shapes(), ABOUT, tmp_path / "again.pmtiles")
    assert (tmp_path / "again.pmtiles").read_bytes() == pyramid.read_bytes()


def test_tile_numbers_are_those_of_the_library() -> None:
    """Along the same curve."""
    random = np.random.default_rng(1)
    for _ in range(200):
        zoom = int(random.integers(0, 16))
        x, y = (int(v) for v in random.integers(0, 2**zoom, 2))
        assert pmtiles.tile_id(zoom, x, y) == zxy_to_tileid(zoom, x, y)


def test_many_tiles_go_to_leaves(tmp_path: Path) -> None:
    """Where the root would grow too long; equal tiles are kept once, one after the other as a run."""
    random = np.random.default_rng(1)
    tiles = {(8, x, y): random.bytes(int(random.integers(5, 400))) for x in range(256) for y in range(64)}
    tiles |= {(8, x, y): b"same" for x in range(256) for y in range(64, 256)}
    pmtiles.write_pmtiles(tiles, tmp_path / "many.pmtiles", metadata={"vector_layers": []}, bounds=(0, 0, 1, 1))
    with (tmp_path / "many.pmtiles").open("rb") as file:
        reader = Reader(MmapSource(file))
        assert reader.header()["leaf_directory_length"] > 0
        assert reader.header()["tile_contents_count"] == 256 * 64 + 1
        for at in ((8, 0, 0), (8, 255, 63), (8, 100, 20), (8, 255, 255), (8, 3, 200)):
            assert gzip.decompress(reader.get(*at)) == tiles[at]


def test_a_tile_is_what_was_drawn() -> None:
    """Holes, several parts, negative numbers, empty shapes."""
    holed = shapely.box(0, 0, 100, 100).difference(shapely.box(40, 40, 60, 60))
    two = shapely.MultiLineString([[(0, 0), (10, 10)], [(20, 20), (30, 20)]])
    speck = shapely.box(5, 5, 5.2, 5.2)
    tile = encode_tile(
        {
            "ground": [(holed, {"n": -7, "p": 0.25, "name": "Ізюм"}), (speck, {"n": 1})],
            "lines": [(two, {"n": 1})],
            "none": [(shapely.Polygon(), {})],
        }
    )
    found = mapbox_vector_tile.decode(tile)
    assert set(found) == {"ground", "lines"}
    (ground,) = found["ground"]["features"]
    assert ground["properties"] == {"n": -7, "p": 0.25, "name": "Ізюм"}
    assert shapely.geometry.shape(ground["geometry"]).area == holed.area
    assert found["lines"]["features"][0]["geometry"]["type"] == "MultiLineString"
