"""The text export of an article archive: title, Description, body with light markup, Category, Date Created.

The markup (`**bold**`, `*italics*`, `[words](address)`, `<address>`) is taken off; every character that stays knows the
byte it came from. Captions and embedded posts become parts with their credit, author, handle and day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from whoholds.model import Part, PartKind, Report
from whoholds.read.days import day_of
from whoholds.read.keep import UNKNOWN_OUTLET, TextBuilder, sha256_of

_MARKUP = re.compile(
    r"\[([^\]\n]*)\]\(([^)\s]*)\)|<(https?://[^>\s]+)>|(?<!\w)\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?!\w)|\*{2,3}"
)
SIGNED = re.compile(r"^[—–-]+\s*(?P<author>.+?)\s*\(@(?P<handle>\w+)\)\s*(?P<day>.*)$", re.DOTALL)
_CREDIT = re.compile(
    r"^(?:(?:AFP|AP|EPA|Reuters|REUTERS|Getty(?: Images)?|TASS|Photo|Image|Picture|Screenshot|Via)\b"
    r"(?:[/ ][A-Z][\w ]{0,30})*|[A-Z]\w+(?:/[A-Z][\w ]+)+):\s"
)
_BYLINE = re.compile(r"^by\s+(?P<author>[A-Z][^\n]{1,80})$", re.IGNORECASE)
_FIELD = re.compile(r"^(Description|Category|Date Created)\s*$", re.MULTILINE)
_LISTED = re.compile(r"^\s*\d+\.\s+(.+?)\s*$", re.MULTILINE)
_ENDS = (".", "!", "?", "”", '"', ":", ")", "*")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph of the body: characters [start, end) of the decoded file."""

    start: int
    end: int
    text: str


def is_archive(text: str) -> bool:
    """Whether a text is such an export.

    >>> is_archive("A title\\n\\nDescription\\n\\nWords.\\n\\nDate Created\\n\\n09/12/2022")
    True
    """
    names = [found[1] for found in _FIELD.finditer(text)]
    return names[:1] == ["Description"] and "Date Created" in names


def read_archive(data: bytes, text: str, *, origin: str, lang: str) -> Report:
    """One export as a report.

    Parameters
    ----------
    data : bytes
        As it came.
    text : str
        `data` decoded as UTF-8, without a byte order mark.
    origin, lang : str
    """
    offset = len(data) - len(text.encode("utf-8", "surrogateescape"))
    fields = {found[1]: found for found in _FIELD.finditer(text)}
    title = next((line.strip() for line in text[: fields["Description"].start()].splitlines() if line.strip()), "")
    created = text[fields["Date Created"].end() :].strip()
    category = fields.get("Category")
    body_end = category.start() if category is not None else fields["Date Created"].start()
    listed = text[category.end() : fields["Date Created"].start()] if category is not None else ""
    paragraphs = list(_paragraphs(text, fields["Description"].end(), body_end))
    author = None
    if paragraphs and (byline := _BYLINE.match(paragraphs[-1].text.strip())):
        author = byline["author"].strip()
        paragraphs.pop()
    builder, parts = TextBuilder(), []
    at = text.index(title) if title else 0
    builder.copy(title, offset + len(text[:at].encode()))
    parts.append(Part(kind=PartKind.TITLE, start=0, end=builder.length))
    for kind, group, signed in _grouped(paragraphs):
        builder.put("\n\n")
        start = builder.length
        for n, paragraph in enumerate(group):
            if n:
                # A post cut mid-sentence by the export is one sentence again.
                cut = paragraph.text[:1].islower() and not group[n - 1].text.rstrip().endswith(_ENDS)
                builder.put(" " if cut else "\n\n")
            _strip_markup(builder, text, paragraph, offset)
        parts.append(
            Part(
                kind=kind,
                start=start,
                end=builder.length,
                author=signed["author"].replace("??", "").strip() if signed else None,
                handle=signed["handle"] if signed else None,
                day=day_of(signed["day"]) if signed else None,
            )
        )
    kept, segments = builder.build()
    digest = sha256_of(data)
    return Report(
        id=f"r-{digest[:16]}", format="archive", sha256=digest, text=kept, lang=lang, outlet=UNKNOWN_OUTLET,
        day=day_of(created, month_first=True), title=title, author=author,
        categories=tuple(_LISTED.findall(listed)), published_text=created.split("\n")[0] or None,
        parts=tuple(parts), segments=segments, origin=origin, original=data,
    )  # fmt: skip


def _paragraphs(text: str, start: int, end: int) -> Iterator[_Paragraph]:
    """Stretches between blank lines."""
    for found in re.finditer(r"\S(?:.*?\S)?(?=\s*\n\s*\n|\s*\Z)", text[start:end], re.DOTALL):
        yield _Paragraph(start + found.start(), start + found.end(), found[0])


def _grouped(
    paragraphs: list[_Paragraph],
) -> Iterator[tuple[PartKind, list[_Paragraph], re.Match[str] | None]]:
    """Paragraphs as parts: a signature gathers the post before it, which may have been cut mid-sentence."""
    waiting: list[_Paragraph] = []
    for paragraph in paragraphs:
        signed = SIGNED.match(paragraph.text)
        if signed is None:
            waiting.append(paragraph)
            continue
        begin = max(0, len(waiting) - 1)
        while begin > 0 and not waiting[begin - 1].text.rstrip().endswith(_ENDS):
            begin -= 1
        yield from ((_kind(p), [p], None) for p in waiting[:begin])
        yield PartKind.POST, [*waiting[begin:], paragraph], signed
        waiting = []
    yield from ((_kind(p), [p], None) for p in waiting)


def _kind(paragraph: _Paragraph) -> PartKind:
    """A caption begins with its credit."""
    return PartKind.CAPTION if _CREDIT.match(paragraph.text) else PartKind.BODY


def _strip_markup(builder: TextBuilder, text: str, paragraph: _Paragraph, offset: int) -> None:
    """Copy a paragraph without its marks."""
    byte = offset + len(text[: paragraph.start].encode())

    def copy(start: int, end: int) -> None:
        builder.copy(paragraph.text[start:end], byte + len(paragraph.text[:start].encode()))

    at = 0
    for mark in _MARKUP.finditer(paragraph.text):
        copy(at, mark.start())
        shown = 1 if mark[1] is not None else 3 if mark[3] is not None else None
        if shown is not None:
            copy(mark.start(shown), mark.end(shown))
        at = mark.end()
    copy(at, len(paragraph.text))
