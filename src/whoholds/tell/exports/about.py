"""What a file says of itself: title, span, licence, citation, and what it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from whoholds import __version__
from whoholds.model import Theatre

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
"""Of the tables as such. GeoNames, whose places are in them, asks for attribution too."""

RIGHTS = (
    "The licence covers the tables. Sentences and titles are quotations from the reports, whose rights stay with their"
    " outlets. Estimates that start from somebody's map are derived from that map: its terms bind them too."
)
PLACES = {"title": "GeoNames", "path": "https://www.geonames.org/", "licence": "CC BY 4.0"}
BORDERS = {"title": "Natural Earth", "path": "https://www.naturalearthdata.com/", "licence": "public domain"}
ATTRIBUTION = "Places: GeoNames (CC BY 4.0). Borders: Natural Earth."


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A data set of one run.

    `nowcast` tells that each day is as known on that day; `known_on` that nothing known later bears on any day.
    `made_at` is the moment of the run, so that the same store gives the same files.
    """

    theatre: Theatre
    first_day: date
    last_day: date
    made_at: datetime
    known_on: date | None = None
    nowcast: bool = False
    base_name: str | None = None
    base_day: date | None = None
    n_reports: int = 0
    n_claims: int = 0
    outlets: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The title, with the span of days."""
        return f"Who held what: {self.theatre.name} ({self.span})"

    @property
    def span(self) -> str:
        """First and last day."""
        first, last = self.first_day.isoformat(), self.last_day.isoformat()
        return first if first == last else f"{first} to {last}"

    @property
    def clock(self) -> str:
        """What was known when."""
        if self.nowcast:
            return "each day as known on that day"
        if self.known_on is not None:
            return f"as known on {self.known_on.isoformat()}"
        return "with every report of the run"

    @property
    def description(self) -> str:
        """What it is and what it rests on, in a paragraph."""
        start = f"the map {self.base_name} ({self.base_day})" if self.base_name else "the theatre's line at the start"
        return (
            f"Control of every settlement on every day ({self.clock}), estimated from {self.n_claims:,} claims read"
            f" from {self.n_reports:,} reports of {len(self.outlets):,} outlets, starting from {start}."
            " Statuses are estimates with a probability each, not observations."
        )

    @property
    def citation(self) -> str:
        """How to cite it."""
        return f"whoholds {__version__} ({self.made_at:%Y}): {self.title}. Data set, {self.clock}."

    @property
    def sources(self) -> list[dict[str, Any]]:
        """What it was made from: places, borders, the map at the start, the outlets."""
        own = [{"title": s["title"], "path": s["path"]} for s in (PLACES, BORDERS)]
        base = [{"title": f"{self.base_name} ({self.base_day})"}] if self.base_name else []
        return [*own, *base, *({"title": outlet} for outlet in self.outlets)]
