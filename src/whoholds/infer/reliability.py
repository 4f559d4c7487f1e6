"""How often each group's claims hold, learned by expectation maximisation with priors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from whoholds.infer.dynamics import Cube
from whoholds.infer.meaning import FOR_SIDE, MEANINGS, Cell
from whoholds.infer.settings import InferSettings
from whoholds.infer.tables import ON_MAP, ON_THE_WAY, Bearings

LOW, HIGH = 0.52, 0.985
"""Reliability is kept inside: no claim counts against what it says, and none is proof."""

_FOR = np.array([m in FOR_SIDE for m in MEANINGS])
_INSIDE = MEANINGS.index("inside")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliabilityRow:
    """What was learned of one cell: mean and central 90 % interval, and how many claims it rests on."""

    cell: Cell
    mean: float
    low: float
    high: float
    n_claims: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Expected claims that hold, and claims in all, one of each a cell: (n_cells,) float64."""

    holds: NDArray[np.float64]
    total: NDArray[np.float64]

    def plus(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(holds=self.holds + other.holds, total=self.total + other.total)

    @classmethod
    def none(cls, n_cells: int) -> Counts:
        """No claims yet."""
        return cls(holds=np.zeros(n_cells), total=np.zeros(n_cells))


def prior_mean(cell: Cell, settings: InferSettings) -> float:
    """Reliability before anything is learned; an area's claim is less sure of each place inside."""
    mean = settings.prior_reliability.get((cell.meaning, cell.relation), 0.6)
    return 0.5 + settings.scope_trust.get(cell.scope, 0.3) * (mean - 0.5)


def count(rows: Bearings, q: Cube, *, on_map: NDArray[np.float64]) -> Counts:
    """Expected number of claims of each cell that hold: the expectation step.

    Parameters
    ----------
    rows : Bearings
    q : (n_days, n_places, n_states) float32
        Marginals, the claims' own evidence in them. (With it divided out, whatever one witness alone reports would
        count as false, since without him nothing has changed.)
    on_map : (n_places,) float64
        How much each place counts where a map is judged.
    """
    n_cells = len(rows.cells)
    if not len(rows):
        return Counts.none(n_cells)
    p = q[rows.day, rows.place].astype(np.float64)
    own, contested = p[np.arange(len(rows)), rows.side], p[:, -1]
    holds = np.where(
        _FOR[rows.meaning],
        own + np.where(rows.meaning == _INSIDE, contested, np.where(rows.side < q.shape[2] - 1, 0.5 * contested, 0.0)),
        1 - own - 0.5 * contested,
    )
    per_claim = np.bincount(rows.claim.astype(np.int64), minlength=int(rows.claim.max()) + 1)
    share = np.where(rows.direct, 1.0, 1.0 / per_claim[rows.claim])
    share = np.where(rows.route == ON_MAP, on_map[rows.place], share)
    weight = rows.weight * share * (rows.route != ON_THE_WAY)
    return Counts(
        holds=np.bincount(rows.cell, weights=weight * holds, minlength=n_cells).astype(np.float64),
        total=np.bincount(rows.cell, weights=weight, minlength=n_cells).astype(np.float64),
    )


def estimate(cells: Sequence[Cell], counts: Counts, settings: InferSettings) -> NDArray[np.float64]:
    """(n_cells,) posterior mean reliabilities.

    Two levels: cells alike but for the group share a mean, drawn from the prior; each group is drawn from theirs. A
    group with few claims stays with its like.
    """
    holds, total = _shrunk(cells, counts, settings)
    return np.asarray(np.clip(holds / total, LOW, HIGH))


def _shrunk(
    cells: Sequence[Cell], counts: Counts, settings: InferSettings
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Pseudo-counts of each cell's beta distribution: those that hold, and all."""
    strength = settings.prior_strength
    keys = [(c.meaning, c.scope, c.relation) for c in cells]
    index = {k: i for i, k in enumerate(dict.fromkeys(keys))}
    of = np.array([index[k] for k in keys], dtype=np.int64)
    prior = np.array([prior_mean(c, settings) for c in cells])
    pooled_holds = np.bincount(of, weights=counts.holds, minlength=len(index))
    pooled_total = np.bincount(of, weights=counts.total, minlength=len(index))
    mean = (pooled_holds[of] + strength * prior) / (pooled_total[of] + strength)
    return counts.holds + strength * mean, counts.total + strength


def table(cells: Sequence[Cell], counts: Counts, settings: InferSettings) -> tuple[ReliabilityRow, ...]:
    """What was learned of each cell, most claims first."""
    if not cells:
        return ()
    holds, total = _shrunk(cells, counts, settings)
    low = betaincinv(holds, total - holds, 0.05)
    high = betaincinv(holds, total - holds, 0.95)
    order = np.argsort(-counts.total, kind="stable")
    return tuple(
        ReliabilityRow(
            cell=cells[i],
            mean=float(holds[i] / total[i]),
            low=float(low[i]),
            high=float(high[i]),
            n_claims=float(counts.total[i]),
        )
        for i in order
    )
