"""Days and instants as outlets print them; what cannot be read for certain stays unknown."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), start=1
    )
    for name in names.split()
}  # fmt: skip
_WORDED = re.compile(
    r"\b(?:(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?|([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?),?\s+(\d{4})(?!\d)"
)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DOTTED = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")


def instant_of(words: str) -> datetime | None:
    """An instant with its offset, from ISO 8601 or RFC 5322; None for anything less certain.

    >>> instant_of("2022-09-10T08:30:00+03:00").isoformat()
    '2022-09-10T08:30:00+03:00'
    >>> instant_of("Sat, 10 Sep 2022 08:30:00 GMT").isoformat()
    '2022-09-10T08:30:00+00:00'
    >>> instant_of("10 September") is None
    True
    """
    words = words.strip()
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        try:
            found = parsedate_to_datetime(words)
        except (TypeError, ValueError, IndexError):
            return None
    if found.tzinfo is None:
        return None
    return found if found.utcoffset() else found.replace(tzinfo=UTC)


def day_of(words: str, *, month_first: bool | None = None) -> date | None:
    """A day with its year, as printed.

    Parameters
    ----------
    words : str
    month_first : bool, optional
        Whether 09/12/2022 is 12 September. Without it, such a day counts only where one number cannot be a month.

    >>> day_of("September 10, 2022"), day_of("10.09.2022")
    (datetime.date(2022, 9, 10), datetime.date(2022, 9, 10))
    >>> day_of("09/12/2022") is None, day_of("09/12/2022", month_first=True)
    (True, datetime.date(2022, 9, 12))
    """
    if found := _ISO.search(words):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _WORDED.search(words):
        month = _MONTHS.get((found[2] or found[3]).lower())
        return _day(int(found[5]), month, int(found[1] or found[4])) if month else None
    if found := _DOTTED.search(words):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    if found := _SLASHED.search(words):
        one, other, year = int(found[1]), int(found[2]), int(found[3])
        if month_first is None and one <= 12 and other <= 12 and one != other:
            return None
        first = month_first if month_first is not None else one <= 12
        return _day(year, one, other) if first else _day(year, other, one)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, if there is one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
