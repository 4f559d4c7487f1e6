"""Claims of fighting and fire in the layout of UCDP's Georeferenced Event Dataset (candidate events, version 24).

UCDP lists events with at least one death. Deaths are not read from the reports, so every row is a candidate that a
coder has yet to look at: `code_status` says so, and the columns of deaths stay empty.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoholds.model import Kind, PlaceType
from whoholds.tell.claims import NAMELESS, ToldClaim
from whoholds.tell.exports.columns import blank, column
from whoholds.tell.exports.setting import Setting, Spot, happened, one_line, spots
from whoholds.tell.exports.table import write_table

DEATHS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low")

COLUMNS = (
    column("id", "a number made of the claim's id and its place", "integer"),
    column("relid", "the claim's id and the place, with a stroke between them"),
    column("year", "the year of the event", "year"),
    blank("active_year", "whether the dyad passes 25 deaths a year is UCDP's to say", ),
    column("code_status", "`Check deaths`: no row was vetted"),
    column("type_of_violence", "1, state-based, for fighting; empty for fire, whose target is not read", "integer"),
    blank("conflict_dset_id", "UCDP's own number"),
    blank("conflict_new_id", "UCDP's own number"),
    column("conflict_name", "the theatre's name"),
    blank("dyad_dset_id", "UCDP's own number"),
    blank("dyad_new_id", "UCDP's own number"),
    column("dyad_name", "both sides where the theatre has two, else empty"),
    blank("side_a_dset_id", "UCDP's own number"),
    blank("side_a_new_id", "UCDP's own number"),
    column("side_a", "where the theatre has two sides the default one, else the side whose act it is"),
    blank("side_b_dset_id", "UCDP's own number"),
    blank("side_b_new_id", "UCDP's own number"),
    column("side_b", "where the theatre has two sides the other one, else empty: against whom is not read"),
    column("number_of_sources", "1: a row is one claim of one report", "integer"),
    column("source_article", "outlet, day and title of the report"),
    column("source_office", "the outlet"),
    column("source_date", "the day of the report", "date"),
    column("source_headline", "its title"),
    column("source_original", "who is said to say it, as named"),
    column("where_prec", "1 the settlement itself, 2 near a feature, 4 a region, 5 a direction", "integer"),
    column("where_coordinates", "the place's name in the gazetteer, or the words that name an area"),
    column("where_description", "whose act, its kind, and the sentence"),
    column("adm_1", "the region's name"),
    blank("adm_2", "not in our gazetteer"),
    column("latitude", "[degree]", "number"),
    column("longitude", "[degree]", "number"),
    column("geom_wkt", "the point, longitude first"),
    column("priogrid_gid", "PRIO-GRID cell of half a degree", "integer"),
    column("country", "its name"),
    blank("country_id", "Gleditsch and Ward's number of the country"),
    blank("region", "UCDP's own regions"),
    column("event_clarity", "1: a claim names one event"),
    column("date_prec", "1 where the text gives the day, 2 where the day of the report stands for it", "integer"),
    column("date_start", "when it was so", "date"),
    column("date_end", "the same day; where the report's day stands for it, the day it became known", "date"),
    *(blank(name, "not read; empty is not 0") for name in DEATHS),
    blank("gwnoa", "Gleditsch and Ward's number of side A"),
    blank("gwnob", "Gleditsch and Ward's number of side B"),
)  # fmt: skip

WHERE_PREC = {PlaceType.SETTLEMENT: 1, PlaceType.FEATURE: 2, PlaceType.REGION: 4, PlaceType.DIRECTION: 5}


def write_ged(claims: Iterable[ToldClaim], setting: Setting, path: Path) -> int:
    """Write claims of armed force, one row a claim and place; answers how many."""
    rows = (
        _row(told, spot, setting)
        for told in happened(claims)
        if told.claim.kind in (Kind.ATTACK, Kind.FIRE) or (told.claim.kind is Kind.GAIN and told.claim.failed)
        for spot in spots(told, setting)
    )
    return write_table(COLUMNS, rows, path)


def priogrid(lat: float, lon: float) -> int:
    """The PRIO-GRID cell of a point: half a degree, counted from 90 S 180 W (Tollefsen 2012, 10.1177/0022343311431287).

    >>> priogrid(49.21, 37.25)
    200595
    """
    row = min(max(math.floor((lat + 90) * 2), 0), 359)
    column_ = min(max(math.floor((lon + 180) * 2), 0), 719)
    return row * 720 + column_ + 1


def _row(told: ToldClaim, spot: Spot, setting: Setting) -> dict[str, Any]:
    """One claim at one place as a row."""
    claim, theatre = told.claim, setting.theatre
    day = told.valid_day
    stated = claim.date is not None
    sides = theatre.side_keys
    first, second = claim.side, None
    if len(sides) == 2:
        first = theatre.default_side
        second = next(key for key in sides if key != first)
    relid = f"{claim.id}/{spot.key}"
    outlet = "" if told.outlet in NAMELESS else one_line(told.outlet)
    report_day = told.report_day or told.known_day
    whose = setting.side_name(claim.side) or "A side that is not named"
    return {
        "id": int(hashlib.sha256(relid.encode()).hexdigest()[:12], 16),
        "relid": relid,
        "year": day.year,
        "code_status": "Check deaths",
        "type_of_violence": None if claim.kind is Kind.FIRE else 1,
        "conflict_name": theatre.name,
        "dyad_name": f"{setting.side_name(first)} - {setting.side_name(second)}" if second else None,
        "side_a": setting.side_name(first),
        "side_b": setting.side_name(second),
        "number_of_sources": 1,
        "source_article": ", ".join(x for x in (outlet, report_day.isoformat(), one_line(told.title)) if x),
        "source_office": outlet,
        "source_date": report_day.isoformat(),
        "source_headline": one_line(told.title),
        "source_original": one_line(claim.speaker.text) if claim.speaker else None,
        "where_prec": WHERE_PREC[spot.type],
        "where_coordinates": spot.name,
        "where_description": f"{whose}, {claim.kind.value}: {one_line(told.sentence)}",
        "adm_1": spot.admin1,
        "latitude": spot.lat,
        "longitude": spot.lon,
        "geom_wkt": f"POINT ({spot.lon} {spot.lat})",
        "priogrid_gid": priogrid(spot.lat, spot.lon),
        "country": spot.country.name if spot.country else None,
        "event_clarity": 1,
        "date_prec": 1 if stated else 2,
        "date_start": day.isoformat(),
        "date_end": (day if stated else max(day, told.known_day)).isoformat(),
    }
