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
class Holding:
    """Towns that one side held through a stretch of the war, past doubt: whoever fires at them is its foe.

    `since` and `until` are the first and the last day of it, both included; None where it begins or ends with the war.
    """

    side: str
    names: tuple[str, ...]
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """Whose aircraft are meant where nobody says whose, over ground of the side `over` (None: any) and between two days
    as `Holding` has them."""

    side: str
    over: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Theatre:
    """Everything a conflict needs that is not code.

    `countries` are ISO 3166-1 alpha-2; `claimed_admin1` lists admin-1 areas (ISO 3166-2 or Natural Earth codes) that
    count to a country here whatever a base map draws (Crimea to UA); `start_line` is {side: [Area rule, ...]}: who
    held what before the first report; places outside every rule are held by `default_side`. `air_side` is the side
    whose aircraft are meant where nobody says whose, None where several sides fly; `flights` are its exceptions, the
    last that fits decides. `holdings` are towns whose holder was no question.
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
    flights: tuple[Flight, ...] = ()
    holdings: tuple[Holding, ...] = ()

    def flier(self, day: date | None, over: str | None = None) -> str | None:
        """Whose aircraft are meant on a day where nobody says whose, over ground of a side or of nobody knows whom."""
        fitting = [f.side for f in self.flights if _lasts(f.since, f.until, day) and f.over in (None, over)]
        return fitting[-1] if fitting else self.air_side

    def holder(self, town: str, day: date | None) -> str | None:
        """The side that is known to hold a town on a day, by the town's name in small letters."""
        for holding in self.holdings:
            if _lasts(holding.since, holding.until, day) and any(town == name.lower() for name in holding.names):
                return holding.side
        return None

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


def _lasts(since: date | None, until: date | None, day: date | None) -> bool:
    """Whether a day lies between two days; without a day only what lasts the whole war does."""
    if day is None:
        return since is None and until is None
    return (since is None or since <= day) and (until is None or day <= until)
