"""The life of a contradiction, what sentences imply less than they seem to, and two accounts of one departure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from whoholds.corroborate import Dispute, Drawn, Proof, Standing, contradictions, dispute
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
WITNESSES = iter(range(10_000))


def said(
    sentence: str, trigger: str, kind: Kind, side: str, *, by: str | None = None, lag: int = 0, area: str | None = None,
    stance: Stance = Stance.ASSERTED, failed: bool = False, evidence: EvidenceType = EvidenceType.STATEMENT,
) -> PlacedClaim:  # fmt: skip
    """A claim read from a sentence of ours about Millford; each is a witness of its own."""
    start = sentence.index(trigger)
    name = f"r{next(WITNESSES)}"
    day = DAY + timedelta(days=lag)
    at = max(sentence.find("Millford"), 0)
    spot = Span.of(sentence, at, at + len("Millford"))
    best = None if area else Candidate(place_id=7, name="Millford", lat=0.0, lon=0.0, probability=1.0)
    claim = Claim(
        id=claim_id(name, start, start + len(trigger), kind), report_id=name, kind=kind, side=side,
        places=(ClaimPlace(span=spot, type=PlaceType.SETTLEMENT),),
        trigger=Span.of(sentence, start, start + len(trigger)),
        stance=stance, hedged=False, failed=failed, speaker=None, speaker_side=by, date=day, evidence=evidence,
        count=None, sentence=Span.of(sentence, 0, len(sentence)), rule="r",
    )  # fmt: skip
    return PlacedClaim(
        claim=claim, outlet=name, valid_day=day, known_day=day, witness=name, group="g",
        resolutions=(Resolution(span=spot, type=PlaceType.SETTLEMENT, best=best, area=area),),
    )  # fmt: skip


GAIN = ("Our troops took Millford on Friday.", "took", Kind.GAIN, "UA")


@pytest.mark.parametrize(
    "other",
    [
        said("During the occupation of Millford the school was closed.", "occupation", Kind.HOLD, "RU"),
        said("People told of the school in Millford that was held by the enemy.", "held", Kind.HOLD, "RU"),
        said("They keep a foothold at the mill of Millford.", "foothold", Kind.HOLD, "RU"),
        said("They are focused on the capture of Millford.", "capture", Kind.GAIN, "RU"),
        said("They seized two farms near Millford.", "seized", Kind.GAIN, "RU"),
        said("They captured 30 square kilometres around Millford.", "captured", Kind.GAIN, "RU"),
        said("They reached Millford.", "reached", Kind.ENTER, "RU"),
        said("They tried in vain to improve positions in Millford.", "improve", Kind.ATTACK, "UA", failed=True),
        said("They dug in to prevent an attack on Millford.", "attack", Kind.ATTACK, "UA", failed=True),
    ],
    ids=lambda p: p.claim.sentence.text,
)
def test_what_implies_too_little_contradicts_nothing(other: PlacedClaim) -> None:
    assert dispute(said(*GAIN), other) is None


@pytest.mark.parametrize(
    ("other", "days", "expected"),
    [
        ("They have not entered Millford.", 0, Dispute.CONTROL),
        ("They have not entered Millford.", 4, Dispute.CONTROL),
        ("They have not entered Millford.", 9, None),
        ("They have not entered Millford.", -1, None),
    ],
)
def test_who_has_not_come_in_has_not_taken_it(other: str, days: int, expected: Dispute | None) -> None:
    denial = said(other, "entered", Kind.ENTER, "UA", stance=Stance.DENIED, lag=days)
    assert dispute(said(*GAIN), denial) is expected


def test_an_attack_beaten_off_days_after_a_claimed_capture_contradicts_it() -> None:
    beaten = said("The attack on Millford was repelled.", "attack", Kind.ATTACK, "UA", failed=True, lag=4)
    assert dispute(said(*GAIN), beaten) is Dispute.CONTROL


def test_of_a_region_only_a_statement_and_its_denial_exclude_each_other() -> None:
    yes = said("They have captured all of Millford county.", "captured", Kind.GAIN, "RU", area="county")
    no = said("They have not cleared all of Millford county.", "cleared", Kind.GAIN, "RU", area="county",
              stance=Stance.DENIED)  # fmt: skip
    ours = said("We took villages of Millford county.", "took", Kind.GAIN, "UA", area="county")
    assert dispute(yes, no) is Dispute.CONTROL
    assert dispute(yes, ours) is None


def test_followed_overtaken_and_lapsed() -> None:
    taken, held = said(*GAIN, by="UA"), said("We hold Millford.", "hold", Kind.HOLD, "RU", by="RU")
    again = said("Millford is still ours, we control it.", "control", Kind.HOLD, "RU", by="RU", lag=1)
    left = said("We withdrew from Millford.", "withdrew", Kind.LEAVE, "RU", by="RU", lag=9, stance=Stance.ACKNOWLEDGED)
    (young,) = contradictions([taken, held])
    (followed,) = contradictions([taken, held, again])
    assert (young.followed, followed.followed) == ((), (again.claim.id,))
    assert (followed.id, followed.standing, followed.last_heard) == (young.id, Standing.OPEN, DAY + timedelta(days=1))
    (lapsed,) = contradictions([taken, held, again], as_of=DAY + timedelta(days=60))
    assert lapsed.standing is Standing.LAPSED
    (over,) = contradictions([taken, held, again, left])
    assert (over.standing, over.outcome, over.settled_by) == (Standing.OVERTAKEN, "RU left", left.claim.id)


def test_pictures_of_both_camps_settle_nothing() -> None:
    ours = said(*GAIN, evidence=EvidenceType.VISUAL)
    theirs = said("We hold Millford.", "hold", Kind.HOLD, "RU", evidence=EvidenceType.VISUAL)
    (found,) = contradictions([ours, theirs])
    assert found.standing is Standing.OPEN


def test_an_outlet_of_neither_side_settles_by_its_own_word() -> None:
    """A state told days later shows that the change never came; after another change it may speak of that one."""
    taken = said("They took Millford.", "took", Kind.GAIN, "RU", by="RU")
    beaten = said("Their attack on Millford was repelled.", "attack", Kind.ATTACK, "RU", by="UA", failed=True)
    word = said("Their attack on Millford failed.", "attack", Kind.ATTACK, "RU", failed=True, lag=8)
    neither = replace(word, group="none/press/statement")
    (found,) = contradictions([taken, beaten, neither])
    assert (found.standing, found.proof, found.outcome) == (Standing.SETTLED, Proof.NEITHER_SIDE, "RU does not hold")
    (hedged,) = contradictions([taken, beaten, replace(neither, claim=replace(neither.claim, hedged=True))])
    assert hedged.standing is Standing.OPEN
    (partial,) = contradictions([taken, beaten, replace(word, group="UA/press/statement")])
    assert partial.standing is Standing.OPEN
    left = said("They were pushed from Millford.", "pushed", Kind.LEAVE, "RU", by="UA", lag=6)
    (since,) = contradictions([taken, beaten, left, neither])
    assert since.standing is Standing.OVERTAKEN


def test_the_word_of_the_side_that_loses_by_it_settles() -> None:
    taken = said("Our troops took Millford.", "took", Kind.GAIN, "UA", by="UA")
    held = said("We hold Millford.", "hold", Kind.HOLD, "RU", by="RU")
    conceded = said("The other side took Millford, its bloggers said.", "took", Kind.GAIN, "UA", by="RU", lag=1)
    (found,) = contradictions([taken, held, conceded])
    assert (found.standing, found.proof, found.settled_by) == (
        Standing.SETTLED, Proof.CONCESSION, conceded.claim.id,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("side", "lag", "standing"),
    [
        ("UA", 1, Standing.SETTLED),  # shows the change at once
        ("UA", 9, Standing.OVERTAKEN),  # the change may have come since
        ("RU", 1, Standing.OPEN),  # map-makers follow the news by days: not drawn yet says nothing
        ("RU", 5, Standing.SETTLED),
        ("RU", 40, Standing.OPEN),
    ],
)
def test_a_control_map_settles(side: str, lag: int, standing: Standing) -> None:
    taken, held = said(*GAIN, by="UA"), said("We hold Millford.", "hold", Kind.HOLD, "RU", by="RU")
    day = DAY + timedelta(days=lag)
    sheet = Drawn(report_id="m1", side=side, day=day, known_day=day)
    (found,) = contradictions([taken, held], drawn=lambda place: [sheet] if place == "7" else [])
    assert found.standing is standing
    assert (found.settled_by_map, found.proof) == (("m1", Proof.MAP) if found.closed else (None, None))


def test_one_voice_does_not_contradict_itself_in_one_sentence() -> None:
    words = "They still control Millford, he said of Millford under our control."
    one = said(words, "control", Kind.HOLD, "RU")
    other = said(words, "under our control", Kind.HOLD, "UA")
    assert dispute(one, other) is Dispute.CONTROL
    same = replace(other, claim=replace(other.claim, report_id=one.claim.report_id))
    assert dispute(one, same) is None
    assert contradictions([one, same]) == []


def test_both_sides_may_hold_parts_but_who_took_the_whole_leaves_none() -> None:
    ours = said("We still control parts of Millford.", "control", Kind.HOLD, "RU")
    part = said("They took the northern part of Millford.", "took", Kind.GAIN, "UA")
    assert dispute(said(*GAIN), ours) is Dispute.CONTROL
    assert dispute(part, ours) is None
    assert dispute(part, said("We hold Millford.", "hold", Kind.HOLD, "RU")) is None


@pytest.mark.parametrize(
    "other",
    [
        said("The mayor of Millford left Millford.", "left", Kind.LEAVE, "UA"),
        said("People who fled Millford told of it.", "fled", Kind.LEAVE, "UA"),
        said("After a failed attack they withdrew from Millford.", "withdrew", Kind.LEAVE, "UA"),
        said("They refuse to surrender Millford.", "surrender", Kind.LEAVE, "UA"),
        said("Their attacks from Millford failed.", "attacks", Kind.ATTACK, "UA", failed=True),
        said("They are unlikely to take Millford soon.", "take", Kind.GAIN, "UA", stance=Stance.DENIED),
        said("They took no further ground, nor secured additional land at Millford.", "secured", Kind.GAIN, "UA",
             stance=Stance.DENIED),
    ],
    ids=lambda p: p.claim.sentence.text,
)  # fmt: skip
def test_what_is_of_others_or_of_other_ground_contradicts_no_capture(other: PlacedClaim) -> None:
    assert dispute(said(*GAIN), other) is None


@pytest.mark.parametrize(
    "other",
    [
        said("They evacuated their field hospital from Millford.", "evacuated", Kind.LEAVE, "UA"),
        said("This is the start of the liberation of Millford.", "liberation", Kind.GAIN, "RU"),
        said("The mayor confirmed the liberation of Millford.", "liberation", Kind.GAIN, "RU", by="UA"),
    ],
    ids=lambda p: p.claim.sentence.text,
)
def test_misreadings_contradict_nothing(other: PlacedClaim) -> None:
    assert dispute(said(*GAIN), other) is None


CHOSE = ("The ministry said its troops withdrew from Millford to shorten the line.", "withdrew")


@pytest.mark.parametrize(
    ("sentence", "trigger", "stance", "expected"),
    [
        ("They were driven out of Millford.", "driven", Stance.ASSERTED, Dispute.ACCOUNT),
        ("We forced them to pull out of Millford.", "pull", Stance.ASSERTED, Dispute.ACCOUNT),
        ("It was no orderly withdrawal from Millford.", "withdrawal", Stance.DENIED, Dispute.ACCOUNT),
        ("They retreated from Millford.", "retreated", Stance.ASSERTED, None),
        ("They left Millford.", "left", Stance.ASSERTED, None),
        ("The assault on Millford was repelled and they were forced to retreat.", "retreat", Stance.ASSERTED, None),
    ],
)
def test_two_accounts_of_a_departure(sentence: str, trigger: str, stance: Stance, expected: Dispute | None) -> None:
    chose = said(*CHOSE, Kind.LEAVE, "RU", by="RU", stance=Stance.ACKNOWLEDGED)
    assert dispute(chose, said(sentence, trigger, Kind.LEAVE, "RU", by="UA", stance=stance)) is expected


def test_many_accounts_of_one_departure_are_one_contradiction() -> None:
    chose = [said(*CHOSE, Kind.LEAVE, "RU", by="RU", lag=n, stance=Stance.ACKNOWLEDGED) for n in range(3)]
    forced = [said("They fled from Millford.", "fled", Kind.LEAVE, "RU", by="UA", lag=n) for n in range(3)]
    (found,) = contradictions([*chose, *forced])
    assert (found.dispute, len(found.one), len(found.other)) == (Dispute.ACCOUNT, 3, 3)
