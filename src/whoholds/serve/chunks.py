"""The explorer's data read off a store: one named object a file or answer (see web/src/data.ts)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from whoholds.errors import UnknownPlace, WhoholdsError
from whoholds.geometry import Mesh, merged_edges, mesh
from whoholds.model import CONTESTED, Basis, Place, Theatre
from whoholds.serve import bundle
from whoholds.serve.changes import Change
from whoholds.serve.ground import Ground
from whoholds.serve.marks import marks_of, report_file
from whoholds.store import EstimateColumns, KeptClaim, KeptReport, View

MAP_CHUNKS = ("meta", "places", "control", "cells", "front", "outlines")
LIST_CHUNKS = ("claims", "reports", "names")
GATHERED_CHUNKS = ("ledgers", "brief")
CHUNKS = (*MAP_CHUNKS, *LIST_CHUNKS, *GATHERED_CHUNKS)
DAYS_KEPT = 16
"""Days whose rows are kept at hand; who pages through a day asks for it many times."""
BASIS_NAMES = tuple(basis.value for basis in (Basis.OBSERVED, Basis.INFERRED, Basis.CARRIED))


class Explorer:
    """The explorer's chunks, made once from a view and kept.

    Parameters
    ----------
    view : View
        What is known, perhaps only by a day.
    theatre : Theatre
    ground : Ground
    rows : callable
        Answers the rows of the series shown, as `View.estimate_columns` does.
    ledgers, brief : callable
        Answer what is made elsewhere (whoholds.tell) and passed through; called once, when first asked for.
    like : Explorer, optional
        Another one over the same places, whose cells are used.
    known : str, optional
        What was asked for: a known day, or `each` for each day as known on that day.
    """

    def __init__(
        self,
        view: View,
        theatre: Theatre,
        ground: Ground,
        *,
        rows: Callable[[], EstimateColumns],
        ledgers: Callable[[], Mapping[str, Any]] = dict,
        brief: Callable[[], Mapping[str, Any]] = dict,
        like: Explorer | None = None,
        known: str | None = None,
    ) -> None:
        self.view = view
        self.theatre = theatre
        self.ground = ground
        self._make_rows, self._make_ledgers, self._make_brief = rows, ledgers, brief
        self._like = like
        self._rows_by_day: dict[int, NDArray[np.int64]] = {}
        self.known = known

    def chunk(self, name: str) -> object:
        """One chunk by name.

        Raises
        ------
        UnknownPlace
            There is no such chunk.
        """
        if name not in CHUNKS:
            raise UnknownPlace(f"There is no data named {name!r}.", remedy=f"Ask for one of {', '.join(CHUNKS)}.")
        return getattr(self, name if name in ("meta", "claims", "ledgers") else f"_{name}")

    def report(self, report_id: str) -> dict[str, Any]:
        """A report's text, with what was read in it.

        Raises
        ------
        UnknownPlace
            The store holds no such report, or it was removed.
        """
        kept = self.view.report(report_id)
        if kept is None:
            raise UnknownPlace(f"No report has the id {report_id!r}.", remedy="List them with `whoholds reports`.")
        return self._told(kept, self.view.claims(report_id=report_id))

    def reports_with_claims(self) -> Iterator[dict[str, Any]]:
        """Every report that holds a claim, as `report` tells it; read in one go."""
        claims: dict[str, list[KeptClaim]] = {}
        for claim in self._kept_claims:
            claims.setdefault(claim.claim.report_id, []).append(claim)
        for kept in self.view.reports():
            if kept.report.id in claims:
                yield self._told(kept, claims[kept.report.id])

    def _told(self, kept: KeptReport, claims: Sequence[KeptClaim]) -> dict[str, Any]:
        """A report with its claims marked."""
        report = kept.report
        marks = sorted((m for c in claims for m in marks_of(c.claim)), key=lambda m: (m["start"], m["end"]))
        return {
            **self._report_row(report.id, report.title, report.outlet, kept.known_day, len(claims)),
            "author": report.author, "url": report.url, "text": report.text, "marks": marks,
            "parts": [
                {"kind": p.kind.value, "start": p.start, "end": p.end, "author": p.author, "handle": p.handle,
                 "day": p.day.isoformat() if p.day else None}
                for p in report.parts
            ],
        }  # fmt: skip

    @property
    def empty(self) -> bool:
        """Whether the store holds no such series."""
        return not len(self._series.place_id)

    @cached_property
    def _series(self) -> EstimateColumns:
        return self._make_rows()

    @property
    def _rows(self) -> EstimateColumns:
        if self.empty:
            raise WhoholdsError("The store holds no estimates yet.", remedy="Run `whoholds run` with this store first.")
        return self._series

    @cached_property
    def days(self) -> list[date]:
        """Every day of the run."""
        first, latest = int(self._rows.day.min()), int(self._rows.day.max())
        settings = (self.view.runs() or [{"settings": {}}])[-1]["settings"]
        last = date.fromisoformat(settings["until"]).toordinal() if settings.get("until") else latest
        return [date.fromordinal(n) for n in range(first, max(last, latest) + 1)]

    @cached_property
    def _listed(self) -> list[Place]:
        if self._like is not None:
            return self._like._listed
        wanted = set(self._rows.place_id.tolist())
        places = [place for place, _ in self.view.places() if place.id in wanted]
        return sorted(places, key=lambda place: (-place.population, place.id))

    @cached_property
    def mesh(self) -> Mesh:
        """The cells of `map_places`."""
        if self._like is not None:
            return self._like.mesh
        return mesh(np.array([(place.lon, place.lat) for place in self._listed]), self.ground.outline)

    @cached_property
    def map_places(self) -> bundle.MapPlaces:
        """The places with estimates, largest first, each with its ground."""
        places, ground = self._listed, self.ground
        return bundle.MapPlaces(
            ids=np.array([place.id for place in places], dtype=np.int64),
            names=[place.name for place in places],
            admin=[ground.region_of.get(place.id, "") for place in places],
            lon=self.mesh.lonlat[:, 0], lat=self.mesh.lonlat[:, 1], cells=self.mesh.cells.tolist(),
            km2=self.mesh.cell_km2,
        )  # fmt: skip

    @property
    def states(self) -> tuple[str, ...]:
        """The sides, then contested: the order of every list of probabilities."""
        return (*self.theatre.side_keys, CONTESTED)

    def index_of(self, place_id: int) -> int:
        """The index of a place in `map_places`.

        Raises
        ------
        UnknownPlace
            The run has no such place.
        """
        found = self._index.get(place_id)
        if found is None:
            raise UnknownPlace(f"No place of this run has the id {place_id}.", remedy="See /api/places?name=.")
        return found

    def place(self, place_id: int) -> Place:
        """A place of the run by its id.

        Raises
        ------
        UnknownPlace
            The run has no such place.
        """
        return self._listed[self.index_of(place_id)]

    @cached_property
    def claims_by_id(self) -> dict[str, KeptClaim]:
        """Every claim of standing reports by its id."""
        return {kept.claim.id: kept for kept in self._kept_claims}

    def cells_in(self, box: tuple[float, float, float, float]) -> list[int]:
        """The places whose ground touches a box (west, south, east, north), in order."""
        return sorted(self._tree.query(shapely.box(*box), predicate="intersects").tolist())

    @cached_property
    def cell_shapes(self) -> list[str]:
        """The ground of each of `map_places` as GeoJSON text; `null` where it has none."""
        if self._like is not None:
            return self._like.cell_shapes
        cells = np.array(self.map_places.cells, dtype=object)
        found = shapely.to_geojson(shapely.set_precision(cells, 10**-bundle.DECIMALS)).tolist()
        return ["null" if cell.is_empty else text for cell, text in zip(cells, found, strict=True)]

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(list(self.map_places.cells))

    @cached_property
    def _index(self) -> dict[int, int]:
        return {int(place_id): i for i, place_id in enumerate(self.map_places.ids)}

    @cached_property
    def runs(self) -> bundle.ControlRuns:
        """The control series, run-length, over `map_places` and the days of the run."""
        kept, ids = self._rows, self.map_places.ids
        order = np.argsort(ids)
        place = order[np.searchsorted(ids[order], kept.place_id)]
        day = kept.day - self.days[0].toordinal()
        rows = np.lexsort((day, place))
        return bundle.ControlRuns(
            place=place[rows], day=day[rows], probability=kept.chances(self.states)[rows],
            basis=kept.basis_in(BASIS_NAMES)[rows], n_claims=kept.n_claims[rows],
        )  # fmt: skip

    def day_index(self, day: date) -> int:
        """Index of a day of the run; the nearest there is."""
        return min(max(day.toordinal() - self.days[0].toordinal(), 0), len(self.days) - 1)

    def rows_on(self, day: date) -> NDArray[np.int64]:
        """The row of `runs` that holds for each place on a day, shape (n_places,)."""
        wanted = self.day_index(day)
        found = self._rows_by_day.get(wanted)
        if found is None:
            begun = self.runs.day <= wanted
            # Rows are sorted by place and day: the last that has begun is the one that holds.
            found = np.maximum.reduceat(np.where(begun, np.arange(len(begun)), 0), self._first_rows)
            if len(self._rows_by_day) >= DAYS_KEPT:
                self._rows_by_day.clear()
            self._rows_by_day[wanted] = found
        return found

    def map_bytes(self, day: date) -> bytes:
        """A day as bytes: one a place for each state (255 is certain), then one a place for the basis."""
        rows = self.rows_on(day)
        p = np.round(self.runs.probability[rows].T * 255).astype(np.uint8)
        return p.tobytes() + self.runs.basis[rows].astype(np.uint8).tobytes()

    def changes(self, since: date | None = None, until: date | None = None) -> list[Change]:
        """Places whose most likely status differs between two days (the first and the last where missing), by day."""
        runs, table = self.runs, self.map_places
        since, until = since or self.days[0], until or self.days[-1]
        start, end = sorted((self.rows_on(since), self.rows_on(until)), key=lambda rows: int(rows.sum()))
        best = runs.probability.argmax(axis=1)
        out = []
        for i in np.flatnonzero(best[start] != best[end]).tolist():
            row = int(end[i])
            begun = row
            while begun > start[i] and best[begun - 1] == best[row]:
                begun -= 1
            out.append(
                Change(
                    place_id=int(table.ids[i]), name=table.names[i], admin=table.admin[i],
                    day=self.days[int(runs.day[begun])], before=self.states[int(best[start[i]])],
                    after=self.states[int(best[row])], probability=round(float(runs.probability[row].max()), 3),
                    basis=BASIS_NAMES[int(runs.basis[begun : row + 1].min())], n_claims=int(runs.n_claims[row]),
                    km2=round(float(table.km2[i]), 2),
                )
            )  # fmt: skip
        return sorted(out, key=lambda change: (change.day, change.name))

    def areas(self, day: date) -> list[dict[str, Any]]:
        """Ground of each status on a day [km2]: `km2` by most likely status, `expected_km2` by probability."""
        p, km2 = self.runs.probability[self.rows_on(day)], self.map_places.km2
        best = p.argmax(axis=1)
        return [
            {"status": state, "km2": round(float(km2[best == s].sum()), 1),
             "expected_km2": round(float(km2 @ p[:, s]), 1), "places": int((best == s).sum())}
            for s, state in enumerate(self.states)
        ]  # fmt: skip

    def front_of(self, day: date) -> list[list[float]]:
        """The front line of a day, a flat list of coordinates a line."""
        lines: list[list[float]] = self._front["lines"][self.day_index(day)]
        return lines

    @cached_property
    def report_ids(self) -> dict[str, str]:
        """Ids of reports by the names of their files."""
        return {row["file"]: row["id"] for row in self._reports}

    @cached_property
    def _first_rows(self) -> NDArray[np.int64]:
        return np.flatnonzero(np.r_[True, np.diff(self.runs.place) > 0])

    @cached_property
    def meta(self) -> dict[str, Any]:
        """What the page says of the whole."""
        counts = self.view.counts()
        known = self.view.as_known_on or max(self.days[-1], self.view.last_known_day() or self.days[-1])
        moving = np.bincount(self.runs.place) > 1
        flipped = self.flipped
        where = flipped if flipped.any() else moving if moving.any() else np.ones(len(self.map_places.ids), dtype=bool)
        lon, lat = self.map_places.lon[where], self.map_places.lat[where]
        west, south, east, north = (float(x) for x in (lon.min(), lat.min(), lon.max(), lat.max()))
        return {
            "title": "whoholds", "theatre": self.theatre.name, "known_day": known.isoformat(), "known": self.known,
            "default_side": self.theatre.default_side,
            "sides": [{"key": s.key, "name": s.name, "colour": s.colour} for s in self.theatre.sides],
            "days": [day.isoformat() for day in self.days],
            "run_days": [day.isoformat() for day in (self._like or self).days],
            "bounds": [west - 0.3, south - 0.2, east + 0.3, north + 0.2],
            "attribution": list(self.ground.attribution), "published": False,
            "tiles": dict(self.ground.tiles) if self.ground.tiles else None,
            "counts": {"reports": counts["reports"], "claims": counts["claims"], "places": len(self.map_places.ids),
                       "changes": int(flipped.sum())},
        }  # fmt: skip

    @cached_property
    def _places(self) -> dict[str, Any]:
        return bundle.places_chunk(self.map_places)

    @cached_property
    def flipped(self) -> NDArray[np.bool_]:
        """Which places ever change their most likely status, shape (n_places,)."""
        best = self.runs.probability.argmax(axis=1)
        first = best[self._first_rows][self.runs.place]
        return np.bincount(self.runs.place, weights=best != first) > 0

    @cached_property
    def _names(self) -> dict[str, Any]:
        return {"other_names": self.other_names}

    @cached_property
    def other_names(self) -> list[str]:
        """Other spellings of each of `map_places`."""
        if self._like is not None:
            return self._like.other_names
        found = self.ground.other_names()
        return [found.get(place.id, "") for place in self._listed]

    @cached_property
    def _control(self) -> dict[str, Any]:
        return bundle.control_chunk(self.runs, len(self.map_places.ids))

    @cached_property
    def _cells(self) -> dict[str, Any]:
        return bundle.cells_chunk(self.map_places, self.runs)

    @cached_property
    def _front(self) -> dict[str, Any]:
        runs, pairs = self.runs, self.mesh.pairs
        best, nothing = runs.probability.argmax(axis=1), -1
        status = np.full(len(self._listed), nothing)
        lines: list[BaseGeometry] = []
        order = np.argsort(runs.day, kind="stable")
        cuts = np.searchsorted(runs.day[order], np.arange(len(self.days) + 1))
        for start, end in pairwise(cuts.tolist()):
            rows = order[start:end]
            moved = bool((status[runs.place[rows]] != best[rows]).any())
            if moved or not lines:
                status[runs.place[rows]] = best[rows]
                one, other = status[pairs[:, 0]], status[pairs[:, 1]]
                lines.append(merged_edges(self.mesh, (one != other) & (one != nothing) & (other != nothing)))
            else:
                lines.append(lines[-1])
        return bundle.front_chunk(lines)

    @cached_property
    def _outlines(self) -> dict[str, Any]:
        return bundle.outlines_chunk([self.ground.outline], self.ground.regions)

    @cached_property
    def ledgers(self) -> dict[str, Any]:
        """Every ledger as rows."""
        return dict(self._make_ledgers())

    @cached_property
    def _brief(self) -> dict[str, Any]:
        return dict(self._make_brief())

    @cached_property
    def _kept_claims(self) -> list[KeptClaim]:
        return self.view.claims()

    @cached_property
    def claims(self) -> list[dict[str, Any]]:
        """Every claim as the page lists it."""
        return [self.claim_row(kept) for kept in self._kept_claims]

    @cached_property
    def _reports(self) -> list[dict[str, Any]]:
        claims: dict[str, int] = {}
        for kept in self._kept_claims:
            claims[kept.claim.report_id] = claims.get(kept.claim.report_id, 0) + 1
        return [
            self._report_row(r.report.id, r.report.title, r.report.outlet, r.known_day, claims.get(r.report.id, 0))
            for r in self.view.reports()
        ]

    def claim_row(self, kept: KeptClaim) -> dict[str, Any]:
        """A claim as the page lists it; marks count characters of the sentence."""
        claim, placed = kept.claim, kept.placed
        start, end = claim.sentence.start, claim.sentence.end
        resolutions = placed.resolutions if placed is not None else (None,) * len(claim.places)
        return {
            "id": claim.id, "report": claim.report_id, "outlet": kept.outlet, "kind": claim.kind.value,
            "side": claim.side, "stance": claim.stance.value, "hedged": claim.hedged, "failed": claim.failed,
            "speaker": claim.speaker.text if claim.speaker else None, "speaker_side": claim.speaker_side,
            "date": claim.date.isoformat() if claim.date else None,
            "valid_day": (placed.valid_day if placed else kept.known_day).isoformat(),
            "known_day": kept.known_day.isoformat(), "evidence": claim.evidence.value, "rule": claim.rule,
            "sentence": kept.sentence, "witness": placed.witness if placed else "",
            "places": [
                {"text": place.span.text, "area": r.area if r else None,
                 "place": self._index.get(r.best.place_id) if r and r.best else None}
                for place, r in zip(claim.places, resolutions, strict=True)
            ],
            "marks": [
                [m["start"] - start, m["end"] - start, m["role"]]
                for m in marks_of(claim) if start <= m["start"] and m["end"] <= end
            ],
        }  # fmt: skip

    @staticmethod
    def _report_row(report_id: str, title: str, outlet: str, known: date, claims: int) -> dict[str, Any]:
        """A report as the page lists it."""
        return {
            "id": report_id, "file": report_file(report_id), "title": title, "outlet": outlet,
            "day": known.isoformat(), "claims": claims,
        }  # fmt: skip
