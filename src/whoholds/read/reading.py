"""From files, folders and streams to reports: the one place that chooses a reader."""

from __future__ import annotations

import gzip
import io
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, cast

from whoholds.errors import EmptyReport, MapError, ReportError, UnreadableReport, WhoholdsError
from whoholds.model import Report, SetAside
from whoholds.read.archive import is_archive, read_archive
from whoholds.read.common import Options, build, decode
from whoholds.read.feed import aside, read_feed
from whoholds.read.html import read_html
from whoholds.read.jsonl import read_line
from whoholds.read.maps import read_map
from whoholds.read.pdf import read_pdf
from whoholds.read.sniff import HEAD, Format, sniff
from whoholds.read.telegram import read_telegram
from whoholds.read.text import read_text
from whoholds.read.warc import responses
from whoholds.read.wordpress import read_wordpress

LARGEST_LINE = 32 * 1024 * 1024
"""The longest line of JSON Lines that is read [byte]: a book has 1 MB."""
LARGEST_FILE = 256 * 1024 * 1024
"""The largest file of a format that is read as a whole [byte], unpacked."""
_STRAY = frozenset({".DS_Store", "Thumbs.db"})


def read_path(
    path: str | Path, *, retrieved: datetime | None = None, default_day: date | None = None
) -> Iterator[Report | SetAside]:
    """Every report in a file, in the files of a folder, or on standard input (`-`).

    The format is told by content, gzip unpacked on the way. Nothing is raised for a report that cannot be read: it
    comes out as a `SetAside` that says why and what to do, and the rest follows.

    Parameters
    ----------
    path : str or Path
        Folders are read with the folders in them, in the order of names; hidden files are left out.
    retrieved : datetime, optional
        When the reports were fetched.
    default_day : date, optional
        The day of reports that say none; without it they are set aside.

    Yields
    ------
    Report or SetAside
    """
    options = Options(retrieved=retrieved, default_day=default_day)
    if str(path) == "-":
        with tempfile.SpooledTemporaryFile(max_size=LARGEST_LINE) as kept:
            shutil.copyfileobj(sys.stdin.buffer, kept)
            kept.seek(0)
            yield from _read(cast(BinaryIO, kept), "-", options)
        return
    path = Path(path)
    if path.is_dir():
        files = [p for p in sorted(path.rglob("*")) if p.is_file() and not _hidden(p.relative_to(path))]
        if not files:
            yield aside(str(path), EmptyReport(f"{path} is a folder without files.", remedy="Put the reports into it."))
        for file in files:
            yield from _file(file, options)
        return
    yield from _file(path, options)


def read_bytes(
    data: bytes, origin: str, *, retrieved: datetime | None = None, default_day: date | None = None
) -> Iterator[Report | SetAside]:
    """Every report in bytes at hand; as `read_path`.

    Examples
    --------
    >>> [r.day.isoformat() for r in read_bytes(b"Date: 2022-09-10\\n\\nThe town was taken.", "a note")]
    ['2022-09-10']
    """
    yield from _read(io.BytesIO(data), origin, Options(retrieved=retrieved, default_day=default_day))


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts) or path.name in _STRAY


def _file(path: Path, options: Options) -> Iterator[Report | SetAside]:
    """The reports of one file."""
    try:
        with path.open("rb") as stream:
            yield from _read(stream, str(path), options)
    except FileNotFoundError:
        yield aside(str(path), UnreadableReport(f"{path} is not there.", remedy="Check the path and its spelling."))
    except OSError as error:
        problem = UnreadableReport(
            f"{path} cannot be read: {error.strerror or error}.", remedy="Check its permissions."
        )
        yield aside(str(path), problem)


def _read(stream: BinaryIO, origin: str, options: Options) -> Iterator[Report | SetAside]:
    """The reports of a stream that can be wound back."""
    try:
        yield from _unpacked(stream, origin, options)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        problem = UnreadableReport(
            f"{origin} is cut off or broken gzip: {error}", remedy="Copy or download it again; what was whole is read."
        )
        yield aside(origin, problem)
    except ReportError as error:
        yield aside(origin, error)


def _unpacked(stream: BinaryIO, origin: str, options: Options) -> Iterator[Report | SetAside]:
    """Choose the reader."""
    head = stream.read(HEAD)
    stream.seek(0)
    form = sniff(head)
    if form is Format.GZIP:
        if isinstance(stream, gzip.GzipFile):
            raise UnreadableReport(f"{origin} is gzip within gzip.", remedy="Unpack it once with gunzip.")
        with gzip.GzipFile(fileobj=stream) as inner:
            yield from _unpacked(cast(BinaryIO, inner), origin, options)
    elif form is Format.EMPTY and len(head) < HEAD:
        raise EmptyReport(f"{origin} is empty.", remedy="Fetch it again, or leave it out.")
    elif form is Format.JSONL:
        yield from _lines(stream, origin, options)
    elif form is Format.WARC:
        for found in responses(stream, origin=origin, options=options):
            if isinstance(found, SetAside):
                yield found
                continue
            body, at, its_options = found
            try:
                yield from _whole(body, sniff(body), at, its_options)
            except ReportError as error:
                yield aside(at, error)
    else:
        data = stream.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            raise UnreadableReport(
                f"{origin} has over {LARGEST_FILE // 2**20} MB.", remedy="Split it, or give its reports as JSON Lines."
            )
        yield from _whole(data, form, origin, options)


def _whole(data: bytes, form: Format, origin: str, options: Options) -> Iterator[Report | SetAside]:
    """The reports of a file that is read as a whole."""
    match form:
        case Format.HTML:
            yield read_html(data, origin=origin, options=options)
        case Format.PDF:
            yield read_pdf(data, origin=origin, options=options)
        case Format.FEED:
            yield from read_feed(data, origin=origin, options=options)
        case Format.WORDPRESS:
            yield from read_wordpress(data, origin=origin, options=options)
        case Format.TELEGRAM:
            yield from read_telegram(data, origin=origin, options=options)
        case Format.MAP:
            yield _map(data, origin, options)
        case Format.JSONL:
            yield from _lines(io.BytesIO(data), origin, options)
        case Format.TEXT | Format.ARCHIVE:
            text, encoding = decode(data, origin, options.charset)
            if encoding.startswith("utf-8") and is_archive(text):
                yield _archive(data, text, origin, options)
            else:
                yield read_text(data, origin=origin, options=options)
        case _:
            raise UnreadableReport(
                f"{origin} is binary data of no known format.",
                remedy="Give text, HTML, PDF, RSS/Atom, WXR, a Telegram export, JSON Lines, WARC or a GeoJSON/KML map.",
            )


def _archive(data: bytes, text: str, origin: str, options: Options) -> Report:
    """An archive export, its day checked like any other's."""
    found = read_archive(data, text, origin=origin, lang="und")
    checked = build(
        original=data, format="archive", text=found.text, origin=origin, options=options, day=found.day,
        published_text=found.published_text,
    )  # fmt: skip
    return replace(found, lang=checked.lang, day=checked.day, retrieved=checked.retrieved)


def _map(data: bytes, origin: str, options: Options) -> Report:
    """A control map as a report: what it is called and shows in words, its bytes kept; `read_map` reads its ground."""
    try:
        drawn = read_map(data, name=Path(origin).name)
        outlet = drawn.maker or None
    except MapError as error:
        raise UnreadableReport(error.problem, remedy=error.remedy) from None
    return build(
        original=data, format="map", text=f"Control map {drawn.name}: {len(drawn.features)} polygons.", origin=origin,
        options=options, title=drawn.name, outlet=outlet, day=drawn.day, lang="und",
    )  # fmt: skip


def _lines(stream: BinaryIO, origin: str, options: Options) -> Iterator[Report | SetAside]:
    """The reports of JSON Lines, one line in memory at a time; a line that is broken is set aside, the others go on."""
    n = 0
    while line := stream.readline(LARGEST_LINE + 1):
        n += 1
        at = f"{origin}: line {n}"
        if len(line) > LARGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LARGEST_LINE)
            yield aside(at, UnreadableReport(
                f"{at} is longer than {LARGEST_LINE // 2**20} MB.", remedy="Split it, or check for a lost line end."
            ))  # fmt: skip
            continue
        line = line.removeprefix(b"\xef\xbb\xbf").rstrip(b"\r\n")
        if not line.strip():
            continue
        try:
            report = read_line(line, origin=at, language=options.language, default_day=options.default_day)
        except WhoholdsError as error:
            yield SetAside(origin=at, error=type(error).__name__, problem=error.problem, remedy=error.remedy)
            continue
        yield report if options.retrieved is None else replace(report, retrieved=options.retrieved)
