"""What speaks for each candidate of each name: numbers, one column a kind of evidence.

A *node* is a distinct name of the report with its candidates (a name means one place within a report: Gale, Church and
Yarowsky 1992); the features of a candidate are computed from the candidate itself, from the front, and from where the
other nodes' candidates lie, weighted by how likely each of those is at present.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from whoholds.locate.backdrop import EARTH_KM, unit_vectors
from whoholds.locate.build import OTHER, SPELLING
from whoholds.locate.gazetteer import DEAD, Gazetteer
from whoholds.model import Theatre

FEATURES = (
    "size", "inhabited", "other_name", "spelling", "dead", "quarter", "seat", "neighbour_country", "far_country",
    "coherence", "closest", "listed", "named_area", "area_in_sentence", "front", "phrase",
)  # fmt: skip
Front = Callable[[np.ndarray], np.ndarray]
"""Distance [km] to the front of the day for gazetteer rows, (n,) int64 -> (n,) float64."""

_NEAR_KM, _BESIDE_KM = 30.0, 8.0
_FLOOR = 0.02
# Where the war began says less than where the front runs today: chosen on single sentences (right in 0.854 at 0, 0.861
# at 0.25, 0.850 at 1).
_STANDING_TRUST = 0.25


@dataclass(slots=True)
class Node:
    """A name of the report: its candidate rows and where it stands."""

    name: str
    rows: np.ndarray
    kinds: np.ndarray
    places: list[tuple[int, int, int]] = field(default_factory=list)  # (start, sentence, list) of every mention
    apposed: set[str] = field(default_factory=set)  # admin-1 codes said right behind the name
    beside: set[str] = field(default_factory=set)  # admin-1 codes named in its sentences
    phrases: list[tuple[float, float | None, int]] = field(default_factory=list)  # km, bearing, anchor node


def static_features(
    node: Node, gazetteer: Gazetteer, theatre: Theatre, front: Front | None, standing: Front | None = None
) -> np.ndarray:
    """The features that do not depend on other names, (n_candidates, n_features)."""
    x = np.zeros((len(node.rows), len(FEATURES)))
    population = gazetteer.population[node.rows]
    x[:, 0] = np.log10(population + 1.0) / 6.0
    x[:, 1] = population > 0
    own = set(theatre.countries)
    for i, r in enumerate(node.rows.tolist()):
        feature, country = gazetteer.features[r], gazetteer.countries[r]
        kind = int(node.kinds[i]) & 3
        x[i, 2], x[i, 3] = kind == OTHER, kind == SPELLING
        x[i, 4], x[i, 5] = feature in DEAD, feature == "PPLX"
        x[i, 6] = {"PPLC": 1.0, "PPLA": 1.0, "PPLA2": 0.6, "PPLA3": 0.3}.get(feature, 0.0)
        if country not in own:
            x[i, 7 if gazetteer.near_own(r, theatre) else 8] = 1.0
        if node.apposed:
            x[i, 12] = 1.0 if gazetteer.admin1[r] in node.apposed else -1.0
        if node.beside:
            x[i, 13] = gazetteer.admin1[r] in node.beside
    line = front or standing
    if line is not None:
        trust = 1.0 if front is not None else _STANDING_TRUST
        x[:, 14] = -trust * np.log1p(np.minimum(line(node.rows), 400.0) / 10.0)
    return x


def tie(a: Node, b: Node) -> float:
    """How closely two names stand together: in one list, one sentence, near by, or only in one report."""
    best = 0.0
    for start, sentence, group in a.places:
        for other, its_sentence, its_group in b.places:
            if sentence == its_sentence:
                weight = 3.0 if group == its_group else 1.5
            else:
                weight = 1.0 / (1.0 + abs(start - other) / 600.0)
            best = max(best, weight)
    return best


def distances_km(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Great-circle distances [km] between unit vectors, (n, 3) and (m, 3) -> (n, m)."""
    chord = np.sqrt(np.maximum(2.0 - 2.0 * (a @ b.T), 0.0))
    return np.asarray(2.0 * EARTH_KM * np.arcsin(np.minimum(chord / 2.0, 1.0)))


def bearings(lat: np.ndarray, lon: np.ndarray, lat0: float, lon0: float) -> np.ndarray:
    """Bearings [degree] from (lat0, lon0) to the points."""
    la, lo, la0, lo0 = np.radians(lat), np.radians(lon), np.radians(lat0), np.radians(lon0)
    y = np.sin(lo - lo0) * np.cos(la)
    x = np.cos(la0) * np.sin(la) - np.sin(la0) * np.cos(la) * np.cos(lo - lo0)
    return np.asarray(np.degrees(np.arctan2(y, x)) % 360.0)


class Context:
    """The nodes of a report with their geometry, and the features that tie them."""

    def __init__(
        self,
        nodes: Sequence[Node],
        gazetteer: Gazetteer,
        theatre: Theatre,
        front: Front | None,
        standing: Front | None = None,
    ) -> None:
        self.nodes = nodes
        self._gazetteer = gazetteer
        self._static = [static_features(n, gazetteer, theatre, front, standing) for n in nodes]
        self._points = [unit_vectors(gazetteer.lat[n.rows], gazetteer.lon[n.rows]) for n in nodes]
        n = len(nodes)
        self._tie = np.array([[tie(a, b) if a is not b else 0.0 for b in nodes] for a in nodes]).reshape(n, n)
        self._near: dict[tuple[int, int], tuple[np.ndarray, np.ndarray]] = {}

    def _kernel(self, i: int, j: int) -> tuple[np.ndarray, np.ndarray]:
        """Nearness of every candidate of i to every candidate of j, 1 at the same point, 1/2 at 30 km and at 8 km."""
        found = self._near.get((i, j))
        if found is None:
            d = distances_km(self._points[i], self._points[j])
            found = 1.0 / (1.0 + (d / _NEAR_KM) ** 2), 1.0 / (1.0 + (d / _BESIDE_KM) ** 2)
            self._near[i, j] = found
        return found

    def features(self, beliefs: Sequence[np.ndarray]) -> list[np.ndarray]:
        """All features given what the other nodes are believed to be."""
        out: list[np.ndarray] = []
        for i, node in enumerate(self.nodes):
            x = self._static[i].copy()
            total, pull = 0.0, np.zeros(len(node.rows))
            closest = np.full(len(node.rows), np.log(_FLOOR))
            listed = np.zeros(len(node.rows))
            n_listed = 0
            for j in range(len(self.nodes)):
                weight = self._tie[i, j]
                if weight <= 0.0:
                    continue
                wide, fine = self._kernel(i, j)
                near = np.log(_FLOOR + wide @ beliefs[j])
                beside = np.log(_FLOOR + fine @ beliefs[j])
                # A name that may lie anywhere says little: weigh by how sure it is.
                sure = weight * float(np.max(beliefs[j]))
                pull += sure * near
                total += sure
                if weight >= 1.5:
                    closest = np.maximum(closest, beside)
                if weight >= 3.0:
                    listed += beside
                    n_listed += 1
            if total:
                x[:, 9] = pull / total
                x[:, 10] = closest
            if n_listed:
                x[:, 11] = listed / n_listed
            for km, bearing, anchor in node.phrases:
                x[:, 15] += self._phrase(i, km, bearing, anchor, beliefs[anchor])
            out.append(x)
        return out

    def _phrase(self, i: int, km: float, bearing: float | None, anchor: int, belief: np.ndarray) -> np.ndarray:
        """Log-likelihood of "km [direction] of anchor" for every candidate, over the anchor's candidates."""
        g, rows, anchors = self._gazetteer, self.nodes[i].rows, self.nodes[anchor].rows
        d = distances_km(self._points[i], self._points[anchor])
        # Writers round, and measure from the middle of a city or from its edge.
        sigma = 3.0 + 0.15 * km
        fit = -0.5 * ((d - km) / sigma) ** 2
        if bearing is not None:
            for k, a in enumerate(anchors.tolist()):
                off = np.abs((bearings(g.lat[rows], g.lon[rows], g.lat[a], g.lon[a]) - bearing + 180.0) % 360.0 - 180.0)
                fit[:, k] += -0.5 * (off / 25.0) ** 2
        return np.asarray(np.log(np.exp(np.maximum(fit, -20.0)) @ belief + 1e-9))
