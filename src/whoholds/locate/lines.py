"""Library twins of `whoholds locate` and `whoholds gazetteer`: rows in, plain objects out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from whoholds.errors import GazetteerError
from whoholds.locate.find import Finder
from whoholds.locate.gazetteer import Gazetteer
from whoholds.locate.resolve import Resolver
from whoholds.model import Candidate, Mention, Resolution, Theatre

GEONAMES_DUMP = "https://download.geonames.org/export/dump/{country}.zip"


def locate_lines(
    rows: Iterable[Mapping[str, Any]], theatre: Theatre, gazetteer: Gazetteer, *, use_phrases: bool = True
) -> Iterator[dict[str, Any]]:
    """The places of rows {"id", "date", "lang", "text"}, one object {"id", "places"} a row.

    Parameters
    ----------
    use_phrases
        False ignores "13 km southeast of X" and the place it measures from, for measuring the rest.
    """
    finder = Finder(gazetteer, theatre)
    resolver = Resolver(gazetteer, theatre, use_phrases=use_phrases)
    for row in rows:
        text = str(row.get("text", ""))
        mentions = finder.find(text, str(row.get("lang", "en")))
        resolutions = resolver.resolve(text, mentions, day=day_of(row.get("date")))
        yield {
            "id": row.get("id"),
            "places": [place_row(m, r) for m, r in zip(mentions, resolutions, strict=True)],
        }


def day_of(value: object) -> date | None:
    """An ISO day, or None where there is none."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def place_row(mention: Mention, resolution: Resolution) -> dict[str, Any]:
    """One place as a JSON object; a direction or district carries the id of the place it is named after."""
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
        "probability": best.probability if best else None,
        "runners_up": [_runner_up(c) for c in others],
        "reasons": list(best.reasons) if best else [resolution.unresolved] if resolution.unresolved else [],
        "area": resolution.area,
        "role": mention.role,
    }


def _runner_up(c: Candidate) -> dict[str, Any]:
    """A runner-up as a JSON object."""
    return {
        "geonameid": c.place_id if c.place_id > 0 else None,
        "name": c.name,
        "lat": round(c.lat, 5),
        "lon": round(c.lon, 5),
        "probability": c.probability,
    }


def gazetteer_info(gazetteer: Gazetteer) -> dict[str, Any]:
    """What a gazetteer holds: places by country, names, areas, file."""
    counts: dict[str, int] = {}
    for country in gazetteer.countries:
        counts[country] = counts.get(country, 0) + 1
    top = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return {
        "file": str(gazetteer.path) if gazetteer.path else None,
        "bytes": gazetteer.path.stat().st_size if gazetteer.path else None,
        "places": len(gazetteer.ids),
        "names": len(gazetteer.surfaces),
        "own_areas": gazetteer.n_own_areas,
        "countries": top,
    }


def get_country(country: str, out: str | Path, *, download: Callable[[str, Path], object]) -> Path:
    """Fetch a country's GeoNames dump with `download(url, path)`, which owns the network, resuming and checking.

    Raises
    ------
    GazetteerError
        `country` is no ISO 3166-1 alpha-2 code.
    """
    code = country.upper()
    if not (len(code) == 2 and code.isalpha()):
        raise GazetteerError(f"{country!r} is no country code.", remedy="Give two letters (ISO 3166-1), such as UA.")
    target = Path(out)
    if target.is_dir():
        target = target / f"{code}.zip"
    download(GEONAMES_DUMP.format(country=code), target)
    return target
