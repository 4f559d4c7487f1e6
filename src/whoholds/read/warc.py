"""Web archives: one report for each HTML page that was answered with success."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from whoholds.errors import ReportError, UnreadableReport
from whoholds.model import Report, SetAside
from whoholds.read.days import instant_of


def read_warc(
    data: bytes, *, origin: str, page: Callable[[bytes, str, str | None], Iterator[Report | SetAside]]
) -> Iterator[Report | SetAside]:
    """Every archived page; `page` reads one (bytes, origin, address).

    Raises
    ------
    UnreadableReport
        The archive is damaged.
    """
    try:
        for n, record in enumerate(ArchiveIterator(BytesIO(data))):
            if record.rec_type != "response" or record.http_headers is None:
                continue
            kind = record.http_headers.get_header("Content-Type") or ""
            if not record.http_headers.get_statuscode().startswith("2") or "html" not in kind.lower():
                continue
            address = record.rec_headers.get_header("WARC-Target-URI")
            retrieved = instant_of(record.rec_headers.get_header("WARC-Date") or "")
            where = f"{origin}, record {n + 1}"
            try:
                for found in page(record.content_stream().read(), where, address):
                    yield replace(found, format="warc", retrieved=retrieved) if isinstance(found, Report) else found
            except ReportError as error:
                yield SetAside(origin=where, error=type(error).__name__, problem=error.problem, remedy=error.remedy)
    except ArchiveLoadFailed as error:
        raise UnreadableReport(
            f"{origin} is a damaged web archive: {error}.", remedy="Fetch or copy it again."
        ) from None
