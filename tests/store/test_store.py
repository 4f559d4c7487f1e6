"""The store: what is kept comes back as it was, by two clocks, and nothing is lost."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, inspect

from tests.store.made import claim, placed, report
from whoholds.errors import StoreError
from whoholds.model import Count, Distance, Judgement, Kind, SetAside, Verdict
from whoholds.store import Store, version_of
from whoholds.store.tables import metadata
from whoholds.store.view import match_words

DAY = date(2022, 9, 11)
NOON = datetime(2022, 9, 12, 12, tzinfo=UTC)


def test_a_report_comes_back_whole() -> None:
    """Text, parts, the way back and the original bytes."""
    with Store.open(":memory:") as store:
        with store.writer() as writer:
            assert writer.add_report(report(), known_day=DAY)
        kept = store.view().report("r1")
    assert kept is not None
    assert kept.report == report()
    assert kept.report.original == b"\x00\xffTroops"


@pytest.mark.parametrize("count", [None, Count(min=40, unit="settlements"), Distance(distance_km=50.0, to="border")])
def test_a_claim_comes_back_whole(count: Count | Distance | None) -> None:
    """Every field, with its resolutions when it was placed."""
    one = claim(report(), count=count)
    with Store.open(":memory:") as store:
        with store.writer() as writer:
            writer.add_report(report(), known_day=DAY)
            assert writer.add_claims(report(), [one], reading="a") == 1
            writer.replace_placed([(placed(one), version_of(report()))])
        found = store.view().claims(place_id=707292)
        assert [k.claim for k in found] == [one]
        assert found[0].placed == placed(one)
        assert found[0].sentence == report().text
        assert store.view().placed() == [placed(one)]


def test_the_same_report_again_adds_nothing() -> None:
    """Neither the report nor its claims."""
    with Store.open(":memory:") as store:
        for expected in (True, False):
            with store.writer() as writer:
                assert writer.add_report(report(), known_day=DAY) is expected
                assert writer.add_claims(report(), [claim(report())], reading="a") == int(expected)
        counts = store.view().counts()
    assert (counts["reports"], counts["claims"]) == (1, 1)


def test_an_edited_report_counts_from_its_own_day() -> None:
    """Before that day the earlier version stands; after it, only the newest."""
    old = report()
    new = report(text="Troops left Izium today, the mayor said.", published=datetime(2022, 9, 13, 8, tzinfo=UTC))
    with Store.open(":memory:") as store:
        with store.writer() as writer:
            for version, day in ((new, date(2022, 9, 13)), (old, DAY)):
                writer.add_report(version, known_day=day)
                writer.add_claims(version, [claim(version)], reading="a")
        texts = {day: store.view(day).report("r1") for day in (date(2022, 9, 10), DAY, date(2022, 9, 13))}
        assert texts[date(2022, 9, 10)] is None
        assert [k.report.text for k in (texts[DAY], texts[date(2022, 9, 13)]) if k] == [old.text, new.text]
        assert store.view().counts()["claims"] == 1
        assert len(store.view().versions("r1")) == 2


def test_what_was_known_later_is_not_seen() -> None:
    """Law 3: as known on a day, later reports and judgements do not exist."""
    later = report("r2", day=date(2022, 9, 14))
    with Store.open(":memory:") as store:
        with store.writer() as writer:
            for one, day in ((report(), DAY), (later, date(2022, 9, 14))):
                writer.add_report(one, known_day=day)
                writer.add_claims(one, [claim(one)], reading="a")
            writer.judge(Judgement(claim_id=claim(later).id, verdict=Verdict.REJECT, by="A", at=NOON))
        early = store.view(DAY)
        assert [k.report.id for k in early.reports()] == ["r1"]
        assert {k.claim.report_id for k in early.claims()} == {"r1"}
        assert early.judgements() == []
        assert len(store.view().judgements()) == 1


def test_a_removed_report_leaves_a_tombstone() -> None:
    """Its claims vanish from every view; the reason stays, and the removal can be taken back."""
    with Store.open(":memory:") as store:
        with store.writer() as writer:
            writer.add_report(report(), known_day=DAY)
            writer.add_claims(report(), [claim(report())], reading="a")
            writer.remove_report("r1", reason="retracted", by="A. Editor", at=NOON)
        view = store.view()
        assert view.report("r1") is None
        assert (view.claims(), list(view.reports()), list(view.every_report())) == ([], [], [])
        assert [(r.report_id, r.reason, r.by) for r in view.removed()] == [("r1", "retracted", "A. Editor")]
        with store.writer() as writer:
            writer.restore_report("r1")
        assert len(store.view().claims()) == 1


def test_a_new_reading_keeps_claim_ids() -> None:
    """A claim found again keeps its id, so that judgements survive; what is found no more goes."""
    one, other = claim(report()), claim(report(), Kind.HOLD)
    with Store.open(":memory:") as store:
        with store.writer() as writer:
            writer.add_report(report(), known_day=DAY)
            writer.add_claims(report(), [one, other], reading="a")
            assert writer.add_claims(report(), [one], reading="b") == 0
        assert [k.claim.id for k in store.view().claims()] == [one.id]
        assert set(store.view().readings().values()) == {"b"}


def test_filters_of_claims() -> None:
    """By kind, side, speaker, outlet, days and words."""
    with Store.open(":memory:") as store:
        with store.writer() as writer:
            writer.add_report(report(), known_day=DAY)
            writer.add_claims(report(), [claim(report()), claim(report(), Kind.HOLD)], reading="a")
        view = store.view()
        assert [k.claim.kind for k in view.claims(kinds=("hold",))] == [Kind.HOLD]
        assert len(view.claims(speaker="MAYOR", outlet="oskil dispatch", side="UA", since=DAY, until=DAY)) == 2
        assert view.claims(side="RU") == view.claims(since=date(2022, 9, 12)) == view.claims(words="Lyman") == []
        assert len(view.claims(words="izium", limit=1)) == 1


@given(words=st.text(max_size=20))
def test_no_words_break_the_search(words: str) -> None:
    """Quotes, operators and signs of the search language are words like others."""
    with Store.open(":memory:") as store:
        with store.writer() as writer:
            writer.add_report(report(), known_day=DAY)
        assert len(list(store.view().reports(words=words))) in (0, 1)
        assert match_words(words)


def test_search_ignores_marks_and_case() -> None:
    """And finds beginnings."""
    with Store.open(":memory:") as store:
        with store.writer() as writer:
            writer.add_report(report(text="Überall in Balakliia"), known_day=DAY)
        assert [len(list(store.view().reports(words=w))) for w in ("uberall", "BALAK*", "nowhere")] == [1, 1, 0]


def test_estimates_hold_until_the_next_row() -> None:
    """A question for a day between two rows gets the earlier one."""
    rows = [
        {"place_id": 1, "day": day, "status": side, "probabilities": {side: 0.9}, "basis": "observed", "n_claims": 1}
        for day, side in ((DAY, "RU"), (date(2022, 9, 14), "UA"))
    ]
    with Store.open(":memory:") as store:
        with store.writer() as writer:
            writer.replace_estimates("control", rows)
        view = store.view()
        statuses = [view.estimates(on=day)[0]["status"] for day in (DAY, date(2022, 9, 13), date(2022, 9, 14))]
        assert statuses == ["RU", "RU", "UA"]
        assert view.estimates(on=date(2022, 9, 10)) == []


def test_set_aside_reports_are_kept_once() -> None:
    """With the reason and the remedy."""
    note = SetAside(origin="a.pdf", error="EmptyReport", problem="No text.", remedy="Scan it.")
    with Store.open(":memory:") as store:
        for _ in range(2):
            with store.writer() as writer:
                writer.add_set_aside([note])
        assert store.view().set_aside() == [note]


def test_a_failed_write_leaves_nothing() -> None:
    """A writer keeps all of its changes, or none."""
    with Store.open(":memory:") as store:
        with pytest.raises(RuntimeError, match="halfway"), store.writer() as writer:
            writer.add_report(report(), known_day=DAY)
            raise RuntimeError("halfway")
        assert store.view().counts()["reports"] == 0


def test_tables_are_what_the_migrations_make(tmp_path: Path) -> None:
    """The two descriptions of the schema agree, column by column."""
    Store.open(tmp_path / "s.sqlite").close()
    engine = create_engine(f"sqlite:///{tmp_path / 's.sqlite'}")
    found = inspect(engine)
    for name, table in metadata.tables.items():
        assert {c["name"] for c in found.get_columns(name)} == set(table.columns.keys()), name
    engine.dispose()


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    """A store of this version is taken as it is."""
    path = tmp_path / "s.sqlite"
    with Store.open(path) as store, store.writer() as writer:
        writer.add_report(report(), known_day=DAY)
    with Store.open(path, create=False) as store:
        assert store.view().counts()["reports"] == 1


def test_wrong_files_are_named(tmp_path: Path) -> None:
    """Missing, no database, another database, a newer store, no folder: each says what to do."""
    with pytest.raises(StoreError, match="no store"):
        Store.open(tmp_path / "none.sqlite", create=False)
    with pytest.raises(StoreError, match="does not exist"):
        Store.open(tmp_path / "no" / "folder" / "s.sqlite")
    text = tmp_path / "text.sqlite"
    text.write_bytes(b"this is no database at all, but long enough to have a header" * 20)
    with pytest.raises(StoreError, match="not a whoholds store"):
        Store.open(text)
    other = tmp_path / "other.sqlite"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE songs (title TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="not a whoholds store"):
        Store.open(other)
    newer = tmp_path / "newer.sqlite"
    Store.open(newer).close()
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="schema 99"):
        Store.open(newer)


def test_a_locked_store_says_so(tmp_path: Path) -> None:
    """Another process at work is no fault of ours, and no traceback."""
    path = tmp_path / "s.sqlite"
    with Store.open(path, patience_s=0.05) as store:
        blocker = sqlite3.connect(path)
        blocker.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="in use"), store.writer() as writer:
            writer.add_report(report(), known_day=DAY)
        blocker.rollback()
        blocker.close()
