"""WordPress exports (WXR): one report a published post or page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from whoholds.errors import ReportError, UnreadableReport
from whoholds.model import Report, SetAside
from whoholds.read.common import Options, build, decode
from whoholds.read.feed import aside, refuse_entities
from whoholds.read.markup import align, blocks_of, put_together

_ITEM = re.compile(rb"<item(?=[\s>]).*?</item\s*>", re.DOTALL)
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


def read_wordpress(data: bytes, *, origin: str, options: Options) -> Iterator[Report | SetAside]:
    """The posts of an export; drafts, attachments and menus are left out.

    Raises
    ------
    UnreadableReport
        Broken XML before the first post, or XML that declares entities.
    """
    refuse_entities(data, origin)
    _, encoding = decode(data, origin, options.charset)
    opening = data[: m.start()] if (m := re.search(rb"<item(?=[\s>])", data)) else data
    channel = re.search(rb"<channel[^>]*>.*?<title>(.*?)</title>", opening, re.DOTALL)
    outlet = " ".join(b.text for b in blocks_of(channel[1].decode(encoding, "replace"))) if channel else ""
    names = b"".join(dict.fromkeys(re.findall(rb"""\sxmlns:\w+=["'][^"']*["']""", opening)))
    items = list(_ITEM.finditer(data))
    if not items:
        raise UnreadableReport(f"{origin} is a WordPress export without posts.", remedy="Export it again, with posts.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=False, encoding=encoding)
    for n, found in enumerate(items, start=1):
        at = f"{origin}: item {n}"
        try:
            # Each post is parsed by itself: one that is broken does not take the others with it.
            root = etree.fromstring(b"<x" + names + b">" + found[0] + b"</x>", parser)
            report = _item(root[0], found[0], encoding, outlet, origin=at, options=options)
        except etree.XMLSyntaxError as error:
            yield aside(at, UnreadableReport(f"{at} is broken XML: {error}.", remedy="Export that post again."))
        except ReportError as error:
            yield aside(at, error)
        else:
            if report is not None:
                yield report
    if data.rstrip()[-6:] != b"</rss>":
        broken = UnreadableReport(
            f"{origin} ends in the middle.", remedy="Export or copy it again; what was whole is read."
        )
        yield aside(origin, broken)


def _item(
    item: etree._Element, original: bytes, encoding: str, outlet: str, *, origin: str, options: Options
) -> Report | None:
    """A post, None for what is not one."""
    fields = {etree.QName(child).localname: (child.text or "").strip() for child in item if isinstance(child.tag, str)}
    if fields.get("post_type", "post") not in {"post", "page"} or fields.get("status", "publish") != "publish":
        return None
    title = " ".join(b.text for b in blocks_of(fields.get("title", "")))
    text, parts = put_together(title, blocks_of(item.findtext(_CONTENT) or fields.get("description", "")))
    gmt = fields.get("post_date_gmt", "")
    stamp = f"{gmt.replace(' ', 'T')}+00:00" if re.fullmatch(r"[12]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d", gmt) else ""
    return build(
        original=original, format="wordpress", text=text, origin=origin, options=options,
        id=fields.get("guid") or None, title=title, outlet=outlet, author=item.findtext(_CREATOR),
        published_text=stamp or fields.get("pubDate") or fields.get("post_date"), url=fields.get("link") or None,
        categories=tuple((c.text or "").strip() for c in item.findall("category") if c.get("domain") == "category"),
        parts=parts, segments=align(text, original.decode(encoding, "replace"), layers=2, encoding=encoding),
    )  # fmt: skip
