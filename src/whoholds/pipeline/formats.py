"""Which formats a run can be exported in, and how each is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from whoholds.draw import picture_bytes, save_film, save_picture, save_video
from whoholds.pipeline.copying import copy_store
from whoholds.pipeline.exported import Exported
from whoholds.tell.brief import render_html, render_markdown
from whoholds.tell.brief_pdf import render_pdf
from whoholds.tell.briefing import make_brief
from whoholds.tell.exports import (
    acled,
    claims_csv,
    claims_jsonl,
    control_csv,
    ged,
    jsonld,
    kml,
    layers,
    pyramid,
    timemap,
    viina,
)
from whoholds.tell.exports.columns import Column, column
from whoholds.tell.exports.datapackage import PLACE_COLUMNS, SIDE_COLUMNS, write_datapackage
from whoholds.tell.exports.geojson import write_geojson
from whoholds.tell.exports.geopackage import write_geopackage
from whoholds.tell.exports.geoparquet import claim_points, write_geoparquet
from whoholds.tell.exports.table import write_table

STATES = ("SIDE", "contested")
"""Stands for the sides of any theatre where columns are described."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: what it is for, the files it makes, the columns of each, and how it is written to a folder."""

    key: str
    title: str
    files: tuple[str, ...]
    write: Callable[[Exported, Path], Sequence[Path]]
    columns: Mapping[str, tuple[Column, ...]] = field(default_factory=dict)
    library: str | None = None
    """What must be installed beside the core: a module of the extra `export`."""


def _control(made: Exported, out: Path) -> list[Path]:
    control_csv.write_control_csv(made.series, out / "control.csv")
    return [out / "control.csv"]


def _areas(made: Exported, out: Path) -> list[Path]:
    write_table(AREA_COLUMNS, made.areas, out / "areas.csv")
    return [out / "areas.csv"]


def _claims_csv(made: Exported, out: Path) -> list[Path]:
    claims_csv.write_claims_csv(made.claims, out / "claims.csv")
    return [out / "claims.csv"]


def _claims_jsonl(made: Exported, out: Path) -> list[Path]:
    claims_jsonl.write_claims_jsonl(made.claims, out / "claims.jsonl")
    return [out / "claims.jsonl"]


def _viina(made: Exported, out: Path) -> list[Path]:
    viina.write_viina(made.series, out / "control_viina.csv")
    return [out / "control_viina.csv"]


def _acled(made: Exported, out: Path) -> list[Path]:
    acled.write_acled(made.judged, made.setting, out / "claims_acled.csv")
    return [out / "claims_acled.csv"]


def _ged(made: Exported, out: Path) -> list[Path]:
    ged.write_ged(made.judged, made.setting, out / "claims_ged.csv")
    return [out / "claims_ged.csv"]


def _geojson(made: Exported, out: Path) -> list[Path]:
    files = []
    for name, rows in made.layers.items():
        files.append(out / f"{name}.geojson")
        write_geojson(rows, files[-1])
    return files


def _geopackage(made: Exported, out: Path) -> list[Path]:
    write_geopackage(made.layers, out / "control.gpkg", made_at=made.about.made_at)
    return [out / "control.gpkg"]


def _geoparquet(made: Exported, out: Path) -> list[Path]:
    tables = {
        "places": layers.place_columns(made.series.states),
        "areas": layers.AREA_COLUMNS,
        "front": layers.FRONT_COLUMNS,
    }
    files = []
    for name, columns in tables.items():
        files.append(out / f"{name}.parquet")
        write_geoparquet(made.layers[name], columns, files[-1])
    files.append(out / "claims.parquet")
    write_geoparquet(claim_points(claims_csv.claim_rows(made.claims)), claims_csv.COLUMNS, files[-1])
    return files


def _kml(made: Exported, out: Path) -> list[Path]:
    kml.write_kml(made.layers["places"], made.shapes, made.theatre.sides, made.about, out / "control.kml")
    return [out / "control.kml"]


def _pmtiles(made: Exported, out: Path) -> list[Path]:
    cells = dict(zip(made.series.ids.tolist(), made.cells.cells.tolist(), strict=True))
    pyramid.write_pyramid(made.layers["places"], cells, made.shapes, made.about, out / "control.pmtiles")
    return [out / "control.pmtiles"]


def _picture(made: Exported, path: Path) -> list[Path]:
    return [save_picture(made.picture, path)]


def _gif(made: Exported, out: Path) -> list[Path]:
    return [save_film(made.film, out / "film.gif")]


def _mp4(made: Exported, out: Path) -> list[Path]:
    return [save_video(made.film, out / "film.mp4")]


def _brief_md(made: Exported, out: Path) -> list[Path]:
    return [_text(out / "brief.md", render_markdown(make_brief(made.facts)))]


def _brief_html(made: Exported, out: Path) -> list[Path]:
    picture = picture_bytes(made.picture, kind="png")
    page = render_html(make_brief(made.facts), made.theatre, picture=picture)
    return [_text(out / "brief.html", page)]


def _brief_pdf(made: Exported, out: Path) -> list[Path]:
    path = out / "brief.pdf"
    picture = picture_bytes(made.picture, kind="png")
    path.write_bytes(render_pdf(make_brief(made.facts), made_at=made.about.made_at, picture=picture))
    return [path]


def _text(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _timemap(made: Exported, out: Path) -> list[Path]:
    return timemap.write_timemap(made.judged, made.setting, out / "timemap")


def _jsonld(made: Exported, out: Path) -> list[Path]:
    jsonld.write_jsonld(made.claims, made.judgements, made.setting, made.about, out / "claims.jsonld")
    return [out / "claims.jsonld"]


def _datapackage(made: Exported, out: Path) -> list[Path]:
    return write_datapackage(made.series, made.places, made.claims, made.about, out / "datapackage")


def _sqlite(made: Exported, out: Path) -> list[Path]:
    copy_store(made.store, out / "whoholds.sqlite")
    return [out / "whoholds.sqlite"]


AREA_COLUMNS = (
    column("date", "the day", "date"),
    column("status", "a side's key, or `contested`"),
    column("area_km2", "the area to be expected [km2]", "number"),
    column("low_km2", "lower end of the interval [km2]", "number"),
    column("high_km2", "upper end of the interval [km2]", "number"),
    column("share", "how probable the interval is, 0 to 1", "number"),
    column("places", "places whose likeliest status it is", "integer"),
)
_PLACES = layers.place_columns(STATES)
_LAYERS = {"places": _PLACES, "areas": layers.AREA_COLUMNS, "front": layers.FRONT_COLUMNS}
_CONTROL = control_csv.control_columns(STATES)

FORMATS: dict[str, Format] = {
    made.key: made
    for made in (
        Format(
            key="control",
            title="Control of every place, a row whenever it changes",
            files=("control.csv",),
            write=_control,
            columns={"control.csv": _CONTROL},
        ),
        Format(
            key="areas",
            title="The area of every status on every day, with its interval",
            files=("areas.csv",),
            write=_areas,
            columns={"areas.csv": AREA_COLUMNS},
        ),
        Format(
            key="claims",
            title="Claims, one row a claim and place",
            files=("claims.csv",),
            write=_claims_csv,
            columns={"claims.csv": claims_csv.COLUMNS},
        ),
        Format(
            key="claims-jsonl",
            title="Claims with their spans, one JSON object a line",
            files=("claims.jsonl",),
            write=_claims_jsonl,
        ),
        Format(
            key="viina",
            title="Control of every place and day in VIINA's columns",
            files=("control_viina.csv",),
            write=_viina,
            columns={"control_viina.csv": viina.COLUMNS},
        ),
        Format(
            key="acled",
            title="Claims as events in ACLED's columns",
            files=("claims_acled.csv",),
            write=_acled,
            columns={"claims_acled.csv": acled.COLUMNS},
        ),
        Format(
            key="ged",
            title="Claims of fighting and fire in UCDP GED's columns",
            files=("claims_ged.csv",),
            write=_ged,
            columns={"claims_ged.csv": ged.COLUMNS},
        ),
        Format(
            key="geojson",
            title="Places, ground and front line for any map program",
            files=tuple(f"{name}.geojson" for name in _LAYERS),
            write=_geojson,
            columns={f"{name}.geojson": columns for name, columns in _LAYERS.items()},
        ),
        Format(
            key="gpkg",
            title="The same three layers in one GeoPackage (QGIS, ArcGIS)",
            files=("control.gpkg",),
            write=_geopackage,
        ),
        Format(
            key="geoparquet",
            title="The three layers and the claims as GeoParquet 1.1 (DuckDB, GeoPandas, BigQuery)",
            files=(*(f"{name}.parquet" for name in _LAYERS), "claims.parquet"),
            write=_geoparquet,
            library="pyarrow",
        ),
        Format(
            key="kml",
            title="Ground, front line and telling places with time spans (Google Earth)",
            files=("control.kml",),
            write=_kml,
        ),
        Format(
            key="pmtiles",
            title="The map series as vector tiles, each feature with its days (MapLibre, QGIS)",
            files=("control.pmtiles",),
            write=_pmtiles,
            columns={f"layer {name}": columns for name, columns in pyramid.LAYERS.items()},
        ),
        Format(
            key="datapackage",
            title="A Frictionless Data Package: tables with schemas, licence and citation",
            files=("datapackage/datapackage.json", "datapackage/data/*.csv", "datapackage/CITATION.cff"),
            write=_datapackage,
            columns={"data/places.csv": PLACE_COLUMNS, "data/sides.csv": SIDE_COLUMNS},
        ),
        Format(
            key="timemap",
            title="Claims for Forensic Architecture's TimeMap",
            files=("timemap/events.json", "timemap/sources.json", "timemap/associations.json"),
            write=_timemap,
            columns={
                "events.json": timemap.EVENT_COLUMNS,
                "sources.json": timemap.SOURCE_COLUMNS,
                "associations.json": timemap.ASSOCIATION_COLUMNS,
            },
        ),
        Format(
            key="jsonld",
            title="Claims and analysts' judgements as schema.org Claim and ClaimReview",
            files=("claims.jsonld",),
            write=_jsonld,
            columns={"Claim": jsonld.CLAIM_COLUMNS, "ClaimReview": jsonld.REVIEW_COLUMNS},
        ),
        Format(
            key="png",
            title="The map of the last day as a picture",
            files=("map.png",),
            write=lambda made, out: _picture(made, out / "map.png"),
        ),
        Format(
            key="svg",
            title="The same map as a drawing that can be edited",
            files=("map.svg",),
            write=lambda made, out: _picture(made, out / "map.svg"),
        ),
        Format(key="gif", title="A film of the period, a picture a day", files=("film.gif",), write=_gif),
        Format(
            key="mp4",
            title="The same film as H.264 video",
            files=("film.mp4",),
            write=_mp4,
            library="av",
        ),
        Format(key="brief-md", title="The brief as Markdown", files=("brief.md",), write=_brief_md),
        Format(key="brief-html", title="The brief as a page of its own", files=("brief.html",), write=_brief_html),
        Format(
            key="brief-pdf",
            title="The brief as PDF, with the map",
            files=("brief.pdf",),
            write=_brief_pdf,
            library="fpdf",
        ),
        Format(
            key="sqlite",
            title="The store itself: reports, claims, estimates, judgements",
            files=("whoholds.sqlite",),
            write=_sqlite,
        ),
    )
}
"""Every format by its key, in the order they are listed."""
