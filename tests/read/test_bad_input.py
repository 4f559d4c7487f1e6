"""Whatever cannot be read is set aside with the reason and a remedy; the rest is read."""

from __future__ import annotations

import gzip
import io
import json
import random
from datetime import date
from pathlib import Path

import httpx
import pypdfium2
import pytest

from whoholds.errors import BadSetting
from whoholds.model import Report, SetAside
from whoholds.read import read_bytes, read_path, reading
from whoholds.read.days import day_of
from whoholds.read.fetch import FetchFailed, fetch, get_geonames

LINE = b'{"id": "a", "date": "2022-09-10", "lang": "en", "text": "The town was quiet."}\n'


def blank_pdf() -> bytes:
    """A page with nothing on it, as a scan has no text."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"", "EmptyReport", "empty"),
        (b" \n\t\n", "EmptyReport", "empty"),
        (bytes(range(256)) * 20, "UnreadableReport", "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "UnreadableReport", "binary"),
        (gzip.compress(LINE * 500)[:-20], "UnreadableReport", "gzip"),
        (b"\x1f\x8bnonsense", "UnreadableReport", "gzip"),
        ("Дата: сьогодні".encode("cp1251"), "UnreadableReport", "utf-8"),
        (b"<html><body><script>load()</script></body></html>", "EmptyReport", "without an article"),
        (b"<html><body>" + b"<div>" * 100_000 + b"</body></html>", "EmptyReport", "without an article"),
        (blank_pdf(), "EmptyReport", "no text layer"),
        (b"%PDF-1.7 and then nothing", "UnreadableReport", "cannot be opened"),
        (b"Words with no day at all.", "UnknownDay", "when it was published"),
        (b"Date: 09/12/2022\n\nWords.", "UnknownDay", "09/12/2022"),
        (b'{"id": "a", "text": "Words."}', "UnknownDay", "no day"),
        (b'{"id": "a", "date": "2022-09-10", "text": ""}', "EmptyReport", "empty text"),
        (b'{"id": "a", "date": "2022-09-10", "text": "\\ud800"}', "UnreadableReport", "surrogate"),
        (b'{"id": ' + b"[" * 100_000, "UnreadableReport", "JSON"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><rss><channel><item><title>&a;</title></item></channel></rss>',
         "UnreadableReport", "entities"),
        (b"<rss><channel></channel></rss>", "UnreadableReport", "without entries"),
        (b"WARC/1.0\r\nbroken", "UnreadableReport", "web archive"),
        (b'{"name": "x", "id": 1, "messages": [{"id": 1, "ty', "UnreadableReport", "broken JSON"),
        (b'{"type": "FeatureCollection", "features": [', "UnreadableReport", "here"),
    ],
    ids=lambda value: repr(value)[:30] if isinstance(value, bytes) else None,
)  # fmt: skip
def test_bad_bytes_are_set_aside_with_the_reason_and_a_remedy(data: bytes, error: str, says: str) -> None:
    (note,) = read_bytes(data, "here")
    assert isinstance(note, SetAside), note
    assert note.error == error and says in note.problem and note.origin.startswith("here")
    assert note.remedy.strip()


def test_a_missing_file_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    (missing,) = read_path(tmp_path / "nowhere.txt")
    (bare,) = read_path(tmp_path)
    assert isinstance(missing, SetAside) and "not there" in missing.problem
    assert isinstance(bare, SetAside) and "without files" in bare.problem


def test_a_broken_line_does_not_take_the_others_with_it() -> None:
    found = list(read_bytes(LINE + b'{"id": "b", "te\n' + b"[1]\n" + LINE, "here"))
    assert [type(item).__name__ for item in found] == ["Report", "SetAside", "SetAside", "Report"]


def test_a_line_without_end_is_skipped_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_LINE", 1000)
    long = json.dumps({"id": "b", "date": "2022-09-10", "text": "x" * 10_000}).encode()
    first, note, last = read_bytes(LINE + long + b"\n" + LINE, "here")
    assert isinstance(first, Report) and isinstance(last, Report)
    assert isinstance(note, SetAside) and "longer than" in note.problem and note.origin == "here: line 2"


def test_a_file_beyond_the_cap_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_FILE", 1000)
    (note,) = read_bytes(gzip.compress(b"Date: 2022-09-10\n\n" + b"word " * 10_000), "here")
    assert isinstance(note, SetAside) and "Split it" in note.remedy


def test_an_undated_report_takes_a_day_only_when_the_call_gives_one() -> None:
    (report,) = read_bytes(b"The town was quiet on that day.", "here", default_day=date(2022, 9, 10))
    assert isinstance(report, Report) and (report.day, report.published) == (date(2022, 9, 10), None)


def test_days_that_could_be_two_days_stay_unknown() -> None:
    assert day_of("09/12/2022") is None and day_of("09/12/2022", month_first=True) == date(2022, 9, 12)
    assert day_of("25/12/2022") == date(2022, 12, 25) and day_of("09.12.2022") == date(2022, 12, 9)


def test_no_cut_and_no_noise_in_any_format_ends_in_a_traceback() -> None:
    from tests.read.test_formats import EXPORT, FEED, PAGE, TELEGRAM, WXR

    rng = random.Random(7)
    n = 0
    for whole in (EXPORT, FEED, PAGE, json.dumps(TELEGRAM), WXR):
        for _ in range(12):
            data = bytearray(whole.encode())[: rng.randrange(1, len(whole))]
            for _ in range(rng.randrange(4)):
                data[rng.randrange(len(data))] = rng.randrange(256)
            for item in read_bytes(bytes(data), "here", default_day=date(2022, 9, 10)):
                assert isinstance(item, Report | SetAside)
                n += 1
    assert n > 30


def test_a_download_goes_on_where_it_stopped_and_is_checked(tmp_path: Path) -> None:
    asked: list[str | None] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers.get("Range"))
        start = int((asked[-1] or "bytes=0-")[6:-1])
        return httpx.Response(206 if start else 200, content=b"0123456789"[start:])

    (tmp_path / "UA.zip.part").write_bytes(b"0123")
    got = get_geonames("UA", tmp_path / "UA.zip", transport=httpx.MockTransport(answer))
    assert got.read_bytes() == b"0123456789" and asked == ["bytes=4-"]
    with pytest.raises(FetchFailed, match="SHA-256"):
        fetch("https://example.org/x", tmp_path / "x", sha256="0" * 64, transport=httpx.MockTransport(answer))
    assert not (tmp_path / "x").exists() and not (tmp_path / "x.part").exists()


def test_no_network_and_no_country_are_said_plainly(tmp_path: Path) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route", request=request)

    with pytest.raises(FetchFailed, match="Check the network"):
        fetch("https://example.org/x", tmp_path / "x", transport=httpx.MockTransport(refuse))
    with pytest.raises(BadSetting, match="two letters"):
        get_geonames("../x", tmp_path / "x")
