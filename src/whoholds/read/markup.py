"""HTML into blocks of text, and text back to the characters of the markup it was taken from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from whoholds.model import Part, PartKind, Segment
from whoholds.read.archive import SIGNED
from whoholds.read.days import day_of

_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption", "figure"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre"),
        *("section", "table", "td", "th", "title", "tr", "ul"),
    }
)
_KINDS = {"figcaption": PartKind.CAPTION, "li": PartKind.ITEM, "blockquote": PartKind.QUOTE, "tr": PartKind.TABLE}
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "nav", "form"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "source", "wbr"})
_CAPTION_SHORTCODE = re.compile(r"\[caption[^\]]*\](.*?)\[/caption\]", re.DOTALL)
_SPACE = re.compile(r"\s+")
_MARK = re.compile(
    r"<!\[CDATA\[|\]\]>|<!--.*?-->|<(script|style)\b.*?</\1\s*>|</?[a-zA-Z][^<>]*>|<[?!][^>]*>"
    r"|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,30});",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with its role."""

    kind: PartKind
    text: str


def blocks_of(markup: str) -> list[Block]:
    """The paragraphs of a stretch of HTML, spaces evened out, menus and scripts left out.

    >>> [(b.kind.value, b.text) for b in blocks_of("<p>One &amp; two</p><figcaption>A flag</figcaption>")]
    [('body', 'One & two'), ('caption', 'A flag')]
    """
    walk = _Walk()
    walk.feed(_CAPTION_SHORTCODE.sub(lambda found: f"<figcaption>{found[1]}</figcaption>", markup))
    walk.close()
    walk.flush()
    return walk.blocks


class _Walk(HTMLParser):
    """Gathers text between block tags; flat, so that deep nesting costs nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._kinds: list[tuple[str, PartKind]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block."""
        if tag in _SILENT:
            self._silent += 1
        # A quotation is one block, signature included: it may be an embedded post.
        if tag in _BLOCKS and not (tag in {"p", "br"} and self._within("blockquote")):
            self.flush()
        elif tag in _BLOCKS:
            self._words.append(" ")
        if tag in _KINDS and tag not in _VOID:
            self._kinds.append((tag, _KINDS[tag]))

    def handle_endtag(self, tag: str) -> None:
        """Close a block."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if tag in _BLOCKS and not (tag == "p" and self._within("blockquote")):
            self.flush()
        elif tag in _BLOCKS:
            self._words.append(" ")
        if self._kinds and self._kinds[-1][0] == tag:
            self._kinds.pop()

    def handle_data(self, data: str) -> None:
        """Text as it comes; a blank line parts paragraphs, as WordPress writes them."""
        if self._silent:
            return
        first, *rest = re.split(r"\n\s*\n", data)
        self._words.append(first)
        for words in rest:
            if not self._within("blockquote"):
                self.flush()
            self._words.append(words)

    def flush(self) -> None:
        """End the paragraph at hand."""
        text = _SPACE.sub(" ", "".join(self._words)).strip()
        self._words = []
        if text:
            self.blocks.append(Block(self._kinds[-1][1] if self._kinds else PartKind.BODY, text))

    def _within(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._kinds)


def put_together(title: str, blocks: Sequence[Block]) -> tuple[str, tuple[Part, ...]]:
    """Text of a title and its paragraphs, a blank line between them, and the parts it has.

    >>> put_together("A title", [Block(PartKind.BODY, "Words.")])[0]
    'A title\\n\\nWords.'
    """
    if title and not (blocks and blocks[0].text == title):
        blocks = [Block(PartKind.TITLE, title), *blocks]
    elif title:
        blocks = [Block(PartKind.TITLE, title), *blocks[1:]]
    parts, at = [], 0
    for block in blocks:
        parts.append(_part(block, at))
        at += len(block.text) + 2
    return "\n\n".join(block.text for block in blocks), tuple(parts)


def _part(block: Block, at: int) -> Part:
    """A block's part; a signed quotation is a post."""
    found = None
    for signature in re.finditer(r"[—–]\s[^—–]*\(@\w+\)[^—–]*$", block.text):
        found = SIGNED.match(signature[0])
    end = at + len(block.text)
    if found is None or block.kind is PartKind.TITLE:
        return Part(kind=block.kind, start=at, end=end)
    return Part(
        kind=PartKind.POST, start=at, end=end,
        author=found["author"].strip(), handle=found["handle"], day=day_of(found["day"]),
    )  # fmt: skip


def align(text: str, source: str, *, layers: int = 1, encoding: str = "utf-8") -> tuple[Segment, ...]:
    """Where the words of a text stand in the markup it was taken from.

    1. The markup is seen as a reader sees it: tags gone, references resolved, each character knowing where it stood;
       `layers=2` for HTML written inside XML.
    2. Each paragraph is looked for there, spaces ignored, from where the last one ended.
    3. Runs that stand in the markup as they are become segments.

    A paragraph that is not found has no segment.
    """
    shown, spots = _view(source, layers)
    at_byte = _byte_offsets(source, encoding)
    segments: list[Segment] = []
    cursor = 0
    for paragraph in re.finditer(r"\S[^\n]*", text):
        squeezed = re.sub(r"\s", "", paragraph[0])
        found = shown.find(squeezed, cursor)
        if found < 0:
            found = shown.find(squeezed)
        if found < 0:
            continue
        cursor = found + len(squeezed)
        segments.extend(_runs(text, paragraph, spots[found:cursor], source, at_byte))
    return tuple(segments)


def _runs(
    text: str, paragraph: re.Match[str], spots: list[tuple[int, int]], source: str, at_byte: list[int]
) -> Iterator[Segment]:
    """Segments of a paragraph: the longest runs that stand in the source character by character."""
    where = [i for i in range(paragraph.start(), paragraph.end()) if not text[i].isspace()]
    run: tuple[int, int, int, int] | None = None
    for i, (start, end) in zip(where, spots, strict=True):
        literal = end == start + 1 and source[start] == text[i]
        if run is not None:
            # A reference such as &amp; is a segment of its own: within it no byte belongs to one character.
            whole = run[1] - run[0] == run[3] - run[2]
            if literal and whole and source[run[3] : start] == text[run[1] : i]:
                run = (run[0], i + 1, run[2], end)
                continue
            yield _segment(run, at_byte)
        run = (i, i + 1, start, end)
    if run is not None:
        yield _segment(run, at_byte)


def _segment(run: tuple[int, int, int, int], at_byte: list[int]) -> Segment:
    return Segment(text_start=run[0], text_end=run[1], byte_start=at_byte[run[2]], byte_end=at_byte[run[3]])


def _view(source: str, layers: int) -> tuple[str, list[tuple[int, int]]]:
    """What is seen, without spaces, and the characters of the source each came from."""
    shown, spots = source, [(i, i + 1) for i in range(len(source))]
    for _ in range(layers):
        pieces: list[str] = []
        kept: list[tuple[int, int]] = []
        at = 0
        for mark in _MARK.finditer(shown):
            pieces.append(shown[at : mark.start()])
            kept.extend(spots[at : mark.start()])
            if mark[0].startswith("&"):
                means = html.unescape(mark[0])
                pieces.append(means)
                kept.extend([(spots[mark.start()][0], spots[mark.end() - 1][1])] * len(means))
            at = mark.end()
        pieces.append(shown[at:])
        kept.extend(spots[at:])
        shown, spots = "".join(pieces), kept
    seen = [(c, spot) for c, spot in zip(shown, spots, strict=True) if not c.isspace()]
    return "".join(c for c, _ in seen), [spot for _, spot in seen]


def _byte_offsets(source: str, encoding: str) -> list[int]:
    """The byte each character begins at, and the end."""
    if source.isascii() and not encoding.startswith("utf-16"):
        return list(range(len(source) + 1))
    offsets, at = [0], 0
    for c in source:
        at += len(c.encode(encoding, "replace"))
        offsets.append(at)
    return offsets
