"""Claims and ground for the layouts of other datasets."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import shapely

from tests.tell.made import DAYS, THEATRE, series, told
from whoholds.model import Kind, Place, Resolution, Span, Stance
from whoholds.model.mention import PlaceType
from whoholds.tell.claims import ToldClaim
from whoholds.tell.exports.about import About
from whoholds.tell.exports.layers import DayShapes, Row, area_rows, front_rows, place_rows
from whoholds.tell.exports.setting import Country, Setting

HOSTILE = '=HYPERLINK("http://x") <script>alert(1)</script> & ]]> \x07'
"""Runs in a spreadsheet, breaks XML and HTML."""
SETTING = Setting(
    theatre=THEATRE,
    places={
        707292: Place(
            id=707292, name="Izium", lat=49.2, lon=37.3, country="UA", admin1="UA-63", feature="PPL", population=45000
        )
    },
    regions={"UA-63": "Kharkiv Oblast"},
    countries={"UA": Country(name="Ukraine", alpha2="UA", alpha3="UKR", number=804)},
    areas={"admin1:UA-63": (36.5, 49.5)},
)
ABOUT = About(
    theatre=THEATRE,
    first_day=DAYS[0],
    last_day=DAYS[-1],
    made_at=datetime(2022, 9, 14, 12, tzinfo=UTC),
    base_name="A map",
    base_day=DAYS[0],
    n_reports=3,
    n_claims=4,
    outlets=("Oskil Dispatch",),
)


def of_region(identity: str = "r8") -> ToldClaim:
    """A claim about the whole region."""
    one = told(Kind.ATTACK, identity=identity)
    assert one.placed is not None
    where = Resolution(span=Span(start=12, end=17, text="Kharkiv region"), type=PlaceType.REGION, area="admin1:UA-63")
    return replace(one, placed=replace(one.placed, resolutions=(where,)))


def claims() -> list[ToldClaim]:
    """One of each that an export must treat in its own way."""
    return [
        told(),
        told(identity="r2", outlet="Steppe Courier"),
        told(Kind.LEAVE, side="RU", identity="r3", stance=Stance.ACKNOWLEDGED),
        told(Kind.FIRE, side="RU", identity="r4", title=HOSTILE, outlet=HOSTILE),
        told(Kind.GAIN, side="RU", identity="r5", stance=Stance.RUMOURED),
        told(Kind.HOLD, identity="r6", stance=Stance.DENIED),
        of_region(),
    ]


def shapes() -> list[DayShapes]:
    """Ground on the first and on the third day; on the first with a hole."""
    west, east = shapely.box(36, 49, 37, 50), shapely.box(37, 49, 38, 50)
    ring = west.difference(shapely.box(36.4, 49.4, 36.6, 49.6))
    return [
        DayShapes(
            day=day,
            areas={"UA": ground, "RU": shapely.MultiPolygon([east])},
            front=shapely.LineString([(37, 49), (37, 50)]),
            area_km2={"UA": 1.0, "RU": 2.0},
        )
        for day, ground in ((DAYS[0], ring), (DAYS[2], west))
    ]


def layers() -> dict[str, list[Row]]:
    """The layers of those days."""
    return {"places": place_rows(series()), "areas": area_rows(shapes()), "front": front_rows(shapes())}


def read_csv(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
