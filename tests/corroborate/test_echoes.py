"""Echoes: one origin, however often passed on, is one witness."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from whoholds.corroborate import DatedText, Heard, normalise_speaker, report_families, witnesses
from whoholds.model import Claim, ClaimPlace, EvidenceType, Kind, PlaceType, Side, Span, Stance, Theatre, claim_id

DAY = date(2022, 9, 9)
THEATRE = Theatre(
    key="t", name="t", timezone="UTC", first_day=DAY, languages=("en",), countries=("UA",), default_side="UA",
    sides=(
        Side(key="UA", name="Ukraine", colour="#0072B2", demonyms=("Ukrainian",), offices=("General Staff",)),
        Side(key="RU", name="Russia", colour="#D55E00", demonyms=("Russian",), offices=("Ministry of Defence",)),
    ),
)  # fmt: skip
AGENCY = "Residents of the valley town raised a flag over its school on Friday, two witnesses told the agency by phone."
OTHER = "A convoy of relief lorries reached the hospital in the hills late at night, drivers and nurses said."


def _told(report: str, speaker: str | None, *, day: date = DAY, place: str = "1", start: int = 0) -> Heard:
    claim = Claim(
        id=claim_id(report, start, start + 5, Kind.GAIN), report_id=report, kind=Kind.GAIN, side="UA",
        places=(ClaimPlace(span=Span(start=9, end=14, text="Lyman"), type=PlaceType.SETTLEMENT),),
        trigger=Span(start=start, end=start + 5, text="taken"), stance=Stance.ASSERTED, hedged=False, failed=False,
        speaker=None if speaker is None else Span(start=20, end=20 + len(speaker), text=speaker), speaker_side="UA",
        date=None, evidence=EvidenceType.STATEMENT, count=None, sentence=Span(start=0, end=40, text=""), rule="r",
    )  # fmt: skip
    return Heard(claim=claim, places=(place,), outlet=report, known_day=day)


def test_a_copied_report_joins_the_family_of_the_first() -> None:
    rows = [
        DatedText(report_id="later", known_day=DAY + timedelta(days=1), text=AGENCY + " It was quiet."),
        DatedText(report_id="first", known_day=DAY, text=AGENCY),
        DatedText(report_id="other", known_day=DAY, text=OTHER),
    ]
    assert report_families(rows) == {"first": "first", "later": "first", "other": "other"}


def test_an_old_text_printed_again_weeks_later_is_not_an_echo() -> None:
    rows = [
        DatedText(report_id="first", known_day=DAY, text=AGENCY),
        DatedText(report_id="later", known_day=DAY + timedelta(days=30), text=AGENCY),
    ]
    assert report_families(rows)["later"] == "later"


def test_todays_bulletin_is_not_an_echo_of_yesterdays() -> None:
    bulletin = "The staff published its evening summary of the fighting on {} September, listing {} attacks there."
    rows = [
        DatedText(report_id="8th", known_day=DAY - timedelta(days=1), text=bulletin.format(8, 12)),
        DatedText(report_id="9th", known_day=DAY, text=bulletin.format(9, 7)),
    ]
    assert report_families(rows) == {"8th": "8th", "9th": "9th"}


def test_one_speaker_quoted_by_two_outlets_is_one_witness() -> None:
    rows = [_told("a", "President Volodymyr Zelensky"), _told("b", "Zelensky", day=DAY + timedelta(days=1))]
    assert len(set(witnesses(rows, {}, THEATRE).values())) == 1


def test_two_speakers_are_two_witnesses() -> None:
    rows = [_told("a", "Serhiy Haidai"), _told("b", "Oleh Syniehubov")]
    assert len(set(witnesses(rows, {}, THEATRE).values())) == 2


def test_reports_without_a_speaker_stand_for_themselves_unless_one_copies_the_other() -> None:
    rows = [_told("a", None), _told("b", None), _told("c", None)]
    found = witnesses(rows, {"a": "a", "b": "a", "c": "c"}, THEATRE)
    assert len(set(found.values())) == 2


def test_saying_it_again_much_later_is_a_fresh_told() -> None:
    rows = [_told("a", "Zelensky"), _told("b", "Zelensky", day=DAY + timedelta(days=20))]
    assert len(set(witnesses(rows, {}, THEATRE).values())) == 2


def test_an_office_is_one_speaker_however_it_is_written() -> None:
    names = ("the General Staff", "Ukraine's General Staff", "The Ukrainian General Staff")
    assert len({normalise_speaker(name, "UA", THEATRE) for name in names}) == 1


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["X", "Y", None]), st.integers(0, 9)), max_size=12))
def test_later_claims_never_change_the_witness_of_earlier_ones(rows: list[tuple[str, str | None, int]]) -> None:
    said = [
        _told(report, speaker, day=DAY + timedelta(days=lag), start=10 * i)
        for i, (report, speaker, lag) in enumerate(rows)
    ]
    cut = DAY + timedelta(days=4)
    known = [t for t in said if t.known_day <= cut]
    everything, then = witnesses(said, {}, THEATRE), witnesses(known, {}, THEATRE)
    assert {t.claim.id: everything[t.claim.id] for t in known} == then
    assert everything == witnesses(reversed(said), {}, THEATRE)
