"""Hidden Markov chains, one a place, coupled to their neighbours by mean field."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from whoholds.infer.settings import InferSettings

Cube = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """How readily places change hands, by what is told.

    Attributes
    ----------
    activity : (n_days, n_places, n_states) float32
        0 to 1: how much is told of each side's gains around a place and day.
    named : (n_days, n_places, n_states) float32
        Probability a day to go over to each state, from what is told or drawn of the place itself [1/day].
    """

    activity: Cube
    named: Cube


def neighbour_field(weights: csr_matrix, q: Cube) -> Cube:
    """(n_days, n_places, n_states) weighted mean of the neighbours' probabilities."""
    out = np.empty_like(q)
    w = weights.astype(np.float32)
    for t in range(len(q)):
        out[t] = w @ q[t]
    return out


def forward_backward(prior: Cube, likelihood: Cube, hazard: Cube) -> tuple[Cube, Cube]:
    """Marginals and filtered probabilities of all chains at once.

    A chain goes over to state k with probability h_k a day (also from k itself) and else stays; so the transition
    matrix (1 - sum h) I + 1 h' has rank one beside the identity, and a step costs O(states). The recursions are the
    usual scaled ones [1]_; control of places by hidden Markov model follows [2]_.

    Parameters
    ----------
    prior : (n_places, n_states) float32
        Probabilities on the day before the first.
    likelihood : (n_days, n_places, n_states) float32
        Up to a factor.
    hazard : (n_days, n_places, n_states) float32
        h of the step into each day; sums to less than one over states.

    Returns
    -------
    marginal, filtered : (n_days, n_places, n_states) float32
        Given all days; given the days up to each.

    References
    ----------
    .. [1] L. R. Rabiner, "A tutorial on hidden Markov models", Proc. IEEE 77 (1989), https://doi.org/10.1109/5.18626
    .. [2] T. Anders, "Territorial control in civil wars: Theory and measurement using machine learning",
       Journal of Peace Research 57 (2020), https://doi.org/10.1177/0022343320959687
    """
    n_days = len(likelihood)
    # States before places: sums over two or three states then run along memory, several times faster.
    seen, over = states_first(likelihood), states_first(hazard)
    stay = 1 - over.sum(axis=1)
    filtered = np.empty_like(seen)
    now = np.ascontiguousarray(prior.T)
    for t in range(n_days):
        now = (stay[t] * now + over[t]) * seen[t]
        now /= now.sum(axis=0)
        filtered[t] = now
    marginal = np.empty_like(seen)
    beta = np.ones_like(now)
    for t in range(n_days - 1, -1, -1):
        here = filtered[t] * beta
        marginal[t] = here / here.sum(axis=0)
        back = seen[t] * beta
        beta = stay[t] * back + (over[t] * back).sum(axis=0)
        beta /= beta.max(axis=0)
    return states_last(marginal), states_last(filtered)


def states_first(x: Cube) -> Cube:
    """(n_days, n_places, n_states) as (n_days, n_states, n_places), in memory too."""
    return np.ascontiguousarray(x.transpose(0, 2, 1))


def states_last(x: Cube) -> Cube:
    """The other way."""
    return np.ascontiguousarray(x.transpose(0, 2, 1))


def _step(x: Cube, at: float, width: float) -> Cube:
    """A smooth step from 0 to 1 around `at`."""
    return np.asarray(1.0 / (1.0 + np.exp(-(x - np.float32(at)) / np.float32(width))), np.float32)


def hazards(around: Cube, before: Cube, told: News, settings: InferSettings) -> Cube:
    """(n_days, n_places, n_states) probability a day that a place goes over to each state [1/day].

    Four ways to change hands: quietly, to a side that neighbours have; in an offensive, to the side whose gains are
    told of around, once it has a foothold among the neighbours; by envelopment, to the side that has come to hold
    most of the neighbours though it did not on the base day (so the base's own salients stay); and, whatever the
    neighbours are, to the side whose gain of this very place is told of.

    Parameters
    ----------
    around : (n_days, n_places, n_states) float32
        The neighbours' weighted mean probabilities.
    before : (n_places, n_states) float32
        The same on the base day.
    told : News
    """
    quiet = settings.switch_quiet * ((1 - settings.switch_floor) * around + settings.switch_floor / around.shape[2])
    near = settings.push_floor + (1 - settings.push_floor) * _step(around, settings.foothold, 0.08)
    push = settings.switch_offensive * told.activity * near
    ring = settings.switch_enveloped * _step(around, settings.enveloped, 0.04)
    ring *= _step(around - before[None], settings.enveloped_since, 0.04)
    ring[:, :, -1] = 0
    return np.asarray(quiet + push + ring + told.named, np.float32)


def couple(
    prior: Cube,
    log_likelihood: Cube,
    told: News,
    weights: csr_matrix,
    base: Cube,
    *,
    settings: InferSettings,
    start: Cube | None = None,
    outer: Cube | None = None,
    before: Cube | None = None,
) -> tuple[Cube, Cube, Cube]:
    """Marginals, filtered probabilities and hazards of chains whose hazards follow their neighbours' marginals.

    Structured mean field [1]_: each sweep holds the neighbours' marginals and runs every chain exactly.

    Parameters
    ----------
    prior : (n_places, n_states) float32
    log_likelihood : (n_days, n_places, n_states) float32
    told : News
    weights : (n_places, n_places) csr_matrix
        From `graph.neighbour_weights`.
    base : (n_places, n_states) float32
        Probabilities on the base day.
    start : (n_days, n_places, n_states) float32, optional
        Marginals to start from; the prior where missing.
    outer : (n_days, n_places, n_states) float32, optional
        What places outside add to the neighbours' mean, where these places are a patch of a larger fit.
    before : (n_places, n_states) float32, optional
        The neighbours' mean on the base day; worked out from `base` where missing.

    References
    ----------
    .. [1] Z. Ghahramani and M. I. Jordan, "Factorial hidden Markov models", Machine Learning 29 (1997),
       https://doi.org/10.1023/A:1007425814087
    """
    q = np.repeat(prior[None], len(log_likelihood), axis=0) if start is None else start
    if before is None:
        before = np.asarray(weights.astype(np.float32) @ base, np.float32)
    able = base.any(axis=0)  # a side that holds no ground has none on the base day and comes by none
    # Log-likelihoods are at most 0 and differ by no more than `max_evidence`: exp needs no shift.
    likelihood = np.exp(log_likelihood)
    filtered, hazard = q, q
    for _ in range(settings.sweeps):
        around = neighbour_field(weights, q)
        hazard = hazards(around if outer is None else around + outer, before, told, settings)
        hazard *= able
        total = reduce(np.add, (hazard[:, :, k] for k in range(hazard.shape[2])))
        hazard *= (np.minimum(total, 0.95) / total)[:, :, None]
        q, filtered = forward_backward(prior, likelihood, hazard)
    return q, filtered, hazard
