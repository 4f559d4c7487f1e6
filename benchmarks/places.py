"""Speed and memory of `locate`, beside a peer over the same passages in one run.

    python benchmarks/places.py [--peer-python PATH]

`--peer-python` is the interpreter of an environment with flashgeotext (pip install flashgeotext); it is kept apart
because none of it belongs to the product. Needs the shared corpora (WHOHOLDS_SHARED, or ../shared) and says so where
they are absent.

The peer is given the same 25 passages that are marked by hand (evals/places_marked.json); a find counts as right where
it shares three tenths of its characters with a marked place. It knows cities and countries only, and no villages.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from whoholds.locate import Finder, build, open_gazetteer
from whoholds.locate.scan import Scanner
from whoholds.theatres import load_theatre

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("WHOHOLDS_SHARED", HERE.parent.parent / "shared"))
MARKS = HERE.parent / "evals" / "places_marked.json"
ENGLISH = ("isw_2022.jsonl", "headlines_2022.jsonl", "news_libya_2011.jsonl")
CYRILLIC = ("telegram_uk_2026.jsonl", "telegram_ru_2024.jsonl")
OVERLAP = 0.3
PEER = """
import json, sys, time
from flashgeotext.geotext import GeoText
texts = json.load(sys.stdin)
geotext = GeoText()
start = time.process_time()
out = []
for text in texts:
    found = geotext.extract(input_text=text)
    spans = [s for kind in found.values() for entry in kind.values() for s in entry["span_info"]]
    out.append([list(s) for s in spans])
json.dump({"spans": out, "seconds": time.process_time() - start}, sys.stdout)
"""


def texts_of(name: str) -> list[str]:
    """The texts of a corpus."""
    with (SHARED / "corpora" / name).open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def megabytes(texts: list[str]) -> float:
    """Size [MB] as UTF-8."""
    return sum(len(t.encode()) for t in texts) / 1e6


def speed(run: Callable[[str], Any], texts: list[str]) -> float:
    """MB/s of one core, the best of three."""
    run(texts[0])
    best = 0.0
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            run(text)
        best = max(best, megabytes(texts) / (time.process_time() - start))
    return best


def score(found: list[list[list[int]]], marks: list[list[list[int]]]) -> tuple[float, float]:
    """Precision and recall of spans, passage by passage."""

    def near(a: list[int], b: list[int]) -> bool:
        shared = min(a[1], b[1]) - max(a[0], b[0])
        return shared > 0 and shared / (max(a[1], b[1]) - min(a[0], b[0])) >= OVERLAP

    right = sum(any(near(f, m) for m in want) for got, want in zip(found, marks, strict=True) for f in got)
    hit = sum(any(near(f, m) for f in got) for got, want in zip(found, marks, strict=True) for m in want)
    return right / max(sum(map(len, found)), 1), hit / sum(map(len, marks))


def main() -> int:
    """Build, open, scan, find; then the peer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peer-python", type=Path)
    options = parser.parse_args()
    dump = SHARED / "gaz/UA.txt.gz"
    if not dump.exists():
        print("not measured: the shared corpora are not here; set WHOHOLDS_SHARED.", file=sys.stderr)
        return 0
    print(f"input {dump.name} sha256 {hashlib.sha256(dump.read_bytes()).hexdigest()[:16]}")
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "ua.gazetteer"
        wall, cpu = time.perf_counter(), time.process_time()
        report = build([dump, SHARED / "gaz/ukraine-adm1.geojson"], file)
        print(
            f"build            {time.perf_counter() - wall:6.1f} s wall, {time.process_time() - cpu:.1f} s CPU, "
            f"{report.bytes / 1e6:.1f} MB, {report.n_places} places + {report.n_foreign} foreign, "
            f"{report.n_surfaces} spellings, peak memory {peak():.0f} MB"
        )
        code = (
            "import time; from whoholds.locate import open_gazetteer; t = time.perf_counter();"
            f"g = open_gazetteer({str(file)!r}); t = time.perf_counter() - t;"
            "kb = [line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')][0];"
            "print(f'open             {t:6.2f} s, peak memory {int(kb) / 1e3:.0f} MB, libraries included')"
        )
        print(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout, end="")
        gazetteer = open_gazetteer(file)
    scanner = Scanner(gazetteer.surfaces)
    finder = Finder(gazetteer, load_theatre("ukraine-2022"))
    for names, lang in ((ENGLISH, "en"), (CYRILLIC, "uk")):
        for name in names:
            texts = texts_of(name)
            print(
                f"{name:24} {megabytes(texts):5.2f} MB  scan {speed(scanner.scan, texts):6.1f} MB/s  "
                f"find, typed {speed(lambda t, lang=lang: finder.find(t, lang), texts):5.2f} MB/s"
            )
    marks: dict[str, list[list[int]]] = json.loads(MARKS.read_text())
    with (SHARED / "gold/dev.jsonl").open(encoding="utf-8") as lines:
        passages = {row["id"]: row["text"] for row in map(json.loads, lines)}
    texts = [passages[i] for i in marks]
    ours = [[[m.span.start, m.span.end] for m in finder.find(t, "en")] for t in texts]
    precision, recall = score(ours, list(marks.values()))
    print(f"whoholds         precision {precision:.3f} recall {recall:.3f} on 25 marked passages")
    if options.peer_python is None:
        print("not measured: no --peer-python given, so no peer was run.", file=sys.stderr)
        return 0
    corpus = texts_of("isw_2022.jsonl")
    done = subprocess.run(
        [str(options.peer_python), "-c", PEER],
        input=json.dumps(texts + corpus),
        capture_output=True,
        text=True,
        check=True,
    )
    answer = json.loads(done.stdout)
    precision, recall = score(answer["spans"][: len(texts)], list(marks.values()))
    print(
        f"flashgeotext     precision {precision:.3f} recall {recall:.3f} on the same, "
        f"{megabytes(texts + corpus) / answer['seconds']:.2f} MB/s on isw_2022.jsonl"
    )
    return 0


def peak() -> float:
    """Peak memory [MB] of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    sys.exit(main())
