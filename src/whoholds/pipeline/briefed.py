"""What the brief needs from other rooms: disputes, borders, areas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from whoholds.corroborate import Dispute, Standing, contradictions
from whoholds.geometry import Mesh, distances_to_km
from whoholds.model import PlacedClaim, Theatre
from whoholds.pipeline.areas import StatusArea, areas_by_day
from whoholds.pipeline.ground import Ground
from whoholds.pipeline.mapped import DrawnMaps, drawn_maps, map_names
from whoholds.pipeline.outputs import told
from whoholds.pipeline.picturing import mesh_of
from whoholds.pipeline.rooms import Rooms, home_countries
from whoholds.pipeline.stored import between, ground_of_store, rooms_of_store, table_of_store
from whoholds.store import View
from whoholds.tell.brief import Brief
from whoholds.tell.briefing import make_brief
from whoholds.tell.claims import ToldClaim, claim_record
from whoholds.tell.facts import AreaFact, BorderKm, DisputeFact, Facts
from whoholds.tell.series import SeriesTable


def facts_of(
    rooms: Rooms,
    ground: Ground,
    table: SeriesTable,
    claims: Sequence[ToldClaim],
    *,
    areas: dict[str, BaseGeometry],
    n_reports: int,
    known_on: date | None,
    maps: tuple[str, ...] = (),
    drawn: DrawnMaps | None = None,
    areas_of_days: Sequence[tuple[StatusArea, ...]] = (),
) -> Facts:
    """Everything the brief is made of; claims known no later than the base map's day are left out."""
    fresh = [t for t in claims if ground.base_day is None or t.known_day > ground.base_day]
    fresh = [t for t in fresh if t.known_day >= table.days[0] and t.valid_day <= table.days[-1]]
    names = telling_names(rooms, ground)
    start = "the theatre's line before the first report"
    if ground.base_name:
        start = f"the map {ground.base_name} ({ground.base_day})"
    return Facts(
        theatre=rooms.theatre,
        series=replace(table, names=names),
        claims=fresh,
        disputes=disputes([t.placed for t in fresh if t.placed is not None], ground, names, drawn or DrawnMaps()),
        borders=borders(rooms, ground),
        inside=inside(ground, areas),
        start=start,
        mapped=ground.base_name is not None,
        maps=maps,
        areas=changes_of_area(areas_of_days),
        n_reports=n_reports,
        known_on=known_on,
    )


def changes_of_area(days: Sequence[tuple[StatusArea, ...]]) -> tuple[AreaFact, ...]:
    """The areas of the last of some days, and how they differ from the first."""
    if not days:
        return ()
    then = {a.status: a.area_km2 for a in days[0]}
    return tuple(
        AreaFact(
            status=a.status,
            area_km2=a.area_km2,
            low_km2=a.low_km2,
            high_km2=a.high_km2,
            change_km2=a.area_km2 - then[a.status],
        )
        for a in days[-1]
    )


def telling_names(rooms: Rooms, ground: Ground) -> tuple[str, ...]:
    """The places' names; with its region where a place is not the largest of its name: "Donetsk (Kharkiv Oblast)"."""
    theatre, home = rooms.theatre, set(home_countries(rooms.theatre))
    regions = {
        area.code: area.names[0]
        for area in rooms.gazetteer.atlas.areas
        if area.names and theatre.claimed_admin1.get(area.code, area.country) in home
    }
    largest: dict[str, list[int]] = {}
    for place in ground.nouns:
        largest.setdefault(place.name, []).append(place.population)
    out = []
    for place in ground.nouns:
        people = sorted(largest[place.name], reverse=True)
        alone = len(people) == 1 or (place.population == people[0] > people[1])
        region = regions.get(place.admin1)
        out.append(place.name if alone or region is None else f"{place.name} ({region})")
    return tuple(out)


def disputes(
    placed: Sequence[PlacedClaim], ground: Ground, names_told: Sequence[str] = (), drawn: DrawnMaps | None = None
) -> list[DisputeFact]:
    """Contradictions with the names of their places, as told where names are given."""
    told_as = names_told or [p.name for p in ground.nouns]
    names = {str(p.id): name for p, name in zip(ground.nouns, told_as, strict=True)}
    words = {r.area: r.span.text for p in placed for r in p.resolutions if r.area}
    return [
        DisputeFact(
            place=names.get(c.place) or words.get(c.place) or "",
            account=c.dispute is Dispute.ACCOUNT,
            one=c.one,
            other=c.other,
            outcome=f"{c.outcome} ({c.closed})" if c.standing is Standing.SETTLED else None,
        )
        for c in contradictions(placed, drawn=(drawn or DrawnMaps()).at)
    ]


def borders(rooms: Rooms, ground: Ground) -> list[BorderKm]:
    """The theatre's borders, with the distance of every place."""
    lonlat = np.column_stack([ground.places.lon, ground.places.lat])
    out = []
    for border in rooms.theatre.borders:
        line = rooms.gazetteer.border(*border.countries, rooms.theatre)
        if not line.is_empty:
            out.append(BorderKm(name=border.name, aliases=border.aliases, place_km=distances_to_km(lonlat, line)))
    return out


def inside(ground: Ground, areas: dict[str, BaseGeometry]) -> Callable[[str], NDArray[np.bool_] | None]:
    """Which places lie in an area."""
    lon, lat = ground.places.lon, ground.places.lat

    def members(key: str) -> NDArray[np.bool_] | None:
        shape = areas.get(key)
        return None if shape is None else np.asarray(shapely.contains_xy(shape, lon, lat))

    return members


def brief_of_store(
    view: View, *, first_day: date | None, last_day: date | None, cache: Path, cells: Callable[[], Mesh] | None = None
) -> tuple[Brief, Theatre]:
    """The brief of the last run between two days; as known on the view's day, from the nowcast of that day.

    `cells` answers the run's places as cells, in their order; they are made where missing, which takes a second.
    """
    rooms, ground = rooms_of_store(view, cache=cache), ground_of_store(view)
    known = view.as_known_on
    series = "control" if known is None else "nowcast"
    table = table_of_store(view, series, ground, sides=rooms.theatre.side_keys)
    last = min(d for d in (last_day, known, table.days[-1]) if d is not None)
    asked = between(table, first_day, last)
    ends = sorted({0, len(asked.days) - 1})
    facts = facts_of(
        rooms,
        ground,
        asked,
        told(view.claims()),
        areas={key: shapely.from_wkb(wkb) for key, wkb in view.areas().items()},
        n_reports=view.counts()["reports"],
        known_on=known,
        maps=map_names(view, ground),
        drawn=drawn_maps(view, ground, rooms.theatre),
        areas_of_days=areas_by_day(cells() if cells else mesh_of(rooms, ground), asked, ends),
    )
    return make_brief(facts), rooms.theatre


def brief_record(brief: Brief) -> dict[str, Any]:
    """A brief as plain values."""
    return {
        "title": brief.title,
        "lead": list(brief.lead),
        "parts": [
            {
                "heading": heading,
                "lines": [
                    {"text": line.text, "claims": [brief.evidence[n - 1].told.claim.id for n in line.cites]}
                    for line in lines
                ],
            }
            for heading, lines in brief.parts
        ],
        "evidence": [claim_record(c.told) for c in brief.evidence],
        "notes": list(brief.notes),
    }
