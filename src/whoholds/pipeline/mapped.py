"""Control maps among the reports: each an observation of its map-maker on its day, for every place in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from whoholds.corroborate import Drawn
from whoholds.errors import MapError
from whoholds.geometry import feature_of_points, status_of_points
from whoholds.infer import MapObservation
from whoholds.model import ControlMap, Theatre
from whoholds.pipeline.clocks import outlet_of
from whoholds.pipeline.gather import MAP
from whoholds.pipeline.ground import Ground
from whoholds.read import read_map
from whoholds.store import KeptReport, View

LAYERED = "ISW"
"""The map-maker whose map of a day comes as several files, one a status; they bear as one map."""
MAP_KIND = "mapmaker"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPlace:
    """What a map among the reports shows at one place: the feature there (None: outside all of them) and its words."""

    report_id: str
    title: str
    maker: str
    day: date
    known_day: date
    status: str
    feature_id: str | None
    label: str
    geometry: Any | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """The files that make one map."""

    kept: tuple[KeptReport, ...]
    drawn: ControlMap

    @property
    def day(self) -> date:
        """The day it shows."""
        return self.kept[0].report.day or self.known_day

    @property
    def known_day(self) -> date:
        """When all of it could be known."""
        return max(k.known_day for k in self.kept)


def observations(view: View, ground: Ground, theatre: Theatre) -> list[MapObservation]:
    """What every control map among the standing reports shows at the places of a run.

    Left out are maps of days before the base, which knows of them, and the base itself. A file that is no map of this
    theatre's sides bears on nothing.
    """
    lonlat = np.column_stack([ground.places.lon, ground.places.lat])
    out = []
    for sheet in _sheets(view, theatre):
        if ground.base_day is not None and sheet.day < ground.base_day:
            continue
        status = np.asarray(status_of_points(sheet.drawn, lonlat), dtype=np.str_)
        if sheet.day == ground.base_day and np.array_equal(status, ground.base):
            continue
        out.append(
            MapObservation(
                id=sheet.kept[0].report.id,
                day=sheet.day,
                known_day=sheet.known_day,
                group=group_of_map(sheet.drawn.maker, theatre),
                status=status,
            )
        )
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMaps:
    """What the control maps among the reports show, place by place, and what each is called."""

    rows: Mapping[str, int] = field(default_factory=dict)
    seen: tuple[MapObservation, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    sides: frozenset[str] = frozenset()

    def at(self, place: str) -> list[Drawn]:
        """The maps on which a side holds a place (its id as text); none of an area."""
        row = self.rows.get(place)
        if row is None:
            return []
        shown = [(m, str(m.status[row])) for m in self.seen]
        return [
            Drawn(report_id=m.id, side=side, day=m.day, known_day=m.known_day)
            for m, side in shown
            if side in self.sides
        ]


def drawn_maps(view: View, ground: Ground, theatre: Theatre) -> DrawnMaps:
    """The control maps that bear on a run, for what they settle."""
    seen = observations(view, ground, theatre)
    kept = {m.id: view.report(m.id) for m in seen}
    return DrawnMaps(
        rows={str(p.id): row for row, p in enumerate(ground.nouns)},
        seen=tuple(seen),
        titles={i: f"{k.report.outlet}'s map of {k.report.day or k.known_day}" for i, k in kept.items() if k},
        sides=frozenset(theatre.side_keys),
    )


def map_names(view: View, ground: Ground) -> tuple[str, ...]:
    """The control maps among the standing reports, in words, without those of days before the base."""
    every = {(k.report.day or k.known_day, k.report.outlet) for k in view.reports(format=MAP)}
    known = {(day, outlet) for day, outlet in every if ground.base_day is None or day >= ground.base_day}
    return tuple(f"{outlet}'s map of {day}" for day, outlet in sorted(known))


def group_of_map(maker: str, theatre: Theatre) -> str:
    """The group of speakers a map belongs to, "side/mapmaker NAME/map": every map-maker is one of his own."""
    outlet = outlet_of(maker, theatre)
    side = outlet.side if outlet and outlet.side else "none"
    return f"{side}/{MAP_KIND} {outlet.name if outlet else maker}/map"


def shown_at(view: View, theatre: Theatre, report_ids: Sequence[str], lon: float, lat: float) -> dict[str, ShownPlace]:
    """What maps show at a point [degree], by report id: for "why?", down to the feature and its polygon."""
    wanted, out = set(report_ids), {}
    point = np.array([[lon, lat]])
    for sheet in _sheets(view, theatre) if wanted else ():
        first = sheet.kept[0].report
        if first.id not in wanted:
            continue
        at = int(feature_of_points(sheet.drawn, point)[0])
        feature = sheet.drawn.features[at] if at >= 0 else None
        out[first.id] = ShownPlace(
            report_id=first.id,
            title=first.title,
            maker=sheet.drawn.maker,
            day=sheet.day,
            known_day=sheet.known_day,
            status=feature.status if feature else sheet.drawn.outside,
            feature_id=feature.id if feature else None,
            label=feature.label if feature else "",
            geometry=feature.geometry if feature else None,
        )
    return out


def _sheets(view: View, theatre: Theatre) -> list[_Sheet]:
    """The maps, files that make one joined, by day and id."""
    groups: dict[tuple[object, ...], list[KeptReport]] = {}
    for kept in view.reports(format=MAP):
        outlet = outlet_of(kept.report.outlet, theatre)
        layered = outlet is not None and outlet.name == LAYERED
        key = (kept.report.day,) if layered else (kept.report.day, kept.report.id)
        groups.setdefault(key, []).append(kept)
    out = []
    for members in groups.values():
        files = [(k.report.original, k.report.title) for k in members]
        try:
            drawn = read_map(files, sides=theatre.sides)
        except MapError:
            continue  # a map of other sides than this theatre's says nothing here
        out.append(_Sheet(kept=tuple(members), drawn=drawn))
    return sorted(out, key=lambda s: (s.day, s.kept[0].report.id))
