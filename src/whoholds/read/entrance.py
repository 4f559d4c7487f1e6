"""The way in: a path, a folder or standard input; compressed or not; one report or thousands."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from whoholds.errors import ReportError, UnknownDay, UnreadableReport, WhoholdsError
from whoholds.model import Report, SetAside
from whoholds.read.archive import read_archive
from whoholds.read.feed import read_feed
from whoholds.read.html import read_html
from whoholds.read.jsonl import read_line
from whoholds.read.language import language_of
from whoholds.read.pdf import pdf_text
from whoholds.read.sniff import HEAD, Format, decoded, format_of
from whoholds.read.telegram import read_telegram
from whoholds.read.text import read_text
from whoholds.read.warc import read_warc

# A line or file past this is no report; the longest real assessment in a month of reading was 0.2 MB.
LONGEST_LINE = 16 * 2**20
LARGEST_FILE = 256 * 2**20
GZIP = b"\x1f\x8b"


def read_path(path: str | Path, *, retrieved: datetime | None = None) -> Iterator[Report | SetAside]:
    """Every report of a file, of the files of a folder (in order of names), or of standard input (`-`).

    Parameters
    ----------
    path : str or Path
    retrieved : datetime, optional
        When the file was fetched, kept with each report.

    Yields
    ------
    Report or SetAside
        A report that cannot be read is set aside, with what to do about it; the others go on.
    """
    if str(path) == "-":
        yield from _guarded(sys.stdin.buffer, "standard input", retrieved)
        return
    path = Path(path)
    if path.is_dir():
        for inner in sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith(".")):
            yield from read_path(inner, retrieved=retrieved)
        return
    try:
        with path.open("rb") as stream:
            yield from _guarded(stream, str(path), retrieved)
    except OSError as error:
        yield _aside(
            str(path),
            UnreadableReport(f"{path} cannot be opened: {error.strerror}.", remedy="Check the name and the rights."),
        )


def read_bytes(data: bytes, origin: str, *, retrieved: datetime | None = None) -> Iterator[Report | SetAside]:
    """Every report in some bytes, as `read_path` reads them from a file."""
    yield from _guarded(io.BytesIO(data), origin, retrieved)


def _guarded(stream: BinaryIO, origin: str, retrieved: datetime | None) -> Iterator[Report | SetAside]:
    """What a stream holds; a failure becomes a note, never an end of the run."""
    try:
        for found in _read(stream, origin):
            yield found if retrieved is None or isinstance(found, SetAside) else replace(found, retrieved=retrieved)
    except WhoholdsError as error:
        yield _aside(origin, error)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield _aside(
            origin, UnreadableReport(f"{origin} is truncated or damaged.", remedy="Fetch or compress the file again.")
        )


def _read(stream: BinaryIO, origin: str) -> Iterator[Report | SetAside]:
    """Uncompress, tell the format, and hand over."""
    buffered: BinaryIO | gzip.GzipFile = stream
    head = buffered.read(HEAD)
    while head.startswith(GZIP):
        buffered = gzip.GzipFile(fileobj=_Rejoined(head, buffered))
        head = buffered.read(HEAD)
    kind = format_of(head, origin=origin)
    if kind is Format.JSONL:
        yield from _lines(head, buffered, origin)
        return
    data = head + buffered.read(LARGEST_FILE + 1 - len(head))
    if len(data) > LARGEST_FILE:
        raise UnreadableReport(
            f"{origin} is over {LARGEST_FILE >> 20} MB.", remedy="Split it, or convert it to JSON Lines."
        )
    yield from _one_file(kind, data, origin)


def _one_file(kind: Format, data: bytes, origin: str, url: str | None = None) -> Iterator[Report | SetAside]:
    """The reports of a file that fits in memory."""
    if kind is Format.TELEGRAM:
        yield from read_telegram(data, origin=origin, language=language_of)
    elif kind in (Format.FEED, Format.WORDPRESS):
        yield from read_feed(data, origin=origin, language=language_of, wordpress=kind is Format.WORDPRESS)
    elif kind is Format.WARC:
        yield from read_warc(data, origin=origin, page=_page)
    elif kind is Format.MAP:
        raise UnreadableReport(
            f"{origin} is a control map, not a text.", remedy="Give it with --base, or compare with `whoholds compare`."
        )
    else:
        yield _dated(_text_report(kind, data, origin, url))


def _text_report(kind: Format, data: bytes, origin: str, url: str | None) -> Report:
    """One document as a report."""
    if kind is Format.PDF:
        words = pdf_text(data, origin=origin)
        layer = words.encode()
        inner = Format.ARCHIVE if format_of(layer[:HEAD], origin=origin) is Format.ARCHIVE else Format.TEXT
        report = _text_report(inner, layer, origin, url)
        # Offsets into the words of the page say nothing about the bytes of a PDF: the way back is the whole file.
        return replace(_rehashed(report, data), format="pdf", segments=())
    text, encoding = decoded(data, origin=origin)
    if kind is Format.HTML:
        return read_html(data, text, origin=origin, language=language_of, url=url)
    if kind is Format.ARCHIVE:
        return read_archive(data, text, origin=origin, lang=language_of(text))
    return read_text(data, text, origin=origin, lang=language_of(text), encoding=encoding)


def _rehashed(report: Report, data: bytes) -> Report:
    """The report with the bytes it really came from."""
    from whoholds.read.keep import sha256_of

    digest = sha256_of(data)
    return replace(report, id=f"r-{digest[:16]}", sha256=digest, original=data)


def _page(data: bytes, origin: str, url: str | None) -> Iterator[Report | SetAside]:
    """One archived page."""
    yield _dated(_text_report(Format.HTML, data, origin, url))


def _dated(report: Report) -> Report:
    """The report, if anything says when it was published."""
    if report.day is None and report.published is None:
        raise UnknownDay(
            f"Nothing in {report.origin} says when it was published.",
            remedy='Add a first line "Date: YYYY-MM-DD", or give it as JSON Lines with a "date".',
        )
    return report


def _lines(head: bytes, stream: BinaryIO | gzip.GzipFile, origin: str) -> Iterator[Report | SetAside]:
    """JSON Lines, one at a time; a line past the limit is skipped without being held."""
    rejoined = _Rejoined(head, stream)
    for number, line in enumerate(rejoined.lines(LONGEST_LINE), start=1):
        where = f"{origin}, line {number}"
        if line is None:
            error: ReportError = UnreadableReport(
                f"{where} is over {LONGEST_LINE >> 20} MB.", remedy="Split it into one report a line."
            )
            yield _aside(where, error)
        elif line.strip():
            try:
                yield read_line(line, origin=where, language=language_of)
            except ReportError as error:
                yield _aside(where, error)


class _Rejoined(io.RawIOBase):
    """A stream with the bytes put back that were read to tell its format."""

    def __init__(self, head: bytes, rest: BinaryIO | gzip.GzipFile) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        """It can be read."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Up to so many bytes."""
        if size is None or size < 0:
            data, self._head = self._head + self._rest.read(), b""
            return data
        if self._head:
            data, self._head = self._head[:size], self._head[size:]
            return data
        return self._rest.read(size)

    def lines(self, longest: int) -> Iterator[bytes | None]:
        """Lines without their ends; None for one that is too long."""
        kept, skipping = b"", False
        while block := self.read(1 << 20):
            *whole, kept = (kept + block).split(b"\n")
            for line in whole:
                yield None if skipping else line.rstrip(b"\r")
                skipping = False
            if len(kept) > longest:
                kept, skipping = b"", True
        if skipping:
            yield None
        elif kept:
            yield kept.rstrip(b"\r")


def _aside(origin: str, error: WhoholdsError) -> SetAside:
    """The note that a report was set aside."""
    return SetAside(origin=origin, error=type(error).__name__, problem=error.problem, remedy=error.remedy)


__all__ = ["read_bytes", "read_path"]
