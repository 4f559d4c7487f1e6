"""Claims and places of single passages, without a store: what `whoholds extract` and `whoholds locate` print."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, TextIO

from whoholds.errors import UnreadableReport, WhoholdsError
from whoholds.locate import Resolver, place_row
from whoholds.model import Claim, Distance, Report, Resolution
from whoholds.pipeline.placing import resolve_report
from whoholds.pipeline.rooms import Rooms

MOST_CHARACTERS = 5_000_000
"""A longer line is no passage."""
MOST_TOGETHER = 100
MOST_CHARACTERS_TOGETHER = 200_000
"""Passages are read together up to so many, and characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A line of the file: `text` as it stands."""

    id: str
    day: date | None
    lang: str
    text: str
    outlet: str
    theatre: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bad:
    """A line that is no passage: where, why, what to do."""

    where: str
    problem: str
    remedy: str


def read_passages(path: str) -> Iterator[Passage | Bad]:
    """The passages of a JSON Lines file; "-" for stdin.

    Raises
    ------
    UnreadableReport
        The file cannot be opened.
    """
    if path == "-":
        yield from _passages(sys.stdin, "stdin")
        return
    try:
        with Path(path).open(encoding="utf-8", errors="strict") as file:
            yield from _passages(file, path)
    except OSError as error:
        raise UnreadableReport(
            f"{path} cannot be opened ({error.strerror}).", remedy="Give a JSON Lines file, or - for stdin."
        ) from error
    except UnicodeDecodeError as error:
        raise UnreadableReport(f"{path} is not UTF-8 (byte {error.start}).", remedy="Save it as UTF-8.") from error


def _passages(file: TextIO, name: str) -> Iterator[Passage | Bad]:
    """The passages of an open file."""
    for number, line in enumerate(file, start=1):
        if line.strip():
            yield _passage(line, f"{name}, line {number}")


def _passage(line: str, where: str) -> Passage | Bad:
    """One line as a passage."""
    if len(line) > MOST_CHARACTERS:
        return Bad(where=where, problem=f"The line has {len(line):,} characters.", remedy="Cut it into passages.")
    try:
        raw = json.loads(line)
    except json.JSONDecodeError as error:
        return Bad(where=where, problem=f"The line is no JSON ({error.msg}).", remedy="Write one object a line.")
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
        return Bad(where=where, problem="The line has no text.", remedy='Give each object a "text" of type string.')
    try:
        day = date.fromisoformat(str(raw["date"])[:10]) if raw.get("date") else None
    except ValueError:
        return Bad(where=where, problem=f"{raw['date']!r} is no day.", remedy="Write dates like 2022-09-12.")
    return Passage(
        id=str(raw.get("id", where)),
        day=day,
        lang=str(raw.get("lang") or "en"),
        text=raw["text"],
        outlet=str(raw.get("source") or raw.get("outlet") or ""),
        theatre=str(raw["theatre"]) if raw.get("theatre") else None,
    )


class _ManyRooms:
    """The rooms of each theatre that a file names, opened once."""

    def __init__(self, theatre: str, gazetteer: Path | None, cache: Path) -> None:
        self._default, self._gazetteer, self._cache = theatre, gazetteer, cache
        self._open: dict[str, Rooms] = {}

    def of(self, passage: Passage) -> Rooms:
        """The rooms for a passage; the gazetteer given serves the theatre it has places of."""
        key = passage.theatre or self._default
        if key not in self._open:
            try:
                self._open[key] = Rooms.open(key, gazetteer=self._gazetteer, cache=self._cache)
            except WhoholdsError:
                if key == self._default or self._gazetteer is None:
                    raise
                self._open[key] = Rooms.open(key, gazetteer=None, cache=self._cache)
        return self._open[key]


def extract_passages(
    passages: Iterable[Passage | Bad], *, theatre: str, gazetteer: Path | None, cache: Path
) -> Iterator[dict[str, Any] | Bad]:
    """{"id", "claims": [...]} in the gold layout, each place with its `geonameid` where it was resolved."""
    rooms = _ManyRooms(theatre, gazetteer, cache)
    for some in _together(passages):
        good = [passage for passage in some if isinstance(passage, Passage)]
        found = iter(()) if not good else _claims_of(good, rooms)
        yield from (passage if isinstance(passage, Bad) else next(found) for passage in some)


def _together(passages: Iterable[Passage | Bad]) -> Iterator[list[Passage | Bad]]:
    """Passages that are read together: neighbours, up to so many."""
    some: list[Passage | Bad] = []
    size = 0
    for passage in passages:
        some.append(passage)
        size += len(passage.text) if isinstance(passage, Passage) else 0
        if len(some) >= MOST_TOGETHER or size >= MOST_CHARACTERS_TOGETHER:
            yield some
            some, size = [], 0
    yield some


def _claims_of(passages: Sequence[Passage], many: _ManyRooms) -> Iterator[dict[str, Any]]:
    """The claims of passages in the gold layout; those of one theatre are read at once."""
    for _, group in groupby(passages, key=lambda passage: id(many.of(passage))):
        of_one = list(group)
        here, reports = many.of(of_one[0]), [report_of(passage) for passage in of_one]
        for report, claims in zip(reports, here.claims_of(reports), strict=True):
            resolved = resolve_report(here, report, claims, front=None) if claims else []
            rows = [gold_claim(claim, resolutions) for claim, resolutions in resolved]
            yield {"id": report.id, "claims": sorted(rows, key=lambda c: (c["trigger"]["start"], c["kind"]))}


def explain_passages(
    passages: Iterable[Passage | Bad], *, theatre: str, gazetteer: Path | None, cache: Path
) -> Iterator[dict[str, Any] | Bad]:
    """{"id", "explained": text}: sentence, parse and rule of each claim, for people."""
    rooms = _ManyRooms(theatre, gazetteer, cache)
    for passage in passages:
        if isinstance(passage, Bad):
            yield passage
            continue
        here, report = rooms.of(passage), report_of(passage)
        yield {"id": passage.id, "explained": str(here.extractor.explain(report, here.mentions(report)))}


def locate_passages(
    passages: Iterable[Passage | Bad],
    *,
    theatre: str,
    gazetteer: Path | None,
    cache: Path,
    phrases: Literal["used", "ignored"] = "used",
) -> Iterator[dict[str, Any] | Bad]:
    """{"id", "places": [...]}: each place named, with what it was taken for, the runners-up and the reasons."""
    rooms = _ManyRooms(theatre, gazetteer, cache)
    for passage in passages:
        if isinstance(passage, Bad):
            yield passage
            continue
        here = rooms.of(passage)
        mentions = here.finder.find(passage.text, passage.lang)
        resolver = here.resolver
        if phrases == "ignored":
            resolver = Resolver(here.gazetteer, here.theatre, use_phrases=False)
        resolutions = resolver.resolve(passage.text, mentions, day=passage.day)
        pairs = zip(mentions, resolutions, strict=True)
        yield {"id": passage.id, "places": [place_row(m, r) for m, r in pairs]}


def report_of(passage: Passage) -> Report:
    """A passage as a report, its text untouched."""
    return Report(
        id=passage.id,
        format="passage",
        sha256=hashlib.sha256(passage.text.encode("utf-8", "surrogatepass")).hexdigest(),
        text=passage.text,
        lang=passage.lang,
        outlet=passage.outlet,
        day=passage.day,
    )


def gold_claim(claim: Claim, resolutions: tuple[Resolution, ...]) -> dict[str, Any]:
    """A claim in the gold layout."""
    count: dict[str, Any] | None = None
    if isinstance(claim.count, Distance):
        count = {"distance_km": claim.count.distance_km, "to": claim.count.to}
    elif claim.count is not None:
        count = {"min": claim.count.min, "unit": claim.count.unit}
    speaker = claim.speaker
    return {
        "kind": claim.kind.value,
        "side": claim.side,
        "places": [
            {
                "start": place.span.start,
                "end": place.span.end,
                "text": place.span.text,
                "type": place.type.value,
                "geonameid": found.best.place_id if found.best and found.best.place_id > 0 else None,
            }
            for place, found in zip(claim.places, resolutions, strict=True)
        ],
        "trigger": {"start": claim.trigger.start, "end": claim.trigger.end, "text": claim.trigger.text},
        "stance": claim.stance.value,
        "hedged": claim.hedged,
        "failed": claim.failed,
        "speaker": {"start": speaker.start, "end": speaker.end, "text": speaker.text} if speaker else None,
        "speaker_side": claim.speaker_side,
        "date": claim.date.isoformat() if claim.date else None,
        "evidence": claim.evidence.value,
        "count": count,
        "rule": claim.rule,
    }
