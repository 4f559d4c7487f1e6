"""How well a control series agrees with independent maps: the figures of the referee's script, without pandas.

The truth of a place and day is the status that two map-makers both show, where both are decisive. See `Score` for each
figure.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from whoholds.errors import BadSetting, MissingPart

FRONT_KM = 25.0
"""Places this near to the front of the first day [km] count as near."""
MAKERS = ("deepstate", "isw")
SIDES = ("UA", "RU")
NONE, CONTESTED = -1, 2
BINS = 10

Codes = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Agreement with the maps; `changed` places are those where both maps agree on the first and last day, and differ.

    `accuracy_*` is over the decisive place-days; `_frozen` is what a map that never changes reaches. A change is found
    where the series ends on the new side, and false where it ends on the other side of a steady place. `dated_within`
    is the share of changed places found and dated within the slack of the span between the two maps' dates [day].
    `brier_near`, `ece_near`: probabilities near the front.
    """

    places: int
    changed: int
    steady: int
    accuracy_changed: float | None
    accuracy_changed_frozen: float | None
    change_precision: float
    change_recall: float
    change_f1: float
    date_error_median_days: float | None
    date_error_mean_days: float | None
    date_bias_mean_days: float | None
    dated_within: float
    slack_days: int
    accuracy_near: float | None
    accuracy_near_frozen: float | None
    contested_near: float | None
    missing: int
    brier_near: float | None = None
    ece_near: float | None = None
    status_against_probability: float | None = None

    def record(self) -> dict[str, Any]:
        """The figures under the referee's names, rounded to 4 decimals."""
        out = {k: round(v, 4) if isinstance(v, float) else v for k, v in asdict(self).items()}
        slack = out.pop("slack_days")
        return {(f"dated_within_{slack}_days" if k == "dated_within" else k): v for k, v in out.items()}


def score(series: Path, truth: Path, *, first: date, last: date, slack_days: int = 2) -> Score:
    """Score control.csv (or Parquet of the same columns) against a truth file; settlements.parquet lies beside it.

    Raises
    ------
    BadSetting
        A file is missing or has other columns, or the days are the wrong way round.
    """
    if last <= first:
        raise BadSetting(f"--to {last} does not lie after --from {first}.", remedy="Give at least two days.")
    days = (last - first).days + 1
    runs = _columns(truth, ("geonameid", "source", "status", "first_date", "last_date"))
    ground = _columns(truth.with_name("settlements.parquet"), ("geonameid", "lat", "lon"))
    places = np.unique(np.asarray(runs["geonameid"], np.int64))
    xy = _plane(places, ground)
    one, two = (_daily(runs, maker, first, days, places) for maker in MAKERS)
    decisive = (one == two) & (one >= 0) & (one < len(SIDES))
    want = np.where(decisive, one, NONE).astype(np.int8)
    have, prob = _series(series, first, days, places)
    return _figures(want, have, prob, maps=(one, two), xy=xy, slack=slack_days)


def _figures(
    want: Codes, have: Codes, prob: NDArray[np.float64] | None, *, maps: Sequence[Codes], xy: Any, slack: int
) -> Score:
    """Every figure of the score."""
    decisive = want >= 0
    begin, end = want[:, 0], want[:, -1]
    ends = (begin >= 0) & (end >= 0)
    changed, steady = ends & (begin != end), ends & (begin == end)
    h_end = have[:, -1]
    found = changed & (h_end == end)
    false = steady & (h_end >= 0) & (h_end < len(SIDES)) & (h_end != end)
    precision = found.sum() / max(1, found.sum() + false.sum())
    recall = found.sum() / max(1, changed.sum())
    fit = have == want
    frozen = begin[:, None] == want
    errors = np.array([_date_error(have[i], [m[i] for m in maps], int(end[i])) for i in np.flatnonzero(found)], float)
    near = _near(begin, xy)

    def accuracy(hits: NDArray[np.bool_], rows: NDArray[np.bool_]) -> float | None:
        return float(hits[rows][decisive[rows]].mean()) if decisive[rows].any() else None

    return Score(
        places=len(want),
        changed=int(changed.sum()),
        steady=int(steady.sum()),
        accuracy_changed=accuracy(fit, changed),
        accuracy_changed_frozen=accuracy(frozen, changed),
        change_precision=float(precision),
        change_recall=float(recall),
        change_f1=float(2 * precision * recall / (precision + recall)) if precision + recall else 0.0,
        date_error_median_days=float(np.median(np.abs(errors))) if len(errors) else None,
        date_error_mean_days=float(np.mean(np.abs(errors))) if len(errors) else None,
        date_bias_mean_days=float(np.mean(errors)) if len(errors) else None,
        dated_within=float((np.abs(errors) <= slack).sum() / max(1, changed.sum())),
        slack_days=slack,
        accuracy_near=accuracy(fit, near),
        accuracy_near_frozen=accuracy(frozen, near),
        contested_near=float((have[near][decisive[near]] == CONTESTED).mean()) if near.any() else None,
        missing=int((h_end[ends] == NONE).sum()),
        **_calibration(want, have, prob, decisive & near[:, None]),
    )


def _calibration(
    want: Codes, have: Codes, prob: NDArray[np.float64] | None, rows: NDArray[np.bool_]
) -> Mapping[str, float]:
    """Brier score, expected calibration error over ten bins, and how often status and probability disagree."""
    if prob is None:
        return {}
    rows = rows & ~np.isnan(prob)
    p, y = prob[rows], (want[rows] == 0).astype(float)
    if not len(p):
        return {}
    bins = np.clip((p * BINS).astype(int), 0, BINS - 1)
    members = np.bincount(bins, minlength=BINS)
    gap = np.abs(np.bincount(bins, p, BINS) - np.bincount(bins, y, BINS))
    status = have[rows]
    against = ((p > 0.5) & (status == 1)) | ((p < 0.5) & (status == 0))
    return {
        "brier_near": float(np.mean((p - y) ** 2)),
        "ece_near": float(gap.sum() / members.sum()),
        "status_against_probability": float(against.mean()),
    }


def _date_error(have: Codes, maps: Sequence[Codes], end: int) -> int:
    """Days between the series' change and the span of the maps' changes; negative where the series is early."""
    span = [day for m in maps if (day := _flip(m, end)) is not None]
    mine = _flip(have, end)
    if mine is None or not span:
        return 0
    size = max(min(span) - mine, 0, mine - max(span))
    return size if mine >= min(span) else -size


def _flip(row: Codes, to: int) -> int | None:
    """The first day from which the row shows `to` and never the other side again."""
    wrong = np.flatnonzero((row != to) & (row != CONTESTED) & (row != NONE))
    start = int(wrong[-1]) + 1 if len(wrong) else 0
    right = np.flatnonzero(row[start:] == to)
    return start + int(right[0]) if len(right) else None


def _near(begin: Codes, xy: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Places within reach of the first day's front."""
    out = np.zeros(len(begin), bool)
    one, two = begin == 0, begin == 1
    if one.any() and two.any():
        out[one] = cKDTree(xy[two]).query(xy[one])[0] <= FRONT_KM
        out[two] = cKDTree(xy[one]).query(xy[two])[0] <= FRONT_KM
    return out


def _daily(runs: Mapping[str, Any], maker: str, first: date, n_days: int, places: NDArray[np.int64]) -> Codes:
    """(n_places, n_days) status codes of one map-maker."""
    out = np.full((len(places), n_days), NONE, np.int8)
    mine = np.asarray(runs["source"]) == maker
    rows = np.searchsorted(places, np.asarray(runs["geonameid"], np.int64)[mine])
    codes = {"ua": 0, "ru": 1}
    start = _offsets(runs["first_date"], first)[mine]
    stop = _offsets(runs["last_date"], first)[mine]
    statuses = np.array([codes.get(s, CONTESTED) for s in np.asarray(runs["status"])[mine]], np.int8)
    for i, code, a, b in zip(rows.tolist(), statuses.tolist(), start.tolist(), stop.tolist(), strict=True):
        if b >= 0 and a < n_days:
            out[i, max(0, a) : min(n_days - 1, b) + 1] = code
    return out


def _series(
    path: Path, first: date, n_days: int, places: NDArray[np.int64]
) -> tuple[Codes, NDArray[np.float64] | None]:
    """Status codes (n_places, n_days) and P(UA) given UA or RU, NaN where missing."""
    names = ("geonameid", "date", "status")
    columns = _columns(path, names, optional=tuple(f"p_{s}" for s in SIDES))
    ids = np.asarray(columns["geonameid"], np.int64)
    at = _offsets(columns["date"], first)
    keep = np.flatnonzero((at < n_days) & np.isin(ids, places))
    keep = keep[np.argsort(at[keep], kind="stable")]
    rows, when = np.searchsorted(places, ids[keep]), np.clip(at[keep], 0, None)
    code = {s: k for k, s in enumerate(SIDES)} | {"contested": CONTESTED}
    statuses = [code.get(str(s), CONTESTED + 1) for s in np.asarray(columns["status"], object)[keep]]
    have = np.full((len(places), n_days), NONE, np.int8)
    for i, k, s in zip(rows.tolist(), when.tolist(), statuses, strict=True):
        have[i, k:] = s
    if not all(f"p_{s}" in columns for s in SIDES):
        return have, None
    one, two = (np.asarray(columns[f"p_{s}"], np.float64)[keep] for s in SIDES)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(one + two > 0, one / (one + two), np.nan)
    prob = np.full(have.shape, np.nan)
    for i, k, p in zip(rows.tolist(), when.tolist(), share.tolist(), strict=True):
        prob[i, k:] = p
    return have, prob


def _columns(path: Path, names: Sequence[str], *, optional: Sequence[str] = ()) -> dict[str, Any]:
    """Columns of a CSV or Parquet file."""
    remedy = "Give control.csv of a run, and a truth file with settlements.parquet beside it."
    if not path.is_file():
        raise BadSetting(f"There is no file {path}.", remedy=remedy)
    if path.suffix == ".parquet":
        try:
            import pyarrow.parquet as pq
        except ImportError as error:
            raise MissingPart(
                f"{path} is Parquet, and pyarrow is not installed.", remedy="Run: pip install 'whoholds[parquet]'"
            ) from error

        table = pq.read_table(path)
        found = {n: table[n].to_numpy(zero_copy_only=False) for n in table.column_names}
    else:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            rows = list(zip(*reader, strict=True))
        found = dict(zip(header, rows, strict=False))
        for name in (n for n in optional if n in found):
            found[name] = [float(v) if v else np.nan for v in found[name]]
    missing = [n for n in names if n not in found]
    if missing:
        raise BadSetting(f"{path} has no column {', '.join(missing)}.", remedy=remedy)
    return found


def _offsets(values: Any, first: date) -> NDArray[np.int64]:
    """Days since the first day."""
    zero = first.toordinal()
    seen: dict[str, int] = {}
    out = np.empty(len(values), np.int64)
    for k, value in enumerate(values):
        text = str(value)[:10]
        if text not in seen:
            seen[text] = date.fromisoformat(text).toordinal() - zero
        out[k] = seen[text]
    return out


def _plane(places: NDArray[np.int64], ground: Mapping[str, Any]) -> NDArray[np.float64]:
    """Plane coordinates [km] of the places, as the referee's script makes them."""
    ids = np.asarray(ground["geonameid"], np.int64)
    order = np.argsort(ids)
    at = order[np.searchsorted(ids[order], places)]
    lat, lon = np.asarray(ground["lat"], float)[at], np.asarray(ground["lon"], float)[at]
    return np.column_stack([lon * np.cos(np.radians(lat.mean())), lat]) * 111.2
