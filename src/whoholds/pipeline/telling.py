"""Reports as the search for echoes wants them: with what a translation keeps, where one may stand among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from whoholds.corroborate import TRANSLATED_DAYS, DatedText, marks_of
from whoholds.model import Mention, Report
from whoholds.pipeline.rooms import Rooms


def dated_texts(rooms: Rooms, reports: Iterable[tuple[Report, date]]) -> list[DatedText]:
    """Reports with their known days, ready for `corroborate.report_echoes`.

    Places are looked for only in reports that have one of another language near them: a store of one language costs
    nothing.

    Parameters
    ----------
    rooms : Rooms
    reports : iterable of (Report, date)
        Those read for claims and those whose language is not read alike.
    """
    every = list(reports)
    spoken: dict[date, set[str]] = defaultdict(set)
    for report, day in every:
        for lag in range(-TRANSLATED_DAYS, TRANSLATED_DAYS + 1):
            spoken[day + timedelta(days=lag)].add(report.lang)
    return [
        DatedText(
            report_id=report.id,
            known_day=day,
            text=report.text,
            outlet=report.outlet,
            lang=report.lang,
            marks=_marks(rooms, report) if len(spoken[day]) > 1 else (),
        )
        for report, day in every
    ]


def _marks(rooms: Rooms, report: Report) -> tuple[str, ...]:
    """What a translation of a report keeps; the countries at war stand in every report and tell none apart."""
    theatre = rooms.theatre
    home = {f"country:{code}" for code in (*theatre.countries, *theatre.default_side_by_country)}
    keyed = ((m.span.start, _key(rooms, m)) for m in rooms.mentions(report))
    return marks_of(report.text, [(start, key) for start, key in keyed if key and key not in home])


def _key(rooms: Rooms, mention: Mention) -> str | None:
    """One key for a place's names in every language: its area, or the largest of its namesakes."""
    if mention.area is not None or not mention.candidates:
        return mention.area
    people = {c: rooms.gazetteer.place(c).population for c in mention.candidates}
    return str(max(people, key=lambda c: (people[c], -c)))
