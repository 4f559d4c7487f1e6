"""PDF files with a text layer."""

from __future__ import annotations

import re

import pypdfium2

from whoholds.errors import EmptyReport, UnreadableReport

_BROKEN_LINE = re.compile(r"(?<![.!?:”\"\n])\n(?=[a-zа-яіїєґ(])")


def pdf_text(data: bytes, *, origin: str) -> str:
    """The words of a PDF, lines of a paragraph joined.

    Raises
    ------
    UnreadableReport
        Damaged or locked.
    EmptyReport
        It has no text layer.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableReport(
            f"{origin} is a damaged or locked PDF: {error}.", remedy="Save it again, unlocked."
        ) from None
    try:
        pages = []
        for page in document:
            layer = page.get_textpage()
            pages.append(layer.get_text_range().replace("\r\n", "\n").replace("\ufffe", ""))
            layer.close()
            page.close()
    finally:
        document.close()
    text = "\n\n".join(pages).strip()
    if not text:
        raise EmptyReport(f"{origin} has no text layer.", remedy="Run it through OCR first (ocrmypdf, for example).")
    return _BROKEN_LINE.sub(" ", text)
