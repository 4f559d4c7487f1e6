"""PDF files with a text layer, by PDFium; the way back is to the file, page by page in `parts`."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from whoholds.errors import EmptyReport, UnreadableReport
from whoholds.model import Part, PartKind, Report, Segment
from whoholds.read.archive import is_archive, read_archive
from whoholds.read.common import Options, build
from whoholds.read.days import day_of

#: A printed day is looked for in this many characters of the first page.
TOP = 600
_SENTENCE_END = re.compile(r"[.!?:”\"']\s*$")


def read_pdf(data: bytes, *, origin: str, options: Options) -> Report:
    """One PDF as a report; an article archive's export printed to PDF is read as that export.

    The file's own creation time is when it was made, not when the words were published: it is not used.

    Raises
    ------
    UnreadableReport
        Broken or locked.
    EmptyReport
        No text layer.
    UnknownDay
    """
    pages, title, author = _pages(data, origin)
    text = "\n\n".join(page for page in pages if page)
    if not text.strip():
        raise EmptyReport(
            f"{origin} has no text layer: its pages are pictures.",
            remedy="Run it through OCR first, for example with: ocrmypdf OLD.pdf NEW.pdf",
        )
    whole = Segment(text_start=0, text_end=len(text), byte_start=0, byte_end=len(data))
    if is_archive(text):
        return _export(data, text, origin, options)
    first = text.split("\n", 1)[0].strip()
    title = title or (first if len(first) <= 150 else "")
    parts = [Part(kind=PartKind.TITLE, start=0, end=len(first))] if title == first else []
    return build(
        original=data, format="pdf", text=text, origin=origin, options=options, title=title, author=author,
        day=_top_day(text), published_text=None, parts=tuple(parts), segments=(whole,),
    )  # fmt: skip


def _pages(data: bytes, origin: str) -> tuple[list[str], str, str | None]:
    """The text of each page, the title and author the file names."""
    import pypdfium2

    try:
        document: Any = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableReport(
            f"{origin} is a PDF that cannot be opened: {error}.",
            remedy="Download it again; take off its password if it has one.",
        ) from None
    try:
        pages = []
        for n in range(len(document)):
            page = document[n]
            words = page.get_textpage()
            pages.append(_paragraphs(words.get_text_bounded()))
            words.close()
            page.close()
        about = document.get_metadata_dict()
        return pages, about.get("Title", "").strip(), about.get("Author", "").strip() or None
    except pypdfium2.PdfiumError as error:
        raise UnreadableReport(f"{origin} has a broken page: {error}.", remedy="Download it again.") from None
    finally:
        document.close()


def _paragraphs(page: str) -> str:
    """Lines as printed, joined into paragraphs: one ends where a line ends a sentence short of the margin."""
    lines = [re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in page.replace("\x02", "").splitlines()]
    widest = max(map(len, lines), default=0)
    kept: list[str] = []
    ended = True
    for line in lines:
        if not line:
            ended = True
            continue
        if ended or not kept:
            kept.append(line)
        else:
            kept[-1] += line if kept[-1].endswith("-") and line[:1].islower() else f" {line}"
        short = len(line) < 0.7 * widest
        ended = short and (bool(_SENTENCE_END.search(line)) or len(line) < 0.4 * widest or day_of(line) is not None)
    return "\n\n".join(kept)


def _top_day(text: str) -> date | None:
    """The day printed at the top, if the top holds one and only one."""
    found = {day for line in text[:TOP].split("\n") if len(line) < 80 and (day := day_of(line)) is not None}
    return found.pop() if len(found) == 1 else None


def _export(data: bytes, text: str, origin: str, options: Options) -> Report:
    """The export of an article archive, as printed."""
    found = read_archive(text.encode(), text, origin=origin, lang=options.language(text))
    return build(
        original=data, format="pdf", text=found.text, origin=origin, options=options, title=found.title,
        author=found.author, day=found.day, published_text=found.published_text, lang=found.lang,
        categories=found.categories, parts=found.parts,
        segments=(Segment(text_start=0, text_end=len(found.text), byte_start=0, byte_end=len(data)),),
    )  # fmt: skip
