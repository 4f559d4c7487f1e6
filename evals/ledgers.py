"""The gate on the ledgers: contradictions and echoes against pairs labelled by hand.

    python evals/ledgers.py [--update] [--lower] [--errors]

Reads the texts that evals/ledgers/*.jsonl point to from ../shared/corpora (or WHOHOLDS_SHARED); where they are not
there it says "not measured" and ends with 0. The pairs hold report ids, character offsets and labels, no sentence.

Disputes: two claims, each by its offsets and fields, labelled contradiction (of control), account or none. The fields
were read by hand, so that what is measured is the rule and not the reading of the sentences, which evals/claims.py
measures; `mended` holds what the extractor had read instead, and a second figure is given for that ("as read").
Echoes: two reports, labelled echo where one passes on the other's text or retells its source's, or two claims,
labelled echo where both rest on one origin.
Translations: every two briefings of one week in Ukrainian and in English; echo where the corpus pairs them.

Prints precision and recall with 95% intervals for each label, over all pairs and over the half with odd ids, beside a
dumb baseline, and fails when a figure over all pairs falls below its floor in
evals/ledgers_floors.json. `--update` raises floors to what was measured; a floor falls only by `--lower`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from whoholds.corroborate import (
    FEWEST_MARKS,
    DatedText,
    Heard,
    common_words,
    dispute,
    is_translation,
    report_families,
    witnesses,
)
from whoholds.model import (
    Candidate,
    Claim,
    ClaimPlace,
    EvidenceType,
    Kind,
    PlacedClaim,
    PlaceType,
    Report,
    Resolution,
    Span,
    Stance,
    claim_id,
)
from whoholds.pipeline.rooms import Rooms
from whoholds.pipeline.telling import dated_texts
from whoholds.settings import cache_folder
from whoholds.tell.ledgers import wilson
from whoholds.theatres import load_theatre

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("WHOHOLDS_SHARED", HERE.parent.parent / "shared"))
FLOORS = HERE / "ledgers_floors.json"
CORPORA = ("headlines_2022.jsonl", "isw_2022.jsonl")
BRIEFINGS = "official_ua_briefings_uk_en.jsonl"
# Speeches that stand in the corpus twice, under two numbers: read by hand.
SAME_SPEECH = {frozenset({"iqiE9vXf_b0", "Glsqf4fQu5U"}), frozenset({"bezQLqQFV5c", "zUpcNlnY88g"})}
BAR = 0.85
MARGIN = 0.01  # floors are set this far below what was measured
THEATRE = "ukraine-2022"

Row = dict[str, Any]
Judged = tuple[str, str, str]
"""Pair id, label, answer."""


def main() -> int:
    """Measure, print, compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--update", action="store_true", help="raise floors to what was measured")
    parser.add_argument("--lower", action="store_true", help="with --update: let floors fall too")
    parser.add_argument("--errors", action="store_true", help="list the pairs answered wrongly")
    options = parser.parse_args()
    missing = [name for name in (*CORPORA, BRIEFINGS) if not (SHARED / "corpora" / name).exists()]
    if missing:
        print(f"not measured: {', '.join(missing)} not found under {SHARED / 'corpora'} (set WHOHOLDS_SHARED)")
        return 0
    pairs = {name: read_lines(HERE / "ledgers" / f"{name}.jsonl") for name in ("disputes", "echoes")}
    texts = read_texts({part["report"] for rows in pairs.values() for row in rows for part in row["claims"]})
    print(f"inputs {inputs_hash(texts)}: {', '.join(f'{len(rows)} pairs of {name}' for name, rows in pairs.items())}")
    tell_agreement(pairs)
    figures: dict[str, float] = {}
    errors: list[Judged] = []
    clear = [row for row in pairs["disputes"] if not row.get("no_claim")]
    figures |= measured("contradiction", clear, answers(clear, lambda row: answer_dispute(row, texts)), errors)
    figures |= measured("account", clear, answers(clear, lambda row: answer_dispute(row, texts)), [])
    whole = [as_read(row) for row in pairs["disputes"]]
    print("  as read by the extractor of that day, on pairs drawn for its answers too:")
    measured("contradiction", whole, answers(whole, lambda row: answer_dispute(row, texts)), [], quiet=True)
    measured("account", whole, answers(whole, lambda row: answer_dispute(row, texts)), [], quiet=True)
    print("  baseline: opposite sides named at one place within three days")
    measured("contradiction", clear, answers(clear, baseline_dispute), [], quiet=True)
    echoes = pairs["echoes"]
    found = answers(echoes, echo_answerer(echoes, texts))
    figures |= measured("echo", echoes, found, errors)
    print("  baseline: published within one day of each other, half of the words shared")
    measured("echo", echoes, answers(echoes, lambda row: baseline_echo(row, texts)), [], quiet=True)
    briefings = briefing_pairs(read_lines(SHARED / "corpora" / BRIEFINGS))
    print(f"  {len(briefings)} pairs of briefings, Ukrainian and English, of one week")
    answered = answers(briefings, lambda row: "translation" if is_translation(*row["marks"]) else "none")
    measured("translation", briefings, answered, errors)
    telling = [row for row in briefings if row["label"] == "none" or min(map(len, row["marks"])) >= FEWEST_MARKS]
    print(f"  of those, with {FEWEST_MARKS} names and numbers or more in both where they are translations:")
    figures |= measured("translation", telling, answered, [])
    print("  baseline: published on one day")
    measured("translation", briefings, answers(briefings, same_day), [], quiet=True)
    if options.errors:
        for ident, label, answer in errors:
            print(f"  {ident}: labelled {label}, answered {answer}")
    return held(figures, update=options.update, lower=options.lower)


def tell_agreement(pairs: Mapping[str, Sequence[Row]]) -> None:
    """Print how far a second reader agrees with the labels.

    The share of pairs, and Cohen's kappa (Cohen 1960, doi:10.1177/001316446002000104).
    """
    second = {row["id"]: row["label"] for row in read_lines(HERE / "ledgers" / "second_reader.jsonl")}
    for name, rows in pairs.items():
        both = [(row["label"], second[row["id"]]) for row in rows if row["id"] in second]
        agreed = sum(one == other for one, other in both) / len(both)
        one, other = (Counter(pair[at] for pair in both) for at in (0, 1))
        chance = sum(one[label] * other[label] for label in one) / len(both) ** 2
        kappa = (agreed - chance) / (1 - chance)
        print(f"  second reader  {name:<10} {len(both)} pairs, agreed {agreed:.3f}, Cohen's kappa {kappa:.2f}")


def read_lines(path: Path) -> list[Row]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def read_texts(wanted: set[str]) -> dict[str, Row]:
    """The reports that pairs point to, by id.

    Raises
    ------
    SystemExit
        One of them is not in the corpora.
    """
    found: dict[str, Row] = {}
    for name in CORPORA:
        with (SHARED / "corpora" / name).open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["id"] in wanted:
                    found[row["id"]] = row
    if lost := sorted(wanted - set(found)):
        raise SystemExit(f"The corpora have no report {', '.join(lost[:5])} ({len(lost)} missing).")
    return found


def inputs_hash(texts: Mapping[str, Row]) -> str:
    """A hash of every text that is measured on, so that two figures can be told to be of the same inputs."""
    digest = hashlib.sha256()
    for ident in sorted(texts):
        digest.update(f"{ident}\x1f{texts[ident]['text']}\x1e".encode())
    return digest.hexdigest()[:12]


def claim_of(part: Row, texts: Mapping[str, Row]) -> Claim:
    """A claim from its offsets and fields."""
    text = texts[part["report"]]["text"]
    trigger, sentence = Span.of(text, *part["trigger"]), Span.of(text, *part["sentence"])
    return Claim(
        id=claim_id(part["report"], trigger.start, trigger.end, Kind(part["kind"])), report_id=part["report"],
        kind=Kind(part["kind"]), side=part["side"],
        places=(ClaimPlace(span=trigger, type=PlaceType.SETTLEMENT),), trigger=trigger, stance=Stance(part["stance"]),
        hedged=part["hedged"], failed=part["failed"],
        speaker=Span.of(text, *part["speaker"]) if part["speaker"] else None, speaker_side=part["speaker_side"],
        date=date.fromisoformat(part["day"]), evidence=EvidenceType(part["evidence"]), count=None, sentence=sentence,
        rule="by hand",
    )  # fmt: skip


def placed_of(part: Row, texts: Mapping[str, Row], witness: str) -> PlacedClaim:
    """The claim put at its labelled place; a place id is a point, any other key an area."""
    claim, key = claim_of(part, texts), str(part["place"])
    best = Candidate(place_id=int(key), name="", lat=0.0, lon=0.0, probability=1.0) if key.isdigit() else None
    return PlacedClaim(
        claim=claim, outlet=texts[part["report"]]["source"], valid_day=date.fromisoformat(part["day"]),
        known_day=date.fromisoformat(part["known"]), witness=witness, group="",
        resolutions=(
            Resolution(span=claim.trigger, type=PlaceType.SETTLEMENT, best=best, area=None if best else key),
        ),
    )  # fmt: skip


def answers(rows: Iterable[Row], answer: Callable[[Row], str]) -> dict[str, str]:
    """The answer for each pair."""
    return {row["id"]: answer(row) for row in rows}


def answer_dispute(row: Row, texts: Mapping[str, Row]) -> str:
    """What the rule says of two claims; each is taken as a witness of its own, as the labels do."""
    one, other = (placed_of(part, texts, witness=str(n)) for n, part in enumerate(row["claims"]))
    found = dispute(one, other)
    return {None: "none", "control": "contradiction", "account": "account"}[found.value if found else None]


def as_read(row: Row) -> Row:
    """A pair with what the extractor had read put back."""
    claims = [dict(part) for part in row["claims"]]
    for path, value in row.get("mended", {}).items():
        which, field = path.split(".")
        claims["AB".index(which)][field] = value
    return {**row, "claims": claims}


def baseline_dispute(row: Row) -> str:
    """Two sides at one place within three days."""
    one, other = row["claims"]
    near = abs(date.fromisoformat(one["day"]) - date.fromisoformat(other["day"])) <= timedelta(days=3)
    opposed = one["side"] != other["side"] and one["place"] == other["place"]
    return "contradiction" if near and opposed else "none"


def echo_answerer(rows: Sequence[Row], texts: Mapping[str, Row]) -> Callable[[Row], str]:
    """What the rules say of two reports or two claims, given every report that the pairs name."""
    theatre = load_theatre(THEATRE)
    named = sorted({part["report"] for row in rows for part in row["claims"]})
    families = report_families(
        (
            DatedText(
                report_id=i, known_day=date.fromisoformat(texts[i]["date"]), text=texts[i]["text"],
                outlet=texts[i]["source"],
            )
            for i in named
        ),
        common=common_words([label for side in theatre.sides for label in (*side.demonyms, *side.names)]),
    )  # fmt: skip

    def answer(row: Row) -> str:
        one, other = row["claims"]
        if "trigger" not in one:
            return "echo" if families[one["report"]] == families[other["report"]] else "independent"
        heard = [
            Heard(
                claim=claim_of(part, texts), places=(str(part["place"]),), outlet=texts[part["report"]]["source"],
                known_day=date.fromisoformat(part["known"]), day=date.fromisoformat(part["day"]),
            )
            for part in (one, other)
        ]  # fmt: skip
        found = witnesses(heard, families, theatre)
        return "echo" if len(set(found.values())) == 1 else "independent"

    return answer


def baseline_echo(row: Row, texts: Mapping[str, Row]) -> str:
    """Half of the words shared within a day."""
    one, other = (texts[part["report"]] for part in row["claims"])
    a, b = (set(report["text"].lower().split()) for report in (one, other))
    near = abs(date.fromisoformat(one["date"]) - date.fromisoformat(other["date"])) <= timedelta(days=1)
    return "echo" if near and len(a & b) / max(1, len(a | b)) >= 0.5 else "independent"


def briefing_pairs(rows: Sequence[Row]) -> list[Row]:
    """Every two briefings in two languages within a week, with their marks."""
    cache = cache_folder()
    cache.mkdir(parents=True, exist_ok=True)
    rooms = Rooms.open(THEATRE, gazetteer=None, cache=cache)
    every = [
        Report(
            id=row["id"], format="jsonl", sha256="", text=row["text"], lang=row["lang"], outlet=row["source"],
            day=date.fromisoformat(row["date"]),
        )
        for row in rows
    ]  # fmt: skip
    marks = {t.report_id: t.marks for t in dated_texts(rooms, ((r, r.day) for r in every if r.day is not None))}
    found: list[Row] = []
    for one in (row for row in rows if row["lang"] == "uk"):
        for other in (row for row in rows if row["lang"] == "en"):
            days = date.fromisoformat(one["date"]) - date.fromisoformat(other["date"])
            if abs(days) <= timedelta(days=7):
                same = one["pair"] == other["pair"] or frozenset({one["pair"], other["pair"]}) in SAME_SPEECH
                found.append({
                    "id": f"t{len(found)}", "label": "translation" if same else "none", "days": days.days,
                    "marks": (marks[one["id"]], marks[other["id"]]),
                })  # fmt: skip
    return found


def same_day(row: Row) -> str:
    """Published on one day."""
    return "translation" if row["days"] == 0 else "none"


def measured(
    label: str, rows: Sequence[Row], found: Mapping[str, str], errors: list[Judged], *, quiet: bool = False
) -> dict[str, float]:
    """Print precision and recall of a label, over all pairs and over those with odd ids; answers the former."""
    figures: dict[str, float] = {}
    for part, members in (("all", rows), ("odd ids", [r for r in rows if int(r["id"][1:]) % 2])):
        labelled = {row["id"] for row in members if row["label"] == label}
        answered = {row["id"] for row in members if found[row["id"]] == label}
        right = len(labelled & answered)
        words = []
        for name, n in (("precision", len(answered)), ("recall", len(labelled))):
            share = right / n if n else 0.0
            low, high = wilson(right, n) if n else (0.0, 1.0)
            words.append(f"{name} {share:.3f} ({right}/{n}, {low:.2f}-{high:.2f})")
            if part == "all":
                figures[f"{label}_{name}"] = share
        if part == "all" or not quiet:
            print(f"  {label:<14} {part:<10} {'   '.join(words)}")
    if not quiet:
        errors += [(r["id"], r["label"], found[r["id"]]) for r in rows if found[r["id"]] != r["label"]]
    return figures


def held(figures: Mapping[str, float], *, update: bool, lower: bool) -> int:
    """Compare with the floors and the bar; answers the exit code."""
    floors: dict[str, float] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    if update:
        raised = {name: round(max(0.0, value - MARGIN), 3) for name, value in figures.items()}
        floors = raised if lower else {name: max(value, floors.get(name, 0.0)) for name, value in raised.items()}
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", "utf-8")
    below = [f"{name} {figures[name]:.3f} < {floor}" for name, floor in sorted(floors.items()) if figures[name] < floor]
    short = [name for name, value in sorted(figures.items()) if value < BAR]
    print(f"bar {BAR}: " + (f"not reached by {', '.join(short)}" if short else "reached by every figure"))
    for line in below:
        print(f"FELL BELOW ITS FLOOR: {line}")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
