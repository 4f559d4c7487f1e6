"""Ledgers: numbers against names, distances against ground, forecasts against what came, speakers against the map."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from whoholds.model import (
    Candidate,
    Claim,
    ClaimPlace,
    Count,
    Distance,
    EvidenceType,
    Kind,
    PlacedClaim,
    PlaceType,
    Resolution,
    Span,
    Stance,
    claim_id,
)
from whoholds.tell.claims import ToldClaim
from whoholds.tell.ledgers import (
    Resolved,
    count_ledger,
    distance_ledger,
    movement_ledger,
    outlook_ledger,
    record_ledger,
)
from whoholds.tell.ledgers.distances import KnownBorder
from whoholds.tell.series import SeriesTable, day_range

FIRST = date(2022, 9, 1)
NAMES = ("Mill", "Ferry", "Quarry", "Orchard")


def _table(turned: dict[int, int]) -> SeriesTable:
    """Four places of B's; place i goes to A on day turned[i]."""
    days = day_range(FIRST, FIRST + timedelta(days=9))
    prob = np.zeros((4, 10, 3))
    prob[:, :, 1] = 1.0
    for place, day in turned.items():
        prob[place, day:] = (0.9, 0.1, 0.0)
    status = prob.argmax(axis=2)
    return SeriesTable(
        ids=np.arange(1, 5), names=NAMES, lat=np.zeros(4), lon=np.zeros(4), admin1=("",) * 4, days=days,
        states=("A", "B", "contested"), prob=prob, status=status, statuses=("A", "B", "contested", "unknown"),
        basis=np.zeros((4, 10), int), bases=("carried",), n_claims=np.zeros((4, 10), int),
    )  # fmt: skip


def _told(
    name: str, kind: Kind, *, side: str = "A", place: int | None = None, area: str | None = None, day: int = 0,
    stance: Stance = Stance.ASSERTED, count: Count | Distance | None = None, words: str = "took",
    speaker: str | None = "the mayor", sentence: str = "",
) -> ToldClaim:  # fmt: skip
    span = Span(start=0, end=4, text=NAMES[place - 1] if place else "the valley")
    when = FIRST + timedelta(days=day)
    spots = (ClaimPlace(span=span, type=PlaceType.SETTLEMENT),) if place or area else ()
    best = Candidate(place_id=place, name=span.text, lat=0, lon=0, probability=1) if place else None
    found = (Resolution(span=span, type=PlaceType.SETTLEMENT, best=best, area=area),) if spots else ()
    claim = Claim(
        id=claim_id(name, 5, 9, kind), report_id=name, kind=kind, side=side, places=spots,
        trigger=Span(start=5, end=5 + len(words), text=words), stance=stance, hedged=False, failed=False,
        speaker=Span(start=20, end=30, text=speaker) if speaker else None, speaker_side="A", date=when,
        evidence=EvidenceType.STATEMENT, count=count, sentence=Span(start=0, end=40, text=""), rule="r",
    )  # fmt: skip
    placed = PlacedClaim(
        claim=claim, resolutions=found, outlet="Post", valid_day=when, known_day=when, witness=name, group="g"
    )
    return ToldClaim(
        claim=claim, placed=placed, outlet="Post", title="", report_day=when, known_day=when, url=None,
        sentence=sentence,
    )  # fmt: skip


def _valley(key: str) -> NDArray[np.bool_] | None:
    return np.array([True, True, True, False]) if key == "valley" else None


def test_a_count_stands_beside_the_places_named_and_the_estimate_within_its_region() -> None:
    claims = [
        _told("a", Kind.GAIN, place=1, day=1),
        _told("b", Kind.GAIN, place=4, day=1),
        _told("c", Kind.GAIN, area="valley", day=3, count=Count(min=3, unit="villages")),
        _told("d", Kind.GAIN, place=2, day=5),
    ]
    (row,) = count_ledger(claims, _table({0: 1, 1: 2}), _valley)
    assert (row.claimed, row.named, row.unnamed) == (3, ("Mill",), 2)
    assert row.low < row.estimate < row.high
    assert (row.estimate, row.since) == (1.8, FIRST)
    (row,) = count_ledger(claims, _table({0: 1, 1: 2}), _valley, population=np.array([700.0, 0.0, 40.0, 9.0]))
    assert (row.comparable, row.comparable_high) == (0.9, 1.0)


def test_a_count_begins_with_the_offensive_it_is_of() -> None:
    """What came to the side weeks before, and what was its own when the offensive began, is none of the number."""
    days = day_range(FIRST, FIRST + timedelta(days=39))
    prob = np.zeros((4, 40, 3))
    prob[:, :, 1] = 1.0
    for place, day in {0: 2, 1: 30, 2: 32}.items():
        prob[place, day:] = (0.96, 0.04, 0.0)
    status = prob.argmax(axis=2)
    table = replace(
        _table({}), days=days, prob=prob, status=status, basis=np.zeros((4, 40), int),
        n_claims=np.zeros((4, 40), int),
    )  # fmt: skip
    named = [_told(f"n{p}", Kind.GAIN, place=p, day=day) for p, day in ((1, 2), (2, 30), (1, 31))]
    number = _told("c", Kind.GAIN, area="valley", day=33, count=Count(min=3, unit="settlements"))
    (row,) = count_ledger([*named, number], table, _valley)
    assert row.since == FIRST + timedelta(days=29)
    assert (row.named, row.estimate, row.high) == (("Ferry",), 1.9, 2.0)


def test_a_predicted_count_is_no_row() -> None:
    claim = _told("a", Kind.GAIN, count=Count(min=3, unit="villages"), stance=Stance.PREDICTED)
    assert count_ledger([claim], _table({}), _valley) == []


def test_a_distance_is_answered_with_the_ground_newly_held_and_the_first_day() -> None:
    border = KnownBorder(name="the ridge", aliases=("border",), place_km=np.array([60.0, 48.0, 20.0, 90.0]))
    claim = _told("a", Kind.ADVANCE, day=4, count=Distance(distance_km=50, to="the border"))
    (row,) = distance_ledger([claim], _table({0: 1, 1: 3, 2: 8}), [border])
    assert (row.computed_km, row.nearest, row.first_day) == (48.0, "Ferry", FIRST + timedelta(days=3))
    (unknown,) = distance_ledger([claim], _table({}), [])
    assert unknown.computed_km is None and unknown.unchecked


def test_a_distance_to_a_town_is_measured_to_all_ground_held() -> None:
    table = replace(_table({0: 3}), lon=np.array([0.0, 0.1, 0.2, 0.5]))  # a tenth of a degree is 11.1 km there
    claim = _told("a", Kind.ADVANCE, day=4, count=Distance(distance_km=15, to=f"the city of {NAMES[1]}"))
    (row,) = distance_ledger([claim], table, [])
    assert (row.border, row.computed_km, row.nearest) == (NAMES[1], 11.1, NAMES[0])
    assert (row.first_day, row.held_before) == (FIRST + timedelta(days=3), 0)
    early = _told("b", Kind.ADVANCE, count=Distance(distance_km=15, to=NAMES[1]))
    (none,) = distance_ledger([early], table, [])
    assert none.computed_km is None and none.unchecked == "no ground held that day"


def test_forecasts_stay_open_until_a_claim_resolves_them() -> None:
    rumour = _told("a", Kind.ESCALATE, stance=Stance.RUMOURED, words="declaration of war")
    taken = _told("b", Kind.GAIN, place=1, stance=Stance.PREDICTED)
    other = _told("c", Kind.GAIN, place=2, stance=Stance.PREDICTED)
    later = [
        _told("d", Kind.ESCALATE, words="partial mobilisation", day=9, sentence="He announced a partial mobilisation."),
        _told("e", Kind.GAIN, place=1, day=4),
    ]
    rows = outlook_ledger([rumour, taken, other, *later], as_of=FIRST + timedelta(days=9))
    assert (rows[0].kind, rows[0].resolved, rows[0].days) == ("escalate", Resolved.OTHERWISE, 9)
    assert {(r.places, r.resolved, r.days) for r in rows[1:]} == {
        (("Mill",), Resolved.CAME_TRUE, 4),
        (("Ferry",), Resolved.OPEN, None),
    }
    (old,) = outlook_ledger([other], as_of=FIRST + timedelta(days=90))
    assert old.resolved is Resolved.DID_NOT


@pytest.mark.parametrize(
    ("sentence", "resolved"),
    [
        ("He signed a decree on partial mobilisation.", Resolved.OTHERWISE),
        ("The governor announced a call for mobilisation.", Resolved.OPEN),
        ("They began a covert mobilisation of the camps.", Resolved.OPEN),
        ("The paper wrote of mobilisation.", Resolved.OPEN),
    ],
)
def test_an_act_of_state_must_be_told_as_done(sentence: str, resolved: Resolved) -> None:
    rumour = _told("a", Kind.ESCALATE, stance=Stance.RUMOURED, words="declaration of war")
    later = _told("b", Kind.ESCALATE, words="mobilisation", day=6, sentence=sentence)
    (row,) = outlook_ledger([rumour, later], as_of=FIRST + timedelta(days=9))
    assert row.resolved is resolved


def _act(name: str, words: str, sentence: str, day: int, **more: Any) -> ToldClaim:
    """A claim of an act of state, its words where they stand in the sentence."""
    told = _told(name, Kind.ESCALATE, words=words, day=day, sentence=sentence, **more)
    start = sentence.index(words)
    claim = replace(
        told.claim, trigger=Span(start=start, end=start + len(words), text=words),
        sentence=Span(start=0, end=len(sentence), text=sentence),
    )  # fmt: skip
    return replace(told, claim=claim, placed=told.placed and replace(told.placed, claim=claim))


def test_a_day_set_for_an_act_is_not_the_act() -> None:
    forecast = _act("a", "referendum", "A referendum is coming.", 0, stance=Stance.PREDICTED)
    dated = _act("b", "referendum", "They announced 4 June as the date of the referendum.", 2)
    held = _act("c", "referendum", "A referendum was held.", 5)
    (row,) = outlook_ledger([forecast, dated], as_of=FIRST + timedelta(days=9))
    assert row.resolved is Resolved.OPEN
    (row,) = outlook_ledger([forecast, dated, held], as_of=FIRST + timedelta(days=9))
    assert (row.resolved, row.days, row.by_claim) == (Resolved.CAME_TRUE, 5, held.claim.id)


def test_an_act_done_before_is_not_the_one_foretold() -> None:
    done = [_act(f"d{n}", "mobilisation", "He announced a mobilisation.", n) for n in range(3)]
    forecast = _act("a", "mobilisation", "A mobilisation is coming.", 4, stance=Stance.PREDICTED)
    again = _act("b", "mobilisation", "He announced a mobilisation.", 6)
    for before, resolved in (([], Resolved.CAME_TRUE), (done, Resolved.OPEN)):
        (row,) = outlook_ledger([*before, forecast, again], as_of=FIRST + timedelta(days=9))
        assert row.resolved is resolved


def test_movements_and_places_of_weight_have_a_list_of_their_own() -> None:
    sent = _told("a", Kind.DEPLOY, place=1)
    hub = _told("b", Kind.ENTER, place=2, sentence="They entered Ferry, a supply hub of the other side.")
    plain = _told("c", Kind.ENTER, place=3, sentence="They entered Quarry.")
    rows = movement_ledger([sent, hub, plain])
    assert [(r.place, r.weight) for r in rows] == [("Mill", None), ("Ferry", "supply hub")]


def test_a_record_counts_what_held_up_and_how_early_it_was_said() -> None:
    claims = [
        _told("a", Kind.GAIN, place=1, day=1),
        _told("b", Kind.GAIN, place=2, day=1),
        _told("c", Kind.GAIN, place=4, day=1),
    ]
    rows = record_ledger(claims, _table({0: 1, 1: 2}), _table({0: 3, 1: 5}))
    mayor = next(r for r in rows if r.what == "speaker")
    assert (mayor.claims, mayor.held, mayor.lead_days) == (3, 2, 3.0)
    assert mayor.low < mayor.share < mayor.high


def test_too_few_claims_make_no_record() -> None:
    assert record_ledger([_told("a", Kind.GAIN, place=1)], _table({}), _table({})) == []
