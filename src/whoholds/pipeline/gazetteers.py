"""What a gazetteer file holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoholds.locate import open_gazetteer


def gazetteer_info(file: Path) -> dict[str, Any]:
    """What a gazetteer file holds: places by country (the largest eight), spellings, size."""
    opened = open_gazetteer(file)
    countries: dict[str, int] = {}
    for country in opened.countries:
        countries[country] = countries.get(country, 0) + 1
    top = sorted(countries.items(), key=lambda pair: (-pair[1], pair[0]))[:8]
    return {
        "file": str(file),
        "size_bytes": file.stat().st_size,
        "entries": len(opened.ids),
        "countries": dict(top),
        "populated": sum(f.startswith("PPL") for f in opened.features),
        "spellings": len(opened.surfaces),
    }
