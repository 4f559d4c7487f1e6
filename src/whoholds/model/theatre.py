"""A conflict as data: sides, speakers, outlets, regions, and the line it starts from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A party: `demonyms` are adjectives ("Ukrainian"), `forces` are whole names ("Wagner Group", "the AFU"),
    `names` are the state or movement ("Ukraine", "Kyiv"), `people` its leaders and commanders, `lands` regions and
    towns that it governs whatever the war brings: the officials of these are its own. A side that only fights from the
    air or the sea does not hold ground."""

    key: str
    name: str
    colour: str
    demonyms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    lands: tuple[str, ...] = ()
    holds_ground: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who publishes: `aliases` are the ways its name is written, `side` None for a third party.

    `known_after_days` [day]: added to the printed day to get the known day (an evening in Washington is the next day in
    Kyiv).
    `kind`: press, state, official, think-tank, mapmaker, milblogger, agency.
    """

    name: str
    aliases: tuple[str, ...] = ()
    side: str | None = None
    kind: str = "press"
    known_after_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A region, axis or feature that gazetteers lack, by a rule the gazetteer can turn into a geometry.

    `rule` is one of: {"admin1": ["UA-14", "UA-09"]}, {"buffer_km": 30, "of": [geonameid | name, ...]},
    {"polygon": [[lon, lat], ...]}, {"line": [[lon, lat], ...], "buffer_km": 1}, {"point": [lon, lat], "radius_km": 2}.
    `type` is region, direction or feature.
    """

    key: str
    type: str
    names: tuple[str, ...]
    rule: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """A border that distances are asked to: its name, the two countries, and the words that name it."""

    name: str
    countries: tuple[str, str]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Theatre:
    """Everything a conflict needs that is not code.

    `countries` are ISO 3166-1 alpha-2; `claimed_admin1` lists admin-1 areas (ISO 3166-2 or Natural Earth codes) that
    count to a country here whatever a base map draws (Crimea to UA); `start_line` is {side: [Area rule, ...]}: who
    held what before the first report; places outside every rule are held by `default_side`. `air_side` is the side
    whose aircraft are meant where nobody says whose, None where several sides fly.
    """

    key: str
    name: str
    timezone: str
    first_day: date
    languages: tuple[str, ...]
    countries: tuple[str, ...]
    sides: tuple[Side, ...]
    default_side: str
    default_side_by_country: dict[str, str] = field(default_factory=dict)
    claimed_admin1: dict[str, str] = field(default_factory=dict)
    start_line: dict[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)
    outlets: tuple[Outlet, ...] = ()
    areas: tuple[Area, ...] = ()
    borders: tuple[Border, ...] = ()
    speaker_groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    renamed: tuple[tuple[str, str, date], ...] = ()
    air_side: str | None = None

    def side(self, key: str) -> Side:
        """The side of that key.

        Raises
        ------
        KeyError
            The theatre has no such side.
        """
        for side in self.sides:
            if side.key == key:
                return side
        raise KeyError(key)

    @property
    def side_keys(self) -> tuple[str, ...]:
        """The keys of the sides, in the theatre's order."""
        return tuple(side.key for side in self.sides)
