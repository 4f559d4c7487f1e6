"""OGC API Features answers GDAL's own client."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.model
needs_gdal = pytest.mark.skipif(
    shutil.which("ogr2ogr") is None, reason="NOT TESTED AGAINST A REAL CLIENT: ogr2ogr (gdal-bin) is not installed"
)


def test_landing_page_leads_to_everything(client: httpx.Client) -> None:
    landing = client.get("/ogc/").json()
    assert {link["rel"] for link in landing["links"]} >= {"self", "conformance", "data", "service-desc"}
    collections = client.get("/ogc/collections").json()["collections"]
    assert [c["id"] for c in collections] == ["places", "cells", "front", "claims"]


def test_datetime_and_bbox_choose(client: httpx.Client) -> None:
    def status(day: str) -> str:
        box = {"bbox": "37.2,49.2,37.3,49.3", "datetime": day}
        features = client.get("/ogc/collections/places/items", params=box).json()["features"]
        assert [f["properties"]["name"] for f in features] == ["Izyum"]
        return str(features[0]["properties"]["status"])

    assert status("2022-09-06") == "RU"
    assert status("2022-09-06/2022-09-13") == "UA"
    cells = client.get("/ogc/collections/cells/items", params={"bbox": "37.26,49.21,37.27,49.22"}).json()
    assert [f["properties"]["name"] for f in cells["features"]] == ["Izyum"]


def test_next_links_lead_through_all(client: httpx.Client) -> None:
    seen, url = [], "/ogc/collections/places/items?limit=4"
    while url:
        page = client.get(url).json()
        seen += [f["id"] for f in page["features"]]
        url = next((link["href"] for link in page["links"] if link["rel"] == "next"), "")
    assert len(seen) == len(set(seen)) == page["numberMatched"]


def test_one_feature_by_its_id(client: httpx.Client) -> None:
    assert client.get("/ogc/collections/places/items/707292").json()["properties"]["name"] == "Izyum"
    assert client.get("/ogc/collections/front/items/2022-09-13").json()["geometry"]["type"] == "MultiLineString"


@needs_gdal
@pytest.mark.parametrize("layer", ["places", "cells", "front", "claims"])
def test_gdal_pulls_every_layer(address: str, layer: str, tmp_path: Path) -> None:
    out = tmp_path / f"{layer}.geojson"
    command = ["ogr2ogr", "-f", "GeoJSON", str(out), f"OAPIF:{address}/ogc", layer]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(out.read_text(encoding="utf-8"))["features"]
