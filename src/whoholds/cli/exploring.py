"""The explorers of a store: what is known now, what was known on a day, and each day as known on that day."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from whoholds.errors import BadSetting
from whoholds.geometry import reordered
from whoholds.infer import Near
from whoholds.pipeline.briefed import brief_of_store, brief_record
from whoholds.pipeline.digest import digest, digest_record
from whoholds.pipeline.estimating import table_of
from whoholds.pipeline.explained import bearing_record, why_record
from whoholds.pipeline.fronts import RunFronts, fronts_record
from whoholds.pipeline.ledgers import ledgers
from whoholds.pipeline.picturing import backdrop_of, mesh_of, outline_of
from whoholds.pipeline.questions import learned, series_of, why
from whoholds.pipeline.stored import ground_of_store, last_run, rooms_of_store
from whoholds.serve.chunks import Explorer
from whoholds.serve.ground import Ground
from whoholds.store import EstimateColumns
from whoholds.tell.series import DIGITS

if TYPE_CHECKING:
    from whoholds.geometry import Mesh
    from whoholds.infer import ControlSeries
    from whoholds.locate import Gazetteer
    from whoholds.store import Store, View
    from whoholds.tell.series import SeriesTable

EACH = "each"
"""Asks for the series that holds each day as known on that day."""
KEPT = 4
"""Known days kept in memory; each holds a whole series."""
FRONTS_KEPT = 400
"""Answers about fronts kept in memory; each takes a few kB."""
REASONS = 12
"""Claims left out in turn to explain an estimate, the nearest; each is solved anew, and somebody waits."""
SPELLINGS = 8
"""Other spellings of a place the search knows, those of another script first."""
OUTLINE_DEGREES = 0.004
"""Borders are drawn this coarse, about 400 m: finer than a pixel until far in."""


class Explorers:
    """Explorers over one store, one a known day; made when first asked for, the latest few kept.

    Parameters
    ----------
    store : Store
    cache : Path
        Where the packaged gazetteer is kept once made.
    tiles : mapping, optional
        `url` and `attribution` of background tiles.
    """

    def __init__(self, store: Store, *, cache: Path, tiles: Mapping[str, str] | None = None) -> None:
        self._store = store
        self._cache = cache
        self._tiles = tiles
        self._kept: OrderedDict[str, Explorer] = OrderedDict()
        self._series: OrderedDict[str, ControlSeries] = OrderedDict()
        self._near: OrderedDict[str, Near] = OrderedDict()
        self._fronts: OrderedDict[str, RunFronts] = OrderedDict()
        self._measured: OrderedDict[tuple[str, date, date], dict[str, Any]] = OrderedDict()
        self._lock = RLock()
        # Inferring takes long on a large store; maps are shown meanwhile.
        self._inferring = RLock()
        self._measuring = RLock()

    def __call__(self, known: str | None = None) -> Explorer:
        """The explorer of a known day (YYYY-MM-DD), of each day as known on it (`each`), or of everything known.

        Raises
        ------
        BadSetting
            `known` is none of these.
        """
        key = known or ""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = self._made(known)
                while len(self._kept) > KEPT:
                    # The explorer of everything known stays: others borrow its ground.
                    self._kept.pop(next(k for k in self._kept if k))
            return self._kept[key]

    def explain(self, place_id: int, day: date, known: date | None = None, *, effects: bool = True) -> dict[str, Any]:
        """Why a place is held as it is on a day, as known on another; what each claim changes takes a moment."""
        if not effects:
            return self._bearing(place_id, day, known)
        view = self._store.view(known)
        return why_record(why(view, str(place_id), day, cache=self._cache, limit=REASONS, series=self._inferred(known)))

    def _bearing(self, place_id: int, day: date, known: date | None) -> dict[str, Any]:
        """The claims that bear on a place and day, in milliseconds."""
        key = known.isoformat() if known else ""
        series = self._inferred(known)
        explorer = self(key or None)
        with self._lock:
            if key not in self._near:
                self._near[key] = Near(series)
                while len(self._near) > KEPT:
                    self._near.popitem(last=False)
            near = self._near[key]
        if day not in series.days:
            raise BadSetting(
                f"{day} lies outside the run, which goes from {series.days[0]} to {series.days[-1]}.",
                remedy="Choose a day within it.",
            )
        found = near(place_id, day, limit=REASONS)
        return bearing_record(series, explorer.place(place_id), day, found, explorer.claims_by_id, known_on=known)

    def fronts(self, day: date | None, since: date | None, known: date | None = None) -> dict[str, Any]:
        """Areas with intervals, front, pockets, salients, gains and borders of a day, compared with an earlier one."""
        key = known.isoformat() if known else ""
        with self._measuring:
            if key not in self._fronts:
                self._fronts[key] = RunFronts(self._store.view(known), cache=self._cache, cells=self._cells)
                while len(self._fronts) > KEPT:
                    self._fronts.popitem(last=False)
            first, last = self._fronts[key].between(day, since)
            if (key, first, last) not in self._measured:
                self._measured[key, first, last] = fronts_record(self._fronts[key](last, first))
                while len(self._measured) > FRONTS_KEPT:
                    self._measured.popitem(last=False)
            return self._measured[key, first, last]

    def digest(self, since: date, until: date | None = None, known: date | None = None) -> dict[str, Any]:
        """What became known after a day, up to another (the last where missing)."""
        return digest_record(digest(self._store.view(known), since=since, until=until, cache=self._cache))

    @cached_property
    def _cells(self) -> Mesh:
        """The cells in the order of the run's places; the map has them already, the largest place first."""
        explorer, ids = self(), [place.id for place, _ in self._store.view().places()]
        if len(ids) != len(explorer.map_places.ids):
            return mesh_of(self._rooms, ground_of_store(self._store.view()))
        return reordered(explorer.mesh, np.array([explorer.index_of(i) for i in ids]))

    def warm(self) -> None:
        """Make what the first question of a visitor would wait for."""
        explorer = self()
        self.fronts(None, None)
        self._bearing(int(explorer.map_places.ids[0]), self._inferred(None).days[-1], None)

    def _inferred(self, known: date | None) -> ControlSeries:
        """The series of a known day, kept."""
        key = known.isoformat() if known else ""
        with self._inferring:
            if key not in self._series:
                self._series[key] = series_of(self._store.view(known))
                while len(self._series) > KEPT:
                    self._series.popitem(last=False)
            return self._series[key]

    def _made(self, known: str | None) -> Explorer:
        """An explorer; all but the first borrow the first one's ground."""
        day = None if known in (None, "", EACH) else _day(known)
        view = self._store.view(day)
        rows = "nowcast" if known == EACH else "control"
        return Explorer(
            view,
            self._rooms.theatre,
            self._ground,
            rows=(lambda: view.estimate_columns(rows)) if day is None else (lambda: self._rows_known(day)),
            ledgers=lambda: {
                **ledgers(view, cache=self._cache),
                "reliability": learned(view, series=None if day is None else self._inferred(day)),
            },
            brief=lambda: self._brief(view),
            like=self() if known else None,
            known=known or None,
        )

    def _brief(self, view: View) -> dict[str, Any]:
        """The brief of the whole run."""
        made, _ = brief_of_store(view, first_day=None, last_day=None, cache=self._cache, cells=lambda: self._cells)
        return brief_record(made)

    def _rows_known(self, day: date) -> EstimateColumns:
        """The rows of a series as known on a day."""
        view = self._store.view(day)
        first = date.fromisoformat(last_run(view)["first_day"])
        table = table_of(self._inferred(day), ground_of_store(view), since=min(first, day))
        return columns_of(table)

    @cached_property
    def _rooms(self) -> Any:
        return rooms_of_store(self._store.view(), cache=self._cache)

    @cached_property
    def _ground(self) -> Ground:
        rooms, view = self._rooms, self._store.view()
        backdrop = backdrop_of(rooms)
        ids = {place.id for place, _ in view.places()}
        regions = [(name, shapely.simplify(shape, OUTLINE_DEGREES)) for name, shape in backdrop.regions]
        return Ground(
            outline=outline_of(rooms),
            regions=regions,
            other_names=lambda: other_names(rooms.gazetteer, ids),
            region_of=regions_of(view, backdrop.regions),
            attribution=("Places: GeoNames (CC BY 4.0)", "Borders: Natural Earth"),
            tiles=self._tiles,
        )


def columns_of(table: SeriesTable) -> EstimateColumns:
    """The rows of a table that say something new, like those of the store."""
    at, when = np.nonzero(table.changed())
    return EstimateColumns(
        place_id=table.ids[at],
        day=table.days[0].toordinal() + when,
        status=table.status[at, when].astype(np.int64),
        statuses=table.statuses,
        basis=table.basis[at, when].astype(np.int64),
        bases=table.bases,
        probability=np.asarray(np.round(table.prob[at, when].astype(np.float64), DIGITS), np.float64),
        states=table.states,
        n_claims=table.n_claims[at, when].astype(np.int64),
    )


def other_names(gazetteer: Gazetteer, ids: set[int]) -> dict[int, str]:
    """Every other spelling of each place, for the search; inflected forms are left out."""
    from whoholds.locate.build import INFLECTED

    found: dict[int, list[str]] = {}
    for number, name in enumerate(gazetteer.surfaces):
        rows, kinds = gazetteer.rows_of_surface(number)
        for row, kind in zip(rows.tolist(), kinds.tolist(), strict=True):
            place_id = int(gazetteer.ids[row])
            if kind != INFLECTED and place_id in ids and name != gazetteer.names[row]:
                found.setdefault(place_id, []).append(name)
    return {
        place_id: ", ".join(sorted(names, key=lambda n: (n.isascii(), n))[:SPELLINGS])
        for place_id, names in found.items()
    }


def regions_of(view: View, regions: Any) -> dict[int, str]:
    """The region each place lies in, by its name."""
    places = [place for place, _ in view.places()]
    tree = shapely.STRtree([shape for _, shape in regions])
    points = shapely.points([(place.lon, place.lat) for place in places])
    at, inside = tree.query(points, predicate="intersects")
    return {places[i].id: regions[j][0] for i, j in zip(at.tolist(), inside.tolist(), strict=True)}


def _day(text: str | None) -> date:
    """A known day, or what to write."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        raise BadSetting(
            f"known={text!r} is no known day.", remedy="Give a day like 2022-09-11, or `each` for each day as known."
        ) from None
