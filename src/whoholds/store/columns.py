"""A kept series as arrays: what a map or a table is made of, without an object a row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EstimateColumns:
    """The rows of a series, by place, then day; between two rows of a place everything stays.

    Attributes
    ----------
    place_id : (m,) int64
    day : (m,) int64
        Proleptic Gregorian ordinal, as `date.toordinal` gives it.
    status, basis : (m,) int64
        Index into `statuses` and `bases`.
    statuses, bases : tuple of str
        Those that occur, in order of spelling.
    probability : (m, n_states) float64
    states : tuple of str
        Those that occur, in order of spelling.
    n_claims : (m,) int64
    """

    place_id: NDArray[np.int64]
    day: NDArray[np.int64]
    status: NDArray[np.int64]
    statuses: tuple[str, ...]
    basis: NDArray[np.int64]
    bases: tuple[str, ...]
    probability: NDArray[np.float64]
    states: tuple[str, ...]
    n_claims: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Iterable[Sequence[Any]]) -> EstimateColumns:
        """Rows of place id, day (YYYY-MM-DD), status, probabilities (JSON), basis and number of claims.

        >>> kept = EstimateColumns.of([(1, "2022-09-10", "UA", '{"UA": 0.9, "RU": 0.1}', "observed", 2)])
        >>> kept.states, kept.probability.tolist(), kept.statuses
        (('RU', 'UA'), [[0.1, 0.9]], ('UA',))
        """
        kept = list(rows)
        ids, days, statuses, texts, bases, counts = zip(*kept, strict=True) if kept else ((),) * 6
        # Few rows differ from all others, and one call for all is ten times as quick as one a row.
        number = {text: n for n, text in enumerate(dict.fromkeys(texts))}
        found: list[Mapping[str, float]] = json.loads(f"[{','.join(number)}]")
        states = tuple(sorted({s for row in found for s in row}))
        ordinals = {day: date.fromisoformat(day).toordinal() for day in set(days)}
        chances = np.array([[row.get(s, 0.0) for s in states] for row in found], np.float64)
        status, named = _coded(statuses)
        basis, based = _coded(bases)
        return cls(
            place_id=np.array(ids, np.int64),
            day=np.array([ordinals[d] for d in days], np.int64),
            status=status,
            statuses=named,
            basis=basis,
            bases=based,
            probability=chances.reshape(len(found), len(states))[np.array([number[t] for t in texts], np.int64)],
            states=states,
            n_claims=np.array(counts, np.int64),
        )

    def chances(self, states: Sequence[str]) -> NDArray[np.float64]:
        """(m, n) the probabilities of some states, in their order; 0 of one that never occurs."""
        out = np.zeros((len(self.place_id), len(states)))
        for k, state in enumerate(states):
            if state in self.states:
                out[:, k] = self.probability[:, self.states.index(state)]
        return out

    def status_in(self, statuses: Sequence[str]) -> NDArray[np.int64]:
        """(m,) the statuses as indices into a list of ours."""
        return _recoded(self.status, self.statuses, statuses)

    def basis_in(self, bases: Sequence[str]) -> NDArray[np.int64]:
        """(m,) the bases as indices into a list of ours."""
        return _recoded(self.basis, self.bases, bases)


def _coded(values: Sequence[str]) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Words as numbers, and the words."""
    names = tuple(sorted(set(values)))
    number = {name: n for n, name in enumerate(names)}
    return np.array([number[v] for v in values], np.int64), names


def _recoded(codes: NDArray[np.int64], names: Sequence[str], wanted: Sequence[str]) -> NDArray[np.int64]:
    """Numbers of one list of words as numbers of another."""
    return np.array([wanted.index(name) for name in names], np.int64)[codes]
