"""Which places lie together: control is contiguous, so places near each other mostly share it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from scipy.spatial import cKDTree


def neighbour_weights(
    xy_km: NDArray[np.float64],
    *,
    n_neighbours: int,
    scale_km: float,
    importance: NDArray[np.float64] | None = None,
    own_weight: float = 0.0,
    apart: Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.float64]] | None = None,
) -> csr_matrix:
    """Row-stochastic weights between each place and its nearest ones.

    Parameters
    ----------
    xy_km : (n, 2) float64
        Plane coordinates [km].
    n_neighbours : int
        How many nearest places count.
    scale_km : float
        Weights fall as exp(-distance / scale) [km].
    importance : (n,) float64, optional
        Multiplies the weight with which a place counts to its neighbours: a town says more of its villages
        than they of it.
    own_weight : float
        With which a place counts as a neighbour of its own, beside one that is no way off at all: who has no
        neighbours near goes by himself, not by whoever is nearest in the desert.
    apart : callable, optional
        Rows of places and of their neighbours to a factor on their weight: what lies between them.

    Returns
    -------
    (n, n) csr_matrix
        Rows sum to one; a place without others has an empty row.
    """
    n = len(xy_km)
    k = min(n_neighbours, n - 1)
    if k < 1:
        return csr_matrix((n, n))
    distance, index = cKDTree(xy_km).query(xy_km, k=k + 1)
    distance, index = distance[:, 1:], index[:, 1:]
    weight = np.exp(-distance / scale_km) + 1e-9
    if importance is not None:
        weight = weight * importance[index]
    rows = np.repeat(np.arange(n), k)
    if apart is not None:
        weight = weight * apart(rows, index.ravel()).reshape(weight.shape)
    out = csr_matrix((weight.ravel(), (rows, index.ravel())), shape=(n, n))
    out.setdiag(own_weight)
    out.eliminate_zeros()
    total = np.asarray(out.sum(axis=1)).ravel()
    return csr_matrix(diags(1.0 / np.where(total > 0, total, 1.0)) @ out)


def front_distance_km(xy_km: NDArray[np.float64], state: NDArray[np.integer]) -> NDArray[np.float64]:
    """Distance [km] from each place to the nearest one of another state; infinite where all share one.

    Parameters
    ----------
    xy_km : (n, 2) float64
    state : (n,) int
    """
    out = np.full(len(state), np.inf)
    for s in np.unique(state):
        here, there = state == s, state != s
        if there.any():
            out[here] = cKDTree(xy_km[there]).query(xy_km[here])[0]
    return out


def spread_weights(xy_km: NDArray[np.float64], *, reach_km: NDArray[np.float64], max_km: float = 15.0) -> csr_matrix:
    """How much of the evidence on place j bears on place i: exp(-(d / reach_j)^2), none beyond `max_km`.

    Parameters
    ----------
    xy_km : (n, 2) float64
    reach_km : (n,) float64
        How far [km] word of each place carries; a town's name often stands for the villages around it.
    max_km : float
        Nothing carries further [km].
    """
    n = len(xy_km)
    pairs = cKDTree(xy_km).sparse_distance_matrix(cKDTree(xy_km), max_km, output_type="coo_matrix").tocoo()
    off = pairs.row != pairs.col
    i, j, d = pairs.row[off], pairs.col[off], pairs.data[off]
    weight = np.exp(-((d / reach_km[j]) ** 2))
    keep = weight > 0.02
    return csr_matrix((weight[keep], (i[keep], j[keep])), shape=(n, n))


def crowd(xy_km: NDArray[np.float64], reach_km: float) -> NDArray[np.float64]:
    """(n,) number of places within a distance [km] of each, itself included."""
    if not len(xy_km):
        return np.ones(0)
    found = cKDTree(xy_km).query_ball_point(xy_km, reach_km, return_length=True)
    return np.asarray(found, np.float64)
