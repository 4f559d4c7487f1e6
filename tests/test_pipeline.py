"""The whole way through, on a small war in our own words."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.pipeline_kit import REPORTS, write_base, write_gazetteer, write_reports
from whoholds.errors import BadSetting, GazetteerError, NothingUsable, StoreError
from whoholds.model import Judgement, Verdict
from whoholds.pipeline.explained import why_record, why_text
from whoholds.pipeline.questions import changes, why
from whoholds.pipeline.run import run
from whoholds.pipeline.steps import RunSummary
from whoholds.settings import RunSettings
from whoholds.store import Store

pytestmark = pytest.mark.model
NOON = datetime(2022, 9, 13, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with gazetteer and base map."""
    folder = tmp_path_factory.mktemp("ground")
    write_gazetteer(folder)
    write_base(folder)
    return folder


def settings_in(ground: Path) -> RunSettings:
    """The options of every run here."""
    return RunSettings(
        gazetteer=ground / "small.gazetteer",
        base=(ground / "base-2022-09-05.geojson",),
        base_day=date(2022, 9, 5),
        workers=1,
        cache=ground / "cache",
    )


def go(ground: Path, out: Path, *reports: Path, settings: RunSettings | None = None) -> RunSummary:
    """A run with its store in the folder it writes to."""
    out.mkdir(exist_ok=True)
    with Store.open(out / "s.sqlite") as store:
        return run([*reports], settings=settings or settings_in(ground), store=store, out=out, now=NOON)


@pytest.fixture(scope="module")
def done(ground: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that went well."""
    out = tmp_path_factory.mktemp("done")
    summary = go(ground, out, write_reports(out))
    assert summary.exit_code == 0
    return out


def series(out: Path, name: str = "control.csv") -> list[dict[str, str]]:
    """The rows of a series."""
    with (out / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def claims(out: Path) -> list[dict[str, Any]]:
    """The claims written."""
    return [json.loads(line) for line in (out / "claims.jsonl").read_text("utf-8").splitlines()]


def p_ua(out: Path, name: str) -> float:
    """The probability of UA at a place on the last day."""
    return float([row for row in series(out) if row["name"] == name][-1]["p_UA"])


def test_every_file_is_written(done: Path) -> None:
    """Tables, layers, pictures and the brief, none of them empty."""
    names = ("claims.csv", "claims.jsonl", "control.csv", "nowcast.csv", "places.geojson", "areas.geojson",
             "front.geojson", "control.gpkg", "map.png", "map.svg", "brief.md", "brief.html")  # fmt: skip
    assert all((done / name).stat().st_size > 100 for name in names)


def test_the_towns_named_change_hands(done: Path) -> None:
    """Balakliya and Izyum end with UA, Donetsk stays, and every place has a row on the first day."""
    rows = series(done)
    last = {row["name"]: row["status"] for row in rows}
    assert (last["Balakliya"], last["Izyum"], last["Donetsk"], last["Kyiv"]) == ("UA", "UA", "RU", "UA")
    first_day = min(row["date"] for row in rows)
    assert first_day == "2022-09-06"
    assert len({row["geonameid"] for row in rows if row["date"] == first_day}) == 9


def test_columns_of_control(done: Path) -> None:
    """As documented, with probabilities that sum to one."""
    rows = series(done, "nowcast.csv")
    assert list(rows[0]) == [
        "geonameid", "name", "date", "status", "p_UA", "p_RU", "p_contested", "basis", "n_claims",
    ]  # fmt: skip
    for row in rows:
        assert abs(sum(float(row[p]) for p in ("p_UA", "p_RU", "p_contested")) - 1) < 0.003
        assert row["basis"] in ("observed", "inferred", "carried")


def test_offsets_lead_back_to_the_words(done: Path) -> None:
    """Every span of claims.jsonl is the text it says it is."""
    with Store.open(done / "s.sqlite") as store:
        view = store.view()
        for line in (done / "claims.jsonl").read_text("utf-8").splitlines():
            claim = json.loads(line)
            kept = view.report(claim["report"])
            assert kept is not None
            text = kept.report.text
            for span in (claim["trigger"], claim["sentence"], *claim["places"]):
                assert text[span["start"] : span["end"]] == span["text"]


def test_a_second_run_adds_nothing(ground: Path, done: Path) -> None:
    """And ends in the same estimates, byte for byte."""
    before = {name: (done / name).read_bytes() for name in ("control.csv", "nowcast.csv", "claims.jsonl", "brief.md")}
    summary = go(ground, done, done / "reports.jsonl")
    assert (summary.n_read, summary.n_new, summary.n_new_claims) == (len(REPORTS), 0, 0)
    assert {name: (done / name).read_bytes() for name in before} == before


def test_the_order_of_reports_does_not_matter(ground: Path, done: Path, tmp_path: Path) -> None:
    """Law 5: backwards, one file a report, in two runs, with two workers."""
    files = [write_reports(tmp_path, (row,), f"{row['id']}.jsonl") for row in reversed(REPORTS)]
    two = replace(settings_in(ground), workers=2)
    go(ground, tmp_path / "out", *files[:2], settings=two)
    go(ground, tmp_path / "out", *files[2:], settings=two)
    for name in ("control.csv", "nowcast.csv", "claims.jsonl"):
        assert (tmp_path / "out" / name).read_bytes() == (done / name).read_bytes(), name


def test_one_bad_report_stops_nothing(ground: Path, tmp_path: Path) -> None:
    """It is set aside with reason and remedy, the others count, and the exit code says so."""
    folder = tmp_path / "reports"
    folder.mkdir()
    write_reports(folder)
    (folder / "empty.txt").touch()
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 40)
    summary = go(ground, tmp_path / "out", folder, tmp_path / "missing.txt")
    assert summary.exit_code == 1
    assert len(summary.set_aside) == 3
    assert all(s.problem and s.remedy for s in summary.set_aside)
    assert summary.n_new == len(REPORTS)


def test_nothing_usable_says_why(ground: Path, tmp_path: Path) -> None:
    """Exit code 3, with the reasons."""
    (tmp_path / "empty.txt").touch()
    with pytest.raises(NothingUsable, match=r"empty\.txt") as error:
        go(ground, tmp_path / "out", tmp_path / "empty.txt")
    assert error.value.exit_code == 3


def test_as_known_on_sees_nothing_later(ground: Path, done: Path, tmp_path: Path) -> None:
    """Law 3: a run as known on a day is the run without the later reports."""
    early = replace(settings_in(ground), known_on=date(2022, 9, 10))
    go(ground, tmp_path / "all", done / "reports.jsonl", settings=early)
    go(ground, tmp_path / "some", write_reports(tmp_path, REPORTS[:2]), settings=early)
    assert (tmp_path / "all" / "control.csv").read_bytes() == (tmp_path / "some" / "control.csv").read_bytes()
    assert {row["report"] for row in claims(tmp_path / "all")} == {"a", "b"}


def test_explain_gives_the_words(done: Path, ground: Path) -> None:
    """Status, probabilities, and each claim with its marked sentence and what it does."""
    with Store.open(done / "s.sqlite") as store:
        answer = why(store.view(), "Izium", date(2022, 9, 11), cache=ground)
    assert answer.explanation.status == "UA"
    text = why_text(answer)
    assert "**captured** **Izyum**" in text
    assert "Oskil Dispatch" in text
    record = why_record(answer)
    assert abs(sum(record["probabilities"].values()) - 1) < 0.01
    assert {e["report"] for e in record["evidence"]} >= {"b", "c"}
    assert all({"without", "change", "reliability"} <= set(e) for e in record["evidence"])


def test_explain_outside_the_run_says_so(done: Path, ground: Path) -> None:
    """With the days there are."""
    with Store.open(done / "s.sqlite") as store, pytest.raises(BadSetting, match="lies outside the run"):
        why(store.view(), "Izyum", date(2023, 1, 1), cache=ground)


def test_changes_name_their_claims(done: Path) -> None:
    """Each place that changed hands comes with the claims that said so."""
    with Store.open(done / "s.sqlite") as store:
        found = {c.place.name: c for c in changes(store.view(), since=date(2022, 9, 6))}
    assert {"Balakliya", "Izyum"} <= set(found)
    assert found["Izyum"].after == "UA"
    assert found["Izyum"].claims


def test_a_removed_report_no_longer_bears(ground: Path, done: Path, tmp_path: Path) -> None:
    """Its claims vanish from the estimates of the next run, and its tombstone stays."""
    out = tmp_path / "out"
    go(ground, out, done / "reports.jsonl")
    with Store.open(out / "s.sqlite") as store, store.writer() as writer:
        writer.remove_report("c", reason="made up", by="A. Editor", at=NOON)
    go(ground, out, done / "reports.jsonl")
    assert (out / "nowcast.csv").read_bytes() != (done / "nowcast.csv").read_bytes()
    assert "c" not in {claim["report"] for claim in claims(out)}
    with Store.open(out / "s.sqlite") as store:
        assert [r.reason for r in store.view().removed()] == ["made up"]


def test_rejected_claims_do_not_count(ground: Path, tmp_path: Path) -> None:
    """An analyst's judgement is respected by the next run; the claim stays."""
    out = tmp_path / "out"
    reports = write_reports(tmp_path)
    go(ground, out, reports)
    with Store.open(out / "s.sqlite") as store:
        kept = store.view().claims()
        with store.writer() as writer:
            for one in kept:
                writer.judge(Judgement(claim_id=one.claim.id, verdict=Verdict.REJECT, by="A", at=NOON))
    go(ground, out, reports)
    assert {row["status"] for row in series(out) if row["name"] in ("Balakliya", "Izyum")} == {"RU"}
    assert len(claims(out)) == len(kept)


def test_reports_before_the_base_are_history(ground: Path, tmp_path: Path) -> None:
    """They are kept and searchable, but do not move the map."""
    old = ({**REPORTS[2], "id": "old", "date": "2022-09-03", "text": "Ukrainian troops captured Izyum on Friday."},)
    summary = go(ground, tmp_path / "out", write_reports(tmp_path, old))
    assert (summary.n_history, summary.n_changed, summary.n_reports) == (1, 0, 1)


def test_a_store_keeps_to_one_theatre(ground: Path, done: Path, tmp_path: Path) -> None:
    """Reports of two wars in one store would bear on each other."""
    with Store.open(tmp_path / "s.sqlite") as store:
        with store.writer() as writer:
            writer.bind("theatre", "libya-2011")
        with pytest.raises(StoreError, match="libya-2011"):
            run([done / "reports.jsonl"], settings=settings_in(ground), store=store, out=tmp_path, now=NOON)


def test_a_gazetteer_of_another_country_is_refused(ground: Path, done: Path, tmp_path: Path) -> None:
    """Before anything is read."""
    wrong = replace(settings_in(ground), theatre="libya-2011", base=(), base_day=None)
    with pytest.raises(GazetteerError, match="LY"):
        go(ground, tmp_path / "out", done / "reports.jsonl", settings=wrong)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"first_day": date(2022, 9, 9), "last_day": date(2022, 9, 8)}, "lies before"),
        ({"base": (), "base_day": date(2022, 9, 8)}, "without --base"),
        ({"last_day": date(2022, 9, 5)}, "after the base map's day"),
        ({"workers": -1}, "workers"),
    ],
)
def test_options_that_cannot_be(ground: Path, options: dict[str, object], words: str) -> None:
    """Each with the way out."""
    with pytest.raises(BadSetting, match=words):
        replace(settings_in(ground), **options)  # type: ignore[arg-type]


def test_maps_and_other_languages_are_counted(ground: Path, tmp_path: Path) -> None:
    """They are kept and searchable, and the summary says that nothing was read from them."""
    german = {
        "id": "de",
        "date": "2022-09-10",
        "source": "X",
        "lang": "de",
        "text": "Truppen nahmen die Stadt Isjum ein.",
    }
    reports = write_reports(tmp_path, (REPORTS[0], german))
    summary = go(ground, tmp_path / "out", reports, ground / "base-2022-09-05.geojson")
    assert (summary.n_maps, summary.languages, summary.n_reports) == (1, {"de": 1}, 3)
