"""Places of one claim that each have a day of their own: "took Severne on 24 June and Pivdenne on 3 July"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from whoholds.extract.dates import DayRole, expressions

if TYPE_CHECKING:
    from datetime import date

    from whoholds.model import Claim, ClaimPlace

# between a place and its day: "X on 24 June", "X, on 24 June,", "X (24 June)"
_BEFORE_DAY = re.compile(
    r"(?: (?:city|town|village|region|province|district|oblast))?,? ?\(?(?: ?(?:on|late on|early on) )?"
)


def each_on_its_day(claim: Claim, text: str, *, report_day: date | None, first_day: date | None) -> list[Claim]:
    """The claim, or one for each day where its places are told with different days right behind them.

    Parameters
    ----------
    claim
        A claim of the report.
    text
        The report's text.
    report_day
        The day printed on the report.
    first_day
        The first day of the theatre.
    """
    if len(claim.places) < 2:
        return [claim]
    groups: list[tuple[date | None, list[ClaimPlace]]] = []
    waiting: list[ClaimPlace] = []
    days = [e for e in expressions(
        text, report_day, start=claim.sentence.start, end=claim.sentence.end, first_day=first_day
    ) if e.role is DayRole.DAY and e.day is not None]  # fmt: skip
    for place in sorted(claim.places, key=lambda p: p.span.start):
        waiting.append(place)
        own = next((e for e in days if _BEFORE_DAY.fullmatch(text, place.span.end, e.start)), None)
        if own is not None:
            groups.append((own.day, waiting))
            waiting = []
    if len({day for day, _ in groups}) < 2:
        return [claim]
    groups[-1][1].extend(waiting)
    return [replace(claim, places=tuple(places), date=day) for day, places in groups]
