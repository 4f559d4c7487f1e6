"""Data packages, TimeMap and JSON-LD, each held to the rules of those who read them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from tests.tell.layouts import ABOUT, HOSTILE, SETTING, claims
from tests.tell.made import DAYS, series
from whoholds.model import Judgement, Place, Verdict
from whoholds.tell.exports.columns import names
from whoholds.tell.exports.datapackage import write_datapackage
from whoholds.tell.exports.jsonld import write_jsonld
from whoholds.tell.exports.timemap import ASSOCIATION_COLUMNS, EVENT_COLUMNS, SOURCE_COLUMNS, write_timemap

PLACES = [
    Place(id=i, name=name, lat=49.2, lon=37.3, country="UA", admin1="UA-63", feature="PPL", population=10)
    for i, name in ((707292, HOSTILE), (5, "Village"), (703448, "Kyiv"))
]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data package."""
    folder = tmp_path_factory.mktemp("package")
    write_datapackage(series(), PLACES, claims(), ABOUT, folder)
    return folder


def test_the_package_passes_frictionless(package: Path) -> None:
    """Every cell against its schema, keys and references too."""
    from frictionless import Package, validate

    report = validate(str(package / "datapackage.json"))
    assert report.valid, report.flatten(["resourceName", "rowNumber", "type", "message"])
    found = Package(str(package / "datapackage.json"))
    assert [r.name for r in found.resources] == ["places", "control", "claims", "sides"]
    rows = found.get_resource("control").read_rows()
    assert {(r["geonameid"], r["date"]) for r in rows} >= {(707292, DAYS[0]), (703448, DAYS[0])}
    assert found.get_resource("claims").read_rows()[0]["hedged"] is False


def test_a_damaged_package_does_not_pass(package: Path, tmp_path: Path) -> None:
    """A place that is not in the list, a status that no side has."""
    from shutil import copytree

    from frictionless import validate

    folder = copytree(package, tmp_path / "damaged")
    with (folder / "data" / "control.csv").open("a", encoding="utf-8") as file:
        file.write("99,Nowhere,2022-09-08,XX,0.5,0.5,0,carried,0\n")
    kinds = {row[0] for row in validate(str(folder / "datapackage.json")).flatten(["type"])}
    assert {"foreign-key", "constraint-error", "hash-count"} <= kinds


def test_the_package_says_whose_it_is(package: Path) -> None:
    """Licence, sources, citation, for people and machines."""
    about = json.loads((package / "datapackage.json").read_text("utf-8"))
    assert about["licenses"][0]["name"] == "CC-BY-4.0"
    assert {"GeoNames", "A map (2022-09-08)", "Oskil Dispatch"} <= {s["title"] for s in about["sources"]}
    assert about["created"] == "2022-09-14T12:00:00+00:00"
    cff = yaml.safe_load((package / "CITATION.cff").read_text("utf-8"))
    assert (cff["cff-version"], cff["type"], cff["license"]) == ("1.2.0", "dataset", "CC-BY-4.0")
    assert {"title", "message", "authors"} <= set(cff)
    assert "derived from that map" in (package / "README.md").read_text("utf-8")


def test_the_same_run_gives_the_same_package(package: Path, tmp_path: Path) -> None:
    """Byte for byte: it bears the moment of the run, not of the export."""
    for file in write_datapackage(series(), PLACES, claims(), ABOUT, tmp_path):
        assert file.read_bytes() == (package / file.relative_to(tmp_path)).read_bytes()


def test_timemap_takes_every_entry(tmp_path: Path) -> None:
    """Its validators know no other keys, want text for numbers, and drop what refers to nothing."""
    files = write_timemap(claims(), SETTING, tmp_path)
    events, sources, associations = (json.loads(file.read_text("utf-8")) for file in files)
    assert len(events) == 7
    for event in events:
        assert set(event) <= set(names(EVENT_COLUMNS))
        assert all(isinstance(v, str) for k, v in event.items() if k not in ("associations", "sources"))
        datetime.strptime(f"{event['date']} {event['time']}", "%m/%d/%Y %H:%M").replace(tzinfo=UTC)
        float(event["latitude"]), float(event["longitude"])
        assert set(event["associations"]) <= {a["id"] for a in associations}
        assert set(event["sources"]) <= set(sources)
    assert len({a["id"] for a in associations}) == len(associations)
    for association in associations:
        assert set(association) <= set(names(ASSOCIATION_COLUMNS))
        assert association["mode"] in {"CATEGORY", "FILTER"}
    for key, source in sources.items():
        assert source["id"] == key
        assert set(source) <= set(names(SOURCE_COLUMNS))
        assert isinstance(source["paths"], list)


def graph_of(tmp_path: Path, *judgements: Judgement) -> list[dict[str, object]]:
    """The nodes of a JSON-LD file."""
    path = tmp_path / "c.jsonld"
    write_jsonld(claims(), {j.claim_id: j for j in judgements}, SETTING, ABOUT, path)
    document = json.loads(path.read_text("utf-8"))
    assert document["@context"] == "https://schema.org"
    graph: list[dict[str, object]] = document["@graph"]
    return graph


def test_claims_have_the_shape_schema_org_gives_them(tmp_path: Path) -> None:
    """Author, appearance, place; links only to the web."""
    graph = graph_of(tmp_path)
    (dataset,) = [node for node in graph if node["@type"] == "Dataset"]
    assert {"name", "description", "license", "temporalCoverage", "citation"} <= set(dataset)
    found = [node for node in graph if node["@type"] == "Claim"]
    assert len({node["@id"] for node in found}) == len(found) == 7
    first = found[0]
    assert first["author"] == {"@type": "Thing", "name": "the mayor"}
    assert first["appearance"]["publisher"]["name"] == "Oskil Dispatch"  # type: ignore[index]
    assert first["about"][0]["sameAs"] == "https://www.geonames.org/707292/"  # type: ignore[index]
    assert first["isPartOf"] == {"@id": dataset["@id"]}
    assert not [node for node in graph if node["@type"] == "ClaimReview"]


def test_json_ld_can_stand_in_a_page(tmp_path: Path) -> None:
    """A title that closes a script element does not close ours."""
    graph = graph_of(tmp_path)
    assert "<" not in (tmp_path / "c.jsonld").read_text("utf-8")
    hostile = [n["appearance"]["headline"] for n in graph if n["@type"] == "Claim"]  # type: ignore[index]
    assert any("</script>" in headline for headline in hostile)


def test_only_a_judgement_is_a_review(tmp_path: Path) -> None:
    """With the analyst's name, day and note; a correction has no number."""
    at = datetime(2022, 9, 13, 8, tzinfo=UTC)
    one, _, other = (t.claim.id for t in claims()[:3])
    graph = graph_of(
        tmp_path,
        Judgement(claim_id=one, verdict=Verdict.REJECT, by="An Analyst", at=at, note="A film of last year."),
        Judgement(claim_id=other, verdict=Verdict.CORRECT, by="An Analyst", at=at, kind="hold"),
    )
    rejected, corrected = (node for node in graph if node["@type"] == "ClaimReview")
    assert rejected["itemReviewed"] == {"@id": f"urn:whoholds:claim:{one}"}
    assert {"claimReviewed", "author", "datePublished", "reviewRating"} <= set(rejected)
    assert rejected["reviewRating"] == {
        "@type": "Rating", "alternateName": "Rejected", "ratingValue": 0, "bestRating": 1, "worstRating": 0,
    }  # fmt: skip
    assert rejected["reviewBody"] == "A film of last year."
    assert corrected["reviewRating"] == {"@type": "Rating", "alternateName": "Corrected"}
