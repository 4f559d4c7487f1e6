"""Numbers in a brief: places counted but not named, and distances claimed, each beside what the map has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from whoholds.model import Claim, Count, Distance, Kind, Stance
from whoholds.tell.brief import Line, short_day, words
from whoholds.tell.citing import Citing
from whoholds.tell.nearness import border_of, nearest_words
from whoholds.tell.phrasing import DONE
from whoholds.tell.series import Flip

MOST_LINES = 12
"""How many of each a brief tells; the latest counts, the first distances."""


def counts(desk: Citing, moved: Sequence[Flip]) -> tuple[Line, ...]:
    """Numbers of unnamed places, against those anybody has named and those the map has."""
    lines = []
    for told in desk.facts.claims:
        count, claim = told.claim.count, told.claim
        if not isinstance(count, Count) or count.min is None or claim.side is None:
            continue
        if claim.kind not in (Kind.GAIN, Kind.HOLD, Kind.LEAVE) or claim.stance is Stance.PREDICTED:
            continue
        keys = [r.area for r in (told.placed.resolutions if told.placed else ()) if r.area]
        where = members(desk, keys)
        named = named_by(desk, told.known_day, claim, where)
        estimate = [
            f
            for f in moved
            if (f.after == claim.side) == (claim.kind is not Kind.LEAVE)
            and f.day <= told.valid_day
            and (where is None or where[f.row])
        ]
        region = f" in {words([p.span.text for p in claim.places], most=2)}" if claim.places else ""
        text = (
            f"{told.whose_word}, {short_day(told.known_day)}: at least {count.min:,} {count.unit}{region}"
            f" {DONE[claim.kind]} {desk.name(claim.side)}. Named by anybody so far: {len(named):,}"
            f"{' (' + words(named, most=8) + ')' if named else ''}; on the map: {len(estimate):,};"
            f" unnamed: {max(0, count.min - len(named)):,}."
        )
        lines.append(Line(text=text, cites=desk.cite([told])))
    return tuple(lines[-MOST_LINES:])


def members(desk: Citing, keys: Sequence[str]) -> NDArray[np.bool_] | None:
    """Places in any of the areas; None where no area has a shape."""
    masks = [m for m in (desk.facts.inside(k) for k in keys) if m is not None]
    return np.logical_or.reduce(masks) if masks else None


def named_by(desk: Citing, day: date, like: Claim, where: NDArray[np.bool_] | None) -> list[str]:
    """Names of the places that claims of the same outcome had named by a day."""
    out: dict[int, str] = {}
    winner = like.side if like.kind is not Kind.LEAVE else None
    for place_id, claims in desk.by_place.items():
        row = desk.row.get(place_id)
        if row is None or (where is not None and not where[row]):
            continue
        for t in claims:
            fits = (t.claim.kind in (Kind.GAIN, Kind.HOLD) and t.claim.side == winner) or (
                t.claim.kind is Kind.LEAVE and (t.claim.side != winner if winner else t.claim.side == like.side)
            )
            if fits and t.known_day <= day and t.claim.stance in (Stance.ASSERTED, Stance.ACKNOWLEDGED):
                out[place_id] = desk.facts.series.names[row]
    return sorted(out.values())


def distances(desk: Citing) -> tuple[Line, ...]:
    """Distances claimed, against the ground newly held."""
    lines: list[Line] = []
    unchecked: list[str] = []
    series = desk.facts.series
    for told in desk.facts.claims:
        claim = told.claim
        if not isinstance(claim.count, Distance):
            continue
        km, to = claim.count.distance_km, claim.count.to
        whose = desk.name(claim.side) if claim.side else "forces"
        head = f"{told.whose_word}, {short_day(told.known_day)}: {whose} within {km:g} km of {to}."
        border = border_of(desk.facts.borders, to)
        if border is None or claim.side is None or claim.side not in series.states:
            unchecked.append(to)
            continue
        lines.append(
            Line(
                text=f"{head} {nearest_words(series, border, (claim.side, whose), told.valid_day, km)}",
                cites=desk.cite([told]),
            )
        )
    if unchecked:
        goals = words(list(dict.fromkeys(unchecked)), most=3)
        lines = [
            *lines[: MOST_LINES - 1],
            Line(text=f"Not checked, for these are no borders of the theatre: {goals}."),
        ]
    return tuple(lines[:MOST_LINES])
