"""`whoholds export`: every format of a run, written and read back."""

from __future__ import annotations

import json
import sqlite3
import sys
from datetime import date
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from tests.serve.made import made_store
from tests.tell.layouts import read_csv
from whoholds.cli import main
from whoholds.errors import BadSetting, MissingPart, StoreError
from whoholds.pipeline.copying import copy_store
from whoholds.pipeline.exported import Exported
from whoholds.pipeline.exporting import export
from whoholds.pipeline.formats import FORMATS
from whoholds.store import Store

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run of eight days, with a hostile report in it."""
    return made_store(tmp_path_factory.mktemp("war"))


@pytest.fixture(scope="module")
def every(run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of every format."""
    out = tmp_path_factory.mktemp("every")
    assert main(["export", "all", "--store", str(run), "-o", str(out)]) == 0
    return out


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors as users see them."""
    monkeypatch.delenv("WHOHOLDS_TRACEBACK", raising=False)


def test_every_format_writes_the_files_it_names(every: Path) -> None:
    """And each holds something."""
    for made in FORMATS.values():
        for name in made.files:
            found = list(every.glob(name))
            assert found, f"{made.key} has not written {name}"
            assert all(file.stat().st_size > 0 for file in found)


def test_the_list_names_formats_files_and_what_they_need(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a store."""
    assert main(["export", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[0] for line in lines[1:]] == list(FORMATS)
    assert "pip install 'whoholds[export]'" in next(line for line in lines if line.startswith("brief-pdf"))


def test_what_was_written_is_printed(run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One file a line on stdout, progress on stderr."""
    capsys.readouterr()
    assert main(["export", "viina", "acled", "--store", str(run), "-o", str(tmp_path)]) == 0
    shown = capsys.readouterr()
    assert [Path(line.split(" (")[0]).name for line in shown.out.splitlines()] == [
        "control_viina.csv",
        "claims_acled.csv",
    ]
    assert "Exporting" in shown.err


def test_the_films_have_a_picture_a_day(every: Path) -> None:
    """In both formats, at the same size; the last day stays longer."""
    with Image.open(every / "film.gif") as gif:
        assert (gif.n_frames, gif.size) == (8, (1000, 840))
    with av.open(every / "film.mp4") as film:
        stream = film.streams.video[0]
        assert (stream.codec_context.name, stream.width, stream.height) == ("h264", 1000, 840)
        pictures = [frame.to_image() for frame in film.decode(stream)]
    assert len(pictures) == 8 + 4
    with Image.open(every / "film.gif") as gif:
        gif.seek(7)
        last = gif.convert("RGB").resize((50, 42))
    shown = pictures[-1].resize((50, 42))
    away = np.abs(np.asarray(last, dtype=float) - np.asarray(shown, dtype=float)).mean()
    assert away < 8


def test_the_copy_of_the_store_is_a_store(run: Path, every: Path) -> None:
    """Whole, sound, and open to questions."""
    with Store.open(every / "whoholds.sqlite", create=False) as copy, Store.open(run / "whoholds.sqlite") as store:
        assert copy.view().counts() == store.view().counts()
    with sqlite3.connect(every / "whoholds.sqlite") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_nothing_hostile_is_live(every: Path) -> None:
    """An outlet named in markup stays text in every file that is markup."""
    for name in ("brief.html", "control.kml", "map.svg"):
        assert "<b>Outlet</b>" not in (every / name).read_text("utf-8")
        assert "<script>window" not in (every / name).read_text("utf-8")
    assert "&lt;b&gt;Outlet&lt;/b&gt;" in (every / "brief.html").read_text("utf-8")


def test_the_same_store_gives_the_same_files(run: Path, every: Path, tmp_path: Path) -> None:
    """Whatever the day; films are held to it by a test of their own."""
    keys = [key for key in FORMATS if key not in ("mp4", "gif")]
    assert main(["export", *keys, "--store", str(run), "-o", str(tmp_path)]) == 0
    for file in (f for f in tmp_path.rglob("*") if f.is_file()):
        assert file.read_bytes() == (every / file.relative_to(tmp_path)).read_bytes(), file.name


def test_a_period_leaves_out_other_days(run: Path, tmp_path: Path) -> None:
    """Both ends included."""
    words = ["export", "viina", "datapackage", "--store", str(run), "-o", str(tmp_path)]
    assert main([*words, "--from", "2022-09-09", "--to", "2022-09-11"]) == 0
    assert {r["date"] for r in read_csv(tmp_path / "control_viina.csv")} == {"20220909", "20220910", "20220911"}
    claims = read_csv(tmp_path / "datapackage" / "data" / "claims.csv")
    assert max(r["known_day"] for r in claims) == "2022-09-11"
    assert (
        "2022-09-09 to 2022-09-11" in json.loads((tmp_path / "datapackage" / "datapackage.json").read_text())["title"]
    )


def test_one_day_is_a_period_too(run: Path, tmp_path: Path) -> None:
    """A map of it, a film of one picture."""
    formats = ["viina", "png", "mp4", "pmtiles", "kml", "brief-pdf"]
    assert main(["export", *formats, "--store", str(run), "--on", "2022-09-12", "-o", str(tmp_path)]) == 0
    assert {r["date"] for r in read_csv(tmp_path / "control_viina.csv")} == {"20220912"}
    assert all((tmp_path / name).stat().st_size for name in ("map.png", "film.mp4", "control.pmtiles", "control.kml"))


def test_nothing_known_later_bears_on_it(run: Path, tmp_path: Path) -> None:
    """On the tenth nobody could know the claims of the twelfth, and the series ends there."""
    words = ["export", "control", "claims", "--store", str(run), "-o", str(tmp_path)]
    assert main([*words, "--as-known-on", "2022-09-10"]) == 0
    claims = read_csv(tmp_path / "claims.csv")
    assert claims
    assert max(r["known_day"] for r in claims) <= "2022-09-10"
    assert max(r["date"] for r in read_csv(tmp_path / "control.csv")) <= "2022-09-10"


def test_the_nowcast_is_another_series(run: Path, every: Path, tmp_path: Path) -> None:
    """What was known of Izyum on the ninth was less than is known now."""
    assert main(["export", "control", "--store", str(run), "-o", str(tmp_path), "--nowcast"]) == 0
    assert (tmp_path / "control.csv").read_bytes() != (every / "control.csv").read_bytes()
    assert (tmp_path / "control.csv").read_bytes() == (run / "nowcast.csv").read_bytes()
    assert (every / "control.csv").read_bytes() == (run / "control.csv").read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["xlsx"], "no format xlsx"),
        (["kml", "--on", "2022-09-12", "--to", "2022-09-13"], "--on is one day"),
        (["kml", "--from", "2021-01-01"], "outside the run"),
        (["kml", "--from", "2022-09-12", "--to", "2022-09-11"], "before --from"),
        (["kml", "--nowcast", "--as-known-on", "2022-09-10"], "two things"),
        (["kml", "--as-known-on", "2022-09-01"], "could be known"),
    ],
)
def test_a_wrong_call_says_what_to_do(
    run: Path, tmp_path: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """And exits with 2, without a traceback."""
    assert main(["export", *words, "--store", str(run), "-o", str(tmp_path)]) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert "Traceback" not in shown.err


def test_the_store_is_not_copied_onto_itself(run: Path, tmp_path: Path) -> None:
    """That would leave neither; nor is there a copy of a store in memory."""
    with Store.open(run / "whoholds.sqlite") as store, pytest.raises(BadSetting, match="store itself"):
        copy_store(store, run / "whoholds.sqlite")
    with Store.open(":memory:") as store, pytest.raises(StoreError, match="cannot be copied"):
        copy_store(store, tmp_path / "x.sqlite")
    assert (run / "whoholds.sqlite").stat().st_size > 0


@pytest.mark.parametrize(("key", "part"), [("geoparquet", "pyarrow"), ("mp4", "av"), ("brief-pdf", "fpdf")])
def test_a_missing_library_is_named(
    run: Path, tmp_path: Path, key: str, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to install."""
    monkeypatch.setitem(sys.modules, part, None)
    with Store.open(run / "whoholds.sqlite") as store, pytest.raises(MissingPart, match=r"whoholds\[export\]"):
        export(store, [key], tmp_path, cache=tmp_path, first_day=date(2022, 9, 12), last_day=date(2022, 9, 12))


def test_a_rejected_claim_is_no_event(run: Path, tmp_path: Path) -> None:
    """It stays in the claims as they were read."""
    with Store.open(run / "whoholds.sqlite") as store:
        copy_store(store, tmp_path / "whoholds.sqlite")
        before = Exported(store, cache=tmp_path)
        victim = next(t.claim.id for t in before.judged if t.placed and t.placed.resolutions)
    store_option = ["--store", str(tmp_path / "whoholds.sqlite")]
    assert main(["judge", "claim", victim, "reject", *store_option, "--by", "An Analyst"]) == 0
    assert main(["export", "acled", "claims", "jsonld", *store_option, "-o", str(tmp_path)]) == 0
    assert not [r for r in read_csv(tmp_path / "claims_acled.csv") if victim in r["tags"]]
    assert [r for r in read_csv(tmp_path / "claims.csv") if r["id"] == victim]
    graph = json.loads((tmp_path / "claims.jsonld").read_text("utf-8"))["@graph"]
    assert [node["author"]["name"] for node in graph if node["@type"] == "ClaimReview"] == ["An Analyst"]
