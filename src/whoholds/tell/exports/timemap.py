"""Files for Forensic Architecture's TimeMap (github.com/forensic-architecture/timemap): events, sources, associations.

The three files are what TimeMap's `EVENTS_EXT`, `SOURCES_EXT` and `ASSOCIATIONS_EXT` fetch; its validators take no
other keys, and every value of an event but lists must be text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from whoholds.model import Theatre
from whoholds.tell.claims import NAMELESS, ToldClaim
from whoholds.tell.exports.columns import column
from whoholds.tell.exports.setting import Setting, one_line, spots

EVENT_COLUMNS = (
    column("id", "the claim's id, and the place's where it has several"),
    column("description", "on whose word, and the sentence"),
    column("date", "when it was so, MM/DD/YYYY"),
    column("time", "00:00: no report is read to the minute"),
    column("time_precision", "`day`"),
    column("location", "the place's name in the gazetteer, or the words that name an area"),
    column("latitude", "[degree], as text"),
    column("longitude", "[degree], as text"),
    column("category", "the kind"),
    column("associations", "ids of the kind, the side and the stance"),
    column("sources", "the id of the report"),
)
SOURCE_COLUMNS = (
    column("id", "the report's id"),
    column("title", "its title"),
    column("paths", "empty: no media are kept"),
    column("type", "`Article`"),
    column("url", "where it was published"),
    column("description", "the outlet"),
    column("author", "the outlet"),
    column("date", "the day printed on it"),
)
ASSOCIATION_COLUMNS = (
    column("id", "of the kind, side or stance"),
    column("title", "in words"),
    column("desc", "what it is"),
    column("mode", "`CATEGORY` for the kinds, `FILTER` for sides and stances"),
    column("filter_paths", "where a filter stands in the tree"),
)


def write_timemap(claims: Iterable[ToldClaim], setting: Setting, folder: Path) -> list[Path]:
    """Write events.json, sources.json and associations.json; answers the files."""
    folder.mkdir(parents=True, exist_ok=True)
    shown = [(told, spot, n) for told in claims for n, spot in enumerate(spots(told, setting))]
    events = [
        {
            "id": told.claim.id if n == 0 else f"{told.claim.id}/{spot.key}",
            "description": f"{told.whose_word}: {one_line(told.sentence)}",
            "date": f"{told.valid_day:%m/%d/%Y}",
            "time": "00:00",
            "time_precision": "day",
            "location": spot.name,
            "latitude": f"{spot.lat:.5f}",
            "longitude": f"{spot.lon:.5f}",
            "category": told.claim.kind.value,
            "associations": [i for i, _, _, _ in _kept(told, setting.theatre)],
            "sources": [told.claim.report_id],
        }
        for told, spot, n in shown
    ]
    sources = {told.claim.report_id: _source(told) for told, _, _ in shown}
    associations = {entry[0]: entry for told, _, _ in shown for entry in _kept(told, setting.theatre)}
    return [
        _write(folder / "events.json", events),
        _write(folder / "sources.json", dict(sorted(sources.items()))),
        _write(folder / "associations.json", [_association(associations[key]) for key in sorted(associations)]),
    ]


def _kept(told: ToldClaim, theatre: Theatre) -> list[tuple[str, str, str, str]]:
    """The associations of a claim: id, title, branch of the filter tree (none for a category), what it is."""
    claim = told.claim
    out = [(f"kind-{claim.kind.value}", claim.kind.value, "", "What the side did")]
    side = next((s for s in theatre.sides if s.key == claim.side), None)
    if side is not None:
        out.append((f"side-{side.key}", side.name, "Side", "Whose act"))
    out.append((f"stance-{claim.stance.value}", claim.stance.value, "Stance", "How the speaker stands to it"))
    return out


def _association(entry: tuple[str, str, str, str]) -> dict[str, Any]:
    """An association as TimeMap wants it."""
    identity, title, branch, what = entry
    kept: dict[str, Any] = {
        "id": identity,
        "title": title,
        "desc": what,
        "mode": "FILTER" if branch else "CATEGORY",
    }
    return kept | ({"filter_paths": [branch, identity]} if branch else {})


def _source(told: ToldClaim) -> dict[str, Any]:
    """The report of a claim as a source."""
    outlet = "" if told.outlet in NAMELESS else one_line(told.outlet)
    return {
        "id": told.claim.report_id,
        "title": one_line(told.title),
        "paths": [],
        "type": "Article",
        "url": told.url if told.url and told.url.startswith(("https://", "http://")) else "",
        "description": outlet,
        "author": outlet,
        "date": told.report_day.isoformat() if told.report_day else "",
    }


def _write(path: Path, value: list[Any] | Mapping[str, Any]) -> Path:
    """JSON, one line an entry."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path
