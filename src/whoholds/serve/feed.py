"""The Atom feed of changes (RFC 4287): one entry a place that came to another status, the newest first."""

from __future__ import annotations

from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from whoholds.serve.chunks import Explorer

MOST = 200
"""Entries at most."""


def feed(explorer: Explorer, *, link: str = "") -> str:
    """The feed as text.

    Parameters
    ----------
    explorer : Explorer
    link : str
        The address of the page, put before the permanent link of each entry.

    Returns
    -------
    str
        An Atom document.
    """
    meta = explorer.meta
    names = {side["key"]: side["name"] for side in meta["sides"]}
    changes = sorted(explorer.changes(), key=lambda change: (change.day, change.place_id), reverse=True)[:MOST]
    updated = f"{meta['known_day']}T23:59:59Z"
    out = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{escape(meta['theatre'])}: who holds what</title>",
        f"<id>urn:whoholds:{quote(meta['theatre'])}</id><updated>{updated}</updated>",
        "<author><name>whoholds</name></author>",
    ]
    if link:
        out.append(f"<link href={quoteattr(link)}/>")
    for change in changes:
        before, after = names.get(change.before, change.before), names.get(change.after, change.after)
        title = f"{change.name}: {before} to {after}, {change.probability:.0%}"
        url = f"{link}#day={change.day}&place={change.place_id}"
        words = f"{change.basis}; {change.n_claims} claims bear on it; as known on {meta['known_day']}"
        out.append(
            f"<entry><id>urn:whoholds:{change.place_id}:{change.day}:{change.after}</id><title>{escape(title)}</title>"
            f"<updated>{change.day}T00:00:00Z</updated><link href={quoteattr(url)}/>"
            f"<summary>{escape(words)}</summary></entry>"
        )
    return "\n".join([*out, "</feed>", ""])
