"""Layers as GeoJSON: read back by another reader, with the same content."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from shapely.geometry import box

from whoholds.draw import (
    Situation,
    as_json,
    cell_layer,
    front_layer,
    gain_layer,
    ground_layer,
    place_layer,
)
from whoholds.geometry import mesh

SPOTS = np.array([[36.2, 49.2], [36.8, 49.2], [36.2, 49.8], [36.8, 49.8]])
GROUND = mesh(SPOTS, box(36, 49, 37, 50))
BEFORE = Situation.of(day=date(2022, 9, 5), lonlat=SPOTS, statuses=["UA", "RU", "RU", "RU"])
AFTER = Situation.of(
    day=date(2022, 9, 11),
    known_day=date(2022, 9, 12),
    lonlat=SPOTS,
    statuses=["UA", "RU", "UA", "contested"],
    ids=[11, 12, 13, 14],
    names=["Ост", "Вест", "Норд", "Зюйд"],
    keys=("UA", "contested", "RU"),
    probabilities=[[0.98765, 0.01, 0.00235], [0, 0, 1], [0.6, 0.3, 0.1], [0.2, 0.6, 0.2]],
    basis=["observed", "carried", "inferred", "observed"],
    n_claims=[3, 0, 0, 1],
)


def test_places_carry_status_probabilities_basis_and_claims() -> None:
    first = place_layer(AFTER)["features"][0]
    assert first["id"] == 11
    assert first["geometry"] == {"type": "Point", "coordinates": [36.2, 49.2]}
    assert first["properties"] == {
        "geonameid": 11,
        "name": "Ост",
        "date": "2022-09-11",
        "known_date": "2022-09-12",
        "status": "UA",
        "basis": "observed",
        "n_claims": 3,
        "p_UA": 0.9877,
        "p_contested": 0.01,
        "p_RU": 0.0024,
    }
    assert [feature["id"] for feature in place_layer(AFTER, only=[3])["features"]] == [14]


def test_cells_are_wound_as_the_standard_asks() -> None:
    for feature in cell_layer(GROUND, AFTER)["features"]:
        ring = shapely.LinearRing(feature["geometry"]["coordinates"][0])
        assert ring.is_ccw
        assert feature["properties"]["area_km2"] == pytest.approx(2016, rel=0.02)


def test_ground_front_and_gains_agree_with_one_another() -> None:
    held = {f["properties"]["status"]: f["properties"]["area_km2"] for f in ground_layer(GROUND, AFTER)["features"]}
    assert set(held) == {"UA", "RU", "contested"}
    found = gain_layer(GROUND, BEFORE, AFTER)["features"]
    gain = {(one["properties"]["from_status"], one["properties"]["status"]): one for one in found}
    assert set(gain) == {("RU", "UA"), ("RU", "contested")}
    assert gain["RU", "contested"]["properties"]["area_km2"] == held["contested"]
    assert gain["RU", "UA"]["properties"]["n_places"] == 1
    line = front_layer(GROUND, AFTER)["features"][0]
    assert line["geometry"]["type"] == "MultiLineString"


def test_gdal_reads_every_layer(tmp_path: Path) -> None:
    layers = {
        "places": place_layer(AFTER),
        "cells": cell_layer(GROUND, AFTER),
        "ground": ground_layer(GROUND, AFTER),
        "front": front_layer(GROUND, AFTER),
        "gains": gain_layer(GROUND, BEFORE, AFTER),
    }
    for name, layer in layers.items():
        path = tmp_path / f"{name}.geojson"
        path.write_text(as_json(layer), encoding="utf-8")
        meta, _, wkb, _ = pyogrio.raw.read(path)
        assert len(wkb) == len(layer["features"]) > 0
        assert "date" in meta["fields"]
        assert shapely.is_valid(shapely.from_wkb(wkb)).all()


def test_json_keeps_names_as_written() -> None:
    assert "Норд" in as_json(place_layer(AFTER))
    assert json.loads(as_json(place_layer(AFTER))) == place_layer(AFTER)
