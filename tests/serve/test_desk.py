"""Verdicts and claims by hand over HTTP: only with the token, appended, undoable, and refused in plain words."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.serve.conftest import served
from whoholds.cli.desk import StoreDesk
from whoholds.cli.exploring import Explorers
from whoholds.cli.serve import token_of
from whoholds.errors import BadSetting
from whoholds.serve.app import create_app
from whoholds.settings import STORE_NAME
from whoholds.store import Store

pytestmark = pytest.mark.model
TOKEN = "a-token-long-enough"
SIGNED = {"Authorization": f"Bearer {TOKEN}"}
IZYUM = 707292


@pytest.fixture
def store(run_folder: Path, tmp_path: Path) -> Iterator[Store]:
    """A store of one's own, to be written to."""
    shutil.copy(run_folder / STORE_NAME, tmp_path / STORE_NAME)
    with Store.open(tmp_path / STORE_NAME, create=False) as opened:
        yield opened


@contextmanager
def desk_over(store: Store, token: str | None, cache: Path) -> Iterator[httpx.Client]:
    """A client of a server with its desk."""
    explorers, desk = Explorers(store, cache=cache), StoreDesk(store, cache=cache)
    app = create_app(explorers, explain=explorers.explain, desk=desk, token=token)
    with served(app) as at, httpx.Client(base_url=at, timeout=60, trust_env=False) as made:
        yield made


@pytest.fixture
def client(store: Store, cache: Path) -> Iterator[httpx.Client]:
    """A client of a server with a token."""
    with desk_over(store, TOKEN, cache) as made:
        yield made


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the packaged gazetteer is kept."""
    return tmp_path_factory.mktemp("cache")


def verdict(client: httpx.Client, **more: Any) -> dict[str, Any]:
    """A verdict on the first claim."""
    claim = client.get("/api/claims", params={"limit": 1}).json()["rows"][0]["id"]
    return {"claim": claim, "verdict": "reject", "by": "A. Nalyst", "note": "an older picture", **more}


def doubtful(store: Store) -> None:
    """Make every place of the store one of two that the name may mean."""
    kept = [k for k in store.view().claims() if k.placed is not None]
    placed = []
    for k in kept:
        assert k.placed is not None
        halved = [replace(r, best=replace(r.best, probability=0.5)) if r.best else r for r in k.placed.resolutions]
        placed.append((replace(k.placed, resolutions=tuple(halved)), k.version))
    with store.writer() as writer:
        writer.replace_placed(placed)


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}])
def test_nothing_is_written_without_the_token(client: httpx.Client, headers: dict[str, str]) -> None:
    answer = client.post("/api/judgements", json=verdict(client), headers=headers)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"
    assert client.get("/api/judgements").json()["total"] == 0


def test_a_server_without_a_token_takes_nothing_from_anybody(store: Store, cache: Path) -> None:
    with desk_over(store, None, cache) as client:
        for given in ("x", "None"):
            answer = client.post("/api/judgements", json=verdict(client), headers={"Authorization": f"Bearer {given}"})
            assert answer.status_code == 401
        assert client.get("/data/meta.json").json()["writable"] is False


def test_a_verdict_is_signed_kept_and_undone_by_another(client: httpx.Client, store: Store) -> None:
    given = verdict(client)
    kept = client.post("/api/judgements", json=given, headers=SIGNED)
    assert kept.status_code == 201 and kept.json()["by"] == "A. Nalyst"
    client.post("/api/judgements", json={**given, "verdict": "undo", "note": ""}, headers=SIGNED)
    rows = client.get("/api/judgements").json()["rows"]
    assert [row["verdict"] for row in rows] == ["reject", "undo"]
    assert [j.verdict.value for j in store.view().judgements()] == ["reject", "undo"]


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"claim": "c-none"}, 404), ({"verdict": "correct"}, 400), ({"verdict": "maybe"}, 400), ({"by": ""}, 400),
        ({"by": "  "}, 400), ({"verdict": "correct", "place": 1}, 400), ({"surplus": 1}, 400),
    ],
)  # fmt: skip
def test_a_verdict_that_cannot_be_kept_says_why(client: httpx.Client, wrong: dict[str, Any], status: int) -> None:
    answer = client.post("/api/judgements", json=verdict(client, **wrong), headers=SIGNED)
    assert answer.status_code == status and answer.json()["remedy"]
    assert client.get("/api/judgements").json()["total"] == 0


def test_a_claim_is_entered_by_hand(client: httpx.Client, store: Store) -> None:
    given = {
        "kind": "hold",
        "side": "UA",
        "place": IZYUM,
        "day": "2022-09-12",
        "author": "A. Nalyst",
        "speaker": "a friend",
    }
    answer = client.post("/api/claims", json=given, headers=SIGNED)
    assert answer.status_code == 201 and answer.json()["new"] is True
    kept = store.view().claims(claim_id=answer.json()["claim"])
    assert [(k.claim.kind.value, k.claim.side) for k in kept] == [("hold", "UA")]
    assert client.post("/api/claims", json=given).status_code == 401
    assert client.post("/api/claims", json={**given, "side": "XX"}, headers=SIGNED).status_code == 400


def test_the_queue_names_claims_and_reasons(client: httpx.Client, store: Store) -> None:
    doubtful(store)
    rows = client.get("/api/queue").json()["rows"]
    assert rows and all(row["reasons"] and row["worth"] > 0 for row in rows)
    client.post("/api/judgements", json=verdict(client, claim=rows[0]["claim"], verdict="accept"), headers=SIGNED)
    assert rows[0]["claim"] not in [row["claim"] for row in client.get("/api/queue").json()["rows"]]


def test_a_token_that_can_be_guessed_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("short\n", encoding="utf-8")
    with pytest.raises(BadSetting):
        token_of(file)
    file.write_text(f"  {TOKEN}\n", encoding="utf-8")
    assert token_of(file) == TOKEN
    assert token_of(None) is None
