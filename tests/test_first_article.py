"""What the first article alone must give each ledger; not measured where the shared data are missing."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from whoholds.infer.meaning import read_claim
from whoholds.pipeline.claimed import ClaimedDistance, distances_around
from whoholds.pipeline.gather import extract_new, gather
from whoholds.pipeline.ground import lay_ground
from whoholds.pipeline.ledgers import ledgers
from whoholds.pipeline.rooms import Rooms
from whoholds.pipeline.run import bind_theatre, estimate, inputs_of, place_all, plain_settings
from whoholds.pipeline.steps import unwatched
from whoholds.settings import RunSettings
from whoholds.store import KeptClaim, Store

pytestmark = pytest.mark.model
SHARED = Path(os.environ.get("WHOHOLDS_SHARED", Path(__file__).resolve().parents[2] / "shared"))
ARTICLE = SHARED / "seed" / "article.txt"
NOON = datetime(2022, 9, 13, 12, tzinfo=UTC)

Told = tuple[dict[str, list[dict[str, Any]]], list[KeptClaim], tuple[ClaimedDistance, ...]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The ledgers and the claims of a run on the article, without its pictures."""
    if not ARTICLE.exists():
        pytest.skip(f"not measured: {ARTICLE} is missing (set WHOHOLDS_SHARED)")
    folder = tmp_path_factory.mktemp("first")
    settings = RunSettings(theatre="ukraine-2022", workers=1, cache=folder)
    rooms = Rooms.open(settings.theatre, gazetteer=None, cache=folder)
    ground = lay_ground(rooms, settings)
    with Store.open(folder / "s.sqlite") as store:
        bind_theatre(store, rooms.theatre.key)
        gather([ARTICLE], store=store, theatre=rooms.theatre, watch=unwatched)
        extract_new(rooms, settings, store=store, watch=unwatched)
        place_all(rooms, ground, store=store)
        days = estimate(rooms, ground, settings, store=store).control.days
        with store.writer() as writer:
            options = plain_settings(settings, ground, days)
            writer.add_run(inputs=inputs_of(ground, settings), settings=options, summary={}, at=NOON)
        view = store.view()
        kharkiv = next(p for p in ground.nouns if p.name == "Kharkiv")
        why = distances_around(view, kharkiv, date(2022, 9, 12), cache=folder)
        return ledgers(view, cache=folder), view.claims(), why


def test_the_count_of_forty(told: Told) -> None:
    """Against the places named so far."""
    rows = [r for r in told[0]["counts"] if r["claimed"] == 40 and r["side"] == "UA"]
    assert rows
    assert all(r["unnamed"] == 40 - len(r["named"]) for r in rows)


def test_the_distance_is_told_where_one_asks_why_of_a_place_in_its_zone(told: Told) -> None:
    """Kharkiv lies in it, though the claim is of the day before the run's first."""
    (found,) = told[2]
    assert found.row.claimed_km == 50.0 and found.place_km < 50.0


def test_the_distance_of_fifty_kilometres(told: Told) -> None:
    """To the border of the other country."""
    assert [(r["claimed_km"], r["side"]) for r in told[0]["distances"]] == [(50.0, "UA")]


def test_rumour_and_prediction_of_a_declaration_of_war_stay_open(told: Told) -> None:
    """Each with who said it."""
    rows = [r for r in told[0]["outlook"] if r["kind"] == "escalate"]
    assert {(r["stance"], r["what"], r["resolved"]) for r in rows} == {
        ("rumoured", "declaration of war", "open"),
        ("predicted", "declaration of war", "open"),
    }


def test_the_withdrawal_is_a_dispute_of_account(told: Told) -> None:
    """One side says it regrouped, the other denies that this was all."""
    (row,) = [r for r in told[0]["contradictions"] if r["dispute"] == "account"]
    assert (row["side"], row["standing"]) == ("RU", "open")
    assert {said["stance"] for said in row["one_says"]} == {"acknowledged"}
    assert {said["stance"] for said in row["other_says"]} == {"denied"}


def test_the_commentator_s_post_weighs_nothing_on_control(told: Told) -> None:
    """What he foretells is in the outlook, and says nothing of who holds a place."""
    his = [k.claim for k in told[1] if k.claim.speaker is not None and k.claim.speaker.text == "Kim Dotcom"]
    assert his
    assert all(read_claim(claim, wide=wide) is None for claim in his for wide in (True, False))
