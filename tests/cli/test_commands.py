"""Commands as a user calls them: data on stdout, the rest on stderr, exit codes, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.pipeline_kit import REPORTS, write_base, write_gazetteer, write_reports
from whoholds.cli import main


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with gazetteer, base map and reports."""
    folder = tmp_path_factory.mktemp("ground")
    write_gazetteer(folder)
    write_base(folder)
    write_reports(folder)
    return folder


def arguments(ground: Path, out: Path, *reports: str) -> list[str]:
    """A run over the small war."""
    return [
        "run", *(reports or [str(ground / "reports.jsonl")]),
        "--gazetteer", str(ground / "small.gazetteer"),
        "--base", str(ground / "base-2022-09-05.geojson"),
        "--base-date", "2022-09-05",
        "--workers", "1",
        "-o", str(out),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def out(ground: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run."""
    folder = tmp_path_factory.mktemp("out")
    assert main(arguments(ground, folder)) == 0
    return folder


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test touches the user's cache."""
    monkeypatch.setenv("WHOHOLDS_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("WHOHOLDS_TRACEBACK", raising=False)


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> object:
    """What a command prints as JSON."""
    capsys.readouterr()
    assert main(list(words)) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.model
class TestRun:
    """`whoholds run`."""

    def test_the_summary_is_one_screen_on_stderr(
        self, ground: Path, out: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A second run adds nothing and says so; stdout stays empty."""
        capsys.readouterr()
        assert main(arguments(ground, out)) == 0
        shown = capsys.readouterr()
        assert shown.out == ""
        assert "nothing new" in shown.err
        assert "claims" in shown.err
        assert "control.csv" in shown.err
        assert "took" in shown.err
        assert len(shown.err.splitlines()) < 45

    def test_the_summary_as_json(self, ground: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """With every number."""
        capsys.readouterr()
        assert main([*arguments(ground, out), "--json"]) == 0
        summary = json.loads(capsys.readouterr().out)
        assert (summary["n_read"], summary["n_new"], summary["exit_code"]) == (len(REPORTS), 0, 0)

    def test_a_bad_report_gives_exit_code_1(
        self, ground: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """And is named with the reason."""
        (tmp_path / "empty.txt").touch()
        code = main(arguments(ground, tmp_path / "out", str(ground / "reports.jsonl"), str(tmp_path / "empty.txt")))
        assert code == 1
        assert "set aside" in capsys.readouterr().err
        rows = answer(capsys, "reports", "--set-aside", "--store", str(tmp_path / "out"), "--json")
        assert isinstance(rows, list)
        assert rows[0]["origin"].endswith("empty.txt")
        assert rows[0]["remedy"]

    def test_nothing_usable_gives_exit_code_3(
        self, ground: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """With the reason."""
        assert main(arguments(ground, tmp_path / "out", str(tmp_path / "none.txt"))) == 3
        shown = capsys.readouterr().err
        assert "none.txt" in shown
        assert "Traceback" not in shown


@pytest.mark.model
class TestQuestions:
    """Commands that ask a store."""

    def test_claims(self, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Filtered by place and kind."""
        rows = answer(capsys, "claims", "--store", str(out), "--place", "Izium", "--kind", "gain", "--json")
        assert isinstance(rows, list)
        assert {row["report"] for row in rows} == {"c"}
        assert rows[0]["trigger"]["text"] == "captured"

    def test_claims_in_a_pipe(self, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Tab-separated, one line a claim."""
        capsys.readouterr()
        assert main(["claims", "--store", str(out), "--kind", "leave"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].split("\t")[:3] == ["valid_day", "kind", "side"]
        assert all(line.split("\t")[1] == "leave" for line in lines[1:])

    def test_places(self, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """By another spelling, with the status of the last day."""
        rows = answer(capsys, "places", "Балаклія", "--store", str(out), "--json")
        assert isinstance(rows, list)
        assert (rows[0]["id"], rows[0]["status"]) == (712702, "UA")

    def test_reports(self, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Listed, searched, shown."""
        rows = answer(capsys, "reports", "--store", str(out), "--words", "regrouping", "--json")
        assert isinstance(rows, list)
        assert [row["id"] for row in rows] == ["b"]
        capsys.readouterr()
        assert main(["reports", "show", "b", "--store", str(out)]) == 0
        assert capsys.readouterr().out.strip().endswith(REPORTS[1]["text"])

    def test_removing_a_report(self, ground: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Needs a reason, leaves a tombstone, and names what rested on it."""
        assert main(arguments(ground, tmp_path)) == 0
        assert main(["reports", "remove", "a", "--store", str(tmp_path)]) == 2
        assert main(["reports", "remove", "zz", "--reason", "x", "--store", str(tmp_path)]) == 2
        assert main(["reports", "remove", "a", "--reason", "made up", "--by", "Ed", "--store", str(tmp_path)]) == 0
        assert "rested on it" in capsys.readouterr().err
        rows = answer(capsys, "reports", "--removed", "--store", str(tmp_path), "--json")
        assert isinstance(rows, list)
        assert [(r["report_id"], r["reason"], r["by"]) for r in rows] == [("a", "made up", "Ed")]

    def test_explain(self, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """In words, and as JSON."""
        capsys.readouterr()
        words = ["explain", "Izium", "--on", "2022-09-11", "--store", str(out)]
        assert main(words) == 0
        shown = capsys.readouterr().out
        assert "**captured** **Izyum**" in shown
        record = answer(capsys, *words, "--json")
        assert isinstance(record, dict)
        assert record["status"] == "UA"

    def test_changes(self, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The places, and with --known the claims."""
        record = answer(capsys, "changes", "--since", "2022-09-06", "--known", "--store", str(out), "--json")
        assert isinstance(record, dict)
        assert {"Balakliya", "Izyum"} <= {row["name"] for row in record["places"]}
        assert record["known"]["reports"] == len(REPORTS)

    def test_brief(self, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The same as the run wrote, and as JSON."""
        capsys.readouterr()
        assert main(["brief", "--store", str(out)]) == 0
        assert capsys.readouterr().out == (out / "brief.md").read_text("utf-8")
        record = answer(capsys, "brief", "--store", str(out), "--json")
        assert isinstance(record, dict)
        assert record["parts"][0]["heading"] == "What changed, and on whose word"

    def test_reliability(self, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """With intervals that hold the mean."""
        rows = answer(capsys, "reliability", "--least", "0", "--store", str(out), "--json")
        assert isinstance(rows, list)
        assert rows
        assert all(row["low"] <= row["reliability"] <= row["high"] for row in rows)
        early = ("--as-known-on", "2022-09-09", "--least", "0", "--store", str(out), "--json")
        then = answer(capsys, "reliability", *early)
        assert isinstance(then, list)
        assert sum(row["n_claims"] for row in then) < sum(row["n_claims"] for row in rows)

    def test_compare(self, ground: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """With the base map, the places that changed since are where the two differ."""
        record = answer(
            capsys, "compare", str(ground / "base-2022-09-05.geojson"), "--on", "2022-09-12",
            "--store", str(out), "--json",
        )  # fmt: skip
        assert isinstance(record, dict)
        assert {"Balakliya", "Izyum"} <= {row["name"] for row in record["differ"]}
        assert 0 < record["accuracy"] < 1


@pytest.mark.model
class TestPassages:
    """`whoholds extract` and `whoholds locate`."""

    def test_extract(self, ground: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The gold layout, with offsets into the text as it stands."""
        capsys.readouterr()
        assert main(["extract", str(ground / "reports.jsonl"), "-g", str(ground / "small.gazetteer")]) == 0
        rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [row["id"] for row in rows] == [r["id"] for r in REPORTS]
        first = rows[0]["claims"][0]
        assert (first["kind"], first["side"], first["places"][0]["geonameid"]) == ("gain", "UA", 712702)
        text = REPORTS[0]["text"]
        assert text[first["trigger"]["start"] : first["trigger"]["end"]] == "liberated"

    def test_a_bad_line_is_named(self, ground: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The others are read; the exit code says that one was not."""
        lines = (ground / "reports.jsonl").read_text("utf-8").splitlines()
        (tmp_path / "p.jsonl").write_text("\n".join([lines[0], "{broken", '{"id": "x"}', '["list"]']))
        code = main(["extract", str(tmp_path / "p.jsonl"), "-g", str(ground / "small.gazetteer")])
        shown = capsys.readouterr()
        assert code == 1
        assert len(shown.out.splitlines()) == 1
        assert all(f"line {n}" in shown.err for n in (2, 3, 4))

    def test_explain_shows_parse_and_rule(self, ground: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """For people who wonder why."""
        capsys.readouterr()
        words = ["extract", str(ground / "reports.jsonl"), "-g", str(ground / "small.gazetteer"), "--explain"]
        assert main(words) == 0
        assert "liberated" in capsys.readouterr().out

    def test_locate(self, ground: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Spans, ids, probabilities and reasons."""
        capsys.readouterr()
        assert main(["locate", str(ground / "reports.jsonl"), "-g", str(ground / "small.gazetteer")]) == 0
        rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        place = rows[0]["places"][0]
        assert (place["text"], place["geonameid"]) == ("Balakliya", 712702)
        assert 0 < place["probability"] <= 1


def test_theatres(capsys: pytest.CaptureFixture[str]) -> None:
    """All four, and one in full."""
    rows = answer(capsys, "theatres", "--json")
    assert isinstance(rows, list)
    assert {"ukraine-2022", "libya-2011", "syria-2011", "karabakh-2020"} <= {row["key"] for row in rows}
    one = answer(capsys, "theatres", "libya-2011", "--json")
    assert isinstance(one, dict)
    assert {s["key"] for s in one["sides"]} == {"REB", "GOV", "NATO"}


def test_gazetteer(ground: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Built, and looked at."""
    record = answer(
        capsys,
        "gazetteer",
        "build",
        str(ground / "UA.txt"),
        "-o",
        str(tmp_path / "x.gazetteer"),
        "--near",
        "0",
        "--json",
    )
    assert isinstance(record, dict)
    assert record["n_places"] >= 9
    info = answer(capsys, "gazetteer", "info", str(tmp_path / "x.gazetteer"), "--json")
    assert isinstance(info, dict)
    assert info["entries"] >= 9
    assert info["size_bytes"] == (tmp_path / "x.gazetteer").stat().st_size


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run"], "Missing argument"),
        (["fly"], "No such command"),
        (["run", "x", "-o", "{tmp}", "--from", "yesterday"], "not a day"),
        (["run", "x", "-o", "{tmp}", "--theatre", "atlantis"], "atlantis"),
        (["run", "x", "-o", "{tmp}", "--base-date", "2022-09-01"], "without --base"),
        (["run", "x", "-o", "{tmp}", "--gazetteer", "none.gazetteer"], "none.gazetteer"),
        (["theatres", "atlantis"], "atlantis"),
        (["claims", "--store", "{tmp}/none.sqlite"], "no store"),
        (["explain", "Izium", "--on", "2022-09-11", "--store", "{tmp}"], "no store"),
        (["extract", "{tmp}/none.jsonl"], "cannot be opened"),
        (["gazetteer", "info", "{tmp}/none"], "no gazetteer"),
        (["gazetteer", "build", "{tmp}/none.txt", "-o", "{tmp}/g"], "none.txt"),
        (["score", "{tmp}/a.csv", "{tmp}/b.parquet", "--from", "2022-09-01", "--to", "2022-09-02"], "no file"),
    ],
)
def test_wrong_calls(words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A message with the remedy, and never a traceback."""
    code = main([w.replace("{tmp}", str(tmp_path)) for w in words])
    shown = capsys.readouterr()
    assert code in (1, 2)
    assert said in shown.err
    assert "Traceback" not in shown.err
    assert shown.out == ""


def test_a_fault_of_ours_is_no_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It asks for a report, and says how to see more."""

    def broken(key: str) -> None:
        raise RuntimeError(f"lost {key}")

    monkeypatch.setattr("whoholds.theatres.load_theatre", broken)
    assert main(["theatres", "libya-2011"]) == 2
    shown = capsys.readouterr().err
    assert "RuntimeError: lost libya-2011" in shown
    assert "WHOHOLDS_TRACEBACK=1" in shown
