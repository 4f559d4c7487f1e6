"""Web archives (WARC): the pages, feeds and PDF files in their responses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from whoholds.errors import UnreadableReport
from whoholds.model import SetAside
from whoholds.read.common import Options
from whoholds.read.days import instant_of
from whoholds.read.feed import aside

#: Content types worth reading; pictures, scripts and styles are not.
_TYPES = (
    "text/html",
    "application/xhtml",
    "text/plain",
    "application/pdf",
    "application/rss",
    "application/atom",
    "xml",
)
#: A response larger than this is left out [byte].
LARGEST = 64 * 1024 * 1024


def responses(stream: BinaryIO, *, origin: str, options: Options) -> Iterator[tuple[bytes, str, Options] | SetAside]:
    """The bodies of the good responses, each with its address; the crawl's time is when it was retrieved.

    Yields
    ------
    (bytes, str, Options) or SetAside
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    n = 0
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type != "response" or record.http_headers is None:
                continue
            kind = (record.http_headers.get_header("Content-Type") or "").lower()
            if record.http_headers.get_statuscode() != "200" or not any(word in kind for word in _TYPES):
                continue
            n += 1
            url = record.rec_headers.get_header("WARC-Target-URI")
            at = f"{origin}: {url}"
            body = record.content_stream().read(LARGEST + 1)
            if len(body) > LARGEST:
                yield aside(at, UnreadableReport(f"{at} has over 64 MB.", remedy="Read that page by itself."))
                continue
            charset = kind.partition("charset=")[2].strip(" \"';") or None
            crawled = instant_of(record.rec_headers.get_header("WARC-Date") or "")
            yield body, at, replace(options, url=url, charset=charset, retrieved=crawled or options.retrieved)
        if not n:
            nothing = UnreadableReport(
                f"{origin} is a web archive without a page that was answered.", remedy="Check that the crawl worked."
            )
            yield aside(origin, nothing)
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        yield aside(origin, UnreadableReport(
            f"{origin} is a broken web archive: {error}.", remedy="Copy it again; the pages before that are read."
        ))  # fmt: skip
