"""A resolved place as a plain object, as `whoholds locate` prints it."""

from __future__ import annotations

from typing import Any

from whoholds.model import Candidate, Mention, Resolution


def place_row(mention: Mention, resolution: Resolution) -> dict[str, Any]:
    """One place as a JSON object; a direction or district carries the id of the place it is named after.

    Examples
    --------
    >>> from whoholds.model import PlaceType, Span
    >>> span = Span(start=0, end=5, text="Atlan")
    >>> row = place_row(
    ...     Mention(span=span, type=PlaceType.SETTLEMENT, name="Atlan"),
    ...     Resolution(span=span, type=PlaceType.SETTLEMENT, unresolved="no gazetteer entry carries the name 'Atlan'"),
    ... )
    >>> row["geonameid"], row["unresolved"]
    (None, "no gazetteer entry carries the name 'Atlan'")
    """
    best = resolution.best or (resolution.runners_up[0] if resolution.runners_up else None)
    others = resolution.runners_up if resolution.best else resolution.runners_up[1:]
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.span.text,
        "type": mention.type.value,
        "geonameid": best.place_id if best and best.place_id > 0 else None,
        "name": best.name if best else mention.name,
        "lat": round(best.lat, 5) if best else None,
        "lon": round(best.lon, 5) if best else None,
        "probability": round(best.probability, 4) if best else None,
        "runners_up": [_runner_up(c) for c in others],
        "reasons": list(best.reasons) if best else [resolution.unresolved] if resolution.unresolved else [],
        "area": resolution.area,
        "role": mention.role,
        "unresolved": resolution.unresolved,
    }


def _runner_up(c: Candidate) -> dict[str, Any]:
    """A runner-up as a JSON object."""
    return {
        "geonameid": c.place_id if c.place_id > 0 else None,
        "name": c.name,
        "lat": round(c.lat, 5),
        "lon": round(c.lon, 5),
        "probability": round(c.probability, 4),
    }
