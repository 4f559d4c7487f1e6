"""The files of a run."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from whoholds.errors import BadSetting
from whoholds.pipeline.steps import WrittenFile
from whoholds.store import KeptClaim
from whoholds.tell.brief import render_html, render_markdown
from whoholds.tell.briefing import make_brief
from whoholds.tell.claims import ToldClaim
from whoholds.tell.exports.claims_csv import write_claims_csv
from whoholds.tell.exports.claims_jsonl import write_claims_jsonl
from whoholds.tell.exports.control_csv import write_control_csv
from whoholds.tell.exports.geojson import write_geojson
from whoholds.tell.exports.geopackage import write_geopackage
from whoholds.tell.exports.layers import DayShapes, area_rows, front_rows, place_rows
from whoholds.tell.facts import Facts
from whoholds.tell.series import SeriesTable

AREA_COLUMNS = ("date", "status", "area_km2", "low_km2", "high_km2", "share", "places")


def told(kept: Sequence[KeptClaim]) -> list[ToldClaim]:
    """Claims of the store as tell wants them."""
    return [
        ToldClaim(
            claim=k.claim,
            placed=k.placed,
            outlet=k.outlet,
            title=k.title,
            report_day=k.report_day,
            known_day=k.known_day,
            url=k.url,
            sentence=k.sentence,
        )
        for k in kept
    ]


def make_folder(out: Path) -> None:
    """The folder the files go to.

    Raises
    ------
    BadSetting
        It cannot be made or written to.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe = out / ".whoholds-probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise BadSetting(
            f"The folder {out} cannot be written ({error.strerror}).", remedy="Choose another with -o."
        ) from error


def write_tables(
    out: Path, claims: Sequence[ToldClaim], series: SeriesTable, nowcast: SeriesTable | None
) -> list[Path]:
    """claims.csv, claims.jsonl, control.csv, nowcast.csv."""
    files = [out / "claims.csv", out / "claims.jsonl", out / "control.csv"]
    write_claims_csv(claims, files[0])
    write_claims_jsonl(claims, files[1])
    write_control_csv(series, files[2])
    if nowcast is not None:
        files.append(out / "nowcast.csv")
        write_control_csv(nowcast, files[-1])
    return files


def write_areas(out: Path, rows: Sequence[Mapping[str, Any]]) -> list[Path]:
    """areas.csv: the area of every status on every day, with its interval."""
    file = out / "areas.csv"
    with file.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.DictWriter(lines, AREA_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return [file]


def write_layers(out: Path, series: SeriesTable, shapes: list[DayShapes]) -> list[Path]:
    """places.geojson, areas.geojson, front.geojson and control.gpkg, which has all three."""
    layers = {"places": place_rows(series), "areas": area_rows(shapes), "front": front_rows(shapes)}
    files = []
    for name, rows in layers.items():
        files.append(out / f"{name}.geojson")
        write_geojson(rows, files[-1])
    files.append(out / "control.gpkg")
    write_geopackage(layers, files[-1])
    return files


def write_brief(out: Path, facts: Facts, *, picture: bytes | None = None) -> list[Path]:
    """brief.md and brief.html; the page has the map, a PNG, inside."""
    brief = make_brief(facts)
    files = [out / "brief.md", out / "brief.html"]
    files[0].write_text(render_markdown(brief), encoding="utf-8")
    files[1].write_text(render_html(brief, facts.theatre, picture=picture), encoding="utf-8")
    return files


def sizes(files: Sequence[Path]) -> tuple[WrittenFile, ...]:
    """Files with their sizes."""
    return tuple(WrittenFile(path=str(f), size_bytes=f.stat().st_size) for f in files if f.is_file())
