"""A control series as tables: a row for every place on the first day, then only on days when its row changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

DIGITS = 3
"""Decimals of a probability: finer than any report tells."""
STEP = 0.01
"""A probability has changed where it is further than this from the last row's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesTable:
    """Control of every place on every day, ready to be written.

    Attributes
    ----------
    ids : (n,) int64
    names : tuple of str, length n
    lat, lon : (n,) float64 [degree]
    admin1 : tuple of str, length n
    days : tuple of date
        Ascending, without gaps.
    states : tuple of str
        The sides, then contested.
    prob : (n, n_days, n_states) float
    status : (n, n_days) int
        Index into `statuses`.
    statuses : tuple of str
    basis : (n, n_days) int
        Index into `bases`.
    bases : tuple of str
    n_claims : (n, n_days) int
    """

    ids: NDArray[np.int64]
    names: tuple[str, ...]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    admin1: tuple[str, ...]
    days: tuple[date, ...]
    states: tuple[str, ...]
    prob: NDArray[Any]
    status: NDArray[Any]
    statuses: tuple[str, ...]
    basis: NDArray[Any]
    bases: tuple[str, ...]
    n_claims: NDArray[Any]

    def changed(self) -> NDArray[np.bool_]:
        """(n, n_days) whether the row differs from the last one that did; the first day always."""
        out = np.zeros(self.status.shape, bool)
        out[:, 0] = True
        prob = self.prob[:, 0].copy()
        plain = [c[:, 0].copy() for c in (self.status, self.basis, self.n_claims)]
        for t in range(1, len(self.days)):
            new = np.abs(self.prob[:, t] - prob).max(axis=1) > STEP
            for column, last in zip((self.status, self.basis, self.n_claims), plain, strict=True):
                new |= column[:, t] != last
            out[:, t] = new
            prob[new] = self.prob[new, t]
            for column, last in zip((self.status, self.basis, self.n_claims), plain, strict=True):
                last[new] = column[new, t]
        return out

    def settled(self) -> SeriesTable:
        """The series as its rows tell it: between two of them everything stays, and probabilities are rounded."""
        rounded = replace(self, prob=np.round(self.prob.astype(np.float64), DIGITS))
        when = np.where(rounded.changed(), np.arange(len(self.days)), 0)
        last = np.maximum.accumulate(when, axis=1)
        every = np.arange(len(self.ids))[:, None]
        return replace(
            self,
            prob=rounded.prob[every, last],
            status=self.status[every, last],
            basis=self.basis[every, last],
            n_claims=self.n_claims[every, last],
        )

    def rows(self) -> Iterator[ControlRow]:
        """The rows that say something new, by place, then day."""
        at, when = np.nonzero(self.changed())
        prob = np.round(self.prob[at, when].astype(np.float64), DIGITS)
        ids, status = self.ids[at].tolist(), self.status[at, when].tolist()
        basis, n_claims = self.basis[at, when].tolist(), self.n_claims[at, when].tolist()
        for k, (i, t) in enumerate(zip(at.tolist(), when.tolist(), strict=True)):
            yield ControlRow(
                place_id=ids[k],
                name=self.names[i],
                day=self.days[t],
                status=self.statuses[status[k]],
                probabilities=tuple(prob[k].tolist()),
                basis=self.bases[basis[k]],
                n_claims=n_claims[k],
            )

    def on(self, day: date) -> int:
        """The index of a day; the nearest one within the series."""
        return min(max((day - self.days[0]).days, 0), len(self.days) - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlRow:
    """One row of control.csv; probabilities in the order of the series' states."""

    place_id: int
    name: str
    day: date
    status: str
    probabilities: tuple[float, ...]
    basis: str
    n_claims: int


def day_range(first: date, last: date) -> tuple[date, ...]:
    """Every day from first to last.

    >>> len(day_range(date(2022, 8, 29), date(2022, 9, 30)))
    33
    """
    return tuple(first + timedelta(days=k) for k in range((last - first).days + 1))


def flips(table: SeriesTable, sides: Sequence[str]) -> list[Flip]:
    """Places whose last day's side differs from the first day's, with the day from which the new side stays."""
    index = {name: k for k, name in enumerate(table.statuses)}
    decided = np.isin(table.status, [index[s] for s in sides if s in index])
    first, last = table.status[:, 0], table.status[:, -1]
    moved = np.flatnonzero((first != last) & decided[:, -1])
    out = []
    for i in moved.tolist():
        row = table.status[i]
        others = np.flatnonzero(row != last[i])
        out.append(
            Flip(
                row=i,
                place_id=int(table.ids[i]),
                name=table.names[i],
                day=table.days[int(others[-1]) + 1],
                before=table.statuses[int(first[i])],
                after=table.statuses[int(last[i])],
                probability=float(table.prob[i, -1, table.states.index(table.statuses[int(last[i])])]),
            )
        )
    return sorted(out, key=lambda f: (f.day, f.name, f.place_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A place that changed hands: the day it did, and how sure that is at the end."""

    row: int
    place_id: int
    name: str
    day: date
    before: str
    after: str
    probability: float
