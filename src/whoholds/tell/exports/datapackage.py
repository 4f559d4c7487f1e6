"""A Frictionless Data Package (specs.frictionlessdata.io): tables with their schemas, licence and citation.

datapackage.json    what is in it, column by column, and how to cite it
data/places.csv     the places control is estimated for
data/control.csv    who holds them, day by day
data/claims.csv     what it rests on
data/sides.csv      what the keys of the sides stand for
CITATION.cff        the citation, for machines
README.md           the same for people
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from whoholds import __version__
from whoholds.model import Place, Side
from whoholds.tell.claims import ToldClaim
from whoholds.tell.exports import claims_csv
from whoholds.tell.exports.about import LICENCE, RIGHTS, About
from whoholds.tell.exports.columns import Column, column
from whoholds.tell.exports.control_csv import control_columns, write_control_csv
from whoholds.tell.exports.table import write_table
from whoholds.tell.series import SeriesTable

PLACE_COLUMNS = (
    column("geonameid", "the place; negative where GeoNames has none", "integer"),
    column("name", "its main name"),
    column("lat", "latitude [degree]", "number"),
    column("lon", "longitude [degree]", "number"),
    column("country", "ISO 3166-1 code"),
    column("admin1", "code of its region"),
    column("feature", "GeoNames' class of place"),
    column("population", "people, 0 where GeoNames does not say", "integer"),
)
SIDE_COLUMNS = (
    column("side", "the key in the other tables"),
    column("name", "its name"),
    column("colour", "its colour on our maps"),
)


def write_datapackage(
    table: SeriesTable, places: Sequence[Place], claims: Iterable[ToldClaim], about: About, folder: Path
) -> list[Path]:
    """Write the package into a folder; answers the files, `datapackage.json` first."""
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    sides = about.theatre.sides
    write_table(PLACE_COLUMNS, (_place(place) for place in places), data / "places.csv")
    write_control_csv(table, data / "control.csv")
    claims_csv.write_claims_csv(claims, data / "claims.csv")
    write_table(SIDE_COLUMNS, (_side(side) for side in sides), data / "sides.csv")
    statuses = list(table.statuses)
    resources = [
        _resource(data / "places.csv", "Places", PLACE_COLUMNS, key=["geonameid"]),
        _resource(
            data / "control.csv",
            "Control of every place: a row for the first day, then for every day on which it changes",
            control_columns(table.states),
            key=["geonameid", "date"],
            refers={"geonameid": ("places", "geonameid")},
            limits={"status": {"enum": statuses}} | {f"p_{s}": {"minimum": 0, "maximum": 1} for s in table.states},
        ),
        _resource(data / "claims.csv", "Claims, one row a claim and place", claims_csv.COLUMNS),
        _resource(data / "sides.csv", "Sides", SIDE_COLUMNS, key=["side"]),
    ]
    package = {
        "profile": "tabular-data-package",
        "name": f"whoholds-{_slug(about.theatre.key)}",
        "title": about.title,
        "description": f"{about.description} {RIGHTS}",
        "version": f"{about.last_day:%Y.%m.%d}",
        "created": about.made_at.isoformat(),
        "licenses": [LICENCE],
        "sources": about.sources,
        "contributors": [{"title": f"whoholds {__version__}", "role": "author"}],
        "citation": about.citation,
        "keywords": ["armed conflict", "territorial control", about.theatre.key],
        "resources": resources,
    }
    return [
        _write(folder / "datapackage.json", json.dumps(package, ensure_ascii=False, indent=1) + "\n"),
        *(data / name for name in ("places.csv", "control.csv", "claims.csv", "sides.csv")),
        _write(folder / "CITATION.cff", _citation(about)),
        _write(folder / "README.md", _readme(about, resources)),
    ]


def _place(place: Place) -> dict[str, Any]:
    """A place as a row."""
    return {
        "geonameid": place.id,
        "name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "country": place.country,
        "admin1": place.admin1,
        "feature": place.feature,
        "population": place.population,
    }


def _side(side: Side) -> dict[str, Any]:
    """A side as a row."""
    return {"side": side.key, "name": side.name, "colour": side.colour}


def _resource(
    path: Path,
    title: str,
    columns: Sequence[Column],
    *,
    key: Sequence[str] = (),
    refers: dict[str, tuple[str, str]] | None = None,
    limits: dict[str, dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """A table of the package, with its schema."""
    limits = limits or {}
    schema: dict[str, Any] = {
        "fields": [_field(c, limits.get(c.name, {}), required=c.name in key) for c in columns],
        "missingValues": [""],
    }
    if key:
        schema["primaryKey"] = list(key)
    if refers:
        schema["foreignKeys"] = [
            {"fields": field, "reference": {"resource": resource, "fields": other}}
            for field, (resource, other) in refers.items()
        ]
    content = path.read_bytes()
    return {
        "profile": "tabular-data-resource",
        "name": path.stem,
        "title": title,
        "path": f"data/{path.name}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def _field(like: Column, limits: dict[str, Any], *, required: bool) -> dict[str, Any]:
    """A column as a field of a table schema."""
    field: dict[str, Any] = {"name": like.name, "type": like.type, "description": like.what.replace("`", "'")}
    if like.type == "boolean":
        field |= {"trueValues": ["1"], "falseValues": ["0"]}
    constraints = limits | ({"required": True} if required else {})
    return field | ({"constraints": constraints} if constraints else {})


def _citation(about: About) -> str:
    """CITATION.cff 1.2; JSON strings are YAML strings."""
    lines = {
        "cff-version": "1.2.0",
        "message": "If you use these data, cite them as below, and the outlets whose reports they rest on.",
        "type": "dataset",
        "title": about.title,
        "abstract": about.description,
        "license": LICENCE["name"],
        "date-released": about.made_at.date().isoformat(),
        "version": f"{about.last_day:%Y.%m.%d}",
    }
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines.items())
    return f'{head}authors:\n  - name: "whoholds {__version__}"\n'


def _readme(about: About, resources: Sequence[dict[str, Any]]) -> str:
    """The package in a page."""
    tables = "\n".join(f"- `{r['path']}`: {r['title']} ({len(r['schema']['fields'])} columns)" for r in resources)
    sources = "\n".join(f"- {s['title']}" + (f", {s['path']}" if "path" in s else "") for s in about.sources)
    return (
        f"# {about.title}\n\n{about.description}\n\n{tables}\n\nEvery column is described in `datapackage.json`.\n\n"
        f"## Licence\n\n{LICENCE['title']} ({LICENCE['path']}). {RIGHTS}\n\n"
        f"## Citation\n\n{about.citation}\n\n## Sources\n\n{sources}\n"
    )


def _slug(text: str) -> str:
    """A name as packages may bear it."""
    return "".join(c if c.isalnum() or c in "-._" else "-" for c in text.lower())


def _write(path: Path, text: str) -> Path:
    """A text file."""
    path.write_text(text, encoding="utf-8")
    return path
