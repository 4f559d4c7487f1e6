"""The day of an event, as its own sentence gives it; anchored on the report's day, never silently filled in.

Two steps. `expressions` finds every expression of time in a stretch of text and works out the day it names, if any.
`day_of` chooses, by grammar, the one that dates the event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from whoholds.extract.clauses import eligible_day_token
from whoholds.extract.cues import english_cues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_WEEKDAYS = {
    "monday": 0,
    "tuesday": 1,
    "wednesday": 2,
    "thursday": 3,
    "friday": 4,
    "saturday": 5,
    "sunday": 6,
}
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}

# A yearless day this close behind the report is taken as meant; 90 days: reports speak of the last weeks without a
# year, while retrospectives, which mean any year, lie months behind.
_NEAR_PAST_DAYS = 90
# Announced days ("scheduled for September 23") lie at most this far ahead.
_NEAR_FUTURE_DAYS = 60

_MONTH = (
    r"(?P<{m}>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_JOIN = r"\s?(?:[-–—]|and|to|through|&)\s?"
_PATTERN = re.compile(
    r"\b(?:"
    # September 15-16, 2022 / September 30 - October 1 / Sept. 10
    + _MONTH.format(m="m1")
    + r"\s(?P<d1>\d{1,2})(?:st|nd|rd|th)?(?:"
    + _JOIN
    + r"(?:"
    + _MONTH.format(m="m1b")
    + r"\s)?(?P<d1b>\d{1,2})(?:st|nd|rd|th)?(?![\d.]*\s?(?:km|percent|%|people|troops|am|a\.m|pm|p\.m)))?(?!\d|:)"
    + r"(?:,?\s(?P<y1>(?:19|20)\d\d)\b)?"
    # 15-16 September 2022 / the 5th of May
    + r"|(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?:"
    + _JOIN
    + r"(?P<d2b>\d{1,2})(?:st|nd|rd|th)?)?\s(?:of\s)?"
    + _MONTH.format(m="m2")
    + r"(?![A-Za-z])(?:,?\s(?P<y2>(?:19|20)\d\d)\b)?"
    # 2022-09-15
    + r"|(?P<y3>(?:19|20)\d\d)-(?P<n3>\d\d)-(?P<d3>\d\d)"
    # 15.09.22
    + r"|(?P<d4>\d{1,2})\.(?P<n4>\d{1,2})\.(?P<y4>(?:20)?\d\d)(?![.\d])"
    # (last|next) Saturday (night)
    + r"|(?P<wpre>last\s|next\s|this\s|coming\s|previous\s)?"
    + r"(?P<w>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b(?!s)"
    + r"(?:,?\s(?P<wm>"
    + _MONTH.format(m="m5").removeprefix("(?P<m5>").removesuffix(")")
    + r")\s(?P<wd>\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s(?P<wy>(?:19|20)\d\d)\b)?)?"
    # words
    + r"|(?P<today>today|tonight|this\s(?:morning|afternoon|evening)"
    + r"|for\sa\s(?:second|third|fourth|fifth|sixth|seventh)\s(?:straight\s|consecutive\s)?(?:day|night)"
    + r"|overnight(?!\s(?:on\s|of\s|to\s|into\s)?(?:\d|"
    + "|".join(name.capitalize() for name in (*_MONTHS, *_WEEKDAYS))
    + r"))|earlier\s(?:in\sthe|this)\sday)"
    + r"|(?P<yesterday>yesterday|last\snight|the\snight\sbefore)"
    + r"|(?P<weekend>(?:over|at|during)\sthe\sweekend)"
    + r"|(?P<hours>(?:last|past|previous|preceding)\s(?:24|48|twenty-four|forty-eight)(?:\s?[-–]\s?48)?\shours)"
    + r"|(?P<back>(?:the|that)\s(?:very\s)?same\s(?:day|date|evening|night)|that\s(?:day|evening|night|morning)"
    + r"|the\s(?:next|following)\s(?:day|morning)|(?:a|one|two|three)\sdays?\slater"
    + r"|by\s(?:evening|nightfall|dusk|noon|midday|morning|afternoon)|(?:\w+\s)?hours\slater"
    + r"|the\s(?:previous|preceding)\sday|the\sday\sbefore|the\sday\safter)"
    + r"|(?P<ago>\d{1,2}|two|three|four|five|six|a)\sdays?\s(?:ago|earlier)"
    # times that name no one day, and so keep other days of the sentence from being taken for the event's
    + r"|(?P<vague>(?:(?:late|early|mid|the\s(?:end|beginning|start|middle)\sof)[\s-])"
    + _MONTH.format(m="m6")
    + r"(?:\s(?:19|20)\d\d)?(?!\s\d)"
    + r"|(?:last|past|previous)\s(?:week|month|year|summer|winter|spring|autumn|fall|weekend|few\s\w+|several\s\w+"
    + r"|couple\sof\s\w+|\d+\s(?:hours|days|weeks|months)"
    + r"|(?:two|three|four|five|six|seven|ten)\s(?:days|weeks|months|years))"
    + r"|(?:weeks|months|years|week|month|year)\sago)"
    + r")",
    re.IGNORECASE,
)
_FULL_DATE = re.compile(
    r"\b(?:" + "|".join(name.capitalize() for name in _MONTHS) + r")\.?\s(?:\d{1,2},?\s)?((?:19|20)\d\d)\b"
)
# days from the day told before, by the words that say so
_STEPS = (
    (2, ("two days later",)),
    (3, ("three days later",)),
    (0, ("by ", "hours")),
    (1, ("next", "following", "later", "after")),
    (-1, ("previous", "preceding", "before")),
)
_JOINED = re.compile(r"\s?(?:-|–|—|and|to|through|until|till)\s?(?:on\s)?", re.IGNORECASE)
# Month names that are also words ("may", "march") count as months only with a capital.
_LOWER_MONTH = re.compile(r"\b(?:may|march)\b")

# A day after these bounds a stretch of time and does not date the event itself.
_BOUND = re.compile(
    r"\b(?:since|from|until|till|before|prior\sto|ahead\sof|following|after|starting|beginning)\s(?:at\sleast\s|about\s|around\s|the\s(?:night|morning|evening)\sof\s)?$",
    re.IGNORECASE,
)
_NIGHT_TO = re.compile(r"\b(?:overnight|night)\b.*\d\s?(?:[-–—]|and|to)\s?(?:[A-Z]\w+\s)?\d", re.IGNORECASE)
_STAMP = re.compile(r"^\s?\d{1,2}:\d\d")


_NO_DOCUMENT = frozenset({
    "in", "that", "a", "the", "by", "and", "to", "at", "its", "despite", "amid", "after", "following", "but", "with",
})  # fmt: skip


class DayRole(StrEnum):
    """What an expression of time can do for an event."""

    DAY = "day"
    VAGUE = "vague"
    BOUND = "bound"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayExpression:
    """An expression of time at characters [start, end); `day` is None where it names no one day."""

    start: int
    end: int
    day: date | None
    role: DayRole
    ahead: date | None = None

    def on(self, *, future: bool) -> date | None:
        """The day meant, for an event to come or one that was."""
        return self.ahead if future and self.ahead is not None else self.day


def expressions(
    text: str,
    report_day: date | None,
    *,
    start: int = 0,
    end: int | None = None,
    first_day: date | None = None,
    before: str = "",
) -> list[DayExpression]:
    """Every expression of time in `text[start:end]`, in order.

    Parameters
    ----------
    text
        The report's text.
    report_day
        The day printed on the report; without it only days written out in full are worked out.
    first_day
        The first day of the theatre: no yearless day is taken for an earlier one.
    before
        What stands before in the report: "the next day" goes back to its last day, a yearless day to its last year.

    Examples
    --------
    >>> [found.day.isoformat() for found in expressions("shelled on Monday", date(2022, 9, 14))]
    ['2022-09-12']
    """
    found: list[DayExpression] = []
    for match in _PATTERN.finditer(text, start, len(text) if end is None else end):
        groups = match.groupdict()
        if _LOWER_MONTH.search(match[0]) and (groups["m1"] or groups["m2"] or groups["m6"]):
            continue
        day, ahead = _work_out(groups, report_day, first_day)
        told = before + text[: match.start()]
        if day is None and (groups["m1"] or groups["d2"]):
            day = _in_year_told(groups, told)
        if groups["back"]:
            day = _back(groups["back"].lower(), told, report_day, first_day)
        role = _role(text, match, groups)
        if groups["vague"]:
            day = ahead = None
        if groups["back"] and day is None:
            if "by " in match[0].lower() or "hours" in match[0].lower():
                # an hour of a day that nothing told
                continue
            role = DayRole.VAGUE
        if found and role in {DayRole.DAY, DayRole.BOUND} and _JOINED.fullmatch(text, found[-1].end, match.start()):
            # "between May 3, 2021 and May 7, 2021": a range takes its last day
            found[-1] = replace(found[-1], role=DayRole.BOUND)
            role = DayRole.DAY
        found.append(DayExpression(start=match.start(), end=match.end(), day=day, ahead=ahead, role=role))
    return found


def _in_year_told(groups: dict[str, str | None], told: str) -> date | None:
    """A yearless day in the year of the last full date before it in the report."""
    years = _FULL_DATE.findall(told)
    if not years:
        return None
    month, day = (
        (groups["m1"], groups["d1b"] or groups["d1"]) if groups["m1"] else (groups["m2"], groups["d2b"] or groups["d2"])
    )
    name = (groups["m1b"] or month or "").rstrip(".").lower()
    return _real(int(years[-1]), _MONTHS[name], int(day or 0))


def _back(words: str, told: str, report_day: date | None, first_day: date | None) -> date | None:
    """The day of "the same day", "the next day": counted from the last day told."""
    earlier = [f for f in expressions(told, report_day, first_day=first_day) if f.day is not None]
    if not earlier or earlier[-1].day is None:
        return None
    step = next((n for n, keys in _STEPS if any(k in words for k in keys)), 0)
    if "morning" in words and _NIGHT_TO.search(told[max(0, earlier[-1].start - 20) : earlier[-1].end]):
        # the morning after the night of 8 to 9 May is that of the 9th
        step = 0
    return earlier[-1].day + timedelta(days=step)


def _role(text: str, match: re.Match[str], groups: dict[str, str | None]) -> DayRole:
    """What the expression can do, by the words before and after it."""
    if groups["vague"]:
        return DayRole.VAGUE
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 30]
    if groups["d4"] and _STAMP.match(after):
        return DayRole.DOCUMENT
    is_range = any(groups[name] for name in ("d1b", "d2b"))
    if _BOUND.search(before) and not is_range and not after.startswith(":"):
        return DayRole.BOUND
    follower = re.match(r"\s(?:\w+\s)?(\w+)", after)
    if follower and any(
        word.lower().removesuffix("s") in english_cues().document_nouns for word in re.findall(r"\w+", follower[0])
    ):
        first = re.match(r"\s(\w+)", after)
        # "in its September 5 evening update": the day is the document's; "on September 5 in a statement" is not
        if first and first[1].lower() not in _NO_DOCUMENT:
            return DayRole.DOCUMENT
    return DayRole.DAY


def _work_out(
    groups: dict[str, str | None], report_day: date | None, first_day: date | None
) -> tuple[date | None, date | None]:
    """The day an expression names for what was, and for what is to come."""
    for month, day, later, later_month, year in (
        (groups["m1"], groups["d1"], groups["d1b"], groups["m1b"], groups["y1"]),
        (groups["m2"], groups["d2"], groups["d2b"], None, groups["y2"]),
        (groups["wm"], groups["wd"], None, None, groups["wy"]),
    ):
        if month and day:
            name = (later_month or month).rstrip(".").lower()
            return _month_day(_MONTHS[name], int(later or day), year, report_day, first_day)
    if groups["y3"]:
        return (_real(int(groups["y3"]), int(groups["n3"] or 0), int(groups["d3"] or 0)),) * 2
    if groups["d4"]:
        year4 = int(groups["y4"] or 0)
        return (_real(year4 + 2000 if year4 < 100 else year4, int(groups["n4"] or 0), int(groups["d4"])),) * 2
    if report_day is None:
        return None, None
    if groups["w"]:
        return _weekday(_WEEKDAYS[groups["w"].lower()], (groups["wpre"] or "").strip().lower(), report_day)
    if groups["today"] or groups["hours"]:
        return report_day, None
    if groups["weekend"]:
        return _weekday(6, "", report_day)[0], None
    if groups["yesterday"]:
        return report_day - timedelta(days=1), None
    if groups["ago"]:
        number = groups["ago"].lower()
        days = 1 if number == "a" else _NUMBERS.get(number) or int(number)
        return report_day - timedelta(days=days), None
    return None, None


def _real(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(weekday: int, prefix: str, report_day: date) -> tuple[date, date]:
    """The last such weekday up to the report's day, and the first from it on."""
    back = (report_day.weekday() - weekday) % 7
    if prefix in {"last", "previous"} and back == 0:
        back = 7
    on = (weekday - report_day.weekday()) % 7
    past, ahead = report_day - timedelta(days=back), report_day + timedelta(days=on)
    return (ahead, ahead) if prefix in {"next", "coming"} else (past, ahead)


def _month_day(
    month: int, day: int, year: str | None, report_day: date | None, first_day: date | None
) -> tuple[date | None, date | None]:
    """A day and month, with the year the report's day settles: near behind it, else the only one in the war so far."""
    if year:
        return (_real(int(year), month, day),) * 2
    if report_day is None:
        return None, None
    candidates = [c for y in range(report_day.year - 3, report_day.year + 2) if (c := _real(y, month, day)) is not None]
    past = [c for c in candidates if c <= report_day]
    ahead = [c for c in candidates if report_day <= c <= report_day + timedelta(days=_NEAR_FUTURE_DAYS)]
    coming = ahead[0] if ahead else None
    if past and (report_day - past[-1]).days <= _NEAR_PAST_DAYS:
        return past[-1], coming
    if first_day is not None:
        in_war = [c for c in past if c >= first_day]
        if len(in_war) == 1:
            return in_war[0], coming
        return None, coming
    # without the theatre's first day only the report's own year settles it
    same_year = [c for c in past if c.year == report_day.year]
    return (same_year[-1] if same_year else None), coming


def day_of(
    sentence: Sentence,
    trigger: Token,
    report_day: date | None,
    *,
    speech: Sequence[Token] = (),
    first_day: date | None = None,
    future: bool = False,
    lasting: bool = False,
    before: str = "",
) -> date | None:
    """The day of the event that `trigger` names, as its own sentence gives it; None where it gives none.

    Parameters
    ----------
    sentence
        The parsed sentence.
    trigger
        The token that carries the event.
    report_day
        The anchor of "Saturday"; None where the report has no day.
    speech
        The verbs by which somebody says it: the day of a statement stands for the event that it does not date, unless
        the event is still to come.
    first_day
        The theatre's first day.
    future
        Whether the event is predicted.
    lasting
        Whether it is a state that a noun only mentions ("the rebel stronghold of"): another event's day is not its.
    before
        What stands before the sentence in the report.

    Returns
    -------
    date or None
    """
    text = sentence.text
    found = [
        f
        for f in expressions(text, report_day, first_day=first_day, before=before)
        if f.role in {DayRole.DAY, DayRole.VAGUE}
    ]
    if not found or (lasting and trigger.dep_ in {"pobj", "amod", "compound", "nmod", "poss", "acl"}):
        return None
    offset = sentence.start_char
    ranked: list[tuple[int, int, DayExpression]] = []
    for expression in found:
        tokens = [t for t in sentence if expression.start <= t.idx - offset < expression.end]
        if not tokens:
            continue
        rank = eligible_day_token(tokens, trigger, speech, ignore_speech=future)
        if rank is not None:
            distance = abs(tokens[0].i - trigger.i) + (3 if tokens[0].i < trigger.i else 0)
            ranked.append((rank, distance, expression))
    if not ranked:
        return None
    return min(ranked, key=lambda item: item[:2])[2].on(future=future)
