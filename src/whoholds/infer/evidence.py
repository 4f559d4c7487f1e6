"""From claims to log-likelihoods: what each place's claims of a day say for each state."""

from __future__ import annotations

from functools import reduce

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from whoholds.infer.meaning import FOR_SIDE, MEANINGS
from whoholds.infer.settings import InferSettings
from whoholds.infer.tables import AREA, Bearings

_FOR = np.array([m in FOR_SIDE for m in MEANINGS])
_CONTEST = np.array([{"inside": 0.8, "attacks": 0.5, "failed": 0.0}.get(m, -0.2) for m in MEANINGS])
"""Log-likelihood of contested, as a share of that of the side the claim favours."""


def repeat_weights(rows: Bearings, *, repeat: float, repeat_days: int) -> NDArray[np.float64]:
    """(m,) weight of each row: 1 / (1 + repeat x the like rows on that place in the days before).

    Rows are alike that bear on a place by one route, of one side and one reliability cell. The errors of claims
    repeated day by day are not independent: a village named as attacked every day for a month is not thirty times as
    surely held.
    """
    out = np.ones(len(rows))
    if not len(rows):
        return out
    group = ((rows.place.astype(np.int64) * 64 + rows.side) * 4 + rows.route) * max(len(rows.cells), 1) + rows.cell
    order = np.lexsort((rows.known, rows.day, group))
    g, d = group[order], rows.day[order].astype(np.int64)
    key = g * 10_000 + d
    start = np.searchsorted(key, g * 10_000 + np.maximum(d - repeat_days, 0), side="left")
    before = np.arange(len(key)) - start
    out[order] = 1.0 / (1.0 + repeat * before)
    return out


def favoured(rows: Bearings, n_sides: int) -> NDArray[np.float64]:
    """(m, n_sides + 1) direction of each row: the log-likelihood of each state for one nat of log-odds.

    The side spoken for has +1/2 and every other -1/2, or the reverse; contested lies between.
    """
    sign = np.where(_FOR[rows.meaning], 0.5, -0.5)
    out = np.repeat(-sign[:, None], n_sides + 1, axis=1)
    out[np.arange(len(rows)), rows.side] = sign
    out[:, n_sides] = 0.5 * _CONTEST[rows.meaning]
    out[rows.side == n_sides, n_sides] = 0.5
    return out


def row_evidence(
    rows: Bearings, reliability: NDArray[np.float64], n_sides: int, settings: InferSettings
) -> NDArray[np.float64]:
    """(m, n_sides + 1) log-likelihood [nat] that each row brings to its place and day.

    Parameters
    ----------
    rows : Bearings
    reliability : (n_cells,) float64
        Probability that a claim of the cell holds; its log-odds are the claim's weight of evidence [1]_.

    References
    ----------
    .. [1] A. P. Dawid and A. M. Skene, "Maximum likelihood estimation of observer error-rates using the EM algorithm",
       Applied Statistics 28 (1979), https://doi.org/10.2307/2346806
    """
    if not len(rows):
        return np.zeros((0, n_sides + 1))
    odds = np.log(reliability / (1.0 - reliability))[rows.cell]
    weight = rows.weight * np.where(rows.route == AREA, settings.area_scale, 1.0)
    weight = weight * repeat_weights(rows, repeat=settings.repeat, repeat_days=settings.repeat_days)
    return np.asarray(favoured(rows, n_sides) * (odds * weight)[:, None])


def place_evidence(
    rows: Bearings,
    value: NDArray[np.float64],
    shape: tuple[int, int, int],
    *,
    spread: csr_matrix | None,
    spread_share: float,
    max_evidence: float,
) -> NDArray[np.float32]:
    """(n_days, n_places, n_states) log-likelihoods: the rows summed, shared with places beside, and capped.

    Parameters
    ----------
    value : (m, n_states) float64
        From `row_evidence`.
    shape : (n_days, n_places, n_states)
    spread : (n_places, n_places) csr_matrix, optional
        From `graph.spread_weights`.
    spread_share : float
        Share of the evidence that a place right beside would get.
    max_evidence : float
        Cap on the difference between any two states [nat].
    """
    n_days, n_places, n_states = shape
    flat = np.zeros((n_days * n_places, n_states), np.float32)
    at = rows.day.astype(np.int64) * n_places + rows.place
    for k in range(n_states):
        flat[:, k] = np.bincount(at, weights=value[:, k], minlength=n_days * n_places)
    out = flat.reshape(shape)
    if spread is not None and spread_share > 0:
        named = rows.direct
        own = np.zeros((n_days * n_places, n_states), np.float32)
        for k in range(n_states):
            own[:, k] = np.bincount(at[named], weights=value[named, k], minlength=n_days * n_places)
        own = own.reshape(shape)
        for t in np.flatnonzero(np.abs(own).sum(axis=(1, 2))):
            out[t] += spread_share * (spread @ own[t])
    states = [out[:, :, k] for k in range(n_states)]
    top, low = reduce(np.maximum, states), reduce(np.minimum, states)
    over = np.maximum((top - low) / max_evidence, 1.0)
    return np.asarray((out - top[:, :, None]) / over[:, :, None], np.float32)
