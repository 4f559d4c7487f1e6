"""Where claims are: their names resolved near that day's front, their clocks, their witnesses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from numpy.typing import NDArray

from whoholds.corroborate import Heard, common_words, report_families, witnesses
from whoholds.model import Candidate, Claim, ClaimPlace, Mention, PlacedClaim, Report, Resolution, Theatre
from whoholds.pipeline.clocks import group_of, known_day, valid_day
from whoholds.pipeline.rooms import Rooms
from whoholds.pipeline.steps import Progress, Watch
from whoholds.pipeline.telling import dated_texts

Front = Callable[[NDArray[Any]], NDArray[Any]]
"""Gazetteer rows to their distance [km] from the front, for `locate.Resolver`."""


BY_HAND = "by hand"
"""The format of a report that holds one claim entered by hand; its category is the id of the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadClaim:
    """A claim with the report it is from, before it is placed."""

    claim: Claim
    report: Report
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A placed claim and the version of the report it is from."""

    item: PlacedClaim
    version: str


def resolve_report(
    rooms: Rooms, report: Report, claims: Sequence[Claim], *, front: Front | None
) -> list[tuple[Claim, tuple[Resolution, ...]]]:
    """The resolutions of the claims of one report, one a place, in order.

    Depends on this report and the front alone, so the order in which reports are read never matters (law 5).
    """
    if report.format == BY_HAND:
        return [(claim, (_given(rooms, report, claim),)) for claim in claims]
    mentions = rooms.mentions(report)
    extra = [
        Mention(span=place.span, type=place.type, name=place.span.text)
        for place in _distinct(p for claim in claims for p in claim.places)
        if _best(place, mentions) is None
    ]
    every = sorted([*mentions, *extra], key=lambda m: (m.span.start, m.span.end))
    resolved = rooms.resolver.resolve(
        report.text, every, day=report.day or known_day(report, rooms.theatre), front=front
    )
    out = []
    for claim in claims:
        mine: list[Resolution] = []
        for place in claim.places:
            at = _best(place, every)
            found = resolved[at] if at is not None else None
            mine.append(
                replace(found, span=place.span, type=found.type)
                if found is not None
                else Resolution(span=place.span, type=place.type, unresolved="The words name no place that was found.")
            )
        out.append((claim, tuple(mine)))
    return out


def _given(rooms: Rooms, report: Report, claim: Claim) -> Resolution:
    """The place that a person gave; nothing is read out of its name."""
    spot = claim.places[0]
    try:
        place = rooms.gazetteer.place(int(report.categories[0]))
    except KeyError:
        reason = f"This gazetteer has no place with the id {report.categories[0]}."
        return Resolution(span=spot.span, type=spot.type, unresolved=reason)
    best = Candidate(
        place_id=place.id, name=place.name, lat=place.lat, lon=place.lon, probability=1.0,
        reasons=(f"given by {report.author}",),
    )  # fmt: skip
    return Resolution(span=spot.span, type=spot.type, best=best)


def place_claims(
    read: Sequence[ReadClaim],
    kept: dict[tuple[str, str], tuple[Resolution, ...]],
    *,
    rooms: Rooms,
    front: Front | None,
    watch: Watch,
    unread: Sequence[Report] = (),
) -> list[Placed]:
    """Every claim placed; resolutions in `kept` (by claim id and version) are taken over.

    `unread` are reports of other languages: no claims are taken from them, but two translations of one are one witness.
    """
    by_report: dict[tuple[str, str], list[ReadClaim]] = {}
    for one in read:
        by_report.setdefault((one.report.id, one.version), []).append(one)
    total = len(by_report)
    found: dict[tuple[str, str], tuple[Resolution, ...]] = {}
    for n, ((_, version), members) in enumerate(by_report.items(), start=1):
        if all((m.claim.id, version) in kept for m in members):
            found.update({(m.claim.id, version): kept[m.claim.id, version] for m in members})
        else:
            claims = [m.claim for m in members]
            for claim, resolutions in resolve_report(rooms, members[0].report, claims, front=front):
                found[claim.id, version] = resolutions
        if n % 50 == 0 or n == total:
            watch(Progress(stage="places", done=n, total=total, unit="reports"))
    return attach(read, found, rooms=rooms, unread=unread)


def attach(
    read: Sequence[ReadClaim],
    found: dict[tuple[str, str], tuple[Resolution, ...]],
    *,
    rooms: Rooms,
    unread: Sequence[Report] = (),
) -> list[Placed]:
    """Resolutions, clocks, witnesses and groups put beside the claims."""
    theatre = rooms.theatre
    days = {(one.report.id, one.version): known_day(one.report, theatre) for one in read}
    who = witness_of(read, found, days, rooms=rooms, unread=unread)
    out = []
    for one in read:
        known = days[one.report.id, one.version]
        out.append(
            Placed(
                item=PlacedClaim(
                    claim=one.claim,
                    resolutions=found[one.claim.id, one.version],
                    outlet=one.report.outlet,
                    valid_day=valid_day(one.claim, one.report.day, known),
                    known_day=known,
                    witness=who[one.claim.id],
                    group=group_of(one.claim, one.report.outlet, theatre),
                ),
                version=one.version,
            )
        )
    return out


def witness_of(
    read: Sequence[ReadClaim],
    found: dict[tuple[str, str], tuple[Resolution, ...]],
    days: dict[tuple[str, str], date],
    *,
    rooms: Rooms,
    unread: Sequence[Report] = (),
) -> dict[str, str]:
    """The witness behind each claim: echoes of one origin share theirs."""
    theatre = rooms.theatre
    reports = {**{r.id: r for r in unread}, **{one.report.id: one.report for one in read}}
    families = report_families(
        dated_texts(rooms, ((r, known_day(r, theatre)) for r in reports.values())), common=names_of_sides(theatre)
    )
    heard = [
        Heard(
            claim=one.claim,
            places=tuple(_key(r) for r in found[one.claim.id, one.version]),
            outlet=one.report.outlet,
            known_day=days[one.report.id, one.version],
            day=valid_day(one.claim, one.report.day, days[one.report.id, one.version]),
        )
        for one in read
    ]
    return witnesses(heard, families, theatre)


def names_of_sides(theatre: Theatre) -> frozenset[str]:
    """The words every report of this war has: who fights."""
    return common_words([label for side in theatre.sides for label in (side.name, *side.demonyms, *side.names)])


def _key(resolution: Resolution) -> str:
    """A place as one string."""
    if resolution.best is not None:
        return str(resolution.best.place_id)
    return resolution.area or resolution.span.text.casefold()


def _best(place: ClaimPlace, mentions: Sequence[Mention]) -> int | None:
    """The mention that shares most characters with a claim's place."""
    best, most = None, 0
    for at, mention in enumerate(mentions):
        shared = min(place.span.end, mention.span.end) - max(place.span.start, mention.span.start)
        if shared > most:
            best, most = at, shared
    return best


def _distinct(places: Iterable[ClaimPlace]) -> list[ClaimPlace]:
    """Each place once."""
    return list({(p.span.start, p.span.end): p for p in places}.values())
