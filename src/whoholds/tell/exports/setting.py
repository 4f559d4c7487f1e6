"""Where and in which war claims play: what the layouts of other datasets ask for beside the claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from whoholds.model import Place, PlaceType, Stance, Theatre
from whoholds.tell.claims import ToldClaim

REGION = "admin1:"
"""Keys of areas that are whole regions begin so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country: its name, and its codes of ISO 3166-1 (two letters, three letters, number)."""

    name: str
    alpha2: str
    alpha3: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The ground of claims.

    Attributes
    ----------
    theatre : Theatre
    places : mapping of place id to Place
        The places of the run; a claim may name others, abroad.
    regions : mapping of admin-1 code to name
    countries : mapping of alpha-2 code to Country
    areas : mapping of area key to (longitude, latitude) [degree]
        A point inside each area that claims bear on.
    """

    theatre: Theatre
    places: Mapping[int, Place] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, Country] = field(default_factory=dict)
    areas: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def side_name(self, key: str | None) -> str:
        """A side by its name; nothing where no side is told."""
        if key is None:
            return ""
        return next((side.name for side in self.theatre.sides if side.key == key), key)

    def country_of(self, admin1: str) -> str:
        """The country (alpha-2) that a region counts to in this theatre."""
        return self.theatre.claimed_admin1.get(admin1, admin1.partition("-")[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a claim is: a place or a point inside an area.

    `exact` is True for a settlement, False for a feature, region or direction; `name` is the gazetteer's, or the
    words of the text where they name an area.
    """

    key: str
    name: str
    lat: float
    lon: float
    type: PlaceType
    probability: float | None
    country: Country | None
    admin1: str

    @property
    def exact(self) -> bool:
        """Whether the point is the place itself."""
        return self.type is PlaceType.SETTLEMENT


def spots(told: ToldClaim, setting: Setting) -> Iterator[Spot]:
    """Where a claim is: each place once; places without coordinates are left out."""
    every = {spot.key: spot for spot in _spots(told, setting)}
    yield from every.values()


def _spots(told: ToldClaim, setting: Setting) -> Iterator[Spot]:
    """Where a claim is: one spot for every naming of a place."""
    for resolution in told.placed.resolutions if told.placed else ():
        best, area = resolution.best, resolution.area
        if best is not None:
            place = setting.places.get(best.place_id)
            # A place that is none of the run's may lie in any country.
            country = setting.countries.get(place.country) if place else None
            inside = place is not None and setting.country_of(place.admin1) == place.country
            yield Spot(
                key=str(best.place_id),
                name=best.name,
                lat=best.lat,
                lon=best.lon,
                type=resolution.type,
                probability=best.probability,
                country=country,
                admin1=setting.regions.get(place.admin1, "") if place and inside else "",
            )
        elif area is not None and area in setting.areas:
            lon, lat = setting.areas[area]
            code = area.removeprefix(REGION) if area.startswith(REGION) else ""
            alone = setting.theatre.countries[0] if len(setting.theatre.countries) == 1 else ""
            yield Spot(
                key=area,
                name=one_line(resolution.span.text),
                lat=round(lat, 4),
                lon=round(lon, 4),
                type=resolution.type,
                probability=None,
                country=setting.countries.get(setting.country_of(code) if code else alone),
                admin1=setting.regions.get(code, ""),
            )


def happened(claims: Iterable[ToldClaim]) -> Iterator[ToldClaim]:
    """Claims that say that something was so: no denials, rumours and predictions, which are no events."""
    return (t for t in claims if t.claim.stance in (Stance.ASSERTED, Stance.ACKNOWLEDGED))


def one_line(text: str) -> str:
    """Words on one line."""
    return " ".join(text.split())
