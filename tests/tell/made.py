"""A series of three places and five days, and claims about them."""

from __future__ import annotations

from datetime import date

import numpy as np

from tests.store.made import claim, placed, report
from whoholds.model import Count, Distance, Kind, Side, Stance, Theatre
from whoholds.tell.claims import ToldClaim
from whoholds.tell.facts import BorderKm, DisputeFact, Facts
from whoholds.tell.series import SeriesTable, day_range

DAYS = day_range(date(2022, 9, 8), date(2022, 9, 12))
THEATRE = Theatre(
    key="made",
    name="A made war",
    timezone="Europe/Kyiv",
    first_day=date(2022, 2, 24),
    languages=("en",),
    countries=("UA",),
    sides=(Side(key="UA", name="Ukraine", colour="#0057b7"), Side(key="RU", name="Russia", colour="#d52b1e")),
    default_side="UA",
)


def series() -> SeriesTable:
    """Izium goes over on the third day, a village beside it follows, Kyiv stays."""
    p = np.array([[0.02, 0.03, 0.9, 0.95, 0.97], [0.1, 0.1, 0.2, 0.8, 0.8], [0.99] * 5])
    prob = np.stack([p, 1 - p - 0.005, np.full_like(p, 0.005)], axis=2)
    return SeriesTable(
        ids=np.array([707292, 5, 703448]),
        names=("Izium", "Village", "Kyiv"),
        lat=np.array([49.2, 49.1, 50.4]),
        lon=np.array([37.3, 37.2, 30.5]),
        admin1=("UA-63", "UA-63", "UA-30"),
        days=DAYS,
        states=("UA", "RU", "contested"),
        prob=prob,
        status=prob.argmax(axis=2),
        statuses=("UA", "RU", "contested", "unknown"),
        basis=np.array([[2, 0, 2, 0, 0], [0, 0, 1, 1, 0], [0] * 5]),
        bases=("carried", "inferred", "observed"),
        n_claims=np.array([[1, 0, 2, 0, 0], [0] * 5, [0] * 5]),
    )


def told(
    kind: Kind = Kind.GAIN,
    *,
    stance: Stance = Stance.ASSERTED,
    side: str = "UA",
    outlet: str = "Oskil Dispatch",
    identity: str = "r1",
    count: Count | Distance | None = None,
    title: str = "Izium",
    url: str | None = None,
) -> ToldClaim:
    """A claim about Izium, placed, with its own witness."""
    from dataclasses import replace

    of = report(identity, title=title)
    one = replace(claim(of, kind, count), stance=stance, side=side)
    return ToldClaim(
        claim=one,
        placed=replace(placed(one), witness=f"w-{identity}-{outlet}"),
        outlet=outlet,
        title=title,
        report_day=of.day,
        known_day=date(2022, 9, 11),
        url=url,
        sentence=of.text,
    )


def facts(*claims: ToldClaim, disputes: tuple[DisputeFact, ...] = ()) -> Facts:
    """What a brief is made of."""
    border = BorderKm(name="Russian border", aliases=("the border",), place_km=np.array([60.0, 45.0, 400.0]))
    return Facts(
        theatre=THEATRE, series=series(), claims=claims, disputes=disputes, borders=(border,), n_reports=len(claims)
    )
