"""Echoes: one origin, however often passed on, is one witness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.corroborate import (
    DatedText,
    Heard,
    Repeats,
    normalise_speaker,
    report_echoes,
    report_families,
    witnesses,
)
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


RELEASE = "Forty houses and 12 schools were damaged in the river port on Monday, the mayor of the port said."
REWRITTEN = "Mayor: shelling damages 12 schools, forty houses in the river port."
FOLLOW_UP = "Mayor: 14 schools and forty houses damaged in the river port."


def _published(report: str, text: str, *, outlet: str, day: date = DAY) -> DatedText:
    return DatedText(report_id=report, known_day=day, text=text, outlet=outlet)


def test_a_release_told_in_new_words_is_an_echo_and_says_so() -> None:
    rows = [_published("a", RELEASE, outlet="Port News"), _published("b", REWRITTEN, outlet="Hill Post")]
    found = report_echoes(rows)
    assert (found["b"].family, found["b"].of, found["b"].how) == ("a", "a", Repeats.RETELLING)
    assert found["a"].how is None


def test_other_figures_another_day_or_the_outlet_s_own_next_report_are_no_retelling() -> None:
    first = _published("a", RELEASE, outlet="Port News")
    for other in (
        _published("b", FOLLOW_UP, outlet="Hill Post"),
        _published("b", REWRITTEN, outlet="Hill Post", day=DAY + timedelta(days=2)),
        _published("b", REWRITTEN, outlet="Port News"),
    ):
        assert report_families([first, other])["b"] == "b"


def test_two_voices_in_one_report_are_two_witnesses_and_in_two_copies_one() -> None:
    here = [_told("a", "Serhiy Haidai"), _told("a", "Oleh Syniehubov", start=100)]
    assert len(set(witnesses(here, {"a": "a"}, THEATRE).values())) == 2
    copies = [_told("a", "Serhiy Haidai"), _told("b", None)]
    assert len(set(witnesses(copies, {"a": "a", "b": "a"}, THEATRE).values())) == 1


def test_attacks_of_two_days_are_two_testimonies_of_one_speaker() -> None:
    rows = [
        replace(heard, claim=replace(heard.claim, kind=Kind.ATTACK), day=DAY + timedelta(days=lag))
        for lag, heard in enumerate((_told("a", "Serhiy Haidai"), _told("b", "Haidai", day=DAY + timedelta(days=1))))
    ]
    assert len(set(witnesses(rows, {}, THEATRE).values())) == 2


def test_sources_are_known_by_the_outlet_that_heard_them() -> None:
    rows = [_told("a", "local officials"), _told("b", "local officials"), _told("c", "local officials")]
    carried = [
        replace(heard, claim=replace(heard.claim, via=Span(start=0, end=6, text="Herald"))) for heard in rows[:2]
    ]
    assert len(set(witnesses(rows, {}, THEATRE).values())) == 3
    assert len(set(witnesses(carried, {}, THEATRE).values())) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Luhansk Administration Head Serhiy Haidai", "Haidai"),
        ("President Volodymyr Zelenskyy", "Zelenskiy"),
        ("the Russian MoD", "Russia's Defence Ministry"),
        ("the Southern Military Command", "the Military Command South"),
    ],
)
def test_one_speaker_however_named(one: str, other: str) -> None:
    assert normalise_speaker(one, "UA", THEATRE) == normalise_speaker(other, "UA", THEATRE)


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
