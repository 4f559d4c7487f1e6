"""The two clocks of a report and its claims, and which group of speakers a claim belongs to."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from whoholds.errors import UnknownDay
from whoholds.model import Claim, EvidenceType, Outlet, Report, Stance, Theatre


def outlet_of(name: str, theatre: Theatre) -> Outlet | None:
    """The theatre's outlet of that name, alias or web address; None for one it does not know."""
    return _outlets(theatre.key, theatre.outlets).get(_plain(name))


@lru_cache(maxsize=8)
def _outlets(key: str, outlets: tuple[Outlet, ...]) -> dict[str, Outlet]:
    """Outlets by every way their name is written; the first of a name counts."""
    del key
    found: dict[str, Outlet] = {}
    for outlet in outlets:
        for name in (outlet.name, *outlet.aliases):
            found.setdefault(_plain(name), outlet)
    return found


def _plain(name: str) -> str:
    """A name without case, scheme and www."""
    host = urlsplit(name).netloc if "://" in name else name
    return " ".join(host.casefold().removeprefix("www.").removeprefix("telegram:").split())


def known_day(report: Report, theatre: Theatre) -> date:
    """The first day on which a report could be known, in the theatre's time zone.

    The local day of the published instant; where only a day is printed, the end of that day, and for an outlet that
    prints the day of its evening elsewhere, so many days later as the theatre says.

    Raises
    ------
    UnknownDay
        The report has neither.
    """
    published = report.published
    if published is not None:
        return (published.astimezone(ZoneInfo(theatre.timezone)) if published.tzinfo else published).date()
    if report.day is None:
        raise UnknownDay(
            f"Nothing in {report.origin or report.id} says when it was published.",
            remedy="Give it a date: a line `Date: 2022-09-12`, a date field, or a file name that begins with the day.",
        )
    outlet = outlet_of(report.outlet, theatre)
    return report.day + timedelta(days=outlet.known_after_days if outlet else 0)


def valid_day(claim: Claim, report_day: date | None, known: date) -> date:
    """When it was so: the claim's day, else the report's; what is told as past cannot lie after it was known."""
    day = claim.date or report_day or known
    return day if claim.stance is Stance.PREDICTED else min(day, known)


def group_of(claim: Claim, outlet_name: str, theatre: Theatre) -> str:
    """The group of speakers whose reliability is learned together: "side/outlet kind/evidence".

    The speaker's side; where nobody is named, the outlet speaks, and its own side counts.
    """
    outlet = outlet_of(outlet_name, theatre)
    kind = outlet.kind if outlet else "press"
    side = claim.speaker_side or (outlet.side if outlet and claim.speaker is None else None) or "none"
    evidence = EvidenceType.STATEMENT if claim.evidence is EvidenceType.STATEMENT else claim.evidence
    return f"{side}/{kind}/{evidence.value}"
