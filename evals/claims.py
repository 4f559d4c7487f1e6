"""The gate on claims: score of the extractor on the annotated passages and on the first article, beside a
dumb baseline.

    python evals/claims.py [--update] [--lower] [--errors N]

Reads ../shared/gold and ../shared/seed (or WHOHOLDS_SHARED); where they are not there it says "not measured" and
ends with 0.
Prints the scores by corpus, the recall of the candidate sentences, the baseline's score and the hash of the
inputs, and fails
when a figure falls below its floor in evals/floors.json. `--update` raises floors to what was measured, less a
margin for
chance; a floor falls only by `--lower`.

The baseline is a keyword matcher without a parser: the nearest place and the nearest side word to a word of the
lexicon.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from whoholds.extract.sentences import split
from whoholds.extract.triggers import load_lexicon
from whoholds.locate import build
from whoholds.pipeline.passages import extract_passages, read_passages, report_of
from whoholds.pipeline.rooms import Rooms

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("WHOHOLDS_SHARED", HERE.parent.parent / "shared"))
FLOORS = HERE / "floors.json"
MARGIN = 0.01  # floors are set this far below what was measured
BARS = {
    "f1": 0.80, "control_f1": 0.78, "stance": 0.95, "hedged": 0.95, "speaker": 0.90, "speaker_side": 0.95, "date": 0.90,
    "evidence": 0.97, "seed_f1": 0.85, "candidates": 0.99,
}  # fmt: skip

PASSAGES = Path(__file__).with_name("passages")


def load_score(path: Path) -> ModuleType:
    """The scorer that came with the annotations."""
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gazetteer(folder: Path) -> Path | None:
    """The full gazetteer of Ukraine, built anew where an older one would not open; None without a dump."""
    dump = SHARED / "gaz" / "UA.txt.gz"
    if not dump.exists():
        return None
    out = folder / "ua.gazetteer"
    build([dump], out)
    return out


def system(path: Path, places: Path | None, cache: Path) -> dict[str, dict[str, Any]]:
    """The extractor's claims of each passage."""
    out: dict[str, dict[str, Any]] = {}
    for row in extract_passages(read_passages(str(path)), theatre="ukraine-2022", gazetteer=places, cache=cache):
        if isinstance(row, dict):
            out[row["id"]] = row
    return out


def baseline(gold: Mapping[str, dict[str, Any]], rooms: Mapping[str, Rooms]) -> dict[str, dict[str, Any]]:
    """Keywords, the nearest place and side word of the sentence; no parser."""
    lexicon = load_lexicon("en")
    kinds = {
        t.lemma.split("_")[0]: t.kind.value
        for ts in lexicon.verbs.values()
        for t in ts
        if t.object in ("place", "any", "none")
    }
    kinds |= {lemma: t.kind.value for lemma, t in lexicon.nouns.items()}
    words = re.compile(
        r"\b(" + "|".join(sorted(map(re.escape, kinds), key=len, reverse=True)) + r")(?:s|es|d|ed|ing)?\b", re.I
    )
    out: dict[str, dict[str, Any]] = {}
    for ident, row in gold.items():
        room, text = rooms[row["theatre"]], row["text"]
        mentions = room.finder.find(text, "en")
        spots = room.extractor.sides.spots(text)
        claims: list[dict[str, Any]] = []
        for start, end in split(text):
            near = [m for m in mentions if start <= m.span.start < end]
            for match in words.finditer(text, start, end):
                side = min(
                    (s for s in spots if start <= s[0] < end),
                    key=lambda s: abs(s[0] - match.start()),
                    default=(0, None),
                )[1]
                place = min(near, key=lambda m: abs(m.span.start - match.start()), default=None)
                if place is None:
                    continue
                claims.append({
                    "kind": kinds[match[1].lower()], "side": side, "failed": False, "stance": "asserted",
                    "hedged": False, "speaker": None, "speaker_side": None, "date": None, "evidence": "statement",
                    "trigger": {"start": match.start(), "end": match.end()},
                    "places": [{"start": place.span.start, "end": place.span.end}],
                })  # fmt: skip
        out[ident] = {"claims": claims}
    return out


def candidates(gold: Mapping[str, dict[str, Any]], rooms: Mapping[str, Rooms]) -> float:
    """Share of the annotated claims whose trigger stands in a sentence that the filter lets through."""
    held = total = 0
    for row in gold.values():
        room, text = rooms[row["theatre"]], row["text"]
        report = report_of(next(p for p in _passages([row]) if not isinstance(p, str)))
        ranges = room.extractor.candidate_ranges(text, room.mentions(report))
        for claim in row["claims"]:
            total += 1
            held += any(a <= claim["trigger"]["start"] < b for a, b in ranges)
    return held / total if total else 1.0


def _passages(rows: Iterable[dict[str, Any]]) -> Iterable[Any]:
    """Gold rows as passages."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8", delete=False) as file:
        for row in rows:
            file.write(json.dumps(row) + "\n")
    try:
        yield from read_passages(file.name)
    finally:
        Path(file.name).unlink()


def measure(errors: int) -> dict[str, float] | None:
    """All figures, printed on the way; None where the annotations are not here."""
    dev, seed, scorer = SHARED / "gold" / "dev.jsonl", SHARED / "seed" / "gold.jsonl", SHARED / "gold" / "score.py"
    if not (dev.exists() and seed.exists() and scorer.exists()):
        print(f"not measured: no annotated passages under {SHARED.name}/ (set WHOHOLDS_SHARED)")
        return None
    score = load_score(scorer)
    cache = Path(os.environ.get("WHOHOLDS_CACHE", Path.home() / ".cache" / "whoholds"))
    cache.mkdir(parents=True, exist_ok=True)
    scratch = tempfile.TemporaryDirectory()
    places = gazetteer(Path(scratch.name))
    gold = score.rows(str(dev))
    print(f"input {dev.name} sha256 {hashlib.sha256(dev.read_bytes()).hexdigest()[:16]}, {len(gold)} passages")
    found = system(dev, places, cache)
    tally, wrong = score.score(gold, found)
    figures = score.figures(tally["all"])
    by, _ = score.score(gold, found, key=lambda row: row["corpus"])
    control = _control(score, gold, found)
    for name, f in {"all": figures, **{k: score.figures(v) for k, v in sorted(by.items())}}.items():
        print(
            f"  {name:14} gold {f['gold']:4} system {f['system']:4}  P {f['precision']:.3f} R"
            f" {f['recall']:.3f} F1 {f['f1']:.3f}"
        )
    print(
        "  attributes    "
        + "  ".join(f"{a} {figures[a]:.3f}" for a in score.ATTRIBUTES)
        + f"  control F1 {control:.3f}"
    )
    first = score.rows(str(seed))
    told = score.figures(score.score(first, system(seed, places, cache))[0]["all"])
    print(
        f"  first article  gold {told['gold']:4} system {told['system']:4}  P {told['precision']:.3f} R"
        f" {told['recall']:.3f} F1 {told['f1']:.3f}"
    )
    for own in sorted(PASSAGES.glob("*.jsonl")):
        mine = score.rows(str(own))
        f = score.figures(score.score(mine, system(own, places, cache))[0]["all"])
        print(
            f"  own {own.stem:11} gold {f['gold']:4} system {f['system']:4}  P {f['precision']:.3f} R"
            f" {f['recall']:.3f} F1 {f['f1']:.3f}"
        )
        if all("speaker" in c for row in mine.values() for c in row["claims"]):  # some tell no more than who did what
            print("                  " + "  ".join(f"{a} {f[a]:.3f}" for a in score.ATTRIBUTES))
    rooms = {
        key: Rooms.open(key, gazetteer=places if key == "ukraine-2022" else None, cache=cache)
        for key in {r["theatre"] for r in gold.values()}
    }
    dumb = score.figures(score.score(gold, baseline(gold, rooms))[0]["all"])
    print(f"  baseline       keywords, no parser: P {dumb['precision']:.3f} R {dumb['recall']:.3f} F1 {dumb['f1']:.3f}")
    share = candidates(gold, rooms)
    print(f"  candidates     {share:.4f} of the claims stand in sentences that the filter lets through")
    for ident, what, (claim, place) in wrong[:errors]:
        print(
            f"    {what:6} {ident}: {claim['kind']} {claim['side']} {place['text'] if place else '-'!r} by"
            f" {claim['trigger']['text']!r} {claim.get('rule', '')}"
        )
    out = {k: float(figures[k]) for k in ("f1", *score.ATTRIBUTES)}
    return {**out, "control_f1": control, "seed_f1": float(told["f1"]), "candidates": share}


def _control(score: ModuleType, gold: Mapping[str, Any], found: Mapping[str, Any]) -> float:
    """F1 of the kinds that say who holds a place."""

    def cut(rows: Mapping[str, Any]) -> dict[str, Any]:
        return {
            i: {**r, "claims": [c for c in r.get("claims", []) if c.get("kind") in score.CONTROL]}
            for i, r in rows.items()
        }

    return float(score.figures(score.score(cut(gold), cut(found))[0]["all"])["f1"])


def main() -> int:
    """Measure, compare with the floors, and say what fell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="raise floors to what was measured")
    parser.add_argument("--lower", action="store_true", help="with --update: let floors fall too")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N missed or extra items")
    options = parser.parse_args()
    figures = measure(options.errors)
    if figures is None:
        return 0
    kept = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    floors: dict[str, float] = kept.get("claims", {})
    fallen = [k for k, floor in floors.items() if figures.get(k, 0.0) < floor]
    for name, bar in BARS.items():
        mark = "FELL" if name in fallen else "ok" if figures[name] >= bar else "below the bar"
        print(f"  {name:13} {figures[name]:.4f}  floor {floors.get(name, 0.0):.3f}  bar {bar:.2f}  {mark}")
    if options.update:
        new = {k: round(figures[k] - MARGIN, 3) for k in BARS}
        kept["claims"] = {k: v if options.lower else max(v, floors.get(k, 0.0)) for k, v in new.items()}
        FLOORS.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", "utf-8")
        print(f"floors written to {FLOORS.name}")
        return 0
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
