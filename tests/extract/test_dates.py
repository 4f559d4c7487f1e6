"""The day of an event, anchored on the report's day and never filled in."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.reading_kit import read
from whoholds.extract.dates import DayRole, expressions
from whoholds.extract.elaborations import with_lead_days
from whoholds.model import Claim, EvidenceType, Kind, Span, Stance, claim_id

WEDNESDAY = date(2021, 9, 15)
FIRST_DAY = date(2021, 3, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on September 10", date(2021, 9, 10)),
        ("on Sept. 10", date(2021, 9, 10)),
        ("on 10 September", date(2021, 9, 10)),
        ("on the 10th of September", date(2021, 9, 10)),
        ("September 10, 2020", date(2020, 9, 10)),
        ("2021-09-10", date(2021, 9, 10)),
        ("on 10.09.21", date(2021, 9, 10)),
        ("overnight September 13-14", date(2021, 9, 14)),
        ("on September 13 and 14", date(2021, 9, 14)),
        ("August 31 - September 1", date(2021, 9, 1)),
        ("from September 2 to 5", date(2021, 9, 5)),
        ("as of September 10", date(2021, 9, 10)),
        ("on Monday", date(2021, 9, 13)),
        ("on Wednesday", date(2021, 9, 15)),
        ("last Wednesday", date(2021, 9, 8)),
        ("on Friday, September 10", date(2021, 9, 10)),
        ("today", WEDNESDAY),
        ("overnight", WEDNESDAY),
        ("in the last 24 hours", WEDNESDAY),
        ("yesterday", date(2021, 9, 14)),
        ("last night", date(2021, 9, 14)),
        ("three days ago", date(2021, 9, 12)),
        ("on April 5", date(2021, 4, 5)),
    ],
)
def test_days(text: str, day: date) -> None:
    """Every way of naming a day; a range or a night takes its last."""
    found = expressions(text, WEDNESDAY, first_day=FIRST_DAY)
    assert [f.day for f in found] == [day]
    assert found[0].role is DayRole.DAY


@pytest.mark.parametrize(
    "text",
    [
        "in late August",
        "last week",
        "over a week ago",
        "in the past several days",
        "at the end of August",
        "months ago",
    ],
)
def test_vague_times_name_no_day(text: str) -> None:
    """A vague time is known for what it is, so that no other day stands in for it."""
    assert [(f.role, f.day) for f in expressions(text, WEDNESDAY)] == [(DayRole.VAGUE, None)]


@pytest.mark.parametrize("text", ["since September 3", "from September 3", "until Monday", "after September 3"])
def test_bounds_do_not_date(text: str) -> None:
    """The beginning or end of a stretch of time is not the day of the event."""
    assert [f.role for f in expressions(text, WEDNESDAY)] == [DayRole.BOUND]


@pytest.mark.parametrize("text", ["the September 10 assessment", "15.09.21 16:01 - Shelling", "a May march may march"])
def test_days_of_documents_and_words_that_are_no_days(text: str) -> None:
    """The day of a report or a time stamp is not the event's; "may" and "march" are words."""
    assert all(f.role is not DayRole.DAY for f in expressions(text, WEDNESDAY))


def test_a_day_without_a_year_that_nothing_settles_is_none() -> None:
    """Far behind the report, a day and month are settled only where the war has had one such day."""
    later = date(2023, 6, 30)
    assert expressions("on 28 April", later, first_day=FIRST_DAY)[0].day == date(2023, 4, 28)
    assert expressions("on 28 February", later, first_day=date(2022, 2, 1))[0].day is None
    assert expressions("on 28 September", later, first_day=date(2022, 2, 1))[0].day == date(2022, 9, 28)


def test_without_the_reports_day_relative_days_are_none() -> None:
    """No anchor, no day; a full date needs none."""
    assert expressions("on Monday", None)[0].day is None
    assert expressions("on May 5", None)[0].day is None
    assert expressions("on May 5, 2021", None)[0].day == date(2021, 5, 5)


def test_an_impossible_day_is_none() -> None:
    """The calendar has the last word."""
    assert [f.day for f in expressions("on 31.02.2021", WEDNESDAY)] == [None]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Troops seized Elmford on Monday.", "seized", date(2021, 9, 13)),
        ("Jan Berg said on Monday that troops had seized Elmford.", "seized", date(2021, 9, 13)),
        ("Jan Berg said on Tuesday that troops seized Elmford on September 11.", "seized", date(2021, 9, 11)),
        ("Troops seized Elmford on Friday but left Oakham.", "left", None),
        ("Troops shelled Elmford and seized Oakham on Friday.", "shelled", date(2021, 9, 10)),
        ("Troops hold Elmford, which they seized on Friday.", "hold", None),
        ("Troops have shelled Elmford since Friday.", "shelled", None),
        ("Troops seized Elmford.", "seized", None),
        ("Officials said on Monday that troops seized Elmford last week.", "seized", None),
        ("The vote in Elmford is scheduled for September 20.", "vote", date(2021, 9, 20)),
        ("Jan Berg said on Monday that troops would seize Elmford.", "seize", None),
        ("Clashes on Sunday left Elmford in ruins.", "Clashes", date(2021, 9, 12)),
        ("On Sunday a convoy set out for Elmford, which troops had seized.", "seized", None),
    ],
)
def test_the_events_own_day(text: str, trigger: str, day: date | None) -> None:
    """The event's day is its own clause's, else the statement's where it is past, never that of something else."""
    assert read(text, trigger).date == day


def _claim(text: str, trigger: str, *, sentence: tuple[int, int], day: date | None, speaker: bool) -> Claim:
    """An attack of the South."""
    start = text.index(trigger)
    return Claim(
        id=claim_id("r", start, start + len(trigger), Kind.ATTACK),
        report_id="r",
        kind=Kind.ATTACK,
        side="S",
        places=(),
        trigger=Span.of(text, start, start + len(trigger)),
        stance=Stance.ASSERTED,
        hedged=False,
        failed=False,
        speaker=Span.of(text, sentence[0], sentence[0] + 3) if speaker else None,
        speaker_side=None,
        date=day,
        evidence=EvidenceType.STATEMENT,
        count=None,
        sentence=Span.of(text, *sentence),
        rule="test",
    )


def test_a_dated_lead_dates_what_elaborates_it() -> None:
    """Details in somebody's words right after a dated lead take its day, and the rule says so."""
    lead, detail = "Troops attacked in the east on Monday.", "The staff reported assaults on Elmford."
    for gap, day in ((" ", date(2021, 9, 13)), ("\n\n", None)):
        text = lead + gap + detail
        claims = [
            _claim(text, "attacked", sentence=(0, len(lead)), day=date(2021, 9, 13), speaker=False),
            _claim(text, "assaults", sentence=(len(lead + gap), len(text)), day=None, speaker=True),
        ]
        found = with_lead_days(claims, text)[1]
        assert found.date == day
        assert ("day of the lead" in found.rule) is (day is not None)


def test_the_reports_own_next_sentence_takes_no_day() -> None:
    """Without a speaker the next sentence is a new matter."""
    text = "Troops attacked in the east on Monday. They made assaults on Elmford."
    claims = [
        _claim(text, "attacked", sentence=(0, 38), day=date(2021, 9, 13), speaker=False),
        _claim(text, "assaults", sentence=(39, len(text)), day=None, speaker=False),
    ]
    assert with_lead_days(claims, text)[1].date is None


@pytest.mark.parametrize(
    ("before", "text", "day"),
    [
        ("On 4 September 2021 they attacked. ", "The next day they left.", date(2021, 9, 5)),
        ("On Monday they attacked. ", "That same day they left.", date(2021, 9, 13)),
        ("On Monday they attacked. ", "Two days later they left.", date(2021, 9, 15)),
        ("They attacked. ", "The next day they left.", None),
    ],
)
def test_days_told_before(before: str, text: str, day: date | None) -> None:
    """ "The next day" goes back to the last day told; without one it names none."""
    assert [f.day for f in expressions(text, WEDNESDAY, before=before)] == [day]


def test_the_year_told_before_settles_a_yearless_day() -> None:
    """In an account written years later the year stands once."""
    later = date(2024, 6, 30)
    assert expressions("On 9 May they left.", later, first_day=FIRST_DAY)[0].day == date(2024, 5, 9)
    told = expressions("On 9 October they left.", later, first_day=FIRST_DAY, before="On 7 October 2021 they came. ")
    untold = expressions("On 9 October they left.", later, first_day=FIRST_DAY)
    assert [f.day for f in told + untold] == [date(2021, 10, 9), None]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Footage posted on Monday shows troops entering Elmford.", "entering", date(2021, 9, 13)),
        ("On the night of 8-9 September they came. The next morning they seized Elmford.", "seized", date(2021, 9, 9)),
        ("On 8 September they came. The next morning they seized Elmford.", "seized", date(2021, 9, 9)),
        ("On Monday troops raised a flag over Oakham, the last of the towns ceded by Sudria.", "ceded", None),
        ("Troops seized Elmford on Monday. By evening they held Oakham.", "held", date(2021, 9, 13)),
        ("Between September 10, 2021 and September 12, 2021 they shelled Elmford.", "shelled", date(2021, 9, 12)),
        ("Jan Berg said on Monday that all was well, denying that troops took Elmford.", "took", date(2021, 9, 13)),
        ("Their losses since the assault of September 3 grew as they attacked Elmford.", "attacked", None),
    ],
)
def test_footage_hours_and_ranges(text: str, trigger: str, day: date | None) -> None:
    """The day of footage stands for what it shows; hours go back to the day told; ranges end on their last day."""
    assert read(text, trigger).date == day
