"""The reference of the files a run writes and exports, from the code that writes them."""

# ruff: noqa: E501 - lines of prose for a table

from __future__ import annotations

from collections.abc import Sequence

from whoholds.pipeline.formats import FORMATS
from whoholds.tell.exports import about, acled
from whoholds.tell.exports.columns import Column

RUN = (
    ("`brief.md`, `brief.html`", "what changed and on whose word, what is disputed, claimed, rumoured, thinly attested; every line leads to its claims"),
    ("`map.png`, `map.svg`", "the last day, with what changed since the first"),
    ("`control.csv`", "control of every place and day; every report of the run may revise earlier days"),
    ("`nowcast.csv`", "the same columns, each day as known on that day"),
    ("`areas.csv`", "the area of every status on every day, with its interval"),
    ("`claims.csv`, `claims.jsonl`", "every claim, with its place as named and as resolved"),
    ("`places.geojson`, `areas.geojson`, `front.geojson`", "the layers of a map"),
    ("`control.gpkg`", "the three layers in one GeoPackage"),
    ("`whoholds.sqlite`", "the store: reports with their original bytes, claims, estimates, judgements ([questions to it](commands.md))"),
)  # fmt: skip

NOTES = {
    "control": "A row for every place on the first day, and then only on days on which its row changes: another status,"
    " basis or number of claims, or a probability that has moved by more than 0.01 since the last row. Between two rows"
    " everything stays as it was. `nowcast.csv` has the same columns.",
    "areas": "How the interval is made: [fronts](../explanation/fronts.md).",
    "claims": "One row a claim and place; a claim without a place has one row.",
    "claims-jsonl": "The same with spans: `places`, `speaker`, `trigger` and `sentence` carry `start`, `end` and `text`.",
    "viina": "The layout of `control_latest_YEAR.csv` of [VIINA 2](https://github.com/zhukovyuri/VIINA): a row for every"
    " place and every day, so that the file is long. Places that GeoNames does not have are left out.",
    "acled": "The columns of [ACLED](https://acleddata.com)'s exports of 2024. A row is an event: what claims say of one"
    " place, day, sub-event type and side, with every outlet in `source`. Denials, rumours and predictions are no events"
    " and are left out; claims that an analyst rejected too.",
    "ged": "The columns of [UCDP GED](https://ucdp.uu.se/downloads/) 24, candidate events. A row is one claim of fighting"
    " or fire at one place. UCDP counts events with at least one death; deaths are not read, so every row is a candidate"
    " that somebody has yet to look at.",
    "geojson": "`places`: one point a place and status; `areas`: the ground of each status; `front`: the line between."
    " Areas and front have a feature for the first day and for every day on which some place changes.",
    "gpkg": "Layers `places`, `areas` and `front` with the columns of the GeoJSON.",
    "geoparquet": "The columns of the GeoJSON and of `claims.csv`, days as days; [GeoParquet 1.1](https://geoparquet.org)"
    " with WKB and a `bbox` for each row. Coordinates are OGC:CRS84 (longitude, latitude). A claim without a place has no"
    " geometry.",
    "kml": "Three folders: ground of each status, front line, and the places that changed hands or that a claim names,"
    " each with the days it holds; the columns of the GeoJSON as extended data. Google Earth's time slider plays it.",
    "pmtiles": "[PMTiles 3](https://docs.protomaps.com/pmtiles/) with vector tiles of zoom 0 to 9: `areas` to zoom 7,"
    " `cells` from 8, `places` from 4 (those that changed hands or that a claim names) and all of them from 8, `front` at"
    " every zoom. A day is shown by the filter `[\"all\", [\"<=\", [\"get\", \"from\"], DAY], [\">=\", [\"get\", \"until\"], DAY]]`"
    " with the day written 20220911.",
    "datapackage": "A [Frictionless Data Package](https://specs.frictionlessdata.io): `places`, `control`, `claims` and"
    " `sides` as CSV, with a schema for every column, keys, checksums, licence, sources and citation in `datapackage.json`,"
    " and `CITATION.cff`. `control` and `claims` have the columns above.",
    "timemap": "What [TimeMap](https://github.com/forensic-architecture/timemap) fetches as `EVENTS_EXT`, `SOURCES_EXT`"
    " and `ASSOCIATIONS_EXT`, with `DATE_FMT` `MM/DD/YYYY` and `TIME_FMT` `HH:mm`.",
    "jsonld": "One [schema.org](https://schema.org/Claim) `Dataset`, a `Claim` for every claim, and a `ClaimReview` for"
    " every judgement of an analyst that stands. An estimate is no review of a claim, and makes none.",
    "png": "With what changed since the first day; one day alone is shown as it is.",
    "svg": "Names are outlines, so that it looks the same everywhere.",
    "gif": "Every picture shows what changed since the first day. Of more than 120 days every second, third ... is shown.",
    "mp4": "Silent, 1000 by 840 pixels, 0.6 s a day, 3 s for the last one.",
    "brief-pdf": "A4, with the map, an outline, page numbers, and links from every number to its claim. Latin, Cyrillic,"
    " Greek, Armenian, Georgian and Hebrew letters; Arabic without joined letters.",
    "sqlite": "A copy taken in one read transaction, so that it is whole even while a run writes. Its tables are those of"
    " the migrations in `src/whoholds/store/migrations`; `PRAGMA user_version` tells which.",
}  # fmt: skip


def files_page() -> str:
    """Files of a run, formats of an export, columns of each."""
    parts = [
        "# Files\n",
        "Days are ISO dates in the theatre's time zone, coordinates are degrees (WGS 84), offsets count characters"
        " (Unicode code points) of the report's text as kept, start inclusive, end exclusive. In every CSV a text cell"
        " that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a return) begins with"
        " an apostrophe.\n",
        "## What a run writes\n",
        "`whoholds run ... -o OUT/` writes these.\n",
        table(("file", "what"), RUN),
        "## What an export writes\n",
        "`whoholds export FORMAT... --store OUT/ -o SHARED/` writes these ([how](../how-to/export.md)). The same store"
        " gives the same bytes, whatever the day.\n",
        table(
            ("format", "what", "files", "needs"),
            [
                (f"[`{f.key}`](#{f.key})", f.title, ", ".join(f"`{x}`" for x in f.files), f.library or "")
                for f in FORMATS.values()
            ],
        ),
        "What a format needs beside the core comes with `pip install 'whoholds[export]'`.\n",
        f"Whose data they are: {about.RIGHTS} {about.ATTRIBUTION}\n",
    ]
    for made in FORMATS.values():
        parts.append(f"## {made.key}\n")
        parts.append(f"{made.title}. {NOTES.get(made.key, '')}".rstrip() + "\n")
        parts += [f"`{name}`\n\n{columns_table(columns)}" for name, columns in made.columns.items()]
        if made.key == "acled":
            rows = [(f"`{kind.value}`", said, why) for kind, said, why in acled.MAPPING]
            parts.append(table(("kind", "sub_event_type", "why"), rows))
    return "\n".join(parts)


def columns_table(columns: Sequence[Column]) -> str:
    """Columns; those of another's layout that we leave empty say why."""
    return table(
        ("column", "type", "what"),
        [(f"`{c.name}`", c.type if c.filled else "empty", c.what if c.filled else f"*{c.what}*") for c in columns],
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(str(x).replace('|', chr(92) + '|') for x in line)} |\n" for line in lines)
