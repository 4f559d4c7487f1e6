"""The API answers what the store holds, page by page, packed, and says plainly what is wrong with a question."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import httpx
import pytest

from whoholds.cli.exploring import Explorers
from whoholds.pipeline.fronts import fronts_of_store, fronts_record
from whoholds.settings import STORE_NAME
from whoholds.store import Store

pytestmark = pytest.mark.model
IZYUM = 707292


def test_control_tells_the_status_of_each_place_on_a_day(client: httpx.Client) -> None:
    def on(day: str) -> dict[str, str]:
        features = client.get("/api/control", params={"day": day}).json()["features"]
        return {f["properties"]["name"]: f["properties"]["status"] for f in features}

    assert on("2022-09-06")["Izyum"] == "RU"
    assert on("2022-09-13")["Izyum"] == "UA"
    assert on("2022-09-13")["Donetsk"] == "RU"


def test_compact_map_says_what_the_long_one_says(client: httpx.Client, explorers: Explorers) -> None:
    n = len(explorers().map_places.ids)
    body = client.get("/api/control/compact", params={"day": "2022-09-13"}).content
    assert len(body) == n * (len(explorers().states) + 1)
    at = explorers().index_of(IZYUM)
    long = client.get("/api/control", params={"day": "2022-09-13"}).json()["features"][at]["properties"]
    assert body[at] == round(long["p_UA"] * 255)


def test_changes_carry_the_day_and_the_ground(client: httpx.Client) -> None:
    answer = client.get("/api/changes", params={"since": "2022-09-06", "until": "2022-09-13"}).json()
    izyum = next(row for row in answer["rows"] if row["place_id"] == IZYUM)
    assert (izyum["before"], izyum["after"]) == ("RU", "UA")
    assert "2022-09-06" < izyum["day"] <= "2022-09-13"
    assert answer["km2"]["RU>UA"] >= izyum["km2"] > 0


def test_as_known_on_leaves_out_what_came_later(client: httpx.Client) -> None:
    claims = client.get("/api/claims", params={"as_known_on": "2022-09-09"}).json()
    assert claims["rows"] and all(row["known_day"] <= "2022-09-09" for row in claims["rows"])
    early = client.get("/api/control", params={"day": "2022-09-09", "as_known_on": "2022-09-09"}).json()
    status = {f["properties"]["geonameid"]: f["properties"]["status"] for f in early["features"]}
    assert status[IZYUM] == "RU"


def test_pages_lead_on_and_end(client: httpx.Client) -> None:
    first = client.get("/api/claims", params={"limit": 2}).json()
    second = client.get("/api/claims", params={"limit": 2, "offset": first["next"]}).json()
    assert {r["id"] for r in first["rows"]}.isdisjoint({r["id"] for r in second["rows"]})
    last = client.get("/api/claims", params={"limit": 1000}).json()
    assert last["next"] is None and len(last["rows"]) == last["total"]


def test_a_second_visit_costs_nothing_and_text_is_compressed(client: httpx.Client) -> None:
    first = client.get("/api/claims")
    assert first.headers["content-encoding"] == "gzip"
    again = client.get("/api/claims", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content


def test_explain_names_the_claims_and_what_each_changes(client: httpx.Client) -> None:
    answer = client.get(f"/api/explain/{IZYUM}", params={"day": "2022-09-13"}).json()
    assert answer["status"] == "UA"
    assert any("Izyum" in e["marked"] and e["change"] != 0 for e in answer["evidence"])


def test_explain_without_effects_names_the_same_claims_at_once(client: httpx.Client) -> None:
    asked = {"day": "2022-09-13", "effects": "false"}
    quick = client.get(f"/api/explain/{IZYUM}", params=asked).json()
    whole = client.get(f"/api/explain/{IZYUM}", params={"day": "2022-09-13"}).json()
    assert {e["id"] for e in quick["evidence"]} == {e["id"] for e in whole["evidence"]}
    for key in ("status", "probabilities", "basis", "n_claims", "as_known_on"):
        assert quick[key] == whole[key]
    ways = {e["id"]: (e["route"], e["meaning"], e["reliability"]) for e in whole["evidence"]}
    assert all((e["route"], e["meaning"], e["reliability"]) == ways[e["id"]] for e in quick["evidence"])
    assert all("change" not in e for e in quick["evidence"])


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("/api/control?day=yesterday", 400),
        ("/api/control?day=2022-09-13&bbox=here", 400),
        ("/api/control?day=2022-09-13&as_known_on=soon", 400),
        ("/api/explain/1?day=2022-09-13", 404),
        ("/api/ledgers/gossip", 404),
        ("/data/secrets.json", 404),
        ("/ogc/collections/roads", 404),
        ("/ogc/collections/places/items?datetime=noon", 400),
        ("/nowhere", 404),
    ],
)
def test_problems_are_problem_objects(client: httpx.Client, asked: str, status: int) -> None:
    answer = client.get(asked)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["remedy"]


def test_nothing_can_be_written(client: httpx.Client) -> None:
    schema = client.get("/api/openapi.json").json()
    assert {verb for path in schema["paths"].values() for verb in path} == {"get"}


def test_original_bytes_are_a_download(client: httpx.Client, explorers: Explorers) -> None:
    row = next(r for r in client.get("/data/reports.json").json() if r["title"].startswith("<img"))
    answer = client.get(f"/data/original/{row['file']}")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"


def test_front_areas_brief_feed_and_ledgers_answer(client: httpx.Client) -> None:
    assert client.get("/api/front", params={"day": "2022-09-13"}).json()["geometry"]["coordinates"]
    areas = client.get("/api/areas", params={"day": "2022-09-13"}).json()["areas"]
    assert sum(a["km2"] for a in areas) == pytest.approx(sum(a["expected_km2"] for a in areas), rel=0.001)
    assert client.get("/api/brief").json()["parts"]
    assert client.get("/api/ledgers/counts").json()["rows"][0]["claimed"] == 40
    assert "Izyum: Russia to Ukraine" in client.get("/feed.atom").text


def test_the_series_of_each_day_differs_from_what_is_known_now(explorers: Explorers) -> None:
    now, each = explorers(), explorers("each")
    day = date(2022, 9, 9)
    assert json.dumps(now.chunk("meta")) != json.dumps(each.chunk("meta"))
    assert len(each.map_bytes(day)) == len(now.map_bytes(day))


def test_reliability_as_known_on_is_learned_from_what_was_known_by_then(client: httpx.Client) -> None:
    def learned(**asked: str) -> float:
        rows = client.get("/api/ledgers/reliability", params=asked).json()["rows"]
        return float(sum(row["n_claims"] for row in rows))

    early, late = learned(as_known_on="2022-09-09"), learned(as_known_on="2022-09-13")
    assert 0 < early < late
    assert late == pytest.approx(learned(), rel=0.2)


def test_fronts_kept_between_questions_are_those_made_afresh(explorers: Explorers, run_folder: Path) -> None:
    days = (date(2022, 9, 9), date(2022, 9, 6)), (date(2022, 9, 13), date(2022, 9, 6)), (date(2022, 9, 13), None)
    kept = [explorers.fronts(*pair) for pair in days]
    with Store.open(run_folder / STORE_NAME, create=False) as store:
        for (day, since), record in zip(days, kept, strict=True):
            fresh = fronts_record(fronts_of_store(store.view(), day=day, since=since, cache=run_folder))
            assert fresh["gains"] == record["gains"] and fresh["borders"] == record["borders"]
            assert [a["status"] for a in fresh["areas"]] == [a["status"] for a in record["areas"]]
            for one, other in zip(fresh["areas"], record["areas"], strict=True):
                assert one["low_km2"] == pytest.approx(other["low_km2"], abs=1.0)
    assert kept[0]["areas"] != kept[1]["areas"]
