"""Contradictions: what cannot both hold, and what only tells one event in two ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from whoholds.corroborate import Dispute, contradictions, dispute
from whoholds.model import (
    Candidate,
    Claim,
    ClaimPlace,
    EvidenceType,
    Kind,
    PlacedClaim,
    PlaceType,
    Resolution,
    Span,
    Stance,
    claim_id,
)

DAY = date(2022, 9, 10)


def _placed(
    name: str, kind: Kind, side: str, *, by: str | None = None, trigger: str = "took", lag: int = 0,
    place: int | None = 1,
    stance: Stance = Stance.ASSERTED, failed: bool = False, evidence: EvidenceType = EvidenceType.STATEMENT,
) -> PlacedClaim:  # fmt: skip
    span = Span(start=0, end=5, text="Lyman")
    day = DAY + timedelta(days=lag)
    spots = () if place is None else (ClaimPlace(span=span, type=PlaceType.SETTLEMENT),)
    best = None if place is None else Candidate(place_id=place, name="Lyman", lat=49.0, lon=37.8, probability=1.0)
    claim = Claim(
        id=claim_id(name, 6, 10, kind), report_id=name, kind=kind, side=side, places=spots,
        trigger=Span(start=6, end=6 + len(trigger), text=trigger), stance=stance, hedged=False, failed=failed,
        speaker=None, speaker_side=by, date=day, evidence=evidence, count=None,
        sentence=Span(start=0, end=20, text=""), rule="r",
    )  # fmt: skip
    return PlacedClaim(
        claim=claim, outlet=name, valid_day=day, known_day=day, witness=name, group="g",
        resolutions=() if place is None else (Resolution(span=span, type=PlaceType.SETTLEMENT, best=best),),
    )  # fmt: skip


def _in_area(placed: PlacedClaim) -> PlacedClaim:
    found = tuple(replace(r, best=None, area="valley") for r in placed.resolutions)
    return replace(placed, resolutions=found)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (_placed("a", Kind.GAIN, "UA"), _placed("b", Kind.HOLD, "RU"), Dispute.CONTROL),
        (_placed("a", Kind.GAIN, "UA"), _placed("b", Kind.GAIN, "UA", stance=Stance.DENIED), Dispute.CONTROL),
        (_placed("a", Kind.GAIN, "UA"), _placed("b", Kind.ATTACK, "UA", failed=True, lag=1), Dispute.CONTROL),
        (_placed("a", Kind.GAIN, "UA"), _placed("b", Kind.GAIN, "UA"), None),
        (_placed("a", Kind.HOLD, "RU", lag=-1), _placed("b", Kind.GAIN, "UA"), None),
        (_placed("a", Kind.GAIN, "UA"), _placed("b", Kind.GAIN, "RU", lag=2), None),
        (_placed("a", Kind.GAIN, "UA"), _placed("b", Kind.HOLD, "RU", lag=20), None),
        (_placed("a", Kind.GAIN, "UA"), _placed("b", Kind.HOLD, "RU", place=2), None),
        (_placed("a", Kind.GAIN, "UA", stance=Stance.PREDICTED), _placed("b", Kind.HOLD, "RU"), None),
        (_placed("a", Kind.LEAVE, "RU"), _placed("b", Kind.GAIN, "UA"), None),
    ],
)
def test_what_two_claims_differ_on(one: PlacedClaim, other: PlacedClaim, expected: Dispute | None) -> None:
    assert dispute(one, other) is expected
    assert dispute(other, one) is expected


def test_withdrew_against_was_driven_out_is_a_matter_of_account() -> None:
    chose = _placed("a", Kind.LEAVE, "RU", by="RU", trigger="withdrew", stance=Stance.ACKNOWLEDGED)
    forced = _placed("b", Kind.LEAVE, "RU", by="UA", trigger="driven from")
    assert dispute(chose, forced) is Dispute.ACCOUNT
    assert [c.dispute for c in contradictions([chose, forced])] == [Dispute.ACCOUNT]


def test_the_opponent_who_denies_a_withdrawal_disputes_the_account_even_where_he_names_no_place() -> None:
    chose = _placed("a", Kind.LEAVE, "RU", by="RU", trigger="regroup", stance=Stance.ACKNOWLEDGED)
    denial = _placed("b", Kind.LEAVE, "RU", by="UA", trigger="withdrawing", stance=Stance.DENIED, place=None)
    assert dispute(chose, denial) is Dispute.ACCOUNT


def test_both_sides_may_gain_in_one_region_on_one_day() -> None:
    one, other = _placed("a", Kind.GAIN, "UA"), _placed("b", Kind.GAIN, "RU")
    assert dispute(one, other) is Dispute.CONTROL
    assert dispute(_in_area(one), _in_area(other)) is None


def test_one_witness_repeated_is_no_dispute() -> None:
    one, other = _placed("a", Kind.GAIN, "UA"), _placed("a", Kind.HOLD, "RU")
    assert dispute(one, other) is None


def test_pictures_settle_a_contradiction_and_say_how() -> None:
    claims = [
        _placed("a", Kind.GAIN, "UA", by="UA"),
        _placed("b", Kind.HOLD, "RU", by="RU"),
        _placed("c", Kind.HOLD, "UA", lag=2, evidence=EvidenceType.VISUAL, trigger="holds"),
    ]
    (found,) = contradictions(claims)
    assert (found.opened, found.closed, found.outcome) == (DAY, DAY + timedelta(days=2), "UA holds")
    assert found.settled_by == claims[2].claim.id
    (still_open,) = contradictions(claims[:2])
    assert still_open.closed is None
    assert still_open.id == found.id


def test_the_loser_s_own_admission_settles_it() -> None:
    claims = [
        _placed("a", Kind.GAIN, "UA", by="UA"),
        _placed("b", Kind.HOLD, "RU", by="RU"),
        _placed("c", Kind.LEAVE, "RU", by="RU", lag=1, stance=Stance.ACKNOWLEDGED, trigger="withdrew"),
    ]
    (found,) = [c for c in contradictions(claims) if c.dispute is Dispute.CONTROL]
    assert found.outcome == "RU left"


def test_order_does_not_matter() -> None:
    claims = [_placed("a", Kind.GAIN, "UA"), _placed("b", Kind.HOLD, "RU"), _placed("c", Kind.HOLD, "RU", lag=1)]
    assert contradictions(claims) == contradictions(reversed(claims))
