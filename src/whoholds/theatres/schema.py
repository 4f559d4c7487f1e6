"""What a theatre file may hold, checked by pydantic, and turned into the frozen noun."""

from __future__ import annotations

import re
import zoneinfo
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from whoholds.model import Area, Border, Flight, Holding, Outlet, Side, Theatre

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_ADMIN1 = re.compile(r"[A-Z]{2}[-.][A-Z0-9]{1,4}\Z")


def _timezone(name: str) -> str:
    """The name of a time zone this machine knows."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"no time zone is called {name!r}") from error
    return name


def _point(value: Any) -> None:
    """Refuse what is no [longitude, latitude]."""
    numbers = isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(v, int | float) for v in value)
    if not numbers or not (-180 <= value[0] <= 180 and -90 <= value[1] <= 90):
        raise ValueError(f"a point is [longitude, latitude] in degrees, not {value!r}")


def _points(value: Any, *, least: int) -> None:
    """Refuse what is no list of at least `least` points."""
    if not isinstance(value, list) or len(value) < least:
        raise ValueError(f"needs a list of at least {least} points")
    for point in value:
        _point(point)


def _rule(rule: dict[str, Any]) -> dict[str, Any]:
    """An area rule of one of the forms that model.Area lists."""
    match frozenset(rule):
        case shape if shape == {"admin1"}:
            codes = rule["admin1"]
            if not isinstance(codes, list) or not codes or not all(_ADMIN1.match(str(code)) for code in codes):
                raise ValueError('admin1 is a list of ISO 3166-2 codes, such as ["UA-14"]')
        case shape if shape == {"buffer_km", "of"}:
            if not isinstance(rule["of"], list) or not rule["of"]:
                raise ValueError("of is a list of names or geonameids")
        case shape if shape == {"polygon"}:
            _points(rule["polygon"], least=3)
        case shape if shape == {"line", "buffer_km"}:
            _points(rule["line"], least=2)
        case shape if shape == {"point", "radius_km"}:
            _point(rule["point"])
        case _:
            forms = "admin1; polygon; of and buffer_km; line and buffer_km; point and radius_km"
            raise ValueError(f"a rule has the keys of one of these forms: {forms}")
    for key in ("buffer_km", "radius_km"):
        if key in rule and not (isinstance(rule[key], int | float) and 0 < rule[key] <= 1000):
            raise ValueError(f"{key} is a distance above 0 and up to 1000 [km]")
    return rule


Rule = Annotated[dict[str, Any], AfterValidator(_rule)]
Words = tuple[Annotated[str, Field(min_length=1)], ...]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class _Part(BaseModel):
    """A table of the file: no key that nobody reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SidePart(_Part):
    """[[sides]]"""

    key: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]*$")]
    name: Annotated[str, Field(min_length=1)]
    colour: Annotated[str, Field(pattern=_COLOUR.pattern.replace(r"\Z", "$"))]
    demonyms: Words = ()
    names: Words = ()
    forces: Words = ()
    people: Words = ()
    offices: Words = ()
    lands: Words = ()
    holds_ground: bool = True


class OutletPart(_Part):
    """[[outlets]]"""

    name: Annotated[str, Field(min_length=1)]
    aliases: Words = ()
    side: str | None = None
    kind: Literal["press", "state", "official", "think-tank", "mapmaker", "milblogger", "agency", "monitor"] = "press"
    known_after_days: Annotated[int, Field(ge=0, le=31)] = 0


class AreaPart(_Part):
    """[[areas]]"""

    key: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    type: Literal["region", "direction", "feature"]
    names: Annotated[Words, Field(min_length=1)]
    rule: Rule


class BorderPart(_Part):
    """[[borders]]"""

    name: Annotated[str, Field(min_length=1)]
    countries: tuple[Country, Country]
    aliases: Words = ()


class RenamedPart(_Part):
    """[[renamed]]"""

    old: Annotated[str, Field(min_length=1)]
    new: Annotated[str, Field(min_length=1)]
    day: date


class FlightPart(_Part):
    """[[flights]]"""

    side: str
    over: str | None = None
    since: date | None = None
    until: date | None = None


class HoldingPart(_Part):
    """[[holdings]]"""

    side: str
    names: Annotated[Words, Field(min_length=1)]
    since: date | None = None
    until: date | None = None


class TheatreFile(_Part):
    """A whole theatre file."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    name: Annotated[str, Field(min_length=1)]
    timezone: Annotated[str, AfterValidator(_timezone)]
    first_day: date
    languages: Annotated[tuple[str, ...], Field(min_length=1)]
    countries: Annotated[tuple[Country, ...], Field(min_length=1)]
    default_side: str
    default_side_by_country: dict[Country, str] = {}
    claimed_admin1: dict[str, Country] = {}
    start_line: dict[str, tuple[Rule, ...]] = {}
    sides: Annotated[tuple[SidePart, ...], Field(min_length=2)]
    outlets: tuple[OutletPart, ...] = ()
    areas: tuple[AreaPart, ...] = ()
    borders: tuple[BorderPart, ...] = ()
    speaker_groups: dict[str, Words] = {}
    renamed: tuple[RenamedPart, ...] = ()
    air_side: str | None = None
    flights: tuple[FlightPart, ...] = ()
    holdings: tuple[HoldingPart, ...] = ()

    def contradictions(self) -> list[tuple[tuple[str | int, ...], str]]:
        """Where the file names what it does not hold, or one thing twice: the path in the file, and what is wrong."""
        sides = [side.key for side in self.sides]
        named: list[tuple[tuple[str | int, ...], str]] = [(("default_side",), self.default_side)]
        named += [(("air_side",), self.air_side)] if self.air_side is not None else []
        named += [(("default_side_by_country", land), side) for land, side in self.default_side_by_country.items()]
        named += [(("start_line", side, 0), side) for side in self.start_line]
        named += [(("outlets", i, "side"), o.side) for i, o in enumerate(self.outlets) if o.side is not None]
        named += [(("flights", i, "side"), f.side) for i, f in enumerate(self.flights)]
        named += [(("flights", i, "over"), f.over) for i, f in enumerate(self.flights) if f.over is not None]
        named += [(("holdings", i, "side"), h.side) for i, h in enumerate(self.holdings)]
        known = f"the sides are {', '.join(sides)}"
        found = [(path, f"no side is called {side!r}; {known}") for path, side in named if side not in sides]
        kept = {
            ("sides", "key"): sides,
            ("areas", "key"): [area.key for area in self.areas],
            ("outlets", "name"): [outlet.name for outlet in self.outlets],
        }
        for (table, key), values in kept.items():
            found += [((table, i, key), f"{v!r} is there twice") for i, v in enumerate(values) if v in values[:i]]
        return found

    def theatre(self) -> Theatre:
        """The frozen noun that the rooms take."""
        return Theatre(
            key=self.key,
            name=self.name,
            timezone=self.timezone,
            first_day=self.first_day,
            languages=self.languages,
            countries=self.countries,
            sides=tuple(Side(**side.model_dump()) for side in self.sides),
            default_side=self.default_side,
            air_side=self.air_side,
            default_side_by_country=dict(self.default_side_by_country),
            claimed_admin1=dict(self.claimed_admin1),
            start_line=dict(self.start_line),
            outlets=tuple(Outlet(**outlet.model_dump()) for outlet in self.outlets),
            areas=tuple(Area(**area.model_dump()) for area in self.areas),
            borders=tuple(Border(**border.model_dump()) for border in self.borders),
            speaker_groups=dict(self.speaker_groups),
            flights=tuple(Flight(**flight.model_dump()) for flight in self.flights),
            holdings=tuple(Holding(**holding.model_dump()) for holding in self.holdings),
            renamed=tuple((row.old, row.new, row.day) for row in self.renamed),
        )
