"""What changes in what is known after a run: claims by hand, edits, verdicts, the digest."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.pipeline_kit import REPORTS, write_base, write_gazetteer, write_reports
from whoholds.cli import main
from whoholds.errors import BadSetting, UnknownClaim, UnknownPlace, UnknownReport
from whoholds.model import EvidenceType, Judgement, Kind, Stance, Verdict
from whoholds.pipeline.byhand import (
    Entered,
    HandClaim,
    add_claim,
    export_claims,
    hand_claims,
    import_claims,
    remove_claim,
)
from whoholds.pipeline.digest import digest, digest_record, digest_text
from whoholds.pipeline.explained import why_text
from whoholds.pipeline.judging import export_judgements, import_judgements, judge, misfits, queue
from whoholds.pipeline.ledgers import ledgers
from whoholds.pipeline.questions import series_of, why
from whoholds.pipeline.run import run
from whoholds.pipeline.versions import edited_reports, edits
from whoholds.settings import RunSettings
from whoholds.store import Store

pytestmark = pytest.mark.model
NOON = datetime(2022, 9, 13, 12, tzinfo=UTC)
CALL = HandClaim(
    kind=Kind.GAIN, side="UA", place="Lyman", day=date(2022, 9, 12), author="Olena", speaker="a teacher",
    evidence=EvidenceType.VISUAL, note="by phone, twice",
)  # fmt: skip


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with gazetteer and base map."""
    folder = tmp_path_factory.mktemp("known")
    write_gazetteer(folder)
    write_base(folder)
    return folder


def go(ground: Path, out: Path, *reports: Path) -> None:
    """A run with its store in the folder it writes to."""
    out.mkdir(exist_ok=True)
    settings = RunSettings(
        gazetteer=ground / "small.gazetteer", base=(ground / "base-2022-09-05.geojson",),
        base_day=date(2022, 9, 5), workers=1, cache=ground / "cache",
    )  # fmt: skip
    with Store.open(out / "s.sqlite") as store:
        run([*reports], settings=settings, store=store, out=out, now=NOON)


def p_ua(out: Path, name: str) -> float:
    """The probability of UA at a place on the last day."""
    with (out / "control.csv").open(encoding="utf-8", newline="") as file:
        return float([row for row in csv.DictReader(file) if row["name"] == name][-1]["p_UA"])


@pytest.fixture(scope="module")
def run_once(ground: Path) -> Path:
    """A run of the reports, to be looked at only."""
    go(ground, ground / "once", write_reports(ground))
    return ground / "once"


@pytest.fixture
def out(run_once: Path, tmp_path: Path) -> Path:
    """A copy of that run to change, with its reports beside it."""
    shutil.copytree(run_once, tmp_path / "out")
    write_reports(tmp_path)
    return tmp_path / "out"


def enter(out: Path, ground: Path, given: HandClaim = CALL) -> Entered:
    """Enter a claim in the store of a run."""
    with Store.open(out / "s.sqlite") as store:
        return add_claim(store, given, cache=ground / "cache")


def test_a_claim_by_hand_moves_the_map_and_goes_without_a_trace_on_it(ground: Path, out: Path) -> None:
    """It is weighed like any claim, explained with its author, and taken back by a tombstone."""
    before = p_ua(out, "Lyman")
    entered = enter(out, ground)
    assert (entered.new, enter(out, ground).new) == (True, False)
    go(ground, out, out.parent / "reports.jsonl")
    assert p_ua(out, "Lyman") > before + 0.05
    with Store.open(out / "s.sqlite") as store:
        told = why_text(why(store.view(), "Lyman", date(2022, 9, 12), cache=ground / "cache"))
        assert "a teacher, in Olena" in told
        assert [e.given.author for e in hand_claims(store.view())] == ["Olena"]
        remove_claim(store, entered.claim_id, reason="she took it back", by="Olena", at=NOON)
        assert hand_claims(store.view()) == []
        with pytest.raises(UnknownClaim, match="by-hand"):
            remove_claim(store, entered.claim_id, reason="again", by="Olena", at=NOON)
    go(ground, out, out.parent / "reports.jsonl")
    assert p_ua(out, "Lyman") == pytest.approx(before)


def test_claims_by_hand_go_to_another_store_and_back(ground: Path, out: Path, tmp_path: Path) -> None:
    """A CSV file carries every field; a second import adds nothing."""
    other = HandClaim(
        kind=Kind.HOLD, side="RU", place="702320", day=date(2022, 9, 10), author="Taras", stance=Stance.DENIED,
        hedged=True, known=date(2022, 9, 11),
    )  # fmt: skip
    enter(out, ground)
    enter(out, ground, other)
    shutil.copytree(ground / "once", tmp_path / "two")
    with Store.open(out / "s.sqlite") as one, Store.open(tmp_path / "two" / "s.sqlite") as two:
        assert export_claims(one.view(), tmp_path / "hand.csv") == 2
        assert import_claims(two, tmp_path / "hand.csv", cache=ground / "cache") == 2
        assert import_claims(two, tmp_path / "hand.csv", cache=ground / "cache") == 0
        assert hand_claims(two.view()) == hand_claims(one.view())


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"author": " "}, BadSetting, "Nobody answers"),
        ({"side": "XX"}, BadSetting, "no side"),
        ({"known": date(2022, 9, 1)}, BadSetting, "before"),
        ({"place": "Nowhere-on-Sea"}, UnknownPlace, "Nowhere-on-Sea"),
    ],
)
def test_claims_by_hand_that_cannot_be(
    ground: Path, run_once: Path, wrong: dict[str, object], error: type[Exception], words: str
) -> None:
    """Each with the way out."""
    with pytest.raises(error, match=words):
        enter(run_once, ground, replace(CALL, **wrong))


def test_an_edited_report_counts_anew_and_what_rested_on_it_is_told(ground: Path, out: Path, tmp_path: Path) -> None:
    """Both versions are kept; the newest counts from its day."""
    text = "Russian troops still hold Izyum. An earlier line of this report was wrong."
    edited = {**REPORTS[2], "date": "2022-09-12", "text": text}
    go(ground, out, write_reports(tmp_path, (edited,), "edited.jsonl"))
    with Store.open(out / "s.sqlite") as store:
        view = store.view()
        assert [[v.known_day.day for v in versions] for versions in edited_reports(view)] == [[11, 12]]
        (edit,) = edits(view, "c")
        assert Kind.GAIN in {c.kind for c in edit.gone}
        assert [(c.kind, c.side) for c in edit.fresh] == [(Kind.HOLD, "RU")]
        assert edit.moved
        assert all(abs(m.p_after["UA"] - m.p_before["UA"]) > 0.005 for m in edit.moved)
        assert store.view(date(2022, 9, 11)).report("c").report.text == REPORTS[2]["text"]
        assert edits(view, "a") == []
        with pytest.raises(UnknownReport):
            edits(view, "nothing")


def test_an_edited_report_says_until_its_edit_what_it_said(ground: Path, tmp_path: Path) -> None:
    """The nowcast of the days before the edit stays; on the day of the edit the older version counts no more."""
    out = tmp_path / "edited"
    later = {**REPORTS[0], "date": "2022-09-12"}
    go(ground, out, write_reports(tmp_path, (REPORTS[2], later), "first.jsonl"))
    before = _known(out, "Izyum")
    edited = {**REPORTS[2], "date": "2022-09-12", "text": "Russian troops still hold Izyum."}
    go(ground, out, write_reports(tmp_path, (edited,), "edited.jsonl"))
    after = _known(out, "Izyum")
    assert after["2022-09-11"] == before["2022-09-11"] > 0.5
    assert after["2022-09-12"] < before["2022-09-12"] - 0.05
    with Store.open(out / "s.sqlite") as store:
        view = store.view()
        assert view.replaced_on() == {date(2022, 9, 12): frozenset({"c"})}
        assert {(p.claim.report_id, p.known_day.day) for p in view.former()} == {("c", 11)}
        assert store.view(date(2022, 9, 11)).former() == []


def _known(out: Path, name: str) -> dict[str, float]:
    """The probability of UA at a place on each day as known on that day."""
    with (out / "nowcast.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["date"]: float(row["p_UA"]) for row in csv.DictReader(file) if row["name"] == name}
    found, last = {}, 0.0
    for k in range(6, 14):
        last = rows.get(f"2022-09-{k:02d}", last)
        found[f"2022-09-{k:02d}"] = last
    return found


def test_verdicts_outlive_the_reading_and_are_told_by_explain(ground: Path, out: Path, tmp_path: Path) -> None:
    """A newer reading takes the claims anew; a verdict stays, can be undone, and a misfit is listed."""
    with Store.open(out / "s.sqlite") as store:
        view = store.view()
        claim = next(k for k in view.claims(report_id="c") if k.claim.kind is Kind.GAIN)
        made = Judgement(claim_id=claim.claim.id, verdict=Verdict.REJECT, by="Ann", at=NOON, note="an old picture")
        judge(store, made)
        (report,) = [r for r in view.every_report() if r.id == "c"]
        with store.writer() as writer:
            writer.add_claims(report, [k.claim for k in view.claims(report_id="c")], reading="of tomorrow")
        assert store.view().judgements() == [made]
        assert misfits(store.view()) == []
        told = why_text(why(store.view(), "Izyum", date(2022, 9, 11), cache=ground / "cache"))
        assert f"reject of {claim.claim.id} by Ann, 2022-09-13: an old picture" in told
        assert claim.claim.id not in {q.kept.claim.id for q in queue(store.view(), limit=50)}
        export_judgements(store.view(), tmp_path / "verdicts.csv")
        assert import_judgements(store, tmp_path / "verdicts.csv") == 0
        with store.writer() as writer:
            writer.add_claims(report, [], reading="of the day after")
        assert misfits(store.view()) == [made]


def test_the_queue_puts_doubt_times_effect_first(run_once: Path) -> None:
    """A claim that changes nothing is not worth a look, however doubtful."""
    with Store.open(run_once / "s.sqlite") as store:
        rows = queue(store.view(), limit=10, series=series_of(store.view()))
    assert rows
    assert all(row.effect and row.worth == pytest.approx(row.doubt * row.effect, abs=1e-3) for row in rows)
    assert [row.worth for row in rows] == sorted((row.worth for row in rows), reverse=True)


def test_the_digest_tells_what_became_known(ground: Path, out: Path) -> None:
    """On the ground, of days past, by hand; nothing known by the day it starts from."""
    enter(out, ground)
    go(ground, out, out.parent / "reports.jsonl")
    with Store.open(out / "s.sqlite") as store:
        found = digest(store.view(), since=date(2022, 9, 10), cache=ground / "cache")
    assert found.n_reports == 6
    assert {t.known_day for t in found.claims} == {date(2022, 9, 11), date(2022, 9, 12)}
    assert "UA gain at Lyman, 2022-09-12, by Olena" in found.by_hand
    text = digest_text(found)
    assert "Changed hands" in text
    assert "Entered by hand (1)" in text
    assert digest_record(found)["claims"] == len(found.claims)


def test_a_rejected_claim_takes_no_part_in_a_ledger(ground: Path, out: Path) -> None:
    """Judged by its id alone; the verdict undone, it is back."""
    enter(out, ground, replace(CALL, day=date(2022, 9, 11)))
    go(ground, out, out.parent / "reports.jsonl")
    store_option = ["--store", str(out / "s.sqlite")]

    def rows() -> list[str]:
        with Store.open(out / "s.sqlite") as store:
            found = ledgers(store.view(), ("contradictions",), cache=ground / "cache")["contradictions"]
        return [row["id"] for row in found if row["place_name"] == "Lyman"]

    before = rows()
    assert len(before) == 1
    with Store.open(out / "s.sqlite") as store:
        (claim,) = [e.claim_id for e in hand_claims(store.view())]
    assert main(["judge", claim, "reject", "--by", "Ann", *store_option]) == 0
    assert rows() == []
    assert main(["judge", "claim", claim, "undo", "--by", "Ann", *store_option]) == 0
    assert rows() == before


def test_a_ledger_of_contradictions_tells_its_ends_in_words(ground: Path, out: Path) -> None:
    """Who says what, and whether it is open."""
    enter(out, ground, replace(CALL, day=date(2022, 9, 11)))
    go(ground, out, out.parent / "reports.jsonl")
    with Store.open(out / "s.sqlite") as store:
        rows = ledgers(store.view(), ("contradictions", "echoes"), cache=ground / "cache")
    (lyman,) = [row for row in rows["contradictions"] if row["place_name"] == "Lyman"]
    assert (lyman["dispute"], lyman["standing"], lyman["outcome"]) == ("control", "settled", "UA took it")
    assert "settled by visual evidence (a teacher (Olena)) on 2022-09-11" in lyman["in_words"]
    assert "in vain" in lyman["in_words"] or "repelled" in lyman["in_words"]


def test_two_translations_of_an_unread_report_are_one_witness(ground: Path, tmp_path: Path) -> None:
    """No claim is taken from the report in the other language, but it shows that two outlets have it from one hand."""
    uk = {
        "id": "u", "date": "2022-09-11", "source": "Вісник", "title": "", "lang": "uk",
        "text": "Українські війська звільнили Балаклію, Ізюм і Куп'янськ: 120 будинків, 45 машин. Далі Лиман.",
    }  # fmt: skip
    one = {
        "id": "v", "date": "2022-09-11", "source": "Oskil Dispatch", "title": "", "lang": "en",
        "text": "Ukrainian forces liberated Balakliya, Izyum and Kupiansk: 120 houses, 45 vehicles. Lyman is next.",
    }  # fmt: skip
    two = {
        "id": "w", "date": "2022-09-12", "source": "River Gazette", "title": "", "lang": "en",
        "text": "Kyiv's army captured Balakliya, Izyum and Kupiansk. Houses seen: 120. Trucks: 45. Then Lyman.",
    }  # fmt: skip
    counted = []
    for name, reports in (("without", (one, two)), ("with", (uk, one, two))):
        go(ground, tmp_path / name, write_reports(tmp_path, reports, f"{name}.jsonl"))
        with Store.open(tmp_path / name / "s.sqlite") as store:
            view = store.view()
            counted.append({p.witness for p in view.placed() if p.claim.kind is Kind.GAIN})
            rows = ledgers(view, ("echoes",), cache=ground / "cache")["echoes"]
    assert (len(counted[0]), len(counted[1])) == (2, 1)
    (family,) = [row for row in rows if row["what"] == "report"]
    assert (family["members"], family["why"]) == (["u", "v", "w"], "translation")
