"""Files are read back by a reader of their own, and hold what was written."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import numpy as np
import pyogrio
import shapely

from tests.tell.made import DAYS, series, told
from whoholds.model import Count, Kind
from whoholds.tell.exports.claims_csv import COLUMNS, write_claims_csv
from whoholds.tell.exports.claims_jsonl import write_claims_jsonl
from whoholds.tell.exports.columns import names
from whoholds.tell.exports.control_csv import write_control_csv
from whoholds.tell.exports.geojson import write_geojson
from whoholds.tell.exports.geopackage import write_geopackage
from whoholds.tell.exports.layers import DayShapes, area_rows, front_rows, place_rows
from whoholds.tell.series import flips


def read_csv(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_control_has_a_row_for_every_place_and_then_for_changes(tmp_path: Path) -> None:
    """Kyiv, where nothing happens, has one row."""
    n = write_control_csv(series(), tmp_path / "control.csv")
    rows = read_csv(tmp_path / "control.csv")
    assert n == len(rows)
    assert [r["date"] for r in rows if r["name"] == "Kyiv"] == ["2022-09-08"]
    assert {r["geonameid"] for r in rows if r["date"] == "2022-09-08"} == {"707292", "5", "703448"}
    assert [r["status"] for r in rows if r["name"] == "Izium"][-1] == "UA"


def test_rows_tell_the_settled_series() -> None:
    """Played back, the rows give every place and day."""
    table = series().settled()
    status = np.full(table.status.shape, -1)
    prob = np.zeros(table.prob.shape)
    for row in series().rows():
        i, t = list(table.ids).index(row.place_id), DAYS.index(row.day)
        status[i, t:] = table.statuses.index(row.status)
        prob[i, t:] = row.probabilities
    assert (status == table.status).all()
    assert np.abs(prob - series().prob).max() <= 0.0105
    assert np.allclose(prob, table.prob)


def test_flips_have_the_day_from_which_it_stays() -> None:
    """And the probability at the end."""
    found = {f.name: f for f in flips(series(), ("UA", "RU"))}
    assert set(found) == {"Izium", "Village"}
    assert (found["Izium"].day, found["Village"].day) == (date(2022, 9, 10), date(2022, 9, 11))
    assert round(found["Izium"].probability, 2) == 0.97


def test_claims_as_table(tmp_path: Path) -> None:
    """One row a claim and place; a cell never starts a spreadsheet's formula."""
    risky = told(title="=HYPERLINK(1)", count=Count(min=40, unit="settlements"))
    assert write_claims_csv([risky, told(Kind.LEAVE, identity="r2")], tmp_path / "claims.csv") == 2
    rows = read_csv(tmp_path / "claims.csv")
    assert tuple(rows[0]) == names(COLUMNS)
    assert rows[0]["title"] == "'=HYPERLINK(1)"
    assert (rows[0]["count_min"], rows[0]["geonameid"], rows[0]["place_text"]) == ("40", "707292", "Izium")


def test_claims_as_json_lines(tmp_path: Path) -> None:
    """With spans, and what was said beside what it was taken for."""
    write_claims_jsonl([told()], tmp_path / "claims.jsonl")
    record = json.loads((tmp_path / "claims.jsonl").read_text("utf-8"))
    assert record["places"][0] | {"text": "Izium", "geonameid": 707292, "start": 12} == record["places"][0]
    assert record["sentence"]["text"][record["trigger"]["start"] :].startswith("took")


def test_layers_are_read_back(tmp_path: Path) -> None:
    """By GDAL, with types, columns and as many features as were written."""
    square = shapely.box(36, 49, 37, 50)
    shapes = [
        DayShapes(
            day=DAYS[0],
            areas={"UA": square, "RU": shapely.MultiPolygon([shapely.box(37, 49, 38, 50)])},
            front=shapely.LineString([(37, 49), (37, 50)]),
            area_km2={"UA": 1.0, "RU": 2.0},
        )
    ]
    layers = {"places": place_rows(series()), "areas": area_rows(shapes), "front": front_rows(shapes)}
    assert write_geopackage(layers, tmp_path / "c.gpkg") == 3
    assert dict(pyogrio.list_layers(tmp_path / "c.gpkg")) == {
        "places": "Point",
        "areas": "MultiPolygon",
        "front": "LineString",
    }
    assert [pyogrio.read_info(tmp_path / "c.gpkg", layer=name)["features"] for name in layers] == [5, 2, 1]
    for name, rows in layers.items():
        write_geojson(rows, tmp_path / f"{name}.geojson")
        info = pyogrio.read_info(tmp_path / f"{name}.geojson")
        assert info["features"] == len(rows)
        assert list(info["fields"]) == list(rows[0].columns)


def test_place_rows_hold_until_the_next() -> None:
    """One row a status, from its first to its last day."""
    izium = [r.columns for r in place_rows(series()) if r.columns["name"] == "Izium"]
    assert [(r["date"], r["until"], r["status"]) for r in izium] == [
        ("2022-09-08", "2022-09-09", "RU"),
        ("2022-09-10", "2022-09-12", "UA"),
    ]
    assert izium[1]["basis"] == "observed"


def test_the_columns_are_documented() -> None:
    """docs/reference/files.md names every column of both tables."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "files.md").read_text("utf-8")
    for column in (*names(COLUMNS), "geonameid", "status", "p_contested", "basis", "n_claims"):
        assert f"`{column}`" in page, column
