"""The explorer's data read off a store: one named object a file or answer (see web/src/data.ts)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from whoholds.errors import UnknownPlace, WhoholdsError
from whoholds.geometry import Mesh, front_line, mesh
from whoholds.model import CONTESTED, Basis, Claim, Place, Theatre
from whoholds.serve import bundle
from whoholds.store import KeptClaim, View

CHUNKS = ("meta", "places", "control", "cells", "front", "outlines", "claims", "reports", "ledgers", "brief")
_BASIS = {basis.value: n for n, basis in enumerate((Basis.OBSERVED, Basis.INFERRED, Basis.CARRIED))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the page draws besides control: the land, its regions, and other names of places.

    `outline` is the land of the theatre's countries as the theatre counts it; `regions` are (name, shape).
    """

    outline: BaseGeometry
    regions: Sequence[tuple[str, BaseGeometry]] = ()
    other_names: Mapping[int, str] = field(default_factory=dict)
    region_names: Mapping[str, str] = field(default_factory=dict)
    attribution: Sequence[str] = ()
    tiles: Mapping[str, str] | None = None


class Explorer:
    """The explorer's chunks, made once from a view and kept.

    Parameters
    ----------
    view : View
        What is known, perhaps only by a day.
    theatre : Theatre
    ground : Ground
    ledgers, brief_html
        Made elsewhere (whoholds.tell) and passed through.
    """

    def __init__(
        self, view: View, theatre: Theatre, ground: Ground, *, ledgers: Mapping[str, Any], brief_html: str = ""
    ) -> None:
        self.view = view
        self.theatre = theatre
        self.ground = ground
        self._fixed = {"ledgers": dict(ledgers), "brief": {"html": brief_html}}

    def chunk(self, name: str) -> object:
        """One chunk by name.

        Raises
        ------
        UnknownPlace
            There is no such chunk.
        """
        if name in self._fixed:
            return self._fixed[name]
        if name not in CHUNKS:
            raise UnknownPlace(f"There is no data named {name!r}.", remedy=f"Ask for one of {', '.join(CHUNKS)}.")
        return getattr(self, f"_{name}")

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
        report = kept.report
        claims = self.view.claims(report_id=report_id)
        marks = sorted((m for c in claims for m in _marks(c.claim)), key=lambda m: (m["start"], m["end"]))
        return {
            **self._report_row(kept.report.id, report.title, report.outlet, kept.known_day, len(claims)),
            "author": report.author, "url": report.url, "text": report.text, "marks": marks,
            "parts": [
                {"kind": p.kind.value, "start": p.start, "end": p.end, "author": p.author, "handle": p.handle,
                 "day": p.day.isoformat() if p.day else None}
                for p in report.parts
            ],
        }  # fmt: skip

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        rows = self.view.estimates("control")
        if not rows:
            raise WhoholdsError("The store holds no estimates yet.", remedy="Run `whoholds run` with this store first.")
        return rows

    @cached_property
    def _days(self) -> list[date]:
        days = sorted({date.fromisoformat(row["day"]) for row in self._rows})
        settings = (self.view.runs() or [{"settings": {}}])[-1]["settings"]
        last = date.fromisoformat(settings["until"]) if settings.get("until") else days[-1]
        return [date.fromordinal(n) for n in range(days[0].toordinal(), max(last, days[-1]).toordinal() + 1)]

    @cached_property
    def _listed(self) -> list[Place]:
        wanted = {row["place_id"] for row in self._rows}
        places = [place for place, _ in self.view.places() if place.id in wanted]
        return sorted(places, key=lambda place: (-place.population, place.id))

    @cached_property
    def _mesh(self) -> Mesh:
        return mesh(np.array([(place.lon, place.lat) for place in self._listed]), self.ground.outline)

    @cached_property
    def map_places(self) -> bundle.MapPlaces:
        """The places with estimates, largest first, each with its ground."""
        places, ground = self._listed, self.ground
        return bundle.MapPlaces(
            ids=np.array([place.id for place in places], dtype=np.int64),
            names=[place.name for place in places],
            other_names=[ground.other_names.get(place.id, "") for place in places],
            admin=[ground.region_names.get(place.admin1, place.admin1) for place in places],
            lon=self._mesh.lonlat[:, 0], lat=self._mesh.lonlat[:, 1], cells=self._mesh.cells.tolist(),
        )  # fmt: skip

    @cached_property
    def _index(self) -> dict[int, int]:
        return {int(place_id): i for i, place_id in enumerate(self.map_places.ids)}

    @cached_property
    def runs(self) -> bundle.ControlRuns:
        """The control series, run-length, over `map_places` and the days of the run."""
        states = (*self.theatre.side_keys, CONTESTED)
        first = self._days[0].toordinal()
        rows = sorted(self._rows, key=lambda row: (self._index[row["place_id"]], row["day"]))
        return bundle.ControlRuns(
            place=np.array([self._index[row["place_id"]] for row in rows]),
            day=np.array([date.fromisoformat(row["day"]).toordinal() - first for row in rows]),
            probability=np.array([[row["probabilities"].get(s, 0.0) for s in states] for row in rows], dtype=float),
            basis=np.array([_BASIS[row["basis"]] for row in rows]),
            n_claims=np.array([row["n_claims"] for row in rows]),
        )

    def day_index(self, day: date) -> int:
        """Index of a day of the run; the nearest there is."""
        return min(max(day.toordinal() - self._days[0].toordinal(), 0), len(self._days) - 1)

    def rows_on(self, day: date) -> NDArray[np.int64]:
        """The row of `runs` that holds for each place on a day, shape (n_places,)."""
        runs, wanted = self.runs, self.day_index(day)
        begun = runs.day <= wanted
        # Rows are sorted by place and day: the last that has begun is the one that holds.
        return np.maximum.reduceat(np.where(begun, np.arange(len(runs.day)), 0), self._first_rows)

    @cached_property
    def _first_rows(self) -> NDArray[np.int64]:
        return np.flatnonzero(np.r_[True, np.diff(self.runs.place) > 0])

    @cached_property
    def _meta(self) -> dict[str, Any]:
        counts = self.view.counts()
        known = self.view.as_known_on or max([self._days[-1], *(c.known_day for c in self._kept_claims)])
        moving = np.bincount(self.runs.place) > 1
        where = moving if moving.any() else np.ones(len(self.map_places.ids), dtype=bool)
        lon, lat = self.map_places.lon[where], self.map_places.lat[where]
        west, south, east, north = (float(x) for x in (lon.min(), lat.min(), lon.max(), lat.max()))
        return {
            "title": "whoholds", "theatre": self.theatre.name, "known_day": known.isoformat(),
            "sides": [{"key": s.key, "name": s.name, "colour": s.colour} for s in self.theatre.sides],
            "days": [day.isoformat() for day in self._days],
            "bounds": [west - 0.3, south - 0.2, east + 0.3, north + 0.2],
            "attribution": list(self.ground.attribution), "published": False,
            "tiles": dict(self.ground.tiles) if self.ground.tiles else None,
            "counts": {"reports": counts["reports"], "claims": counts["claims"], "places": len(self.map_places.ids),
                       "changes": int(moving.sum())},
        }  # fmt: skip

    @cached_property
    def _places(self) -> dict[str, Any]:
        return bundle.places_chunk(self.map_places)

    @cached_property
    def _control(self) -> dict[str, Any]:
        return bundle.control_chunk(self.runs)

    @cached_property
    def _cells(self) -> dict[str, Any]:
        return bundle.cells_chunk(self.map_places, self.runs)

    @cached_property
    def _front(self) -> dict[str, Any]:
        status = np.full(len(self._listed), -1)
        lines: list[BaseGeometry] = []
        order = np.argsort(self.runs.day, kind="stable")
        cuts = np.searchsorted(self.runs.day[order], np.arange(len(self._days) + 1))
        for start, end in pairwise(cuts.tolist()):
            rows = order[start:end]
            if len(rows) or not lines:
                status[self.runs.place[rows]] = self.runs.probability[rows].argmax(axis=1)
                lines.append(front_line(self._mesh, status.astype(str)))
            else:
                lines.append(lines[-1])
        return bundle.front_chunk(lines)

    @cached_property
    def _outlines(self) -> dict[str, Any]:
        return bundle.outlines_chunk([self.ground.outline], self.ground.regions)

    @cached_property
    def _kept_claims(self) -> list[KeptClaim]:
        return self.view.claims()

    @cached_property
    def _claims(self) -> list[dict[str, Any]]:
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
                for m in _marks(claim) if start <= m["start"] and m["end"] <= end
            ],
        }  # fmt: skip

    @staticmethod
    def _report_row(report_id: str, title: str, outlet: str, known: date, claims: int) -> dict[str, Any]:
        """A report as the page lists it."""
        return {
            "id": report_id, "file": report_file(report_id), "title": title, "outlet": outlet,
            "day": known.isoformat(), "claims": claims,
        }  # fmt: skip


def report_file(report_id: str) -> str:
    """The name of a report's file in a published site: ids may hold characters that file names may not."""
    return hashlib.sha256(report_id.encode()).hexdigest()[:20]


def _marks(claim: Claim) -> list[dict[str, Any]]:
    """The words of a claim in its report: what was done, where, and who says so."""
    spans = [(claim.trigger, "trigger"), *((place.span, "place") for place in claim.places)]
    if claim.speaker is not None:
        spans.append((claim.speaker, "speaker"))
    return [{"start": span.start, "end": span.end, "claim": claim.id, "role": role} for span, role in spans]
