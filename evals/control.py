"""How well control inferred from text agrees with independent maps, window by window, with the dumb baselines beside.

    python evals/control.py [--store FILE] [--out FOLDER] [--raise-floors] [--lower-floors] [--diagram FILE]

Runs the product over the reports (isw_2022, headlines_2022), each window from the DeepState snapshot of the day before
it, and lets the referee (truth/score.py) judge control.csv and nowcast.csv. The shared data are found by
WHOHOLDS_SHARED or in ../shared beside the repository; without them it says "not measured" and ends with 0.

Floors are kept in floors.json under "control": a figure below its floor ends with 1; --raise-floors lifts floors to
what was measured (less a margin), and only --lower-floors lets one fall.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
FLOORS = Path(__file__).with_name("floors.json")
KEY = "control"
MARGIN = 0.01
"""Floors stay so much under what was measured."""
PLACES_OF_MARGIN = 3.0
"""And figures over the places that changed by so many places more: where 35 did, one village misread is 3%."""
OVER_CHANGED = ("accuracy_changed", "change_f1", "dated_within_2_days")
UPWARD = ("accuracy_changed", "change_f1", "dated_within_2_days", "accuracy_near")
DOWNWARD = ("brier_near", "ece_near")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Days scored, the day of the base map, and the bars set for it."""

    name: str
    first: date
    last: date
    bars: dict[str, float]

    @property
    def base_day(self) -> date:
        """The day before."""
        return self.first - timedelta(days=1)


WINDOWS = (
    Window(
        name="april-may",
        first=date(2022, 4, 15),
        last=date(2022, 5, 31),
        bars={
            "accuracy_changed": 0.75,
            "change_f1": 0.40,
            "dated_within_2_days": 0.35,
            "accuracy_near": 0.970,
            "brier_near": 0.05,
            "ece_near": 0.05,
        },
    ),
    Window(
        name="june-august",
        first=date(2022, 6, 1),
        last=date(2022, 8, 28),
        bars={
            "accuracy_changed": 0.75,
            "change_f1": 0.50,
            "dated_within_2_days": 0.45,
            "accuracy_near": 0.970,
            "brier_near": 0.05,
            "ece_near": 0.05,
        },
    ),
    Window(
        name="september",
        first=date(2022, 8, 29),
        last=date(2022, 9, 30),
        bars={
            "accuracy_changed": 0.93,
            "change_f1": 0.85,
            "dated_within_2_days": 0.70,
            "accuracy_near": 0.94,
            "brier_near": 0.05,
            "ece_near": 0.05,
        },
    ),
)
NOWCAST_BARS = {"september": {"accuracy_changed": 0.85, "dated_within_2_days": 0.50}}


def shared() -> Path | None:
    """The folder of shared data, or None."""
    folder = Path(os.environ.get("WHOHOLDS_SHARED", REPOSITORY.parent / "shared"))
    needed = ("truth/score.py", "corpora/isw_2022.jsonl", "corpora/headlines_2022.jsonl", "gaz/UA.txt.gz")
    return folder if all((folder / n).is_file() for n in needed) else None


def referee(folder: Path, series: Path, window: Window) -> dict[str, Any]:
    """What score.py prints for a series."""
    truth = folder / "truth" / "control_to_2022-09-30.parquet"
    command = [sys.executable, folder / "truth" / "score.py", series, truth]
    days = ["--from", window.first.isoformat(), "--to", window.last.isoformat()]
    done = subprocess.run([*map(str, command), *days], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def run_window(folder: Path, window: Window, store: Path, out: Path) -> None:
    """Run the product over one window."""
    from whoholds.locate import build
    from whoholds.pipeline.run import run
    from whoholds.settings import RunSettings
    from whoholds.store import Store

    gazetteer = store.with_name("UA.gaz")
    if not gazetteer.exists():
        build([folder / "gaz" / "UA.txt.gz"], gazetteer)
    settings = RunSettings(
        gazetteer=gazetteer,
        base=(folder / "truth" / "maps" / f"deepstate_{window.base_day}.geojson",),
        base_day=window.base_day,
        first_day=window.first,
        last_day=window.last,
        cache=store.parent,
    )
    reports = [folder / "corpora" / "isw_2022.jsonl", folder / "corpora" / "headlines_2022.jsonl"]
    with Store.open(store) as opened:
        run(reports, settings=settings, store=opened, out=out, now=datetime.now(UTC))


def matcher(store: Path, control: Path, window: Window, out: Path) -> None:
    """The dumb baseline on the same claims: who was last said to take a place holds it, who attacks it does not.

    No reliability, no neighbours, no stance, no failed attacks: each claim of a named place sets it.
    """
    import csv

    from whoholds.store import Store

    base: dict[int, str] = {}
    with control.open(newline="") as lines:
        for row in csv.DictReader(lines):
            base.setdefault(int(row["geonameid"]), row["status"])
    other = {"UA": "RU", "RU": "UA"}
    told: dict[tuple[int, str], str] = {}
    with Store.open(store, create=False) as opened:
        placed = sorted(opened.view().placed(), key=lambda p: (p.valid_day, p.claim.id))
    for item in placed:
        side = item.claim.side
        if side not in other or not window.first <= item.valid_day <= window.last:
            continue
        holder = side if item.claim.kind.value in ("gain", "enter", "hold", "deploy", "advance") else other[side]
        for resolution in item.resolutions:
            if resolution.best is not None and resolution.best.place_id in base:
                told[resolution.best.place_id, item.valid_day.isoformat()] = holder
    with out.open("w", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(["geonameid", "date", "status"])
        writer.writerows([place, window.first.isoformat(), status] for place, status in base.items())
        writer.writerows([place, day, holder] for (place, day), holder in sorted(told.items(), key=lambda x: x[0][1]))


def measure(folder: Path, store: Path, work: Path) -> Iterator[tuple[str, dict[str, Any], dict[str, float]]]:
    """Each series' name, its figures, and its bars."""
    for window in WINDOWS:
        out = work / window.name
        run_window(folder, window, store, out)
        scored = referee(folder, out / "control.csv", window)
        yield window.name, scored, window.bars
        if (out / "nowcast.csv").is_file():
            now = referee(folder, out / "nowcast.csv", window)
            yield f"{window.name} nowcast", now, NOWCAST_BARS.get(window.name, {})
        matcher(store, out / "control.csv", window, out / "matcher.csv")
        yield f"{window.name} last word", referee(folder, out / "matcher.csv", window), {}
        frozen = {
            "accuracy_changed": scored["accuracy_changed_frozen"],
            "change_f1": 0.0,
            "dated_within_2_days": 0.0,
            "accuracy_near": scored["accuracy_near_frozen"],
        }
        yield f"{window.name} never changes", frozen, {}


def below(figures: dict[str, Any], marks: dict[str, float]) -> list[str]:
    """Which figures miss their marks."""
    out = []
    for name, mark in marks.items():
        have = figures.get(name)
        good = have is not None and (have <= mark if name in DOWNWARD else have >= mark)
        if not good:
            out.append(f"{name} {have} (mark {mark})")
    return out


def new_floors(figures: dict[str, Any], old: dict[str, float], *, lower: bool) -> dict[str, float]:
    """Floors lifted to what was measured, less the margin; let down only where asked."""
    out = dict(old)
    for name in (*UPWARD, *DOWNWARD):
        have = figures.get(name)
        if have is None:
            continue
        margin = MARGIN + (PLACES_OF_MARGIN / max(1, figures.get("changed", 1)) if name in OVER_CHANGED else 0.0)
        mark = round(have + margin, 3) if name in DOWNWARD else round(have - margin, 3)
        better = mark < old.get(name, 1.0) if name in DOWNWARD else mark > old.get(name, 0.0)
        if better or lower:
            out[name] = mark
    return out


def diagram(folder: Path, work: Path, picture: Path) -> list[str]:
    """Draw said against true shares of UA near the front, all windows together; answers the ten bins as lines."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt
    import numpy as np
    import pandas as pd

    sys.path.insert(0, str(folder / "truth"))
    import score as judge  # the referee's own reading of series and truth

    truth = pd.read_parquet(folder / "truth" / "control_to_2022-09-30.parquet")
    places = np.sort(truth.geonameid.unique())
    where = pd.read_parquet(folder / "truth" / "settlements.parquet").set_index("geonameid").loc[places]
    xy = np.c_[where.lon * np.cos(np.radians(where.lat.mean())), where.lat] * 111.2
    said, true = [], []
    for window in WINDOWS:
        days = pd.date_range(window.first, window.last)
        one, two = (judge.daily(truth, maker, days, places) for maker in ("deepstate", "isw"))
        want = np.where((one == two) & np.isin(one, ("UA", "RU")), one, "")
        _, p = judge.series(str(work / window.name / "control.csv"), days, places)
        kept = (want != "") & judge.near_front(want[:, 0], xy)[:, None] & ~np.isnan(p)
        said.append(p[kept])
        true.append(want[kept] == "UA")
    p, y = np.concatenate(said), np.concatenate(true)
    bins = np.clip((p * 10).astype(int), 0, 9)
    rows = [(p[bins == b].mean(), y[bins == b].mean(), int((bins == b).sum())) for b in range(10) if (bins == b).any()]
    figure, axes = plt.subplots(figsize=(4.2, 4.2))
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    axes.plot([r[0] for r in rows], [r[1] for r in rows], "o-", color="#1f5fa8")
    axes.set_xlabel("probability of UA, as estimated")
    axes.set_ylabel("share of place-days that were UA")
    axes.set_aspect("equal")
    picture.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(picture, bbox_inches="tight", metadata={"Date": None} if picture.suffix == ".svg" else None)
    return [f"| {a:.3f} | {b:.3f} | {n:,} |" for a, b, n in rows]


def fingerprint(folder: Path) -> str:
    """Hash of the inputs."""
    digest = hashlib.sha256()
    for name in ("corpora/isw_2022.jsonl", "corpora/headlines_2022.jsonl", "truth/control_to_2022-09-30.parquet"):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]


def main() -> int:
    """Measure, print, hold to the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, help="keep the store here, so that a second run reads nothing twice")
    parser.add_argument("--out", type=Path, help="keep the series here")
    parser.add_argument("--raise-floors", action="store_true")
    parser.add_argument("--lower-floors", action="store_true")
    parser.add_argument("--diagram", type=Path, help="draw the reliability diagram here (.svg or .png)")
    a = parser.parse_args()
    folder = shared()
    if folder is None:
        print("not measured: the shared reports and maps are not here (set WHOHOLDS_SHARED)")
        return 0
    print(f"inputs {fingerprint(folder)}")
    floors = json.loads(FLOORS.read_text()) if FLOORS.is_file() else {}
    mine: dict[str, dict[str, float]] = floors.setdefault(KEY, {})
    failed = False
    with tempfile.TemporaryDirectory() as made:
        work = a.out or Path(made)
        work.mkdir(parents=True, exist_ok=True)
        for name, figures, bars in measure(folder, a.store or work / "eval.sqlite", work):
            shown = "  ".join(f"{n} {figures[n]:.3f}" for n in (*UPWARD, *DOWNWARD) if figures.get(n) is not None)
            print(f"{name:28} {shown}", flush=True)
            for miss in below(figures, bars):
                print(f"{'':28} under the bar: {miss}")
            for miss in below(figures, mine.get(name, {})):
                failed = failed or not a.lower_floors
                print(f"{'':28} UNDER THE FLOOR: {miss}")
            if bars and (a.raise_floors or a.lower_floors):
                mine[name] = new_floors(figures, mine.get(name, {}), lower=a.lower_floors)
        if a.diagram:
            print("\n".join(["| estimated | true | place-days |", "|---|---|---|", *diagram(folder, work, a.diagram)]))
    if a.raise_floors or a.lower_floors:
        floors = {**(json.loads(FLOORS.read_text()) if FLOORS.is_file() else {}), KEY: mine}
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
